"""Who is to act on a day, by the chain of responsibility (三): nobody oversees themself.

While a duty is open it lies with whoever stands there today: a new head finds what the last one
left undone.
"""

from lianfang.duties.rules.facts import Holding, MeasureFact
from lianfang.duties.rules.values import ActorRole
from lianfang.org.rules.chain import Because, Chain, Link, Role, chain_above, inspector_of
from lianfang.org.rules.structure import PostFact, Structure
from lianfang.scheme.model import Actor

Acting = tuple[str, int | None]

# Whoever stands at or above the rung acts.
_RUNG = {
    Actor.CONTROL_OWNER: 0,
    Actor.UNIT_HEAD: 0,
    Actor.PORTFOLIO_LEADER: 1,
    Actor.LEADERSHIP_HEAD: 2,
}
_RUNG_OF_ROLE = {
    Role.CONTROL_OWNER: 0,
    Role.PORTFOLIO_LEADER: 1,
    Role.LEADERSHIP_HEAD: 2,
    Role.SUPERIOR: 3,
}
_HEADS = frozenset({Because.HEAD_OF_UNIT, Because.ACTING_HEAD, Because.HEAD_ABOVE})
_NO_POST = 0


class Actors:
    """Finds who is to act; chains that are alike are climbed once.

    Above the plain posts of a unit the chain is the same for all but those who stand in it.
    """

    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self._chains: dict[tuple[int | None, int, int | None], Chain] = {}
        self._found: dict[tuple[Actor, int | None, int, int | None], Acting] = {}
        self._special = {post.id for post in structure.posts.values() if _is_special(post)}
        self._known = {seat.person for seat in structure.seats if seat.post in self._special}

    def above(self, actor: Actor, holding: Holding) -> Acting:
        """Return who acts towards the holder of a post, or the holder where it is their own."""
        if actor is Actor.HOLDER:
            return ActorRole.HOLDER.value, holding.person
        if actor is Actor.DISCIPLINE_OFFICE:
            return inspector_of(self._structure, holding.person).value, None
        post, person = self._alike(holding.post, holding.person)
        key = (actor, post, holding.unit, person)
        found = self._found.get(key)
        if found is None:
            chain = self._chain(post, holding.unit, person)
            found = self._found[key] = _acting(actor, chain.links)
        return found

    def over_unit(self, actor: Actor, unit: int) -> Acting:
        """Return who acts for a unit, or towards it: then never its own head."""
        links = self._chain(None, unit, None).links
        if _RUNG.get(actor, 0) > 0 and links[0].because in _HEADS:
            links = links[1:]
        return _acting(actor, links)

    def of_measure(self, measure: MeasureFact) -> Acting:
        """Return who sees to a measure: who holds its post, else the control owner of that post.

        Where no post is known it is the control owner of the unit.
        """
        post = self._structure.posts.get(measure.post) if measure.post is not None else None
        if post is None or post.unit not in self._structure.units:
            return _acting(Actor.CONTROL_OWNER, self._chain(None, measure.unit, None).links)
        seat = self._structure.first_in(post.id)
        if seat is not None:
            return ActorRole.RESPONSIBLE_POST.value, seat.person
        special, _ = self._alike(post.id, None)
        return _acting(Actor.CONTROL_OWNER, self._chain(special, post.unit, None).links)

    def _alike(self, post: int, person: int | None) -> tuple[int | None, int | None]:
        """Return post and person as far as they matter to the chain."""
        return (
            post if post in self._special else None,
            person if person in self._known else None,
        )

    def _chain(self, post: int | None, unit: int, person: int | None) -> Chain:
        key = (post, unit, person)
        chain = self._chains.get(key)
        if chain is None:
            known = self._structure.posts.get(post) if post is not None else None
            fact = known or PostFact(id=_NO_POST, unit=unit)
            chain = self._chains[key] = chain_above(self._structure, fact, person)
        return chain


def _is_special(post: PostFact) -> bool:
    return post.unit_head or post.leadership


def _acting(actor: Actor, links: tuple[Link, ...]) -> Acting:
    rung = _RUNG.get(actor)
    if rung is None:
        return ActorRole(actor.value).value, None
    link = next(link for link in links if max(_RUNG_OF_ROLE[role] for role in link.roles) >= rung)
    if link.person is None:
        return ActorRole.SUPERIOR.value, None
    return ActorRole(actor.value).value, link.person
