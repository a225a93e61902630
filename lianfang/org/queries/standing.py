"""Who a login is: read for every request, so it asks only about this one person."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from lianfang.common.clock import day_in
from lianfang.org.models import (
    Administrator,
    Appointment,
    Membership,
    Organisation,
    Person,
    Portfolio,
    Post,
    Unit,
    holding,
)
from lianfang.org.queries.structure import seats
from lianfang.org.rules.roles import Role, reach_of
from lianfang.org.rules.structure import (
    BodyKind,
    PostFact,
    Seat,
    SeatKind,
    Structure,
    UnitFact,
    UnitKind,
)
from lianfang.org.standing import Standing

_ADMINISTRATOR = {
    Administrator.Kind.SYSTEM: Role.SYSTEM_ADMINISTRATOR,
    Administrator.Kind.SECURITY: Role.SECURITY_ADMINISTRATOR,
    Administrator.Kind.AUDIT: Role.AUDIT_ADMINISTRATOR,
}


def standing_of(user: AbstractBaseUser, at: datetime) -> Standing | None:
    """Return who a login is at a moment; None for a login that belongs to nobody.

    Three statements for staff, up to seven for a head or a leader, two for an administrator.
    """
    person = Person.objects.select_related("organisation").filter(login=user.pk).first()
    if person is not None:
        on = day_in(person.organisation.time_zone, at)
        if person.left_on is not None and person.left_on <= on:
            return None
        return _of_person(person, user.pk, on)
    administrator = (
        Administrator.objects.select_related("organisation").filter(login=user.pk).first()
    )
    return _of_administrator(administrator, at) if administrator else None


def organisation_id_of(user: AbstractBaseUser) -> int | None:
    """Return the organisation a login belongs to, None where it belongs to nobody yet."""
    of_person = Person.objects.filter(login=user.pk).values_list("organisation", flat=True).first()
    if of_person is not None:
        return of_person
    return (
        Administrator.objects.filter(login=user.pk).values_list("organisation", flat=True).first()
    )


def _of_administrator(administrator: Administrator, at: datetime) -> Standing:
    kind = Administrator.Kind(administrator.kind)
    return Standing(
        user_id=administrator.login_id,
        **_organisation(administrator.organisation),
        on=day_in(administrator.organisation.time_zone, at),
        name=administrator.name,
        name_en=administrator.name_en,
        roles=frozenset({_ADMINISTRATOR[kind]}),
    )


def _of_person(person: Person, user_id: int, on: date) -> Standing:
    held = list(
        Appointment.objects.filter(holding(on), person=person, post__retired_on=None)
        .select_related("post__unit")
        .order_by("kind", "from_on")
    )
    bodies = frozenset(
        Membership.objects.filter(holding(on), person=person, body__retired_on=None).values_list(
            "body__kind", flat=True
        )
    )
    reach = reach_of(_around(person, held, bodies, on), person.pk)
    first = next(iter(sorted(held, key=lambda seat: SeatKind(seat.kind) != SeatKind.FULL)), None)
    return Standing(
        user_id=user_id,
        **_organisation(person.organisation),
        on=on,
        person_id=person.pk,
        name=person.name,
        name_en=person.name_en,
        title=f"{first.post.unit.name} {first.post.name}" if first else "",
        title_en=_english_title(first.post) if first else "",
        roles=reach.roles,
        posts=reach.posts,
        units=reach.units,
        headed=reach.headed,
        portfolio=reach.portfolio,
    )


def _english_title(post: Post) -> str:
    return f"{post.name_en or post.name}, {post.unit.name_en or post.unit.name}"


def _organisation(organisation: Organisation) -> dict[str, Any]:
    return {
        "organisation_id": organisation.pk,
        "organisation_name": organisation.name,
        "organisation_name_en": organisation.name_en,
        "is_example": organisation.is_example,
        "time_zone": organisation.time_zone,
        "scheme": organisation.scheme,
        "superior": organisation.superior_name,
        "superior_en": organisation.superior_name_en,
    }


def _around(person: Person, held: list[Appointment], bodies: frozenset[str], on: date) -> Structure:
    """Return as much of the organisation as decides what this one person is."""
    members = {BodyKind(kind): frozenset({person.pk}) for kind in bodies}
    posts = {seat.post_id: _post(seat.post) for seat in held}
    own = tuple(
        Seat(person=person.pk, post=seat.post_id, kind=SeatKind(seat.kind), since=seat.from_on)
        for seat in held
    )
    if not any(post.unit_head or post.leadership for post in posts.values()):
        units = {
            seat.post.unit_id: UnitFact(
                id=seat.post.unit_id, parent=None, kind=UnitKind(seat.post.unit.kind)
            )
            for seat in held
        }
        return Structure(on=on, units=units, posts=posts, seats=own, members=members)
    return _around_a_leader(person.organisation_id, posts, members, on)


def _around_a_leader(
    organisation: int,
    posts: dict[int, PostFact],
    members: dict[BodyKind, frozenset[int]],
    on: date,
) -> Structure:
    leading = Post.objects.filter(organisation=organisation, is_leadership=True, retired_on=None)
    posts = posts | {post.pk: _post(post) for post in leading}
    units = Unit.objects.filter(
        Q(retired_on=None) | Q(retired_on__gt=on), organisation=organisation
    )
    return Structure(
        on=on,
        units={
            pk: UnitFact(id=pk, parent=parent, kind=UnitKind(kind))
            for pk, parent, kind in units.values_list("pk", "parent", "kind")
        },
        posts=posts,
        seats=seats(Appointment.objects.filter(post__in=posts), on),
        portfolios=dict(
            Portfolio.objects.filter(holding(on), organisation=organisation)
            .order_by("from_on", "pk")
            .values_list("unit", "leader")
        ),
        members=members,
    )


def _post(post: Post) -> PostFact:
    return PostFact(
        id=post.pk,
        unit=post.unit_id,
        leadership=post.is_leadership,
        unit_head=post.is_unit_head,
        leadership_head=post.is_leadership_head,
    )
