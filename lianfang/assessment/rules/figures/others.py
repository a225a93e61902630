"""Figures of filing, taking part, learning, corrections, surveys and breaches."""

from lianfang.assessment.rules.figures.model import (
    About,
    Facts,
    Figure,
    FilingFact,
    Row,
    TaskFact,
    Why,
    number_of,
    share_of,
)


def filing_on_time(facts: Facts) -> Figure:
    """Return how many filings were sent in time, and again in time when returned (六（一）)."""
    return share_of(
        Row(
            about=About.FILING,
            key=filing.key,
            label=filing.label,
            counts=why is Why.NONE,
            why=why,
            on=filing.due_on,
        )
        for filing in facts.filings
        if filing.sent_on is not None or filing.due_on < facts.on
        for why in (_sent(filing, facts),)
    )


def participation(facts: Facts) -> Figure:
    """Return how many of the people looked for risks in the year (五（二）)."""
    return share_of(
        Row(
            about=About.PERSON,
            key=person.key,
            label=person.label,
            counts=person.took_part,
            why=Why.NONE if person.took_part else Why.NOT_LOOKED,
        )
        for person in facts.people
    )


def learning_done(facts: Facts) -> Figure:
    """Return how many of the hours asked for were done; more makes up for nobody else (二)."""
    rows = tuple(
        Row(
            about=About.PERSON,
            key=fact.key,
            label=fact.label,
            counts=fact.done >= fact.asked,
            why=Why.NONE if fact.done >= fact.asked else Why.HOURS_MISSING,
            said=f"{fact.done:g} / {fact.asked:g}",
        )
        for fact in facts.learning
    )
    return Figure(
        numerator=sum(min(fact.done, fact.asked) for fact in facts.learning),
        denominator=sum(fact.asked for fact in facts.learning),
        rows=rows,
    )


def corrections_done(facts: Facts) -> Figure:
    """Return how many corrective tasks and findings were put right by their day (六（五）)."""
    return share_of(
        Row(
            about=task.about,
            key=task.key,
            label=task.label,
            counts=why is Why.NONE,
            why=why,
            on=task.due_on,
        )
        for task in facts.tasks
        if task.done_on is not None or task.due_on < facts.on
        for why in (_put_right(task),)
    )


def survey_score(facts: Facts) -> Figure:
    """Return how far surveys came on average, of 100 each (五（五）2)."""
    rows = tuple(
        Row(
            about=fact.about,
            key=fact.key,
            label=fact.label,
            counts=True,
            said=f"{fact.percent:g}%",
        )
        for fact in facts.surveys
    )
    return Figure(
        numerator=sum(fact.percent for fact in facts.surveys),
        denominator=100 * len(rows),
        rows=rows,
    )


def breaches_raising_level(facts: Facts) -> Figure:
    """Return how many posts' levels rose through a breach (五（七）2（2）)."""
    return number_of(
        Row(
            about=About.BREACH,
            key=breach.key,
            label=breach.label,
            counts=bool(breach.level),
            kind=breach.level,
            on=breach.on,
        )
        for breach in facts.breaches
    )


def _sent(filing: FilingFact, facts: Facts) -> Why:
    if filing.sent_on is None:
        return Why.OPEN
    if filing.sent_on > filing.due_on:
        return Why.LATE
    if filing.again_due_on is None:
        return Why.NONE
    if filing.again_on is None:
        return Why.OPEN if filing.again_due_on < facts.on else Why.NONE
    return Why.LATE if filing.again_on > filing.again_due_on else Why.NONE


def _put_right(task: TaskFact) -> Why:
    if task.done_on is None:
        return Why.OPEN
    return Why.LATE if task.done_on > task.due_on else Why.NONE
