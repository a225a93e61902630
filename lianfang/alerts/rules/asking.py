"""The talks an alert asks for, as duties: one with each person named (五（五）1, 五（六）2）."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.alerts.rules.routing import Party
from lianfang.duties.rules.values import Origin, Wanted
from lianfang.scheme.model.duties import DutyRule


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody named in an alert, in view of the post and unit they sit in."""

    person: int
    post: int
    unit: int


def talks_wanted(
    rule: DutyRule,
    alert: int,
    named: Sequence[Named],
    party: Party,
    *,
    opens_on: date,
    due_on: date,
) -> Iterator[Wanted]:
    """Yield a talk with each person named, by whoever has the alert now."""
    for each in named:
        yield Wanted(
            ground=f"{rule.code}/a{alert}/p{each.person}/t{party.person}",
            period=opens_on,
            rule=rule.code,
            kind=rule.kind.value,
            origin=Origin.ALERT.value,
            clause=rule.clause.section,
            level="",
            person=each.person,
            post=each.post,
            unit=each.unit,
            measure=None,
            actor_role=party.role.value,
            actor=party.person,
            opens_on=opens_on,
            due_on=due_on,
            level_since=None,
            held_since=None,
            edition="",
            override=None,
            form="",
            hours=None,
        )
