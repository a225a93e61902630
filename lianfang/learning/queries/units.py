"""How far units and their people are with the hours of a year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from lianfang.duties.models import Duty
from lianfang.learning.queries.hours import learning_duties, taken_in
from lianfang.learning.queries.seats import seats_of
from lianfang.learning.rules.hours import Progress, total
from lianfang.learning.rules.warning import Seat
from lianfang.org.models import Person, Post, Unit

# above so many people, everybody's are read: a database takes no longer list
AROUND = 1_000


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """Somebody with posts in a unit, and how far they are; `duty` None: nothing is asked."""

    person: Person
    posts: tuple[Post, ...]
    level: str
    progress: Progress
    activities: int
    duty: Duty | None


@dataclass(frozen=True, kw_only=True)
class UnitLine:
    """A unit: its people, of how many something is asked, who have reached it; hours together."""

    unit: Unit
    people: int
    asked: int
    reached: int
    hours: float

    @property
    def percent(self) -> int:
        """The share of those who have reached the hours asked of them."""
        return self.reached * 100 // self.asked if self.asked else 0


def unit_lines(organisation: int, units: Collection[Unit], year: int, on: date) -> list[UnitLine]:
    """Return a line for each unit with people, in their order. Five statements."""
    found = _progress(organisation, {unit.pk for unit in units}, year, on)
    lines = []
    for unit in units:
        people = {seat.person for seat in found.seats if seat.unit == unit.pk}
        if not people:
            continue
        steps = [found.progress(person) for person in people]
        lines.append(
            UnitLine(
                unit=unit,
                people=len(people),
                asked=sum(step.asked is not None for step in steps),
                reached=sum(step.is_reached for step in steps),
                hours=sum(step.done for step in steps),
            )
        )
    return lines


def person_lines(
    organisation: int, unit: Unit, year: int, on: date, *, only: int | None = None
) -> list[PersonLine]:
    """Return a line for each person of a unit, or `only` for one. Seven statements."""
    found = _progress(organisation, {unit.pk}, year, on)
    held: dict[int, list[Seat]] = {}
    for seat in found.seats:
        if only is None or seat.person == only:
            held.setdefault(seat.person, []).append(seat)
    people = Person.objects.in_bulk(list(held))
    posts = Post.objects.in_bulk({seat.post for seats in held.values() for seat in seats})
    return [
        PersonLine(
            person=people[who],
            posts=tuple(posts[seat.post] for seat in seats),
            level=found.levels.get(who, ""),
            progress=found.progress(who),
            activities=found.activities.get(who, 0),
            duty=found.duties.get(who),
        )
        for who, seats in held.items()
    ]


@dataclass(frozen=True, kw_only=True)
class _Found:
    seats: tuple[Seat, ...]
    hours: Mapping[int, float]
    activities: Mapping[int, int]
    duties: Mapping[int, Duty]
    levels: Mapping[int, str]

    def progress(self, person: int) -> Progress:
        duty = self.duties.get(person)
        return Progress(done=self.hours.get(person, 0.0), asked=duty.hours if duty else None)


def _progress(organisation: int, units: Collection[int], year: int, on: date) -> _Found:
    seats = tuple(seats_of(organisation, on, units=units))
    people = {seat.person for seat in seats}
    few = people if len(people) <= AROUND else None
    taken = taken_in(organisation, year, few)
    duties: dict[int, Duty] = {}
    rows = learning_duties(organisation, year)
    if few is not None:
        rows = rows.filter(actor__in=few)
    for duty in rows.order_by("pk"):
        if duty.actor_id is not None:
            duties[duty.actor_id] = duty
    return _Found(
        seats=seats,
        hours={person: total(each) for person, each in taken.items()},
        activities={person: len(each) for person, each in taken.items()},
        duties=duties,
        levels={person: duty.level for person, duty in duties.items()},
    )
