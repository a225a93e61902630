"""Whom an open duty reminds on a day: whoever is to act, then up the chain (三, 七（二）).

The days and the rungs are the scheme's. Whoever is to act is the lowest rung that is told: that a
head owes a talk reaches the leader above, never the one who waits for the talk.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from lianfang.duties.rules.clock import months_later
from lianfang.duties.rules.values import ActorRole
from lianfang.org.rules.calendar import WorkCalendar, add_working_days
from lianfang.org.rules.chain import Chain, Link, Role, chain_above
from lianfang.org.rules.structure import BodyKind, PostFact, Structure
from lianfang.scheme.model import Actor, Measured, Quantity, Reminder

_RUNG = {Actor.PORTFOLIO_LEADER: 1, Actor.LEADERSHIP_HEAD: 2, Actor.SUPERIOR: 3}
_RUNG_OF_ROLE = {
    Role.CONTROL_OWNER: 0,
    Role.PORTFOLIO_LEADER: 1,
    Role.LEADERSHIP_HEAD: 2,
    Role.SUPERIOR: 3,
}
_BODIES = {
    ActorRole.LEADING_GROUP: BodyKind.LEADING_GROUP,
    ActorRole.LEADING_GROUP_OFFICE: BodyKind.LEADING_GROUP_OFFICE,
    ActorRole.DISCIPLINE_OFFICE: BodyKind.DISCIPLINE_OFFICE,
    ActorRole.DISCIPLINE_OVERSIGHT: BodyKind.DISCIPLINE_OVERSIGHT,
}
_NO_POST = 0
# after a reminder, nobody is pressed about the same duty for so many working days
QUIET = 3
# at least so many days lie in a unit, long holidays among them
_DAYS = {Measured.WORKING_DAYS: 12, Measured.MONTHS: 31, Measured.YEARS: 366}


class OpenDuty(NamedTuple):
    """An open duty as far as it reminds; `actor` is None where a body acts."""

    id: int
    person: int | None
    post: int | None
    unit: int
    actor_role: ActorRole
    actor: int | None
    due_on: date
    opened_on: date


class Told(NamedTuple):
    """Somebody was reminded of the duty by the reminder of that code, while it was due so."""

    person: int
    code: str
    due_on: date


class Due(NamedTuple):
    """Somebody is to be reminded of a duty now."""

    duty: int
    person: int
    code: str
    due_on: date


@dataclass(frozen=True)
class Reminding:
    """The reminders of a scheme, in an organisation as it stands on a day."""

    structure: Structure
    calendar: WorkCalendar
    reminders: Sequence[Reminder]
    _chains: dict[tuple[int | None, int, int | None], Chain] = field(default_factory=dict)

    def due(self, duty: OpenDuty, told: Sequence[Told] = ()) -> Iterator[Due]:
        """Yield who is to be reminded of an open duty by now, each by the last reminder for them.

        Nobody is reminded by the same one twice, nor by one that came before it; a date that is
        moved begins anew. Source: 三, 七（二）.
        """
        ranks = {each.code: rank for rank, each in enumerate(self.reminders)}
        last: dict[int, int] = {}
        for rank, reminder in enumerate(self.reminders):
            if day_of(reminder.after, duty, self.calendar) <= self.structure.on:
                last |= dict.fromkeys(self.recipients(reminder.to, duty), rank)
        done = {
            (each.person, rank)
            for each in told
            if each.due_on == duty.due_on
            for rank in range(ranks.get(each.code, -1) + 1)
        }
        for person, rank in sorted(last.items()):
            if (person, rank) not in done:
                yield Due(duty.id, person, self.reminders[rank].code, duty.due_on)

    def pressed(self, duty: OpenDuty, last_told: Mapping[int, date]) -> frozenset[int]:
        """Return who is to act on an overdue duty and may be pressed about it by somebody above.

        Not those who were told of it less than three working days ago; `last_told` says when each
        was. Source: 三, 七（二）.
        """
        on = self.structure.on
        if duty.due_on >= on:
            return frozenset()
        rested = {
            person
            for person, told_on in last_told.items()
            if add_working_days(self.calendar, told_on, QUIET) > on
        }
        return self._acting(duty) - rested

    def recipients(self, to: Actor, duty: OpenDuty) -> frozenset[int]:
        """Return whom a reminder to that rung reaches: who is to act, and who stands there.

        Whoever is to act learns that it went up. Nobody is told as overseer of themself.
        """
        acting = self._acting(duty)
        if to is Actor.HOLDER:
            return acting
        return acting | (self._above(to, duty) - {duty.person})

    def _above(self, to: Actor, duty: OpenDuty) -> frozenset[int]:
        """Return who stands on a rung, or on the lowest one above it that is taken.

        Above a body, that is the head of the leadership: the chain below may be what it looks at.
        """
        if duty.actor is None:
            seat = self.structure.leadership_head
            is_top = to is Actor.LEADERSHIP_HEAD
            return frozenset({seat.person}) if seat and is_top else frozenset()
        links = self._chain(duty).links
        floor = next((n for n, link in enumerate(links) if link.person == duty.actor), 0)
        rung = _RUNG.get(to, 0)
        found = next(
            link
            for link in links[floor:]
            if max(_RUNG_OF_ROLE[role] for role in link.roles) >= rung
        )
        return self._recording() if found.person is None else frozenset({found.person})

    def _acting(self, duty: OpenDuty) -> frozenset[int]:
        """Return who is to act: the person, or the people of the body but for the one concerned."""
        if duty.actor is not None:
            return frozenset({duty.actor})
        if duty.actor_role is ActorRole.LEADERSHIP_HEAD:
            seat = self.structure.leadership_head
            found = frozenset({seat.person}) if seat else frozenset()
        elif duty.actor_role is ActorRole.LEADERSHIP:
            found = self.structure.leadership
        elif duty.actor_role in _BODIES:
            found = self._members(_BODIES[duty.actor_role])
        else:
            found = self._recording()
        return found - {duty.person}

    def _recording(self) -> frozenset[int]:
        """Return who sees to what the organisation or an outside body is to do."""
        return self._members(BodyKind.LEADING_GROUP_OFFICE)

    def _members(self, kind: BodyKind) -> frozenset[int]:
        return self.structure.members.get(kind, frozenset())

    def _chain(self, duty: OpenDuty) -> Chain:
        about = duty.person if duty.person is not None else self._own(duty)
        key = (duty.post, duty.unit, about)
        chain = self._chains.get(key)
        if chain is None:
            known = self.structure.posts.get(duty.post) if duty.post is not None else None
            fact = known or PostFact(id=_NO_POST, unit=duty.unit)
            chain = self._chains[key] = chain_above(self.structure, fact, about)
        return chain

    def _own(self, duty: OpenDuty) -> int | None:
        """Return who is to act where that is about their own work, such as a measure."""
        return duty.actor if duty.actor_role is ActorRole.RESPONSIBLE_POST else None


def day_of(after: Quantity, duty: OpenDuty, calendar: WorkCalendar) -> date:
    """Return the day on which a reminder falls due; from the due date on, or before if negative.

    A duty that was found after its date counts from the day it was found: nobody was told before.
    """
    start = duty.due_on if after.value < 0 else max(duty.due_on, duty.opened_on)
    return counted(after, start, calendar)


def counted(after: Quantity, start: date, calendar: WorkCalendar) -> date:
    """Return the day that lies so long after another, or before it if negative."""
    number = round(after.value)
    match after.unit:
        case Measured.WORKING_DAYS:
            return add_working_days(calendar, start, number) if number else start
        case Measured.MONTHS:
            return months_later(start, number)
        case Measured.YEARS:
            return months_later(start, 12 * number)
        case _:
            return start + timedelta(days=number)


def furthest_ahead(reminders: Sequence[Reminder]) -> timedelta:
    """Return how long before its date a duty may remind, at most."""
    days = (round(-each.after.value) * _DAYS.get(each.after.unit, 1) for each in reminders)
    return timedelta(days=max(days, default=0))


def _highest(link: Link) -> int:
    return max(_RUNG_OF_ROLE[role] for role in link.roles)
