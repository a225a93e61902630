"""Who may have to answer, worked out with the facts that make them so (五（七）2).

Three kinds, as the scheme has them: control owners where measures, oversight or warnings were
missing and harm followed; holders whose post's level rose through a breach; heads of units that
did not report. A candidate is a question, never a finding: people decide.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from lianfang.assessment.rules.figures.duties import MEASURE, OVERSIGHT, UNIT_REPORT
from lianfang.assessment.rules.figures.model import About, AlertFact, DutyFact, Row, Why

OWNER, HOLDER, REPORTING = "owner", "holder", "reporting"
# the place of each ground of the owner's kind in the scheme
MEASURES_MISSING, OVERSIGHT_MISSING, WARNINGS_MISSING = 0, 1, 2
_AnyFact = TypeVar("_AnyFact", DutyFact, AlertFact)


@dataclass(frozen=True, kw_only=True)
class Harm:
    """A breach in a post: who answered for the post, who held it, what stood open around it.

    `duties` and `alerts` are those of the post; `level` is what the post was raised to.
    """

    breach: int
    post: int
    unit: int
    label: str
    on: date
    level: str = ""
    owner: int | None = None
    holders: tuple[int, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    alerts: tuple[AlertFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Silence:
    """A unit with its reports of a year, and who heads it."""

    unit: int
    year: int
    head: int | None
    duties: tuple[DutyFact, ...]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who may have to answer: for which kind, on which grounds, by which facts."""

    key: str
    kind: str
    person: int
    unit: int
    grounds: tuple[int, ...]
    rows: tuple[Row, ...]
    post: int | None = None
    breach: int | None = None


def candidates_of(
    harms: Iterable[Harm], silences: Iterable[Silence], *, on: date, taken: Collection[str] = ()
) -> list[Candidate]:
    """Return the candidates without those whose key is `taken`, by a matter or a dismissal.

    Source: 质检认纪〔2012〕1号 五（七）2（1）–（3）.
    """
    found: list[Candidate] = []
    for harm in harms:
        found += _owner(harm)
        found += _holders(harm)
    for silence in silences:
        found += _reporting(silence, on)
    return [candidate for candidate in found if candidate.key not in taken]


def _owner(harm: Harm) -> Iterator[Candidate]:
    if harm.owner is None:
        return
    open_then = _open_on(harm.duties, harm.on)
    missing = {
        MEASURES_MISSING: [_of_duty(one) for one in open_then if one.kind == MEASURE],
        OVERSIGHT_MISSING: [_of_duty(one) for one in open_then if one.kind in OVERSIGHT],
        WARNINGS_MISSING: [_of_alert(one) for one in _open_on(harm.alerts, harm.on)],
    }
    grounds = tuple(ground for ground, rows in missing.items() if rows)
    if grounds:
        yield Candidate(
            key=f"{OWNER}:{harm.breach}",
            kind=OWNER,
            person=harm.owner,
            unit=harm.unit,
            post=harm.post,
            breach=harm.breach,
            grounds=grounds,
            rows=(_of_harm(harm), *(row for ground in grounds for row in missing[ground])),
        )


def _holders(harm: Harm) -> Iterator[Candidate]:
    """Yield who held the post: the breach itself names nobody, so that each is a question."""
    if not harm.level:
        return
    for holder in harm.holders:
        yield Candidate(
            key=f"{HOLDER}:{harm.breach}:{holder}",
            kind=HOLDER,
            person=holder,
            unit=harm.unit,
            post=harm.post,
            breach=harm.breach,
            grounds=(0,),
            rows=(_of_harm(harm),),
        )


def _reporting(silence: Silence, on: date) -> Iterator[Candidate]:
    rows = tuple(
        _of_duty(duty)
        for duty in silence.duties
        if duty.kind == UNIT_REPORT and not duty.is_done and duty.due_on < on
    )
    if rows and silence.head is not None:
        yield Candidate(
            key=f"{REPORTING}:{silence.unit}:{silence.year}",
            kind=REPORTING,
            person=silence.head,
            unit=silence.unit,
            grounds=(0,),
            rows=rows,
        )


def _open_on(facts: Sequence[_AnyFact], day: date) -> list[_AnyFact]:
    """Return what was past its day and not closed on a day, whatever became of it later."""
    return [
        fact
        for fact in facts
        if fact.due_on < day and (fact.closed_on is None or fact.closed_on > day)
    ]


def _of_harm(harm: Harm) -> Row:
    return Row(
        about=About.BREACH,
        key=harm.breach,
        label=harm.label,
        counts=True,
        kind=harm.level,
        on=harm.on,
    )


def _of_duty(duty: DutyFact) -> Row:
    return Row(
        about=About.DUTY,
        key=duty.key,
        label=duty.label,
        counts=True,
        why=Why.LATE if duty.is_done else Why.OPEN,
        kind=duty.kind,
        on=duty.due_on,
    )


def _of_alert(alert: AlertFact) -> Row:
    return Row(
        about=About.ALERT,
        key=alert.key,
        label=alert.label,
        counts=True,
        why=Why.OPEN if alert.closed_on is None else Why.LATE,
        on=alert.due_on,
    )
