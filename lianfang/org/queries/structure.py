"""An organisation's rows on one day, as the Structure that the rules take."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from lianfang.org.models import Appointment, Membership, Portfolio, Post, Unit, holding
from lianfang.org.rules.structure import (
    BodyKind,
    PostFact,
    Seat,
    SeatKind,
    Structure,
    UnitFact,
    UnitKind,
)


def structure_of(organisation: int, on: date) -> Structure:
    """Return the whole organisation as it stands on a day. Five statements."""
    return _structure(organisation, on, Q())


def structure_around(organisation: int, on: date, posts: Collection[int]) -> Structure:
    """Return the organisation with only these posts, head posts and the leadership's.

    Enough for the chains above `posts`; its size does not grow with the staff. Five statements.
    """
    return _structure(
        organisation, on, Q(is_unit_head=True) | Q(is_leadership=True) | Q(pk__in=posts)
    )


def _structure(organisation: int, on: date, wanted: Q) -> Structure:
    in_use = Q(retired_on=None) | Q(retired_on__gt=on)
    units = Unit.objects.filter(in_use, organisation=organisation)
    posts = Post.objects.filter(in_use, wanted, organisation=organisation)
    return Structure(
        on=on,
        units={
            pk: UnitFact(id=pk, parent=parent, kind=UnitKind(kind))
            for pk, parent, kind in units.order_by("order", "code").values_list(
                "pk", "parent", "kind"
            )
        },
        posts={
            pk: PostFact(
                id=pk, unit=unit, leadership=leads, unit_head=heads, leadership_head=leads_all
            )
            for pk, unit, leads, heads, leads_all in posts.order_by("order", "code").values_list(
                "pk", "unit", "is_leadership", "is_unit_head", "is_leadership_head"
            )
        },
        seats=seats(Appointment.objects.filter(organisation=organisation, post__in=posts), on),
        portfolios=dict(
            Portfolio.objects.filter(holding(on), organisation=organisation)
            .order_by("from_on", "pk")
            .values_list("unit", "leader")
        ),
        members=_members(organisation, on),
    )


def seats(appointments: QuerySet[Appointment], on: date) -> tuple[Seat, ...]:
    """Return who sits where on a day. One statement."""
    rows = appointments.filter(holding(on)).values_list("person", "post", "kind", "from_on")
    return tuple(
        Seat(person=person, post=post, kind=SeatKind(kind), since=since)
        for person, post, kind, since in rows
    )


def _members(organisation: int, on: date) -> dict[BodyKind, frozenset[int]]:
    found: dict[BodyKind, set[int]] = {}
    rows = Membership.objects.filter(
        holding(on), organisation=organisation, body__retired_on=None
    ).values_list("body__kind", "person")
    for kind, person in rows:
        found.setdefault(BodyKind(kind), set()).add(person)
    return {kind: frozenset(people) for kind, people in found.items()}
