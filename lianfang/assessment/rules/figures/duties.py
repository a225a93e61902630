"""Figures of duties, measures in force, alerts and unit reports (五（五）, 五（六）, 五（七）2).

A duty that falls due later than the day of looking is not counted yet, unless it is done.
"""

from collections.abc import Collection, Iterable

from lianfang.assessment.rules.figures.model import (
    About,
    AlertFact,
    DutyFact,
    Facts,
    Figure,
    Row,
    Why,
    number_of,
    share_of,
)

MEASURE, LEARNING, ROTATION, UNIT_REPORT = "measure", "learning", "rotation", "unit_report"
# what oversight asks of those who oversee
OVERSIGHT = frozenset({"talk", "inspection", "visit"})
# counted by figures of their own, or owed by the organisation
_ELSEWHERE = frozenset({MEASURE, LEARNING, ROTATION})


def duties_on_time(facts: Facts) -> Figure:
    """Return how many duties were done by their day; late is not on time (五（五）)."""
    counted = _due(facts, [duty.kind for duty in facts.duties if duty.kind not in _ELSEWHERE])
    return share_of(_on_time(duty) for duty in counted)


def duties_overdue(facts: Facts) -> Figure:
    """Return how many duties of oversight are past their day and not done (五（七）2（1）)."""
    return number_of(_overdue(duty, facts) for duty in _due(facts, OVERSIGHT))


def measures_in_place(facts: Facts) -> Figure:
    """Return how many measures due were seen to, late or not (五（五）)."""
    return share_of(
        _row(duty, counts=duty.is_done, why=Why.NONE if duty.is_done else Why.OPEN)
        for duty in _due(facts, {MEASURE})
    )


def measures_not_in_place(facts: Facts) -> Figure:
    """Return how many measures due were not seen to (五（七）2（1）)."""
    return number_of(_overdue(duty, facts) for duty in _due(facts, {MEASURE}))


def reports_missing(facts: Facts) -> Figure:
    """Return how many reports of the unit are past their day and not sent (五（七）2（3）)."""
    return number_of(_overdue(duty, facts) for duty in _due(facts, {UNIT_REPORT}))


def alerts_in_time(facts: Facts) -> Figure:
    """Return how many alerts were handled in time, of those due or closed (五（六）1)."""
    return share_of(
        _of_alert(
            alert,
            counts=alert.in_time and alert.closed_on is not None,
            why=Why.OPEN if alert.closed_on is None else Why.NONE if alert.in_time else Why.LATE,
        )
        for alert in facts.alerts
        if alert.closed_on is not None or alert.due_on < facts.on
    )


def alerts_unhandled(facts: Facts) -> Figure:
    """Return how many alerts are past their day and not closed (五（七）2（1）)."""
    return number_of(
        _of_alert(alert, counts=alert.closed_on is None and alert.due_on < facts.on, why=Why.OPEN)
        for alert in facts.alerts
    )


def _due(facts: Facts, kinds: Collection[str]) -> Iterable[DutyFact]:
    wanted = frozenset(kinds)
    return (
        duty
        for duty in facts.duties
        if duty.kind in wanted and (duty.is_done or duty.due_on < facts.on)
    )


def _on_time(duty: DutyFact) -> Row:
    if not duty.is_done:
        return _row(duty, counts=False, why=Why.OPEN)
    is_late = duty.closed_on is not None and duty.closed_on > duty.due_on
    return _row(duty, counts=not is_late, why=Why.LATE if is_late else Why.NONE)


def _overdue(duty: DutyFact, facts: Facts) -> Row:
    return _row(duty, counts=not duty.is_done and duty.due_on < facts.on, why=Why.OPEN)


def _row(duty: DutyFact, *, counts: bool, why: Why) -> Row:
    return Row(
        about=About.DUTY,
        key=duty.key,
        label=duty.label,
        counts=counts,
        why=why,
        kind=duty.kind,
        on=duty.due_on,
    )


def _of_alert(alert: AlertFact, *, counts: bool, why: Why) -> Row:
    return Row(
        about=About.ALERT,
        key=alert.key,
        label=alert.label,
        counts=counts,
        why=why,
        on=alert.due_on,
    )
