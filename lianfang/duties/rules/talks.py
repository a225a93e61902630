"""What holds of talks: their steps, numbers, who may hold which, and when they count.

Source: 质检认纪〔2012〕1号 五（五）, 五（六）2（1）.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from lianfang.org.rules.calendar import add_months
from lianfang.org.rules.chain import chain_of
from lianfang.org.rules.structure import BodyKind, Structure
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.base import Actor
from lianfang.scheme.model.duties import DutyRule, Occasion, TalkKind


class TalkState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class TalkAct(StrEnum):
    RECORD = "record"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    ADD = "add"


_NEXT = {
    (TalkState.PLANNED, TalkAct.RECORD): TalkState.HELD,
    (TalkState.PLANNED, TalkAct.CANCEL): TalkState.CANCELLED,
    # until it is confirmed a record may be put right
    (TalkState.HELD, TalkAct.RECORD): TalkState.HELD,
    (TalkState.HELD, TalkAct.CONFIRM): TalkState.CONFIRMED,
    (TalkState.CONFIRMED, TalkAct.ADD): TalkState.CONFIRMED,
}


def talk_after(state: str, act: TalkAct) -> TalkState | None:
    """Return the state a talk comes to, None where the act is not possible."""
    return _NEXT.get((TalkState(state), act))


def mark_of(year: int, number: int) -> str:
    """Return a talk's number as it is printed: 谈〔2026〕0003."""
    return f"谈〔{year}〕{number:04}"


def kind_called(scheme: Scheme, code: str) -> TalkKind:
    """Return a kind of talk. Raises KeyError."""
    return {kind.code: kind for kind in scheme.talks}[code]


def is_routine(scheme: Scheme, code: str) -> bool:
    """Return whether level or appointment ask for a kind, not something that was noticed."""
    return any(
        code in rule.talks and rule.occasion is not Occasion.ADVERSE_REPORT
        for rule in scheme.duties
    )


def kind_for(scheme: Scheme, rule: str) -> str:
    """Return the kind of talk that a rule asks for first; empty for a rule that asks for none."""
    found: DutyRule | None = next((each for each in scheme.duties if each.code == rule), None)
    return found.talks[0] if found is not None and found.talks else ""


def capacities(structure: Structure, talker: int, person: int, post: int) -> frozenset[str]:
    """Return in which capacities somebody may talk with the holder of a post (三).

    None with oneself. The post may be one that the structure lacks: then only offices count.
    """
    if talker == person:
        return frozenset()
    found: set[str] = set()
    if post in structure.posts:
        links = chain_of(structure, post, person).links
        found = {role.value for link in links if link.person == talker for role in link.roles}
    if talker in structure.members.get(BodyKind.DISCIPLINE_OFFICE, frozenset()):
        found.add(Actor.DISCIPLINE_OFFICE.value)
    return frozenset(found)


def may_hold(kind: TalkKind, held_as: Collection[str]) -> bool:
    """Return whether one of the capacities may hold a kind of talk."""
    return any(holder.value in held_as for holder in kind.holders)


def is_late(due: Collection[date], held_on: date) -> bool:
    """Return whether a talk comes after the day on which any of its duties was due."""
    return any(day < held_on for day in due)


def follow_up_day(kind: TalkKind, held_on: date) -> date | None:
    """Return the day proposed for the follow-up, None for a kind that asks for none."""
    if kind.follow_up is None:
        return None
    return add_months(held_on, int(kind.follow_up.value))


def slots(starts_at: datetime, minutes: int, count: int) -> Sequence[datetime]:
    """Return when talks one after another begin."""
    return [starts_at + timedelta(minutes=minutes * place) for place in range(count)]
