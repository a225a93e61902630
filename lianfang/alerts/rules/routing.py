"""Where an alert goes: by the scheme's routes, up and never sideways (三, 五（六）1).

Whoever it is about, their kin on record and those who stay out of it never get it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lianfang.org.rules.chain import Because, Link, Role, chain_of, portfolio_leader
from lianfang.org.rules.structure import BodyKind, Structure
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.alerts import Route

CLAUSE = "五（六）1"
OFFICE_LADDER = "office"


class Way(StrEnum):
    """Who is to deal with an alert."""

    OWNER = "owner"
    LEADER = "leader"
    OFFICE = "office"
    HEAD = "head"
    SUPERIOR = "superior"


class PartyRole(StrEnum):
    """In which capacity somebody, or a body, has an alert; the codes are those of duties."""

    CONTROL_OWNER = "control_owner"
    PORTFOLIO_LEADER = "portfolio_leader"
    LEADERSHIP_HEAD = "leadership_head"
    DISCIPLINE_OFFICE = "discipline_office"
    DISCIPLINE_OVERSIGHT = "discipline_oversight"
    LEADING_GROUP_OFFICE = "leading_group_office"


# What the scheme's route leaves open; the first that is possible is proposed.
WAYS: Mapping[str, tuple[Way, ...]] = {
    "leadership_head": (Way.SUPERIOR,),
    "discipline_office": (Way.HEAD, Way.SUPERIOR),
    "leader": (Way.HEAD, Way.SUPERIOR),
    "office_trigger": (Way.OFFICE,),
    "other": (Way.OWNER, Way.LEADER, Way.OFFICE),
}
_HEIGHTS = {Role.CONTROL_OWNER: 0, Role.PORTFOLIO_LEADER: 1, Role.LEADERSHIP_HEAD: 2}
# where nobody on the route may have it, it goes up
_UP = (Way.HEAD, Way.SUPERIOR)
# who sends up what belongs to the superior body, an outside party
_SENDERS = (
    BodyKind.DISCIPLINE_OFFICE,
    BodyKind.DISCIPLINE_OVERSIGHT,
    BodyKind.LEADING_GROUP_OFFICE,
)


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """Whom and what an alert is about, as far as is known.

    `people` are those named, and who holds the post where nobody is named. `kept_out` are these,
    their kin on record, and whoever was recused. `office_unit` is the unit that does the work of
    the discipline office.
    """

    unit: int | None = None
    post: int | None = None
    people: tuple[int, ...] = ()
    kept_out: frozenset[int] = frozenset()
    office_unit: int | None = None


@dataclass(frozen=True)
class Party:
    """Who has an alert: a person, or with None the body of that role."""

    way: Way
    role: PartyRole
    person: int | None = None


@dataclass(frozen=True, kw_only=True)
class Routing:
    """Where an alert goes: the route that applies, to whom it may go, who decides that.

    `parties` is never empty; the first is proposed.
    """

    route: Route
    parties: tuple[Party, ...]
    triager: Party

    def party(self, way: str) -> Party | None:
        """Return who has it that way, None where that is not open."""
        return next((each for each in self.parties if each.way == way), None)


@dataclass(frozen=True, kw_only=True)
class Router:
    """The routes of a scheme in an organisation as it stands on a day."""

    scheme: Scheme
    structure: Structure
    concerned: Concerned
    _found: dict[str, tuple[Link, ...]] = field(default_factory=dict)

    def routing(self, trigger: str, recorder: int | None) -> Routing:
        """Return where an alert with that trigger goes. Source: 三, 五（六）1."""
        route = self.route(trigger)
        parties = tuple(self._parties(WAYS[route.about]))
        return Routing(
            route=route, parties=parties, triager=self._triager(route, parties, recorder)
        )

    def route(self, trigger: str) -> Route:
        """Return the first route of the scheme that applies; the last takes everything else."""
        ladders = {each.code: each.ladder for each in self.scheme.alert_triggers}
        applies = {
            "leadership_head": self._is_about_head,
            "discipline_office": self.is_about_office,
            "leader": self.is_about_leader,
            "office_trigger": ladders.get(trigger) == OFFICE_LADDER,
            "other": True,
        }
        return next(route for route in self.scheme.routes if applies[route.about])

    def above(self, holder: int | None, to: Role) -> Party | None:
        """Return who stands on a rung above whoever has an alert, or on the next one that is free.

        Above a body that is the head of the leadership alone: the chain below may be what it looks
        at. Nobody concerned, no kin. Source: 三.
        """
        links = self._links if holder is not None else ()
        start = next((n + 1 for n, link in enumerate(links) if link.person == holder), 0)
        for link in links[start:]:
            if _height(link) >= _HEIGHTS[to] and link.person not in self.concerned.kept_out:
                way = Way.HEAD if Role.LEADERSHIP_HEAD in link.roles else Way.LEADER
                return Party(way, _role_of(link), link.person)
        top = self._party(Way.HEAD) if to is Role.LEADERSHIP_HEAD else None
        return top if top is not None and top.person != holder else None

    @property
    def is_about_leader(self) -> bool:
        """Whether somebody of the leadership is concerned, or a seat in it."""
        post = self.structure.posts.get(self.concerned.post or 0)
        is_seat = post is not None and post.leadership
        return is_seat or not self.structure.leadership.isdisjoint(self.concerned.people)

    @property
    def is_about_office(self) -> bool:
        """Whether the discipline office is concerned: one of its people, or its unit."""
        members = self.structure.members.get(BodyKind.DISCIPLINE_OFFICE, frozenset())
        unit = self.concerned.unit
        is_unit = unit is not None and unit == self.concerned.office_unit
        nobody = not self.concerned.people
        return (is_unit and nobody) or not members.isdisjoint(self.concerned.people)

    @property
    def _is_about_head(self) -> bool:
        post = self.structure.posts.get(self.concerned.post or 0)
        seat = self.structure.leadership_head
        is_named = seat is not None and seat.person in self.concerned.people
        return is_named or (post is not None and post.leadership_head)

    def _parties(self, ways: tuple[Way, ...]) -> Iterator[Party]:
        taken: set[tuple[PartyRole | None, int | None]] = set()
        for way in ways:
            party = self._party(way)
            if party is not None and (key := _who(party)) not in taken:
                taken.add(key)
                yield party
        if not taken:
            yield next(party for way in _UP if (party := self._party(way)) is not None)

    def _party(self, way: Way) -> Party | None:
        if way is Way.OWNER:
            return self._in_chain(way, self._links)
        if way is Way.LEADER:
            above = {Role.PORTFOLIO_LEADER, Role.LEADERSHIP_HEAD}
            links = [link for link in self._links if above.intersection(link.roles)]
            return self._in_chain(way, links)
        if way is Way.HEAD:
            seat = self.structure.leadership_head
            is_free = seat is not None and seat.person not in self.concerned.kept_out
            return Party(way, PartyRole.LEADERSHIP_HEAD, seat.person) if seat and is_free else None
        if way is Way.OFFICE:
            is_free = not self.is_about_office and self._is_there(BodyKind.DISCIPLINE_OFFICE)
            return Party(way, PartyRole.DISCIPLINE_OFFICE) if is_free else None
        return self._sender()

    def _in_chain(self, way: Way, links: list[Link] | tuple[Link, ...]) -> Party | None:
        """Return the first of these who may have it; the superior body is no party of these."""
        for link in links:
            if link.person is not None and link.person not in self.concerned.kept_out:
                return Party(way, _role_of(link), link.person)
        return None

    def _sender(self) -> Party:
        """Return which body sends it up: never one that is concerned."""
        for kind in _SENDERS:
            is_concerned = kind is BodyKind.DISCIPLINE_OFFICE and self.is_about_office
            if not is_concerned and self._is_there(kind):
                return Party(Way.SUPERIOR, PartyRole(kind.value))
        return Party(Way.SUPERIOR, PartyRole.LEADING_GROUP_OFFICE)

    def _is_there(self, kind: BodyKind) -> bool:
        members = self.structure.members.get(kind, frozenset())
        return bool(members - self.concerned.kept_out)

    def _triager(self, route: Route, parties: tuple[Party, ...], recorder: int | None) -> Party:
        """Return who decides where it goes: whoever noticed it, of the chain above, else the first.

        Where the route leaves nothing open, whoever gets it confirms that.
        """
        if route.about == "other" and recorder not in self.concerned.kept_out:
            for link in self._links:
                if link.person is not None and link.person == recorder:
                    return Party(Way.OWNER, _role_of(link), recorder)
            if recorder is not None and recorder in self._heads_above:
                return Party(Way.OWNER, PartyRole.CONTROL_OWNER, recorder)
            office = self.structure.members.get(BodyKind.DISCIPLINE_OFFICE, frozenset())
            if recorder in office and not self.is_about_office:
                return Party(Way.OFFICE, PartyRole.DISCIPLINE_OFFICE)
        return parties[0]

    @property
    def _heads_above(self) -> frozenset[int]:
        """Who heads the unit concerned or one above it."""
        units = self.structure.upwards(self.concerned.unit)
        posts = [self.structure.head_posts.get(unit) for unit in units]
        seats = [self.structure.first_in(post.id) for post in posts if post is not None]
        return frozenset(seat.person for seat in seats if seat is not None)

    @property
    def _links(self) -> tuple[Link, ...]:
        """Who stands above what is concerned, nearest first, without the superior body."""
        if "links" not in self._found:
            self._found["links"] = tuple(link for link in self._chain() if link.person is not None)
        return self._found["links"]

    def _chain(self) -> Iterator[Link]:
        structure, concerned = self.structure, self.concerned
        if concerned.post is not None and concerned.post in structure.posts:
            holder = concerned.people[0] if concerned.people else None
            yield from chain_of(structure, concerned.post, holder).links
            return
        if concerned.unit is None:
            return
        yield from _over_unit(structure, concerned.unit)


def _over_unit(structure: Structure, unit: int) -> Iterator[Link]:
    """Yield who answers for a unit as a whole: its head, the leader, the leadership's head."""
    from_head = (structure.head_posts.get(each) for each in structure.upwards(unit))
    head = next((post for post in from_head if post is not None), None)
    if head is not None:
        seat = structure.first_in(head.id)
        if seat is not None:
            yield Link(seat.person, (Role.CONTROL_OWNER,), Because.HEAD_OF_UNIT)
    leader = portfolio_leader(structure, unit)
    if leader is not None:
        yield Link(leader, (Role.PORTFOLIO_LEADER,), Because.OWN_PORTFOLIO)
    top = structure.leadership_head
    if top is not None:
        yield Link(top.person, (Role.LEADERSHIP_HEAD,), Because.LEADERSHIP_HEAD)


def _height(link: Link) -> int:
    return max(_HEIGHTS.get(role, 0) for role in link.roles)


def _role_of(link: Link) -> PartyRole:
    return PartyRole(link.roles[0].value)


def _who(party: Party) -> tuple[PartyRole | None, int | None]:
    return (None if party.person else party.role, party.person)
