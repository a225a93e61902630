"""Whom an alert concerns, who is kept out of it, and where it goes, from what is stored."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lianfang.alerts.models import Alert, AlertPerson, AlertRecusal
from lianfang.alerts.rules.clocks import Clocks
from lianfang.alerts.rules.routing import Concerned, Router, Routing
from lianfang.org.models import Body, Kinship, Organisation, Person
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.structure import structure_of
from lianfang.org.rules.structure import BodyKind, Structure
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class About:
    """What a new alert is about, made whole by what is on record: seats, units, holders.

    `named` are those whom the sign is about; `holders` who holds its post where nobody is named.
    """

    unit: int | None
    post: int | None
    named: tuple[int, ...]
    holders: tuple[int, ...]
    seats: dict[int, int | None]

    @property
    def people(self) -> tuple[int, ...]:
        """All whom it concerns."""
        return self.named or self.holders


def about_of(
    structure: Structure, *, unit: int | None, post: int | None, people: Iterable[int]
) -> About:
    """Return what an alert is about: a person's post and unit stand for what was not said."""
    named = tuple(dict.fromkeys(people))
    seats = {person: _seat(structure, person, post) for person in named}
    if post is None and named:
        post = seats[named[0]]
    if unit is None and post is not None and post in structure.posts:
        unit = structure.posts[post].unit
    held = structure.seats_of_post.get(post, ()) if post is not None else ()
    holders = () if named else tuple(seat.person for seat in held)
    seats |= dict.fromkeys(holders, post)
    return About(unit=unit, post=post, named=named, holders=holders, seats=seats)


def _seat(structure: Structure, person: int, post: int | None) -> int | None:
    held = [seat.post for seat in structure.seats_of_person.get(person, ())]
    return post if post in held else next(iter(held), None)


def kin_of(people: Collection[int]) -> frozenset[int]:
    """Return the relatives on record of these, whichever of the two had it recorded.

    One statement.
    """
    rows = Kinship.objects.filter(
        Q(person__in=people) | Q(relative__in=people), relative__isnull=False
    )
    pairs = rows.values_list("person", "relative")
    return frozenset(each for pair in pairs for each in pair if each) - frozenset(people)


def office_unit_of(organisation: int) -> int | None:
    """Return the unit that does the work of the discipline office. One statement."""
    rows = Body.objects.filter(
        organisation=organisation, kind=Body.Kind.DISCIPLINE_OFFICE, retired_on=None
    )
    return rows.values_list("unit", flat=True).first()


def router_for_new(organisation: int, about: About, structure: Structure, scheme: Scheme) -> Router:
    """Return the routes for an alert that is not stored yet. Two statements."""
    people = about.people
    return Router(
        scheme=scheme,
        structure=structure,
        concerned=Concerned(
            unit=about.unit,
            post=about.post,
            people=people,
            kept_out=frozenset(people) | kin_of(people),
            office_unit=office_unit_of(organisation),
        ),
    )


def router_for(alert: Alert, scheme: Scheme, on: date) -> Router:
    """Return the routes for a stored alert as the organisation stands today. Nine statements."""
    people = tuple(
        AlertPerson.objects.filter(alert=alert).order_by("pk").values_list("person", flat=True)
    )
    recused = AlertRecusal.objects.filter(alert=alert).values_list("person", flat=True)
    return Router(
        scheme=scheme,
        structure=structure_of(alert.organisation_id, on),
        concerned=Concerned(
            unit=alert.unit_id,
            post=alert.post_id,
            people=people,
            kept_out=frozenset(people) | kin_of(people) | frozenset(recused),
            office_unit=office_unit_of(alert.organisation_id),
        ),
    )


def routing_for(alert: Alert, scheme: Scheme, on: date) -> Routing:
    """Return where a stored alert may go today. Nine statements."""
    return router_for(alert, scheme, on).routing(alert.trigger, alert.recorded_by_id)


def clocks_of(organisation: Organisation, scheme: Scheme) -> Clocks:
    """Return the clocks by the work calendar. Two statements."""
    return Clocks(scheme=scheme, calendar=calendar_of(organisation.pk))


def kept_out_of(alert: Alert) -> frozenset[int]:
    """Return whom an alert is hidden from: those concerned, kin, recused. Three statements."""
    people = frozenset(AlertPerson.objects.filter(alert=alert).values_list("person", flat=True))
    recused = AlertRecusal.objects.filter(alert=alert).values_list("person", flat=True)
    return people | kin_of(people) | frozenset(recused)


def people_of(structure: Structure, role: str) -> frozenset[int]:
    """Return the people of the body of that role."""
    return structure.members.get(BodyKind(role), frozenset())


def head_seat(structure: Structure, unit: int | None) -> int | None:
    """Return who heads a unit, or the one above it that has a head."""
    for each in structure.upwards(unit):
        post = structure.head_posts.get(each)
        seat = structure.first_in(post.id) if post is not None else None
        if seat is not None:
            return seat.person
    return None


def named_people(alert: Alert) -> QuerySet[Person]:
    """Return whom an alert names, to be chosen from."""
    rows = AlertPerson.objects.filter(alert=alert, is_named=True)
    return Person.objects.filter(pk__in=rows.values("person")).order_by("code")
