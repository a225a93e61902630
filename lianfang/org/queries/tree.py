"""The tree of units: who heads each, in whose portfolio it is, how many sit there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from lianfang.org.models import Appointment, Person, Post, Unit, holding
from lianfang.org.queries.structure import structure_around
from lianfang.org.rules.chain import Chain, chain_of, portfolio_leader
from lianfang.org.rules.structure import Seat, SeatKind, Structure
from lianfang.org.standing import Standing


@dataclass(frozen=True, kw_only=True)
class TreeRow:
    """A unit in its place; `depth` is 0 for the root."""

    unit: Unit
    depth: int
    head: Person | None
    head_is_acting: bool
    has_head_post: bool
    leader: Person | None
    leader_is_inherited: bool
    posts: int
    people: int


@dataclass(frozen=True, kw_only=True)
class ChainLink:
    """A link of a chain with its person; None is the superior body."""

    person: Person | None
    roles: tuple[str, ...]
    because: str


@dataclass(frozen=True, kw_only=True)
class ShownChain:
    """A chain with names: whose, for which post, who stands above, and which rungs are empty."""

    post: Post
    holder: Person | None
    seat: Seat | None
    links: tuple[ChainLink, ...]
    passed: tuple[tuple[str, str], ...]

    @property
    def owner(self) -> ChainLink:
        """The control owner."""
        return self.links[0]


def tree_of(standing: Standing) -> list[TreeRow]:
    """Return the units in use, each after its parent. Eight statements, whatever the size."""
    organisation, on = standing.organisation_id, standing.on
    structure = structure_around(organisation, on, ())
    units = {
        unit.pk: unit
        for unit in Unit.objects.filter(pk__in=structure.units).order_by("order", "code")
    }
    posts = dict(
        Post.objects.filter(in_use(on), organisation=organisation)
        .values_list("unit")
        .annotate(Count("pk"))
    )
    people = dict(
        Appointment.objects.filter(holding(on), in_use(on, "post__"), organisation=organisation)
        .values_list("post__unit")
        .annotate(Count("person", distinct=True))
    )
    names = people_by_id(
        {seat.person for seat in structure.seats} | set(structure.portfolios.values())
    )
    return [
        _row(structure, unit, depth, names, posts.get(unit.pk, 0), people.get(unit.pk, 0))
        for unit, depth in _walk(units)
    ]


def units_in_use(standing: Standing) -> list[Unit]:
    """Return the units in use, by their order. One statement."""
    return list(
        Unit.objects.filter(in_use(standing.on), organisation=standing.organisation_id).order_by(
            "order", "code"
        )
    )


def in_use(on: date, path: str = "") -> Q:
    """Return the condition under which something retirable is in use on a day."""
    return Q(**{f"{path}retired_on": None}) | Q(**{f"{path}retired_on__gt": on})


def people_by_id(ids: set[int]) -> dict[int, Person]:
    """Return people by id. One statement, none for nobody."""
    return Person.objects.in_bulk(ids) if ids else {}


def chains_for_posts(standing: Standing, posts: list[Post]) -> dict[int, list[ShownChain]]:
    """Return the chains above each holder of each post, or of the vacant post. Six statements."""
    structure = structure_around(standing.organisation_id, standing.on, [p.pk for p in posts])
    raw = {
        post.pk: [
            (seat, chain_of(structure, post.pk, seat.person if seat else None))
            for seat in structure.seats_of_post.get(post.pk, (None,))
        ]
        for post in posts
        if post.pk in structure.posts
    }
    chains = [chain for found in raw.values() for _, chain in found]
    names = people_by_id(_people_in(chains))
    by_id = {post.pk: post for post in posts}
    return {
        post: [shown(chain, seat, by_id[post], names) for seat, chain in found]
        for post, found in raw.items()
    }


def shown(chain: Chain, seat: Seat | None, post: Post, names: Mapping[int, Person]) -> ShownChain:
    """Return a chain with names."""
    return ShownChain(
        post=post,
        holder=names[chain.holder] if chain.holder is not None else None,
        seat=seat,
        links=tuple(
            ChainLink(
                person=names[link.person] if link.person is not None else None,
                roles=tuple(link.roles),
                because=link.because,
            )
            for link in chain.links
        ),
        passed=tuple((rung.role, rung.because) for rung in chain.passed),
    )


def _people_in(chains: list[Chain]) -> set[int]:
    above = {link.person for chain in chains for link in chain.links}
    holders = {chain.holder for chain in chains}
    return {person for person in above | holders if person is not None}


def _walk(units: Mapping[int, Unit]) -> Iterator[tuple[Unit, int]]:
    below: dict[int | None, list[Unit]] = {}
    for unit in units.values():
        parent = unit.parent_id if unit.parent_id in units else None
        below.setdefault(parent, []).append(unit)
    waiting = [(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        yield unit, depth
        waiting.extend((child, depth + 1) for child in reversed(below.get(unit.pk, [])))


def _row(
    structure: Structure,
    unit: Unit,
    depth: int,
    names: Mapping[int, Person],
    posts: int,
    people: int,
) -> TreeRow:
    head_post = structure.head_posts.get(unit.pk)
    seat = structure.first_in(head_post.id) if head_post is not None else None
    leader, is_inherited = _leader(structure, unit.pk)
    return TreeRow(
        unit=unit,
        depth=depth,
        head=names.get(seat.person) if seat else None,
        head_is_acting=seat is not None and seat.kind is SeatKind.ACTING,
        has_head_post=head_post is not None,
        leader=names.get(leader) if leader is not None else None,
        leader_is_inherited=is_inherited,
        posts=posts,
        people=people,
    )


def _leader(structure: Structure, unit: int) -> tuple[int | None, bool]:
    """Return who has the unit in portfolio, and whether through a unit above it."""
    leader = portfolio_leader(structure, unit)
    return leader, leader is not None and structure.portfolios.get(unit) != leader
