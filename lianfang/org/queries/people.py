"""People as pages show them: a list, one person's posts, and what a person answers for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from lianfang.org.models import Appointment, Membership, Person, Post, Unit, holding
from lianfang.org.queries.structure import structure_around
from lianfang.org.queries.tree import ShownChain, chains_for_posts, in_use
from lianfang.org.rules.chain import inspector_of
from lianfang.org.rules.roles import reach_of
from lianfang.org.standing import Standing

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """A page of people, each with the posts held today in `held`; `more` after the last one."""

    people: Sequence[Person]
    more: str


@dataclass(frozen=True, kw_only=True)
class ResponsibilitySheet:
    """What a person answers for, and who answers for them (三)."""

    held: list[Appointment]
    chains: list[ShownChain]
    headed: list[Unit]
    # the chain above each seat of which this person is the control owner
    owned: list[ShownChain]
    portfolio: list[Unit]
    memberships: list[Membership]
    inspector: str


def find_people(
    people: QuerySet[Person],
    standing: Standing,
    *,
    words: str = "",
    unit: int | None = None,
    left: bool = False,
    after: str = "",
) -> PeoplePage:
    """Return a page of people in the order of their staff numbers. Two statements.

    `after` is the staff number of the last one on the page before.
    """
    held = Appointment.objects.filter(holding(standing.on)).select_related("post__unit")
    gone = Q(left_on__lte=standing.on)
    rows = people.filter(gone if left else ~gone | Q(left_on=None))
    if words:
        rows = rows.filter(
            Q(name__icontains=words) | Q(name_en__icontains=words) | Q(code__iexact=words)
        )
    if unit is not None:
        seats = Appointment.objects.filter(
            holding(standing.on), person=OuterRef("pk"), post__unit=unit
        )
        rows = rows.filter(Exists(seats))
    if after:
        rows = rows.filter(code__gt=after)
    found = list(
        rows.order_by("code").prefetch_related(
            Prefetch("appointments", queryset=held.order_by("kind", "from_on"), to_attr="held")
        )[: PAGE + 1]
    )
    more = found[PAGE - 1].code if len(found) > PAGE else ""
    return PeoplePage(people=found[:PAGE], more=more)


def appointments_of(person: Person) -> list[Appointment]:
    """Return everything somebody held, newest first, withdrawn entries too. One statement."""
    return list(person.appointments.select_related("post__unit").order_by("-from_on", "-pk"))


def appointments_to(post: Post) -> list[Appointment]:
    """Return everybody who held a post, newest first. One statement."""
    return list(post.appointments.select_related("person").order_by("-from_on", "-pk"))


def leaders_among(people: QuerySet[Person], standing: Standing) -> QuerySet[Person]:
    """Return those of the people who sit in the leadership today."""
    seats = Appointment.objects.filter(holding(standing.on), post__is_leadership=True)
    return people.filter(appointments__in=seats).distinct()


def sheet_of(person: Person, standing: Standing) -> ResponsibilitySheet:
    """Return a person's responsibility sheet as it stands today. At most eighteen statements."""
    on = standing.on
    held = list(
        person.appointments.filter(holding(on)).select_related("post__unit").order_by("kind")
    )
    structure = structure_around(standing.organisation_id, on, [seat.post_id for seat in held])
    reach = reach_of(structure, person.pk)
    below = _posts_of(reach.headed, standing)
    chains = chains_for_posts(standing, [*(seat.post for seat in held), *below])
    return ResponsibilitySheet(
        held=held,
        chains=[
            chain
            for seat in held
            for chain in chains.get(seat.post_id, ())
            if chain.holder is not None and chain.holder.pk == person.pk
        ],
        headed=_units(reach.headed),
        owned=[
            chain
            for post in below
            for chain in chains.get(post.pk, ())
            if chain.owner.person is not None and chain.owner.person.pk == person.pk
        ],
        portfolio=_units(reach.portfolio),
        memberships=list(
            person.memberships.filter(holding(on), body__retired_on=None).select_related("body")
        ),
        inspector=inspector_of(structure, person.pk),
    )


def _posts_of(units: frozenset[int], standing: Standing) -> list[Post]:
    if not units:
        return []
    return list(
        Post.objects.filter(in_use(standing.on), unit__in=units)
        .select_related("unit")
        .order_by("unit__order", "unit__code", "order", "code")
    )


def _units(ids: frozenset[int]) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=ids).order_by("order", "code")) if ids else []
