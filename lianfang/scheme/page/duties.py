"""Duties, talks, early warning and outcomes on the page."""

from lianfang.scheme.model import Scheme
from lianfang.scheme.page.markdown import EN, ZH, Lines, amount, both, cell, labelled, named, table
from lianfang.scheme.wording import clause, label, levels, mark, quantity, when


def duties_part(scheme: Scheme) -> Lines:
    """Yield the lines about duties."""
    yield from table(
        "义务 Duty|等级 Levels|谁 Actor|对象 Subject|何时 When|条款 Clause",
        (
            (
                f"{cell(duty.label)} {mark(duty.default)}",
                both(lambda x, d=duty: levels(d.levels, scheme, x)),  # type: ignore[misc]
                labelled(scheme.actors, duty.actor),
                f"`{duty.subject}`",
                both(lambda x, d=duty: when(d, scheme, x)),  # type: ignore[misc]
                clause(duty.clause, scheme),
            )
            for duty in scheme.duties
        ),
    )
    yield ""
    yield from named(scheme.statement_forms, scheme)
    yield ""
    yield from table(
        "提醒 Reminder|相对到期日 After the due date|对象 To|条款 Clause",
        (
            (
                r.label,
                amount(r.after),
                labelled(scheme.actors, r.to),
                clause(r.clause, scheme),
            )
            for r in scheme.reminders
        ),
    )
    yield ""
    terms = scheme.duty_terms
    yield f"新任人员首次书面报告：{quantity(terms.newcomer, ZH)}后。{terms.draw.zh}"
    yield ""
    after = quantity(terms.newcomer, EN)
    yield f"A newcomer's first written report: after {after}. {terms.draw.en}"


def talks_part(scheme: Scheme) -> Lines:
    """Yield the lines about talks."""
    yield from table(
        "谈话 Talk|谁可谈 Who may hold it|谈话人 Talkers|签字 Signed|回访 Follow-up|条款 Clause",
        (
            (
                t.label,
                both(lambda x, t=t: "、".join(label(scheme.actors, who, x) for who in t.holders)),  # type: ignore[misc]
                amount(t.talkers),
                "✓" if t.signed else "",
                amount(t.follow_up),
                clause(t.clause, scheme),
            )
            for t in scheme.talks
        ),
    )


def alerts_part(scheme: Scheme) -> Lines:
    """Yield the lines about alerts."""
    for part in (scheme.channels, scheme.alert_triggers, scheme.gravities):
        yield from named(part, scheme)
        yield ""
    yield from table(
        "路径 Route|去向 To|条款 Clause",
        ((r.label, labelled(scheme.actors, r.to), clause(r.clause, scheme)) for r in scheme.routes),
    )
    yield ""
    yield from table(
        "时限 Clock|自 Since|多久 How long|条款 Clause",
        ((c.label, c.since, amount(c.span), clause(c.clause, scheme)) for c in scheme.clocks),
    )
    yield ""
    yield from table(
        "办结后保存 Kept after completion|多久 How long|条款 Clause",
        ((r.label, amount(r.span), clause(r.clause, scheme)) for r in scheme.retentions),
    )
    yield ""
    yield from table(
        "颜色 Colour|未结 Open|最久 Oldest|轻重 Gravity",
        (
            (
                c.label,
                amount(c.open_at_least),
                amount(c.older_than),
                labelled(scheme.gravities, c.gravity) if c.gravity else "",
            )
            for c in scheme.alert_colours
        ),
    )


def ladders_part(scheme: Scheme) -> Lines:
    """Yield the lines about ladders."""
    for ladder in scheme.ladders:
        yield f"### {ladder.label.zh} · {ladder.label.en}（{clause(ladder.clause, scheme)}）"
        yield ""
        yield from table(
            "结果 Outcome|批准 Approver|形态 Form|影响期 Effect|回访 Follow-up",
            (
                (
                    r.label,
                    labelled(scheme.actors, r.approver),
                    labelled(scheme.forms, r.form) if r.form else "",
                    amount(r.effect),
                    amount(r.follow_up),
                )
                for r in ladder.rungs
            ),
        )
        yield ""
    yield f"> {scheme.leads.banner.zh} {scheme.leads.banner.en}"
    yield ""
    yield f"> {scheme.leads.content_banner.zh} {scheme.leads.content_banner.en}"
