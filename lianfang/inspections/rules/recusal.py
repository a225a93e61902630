"""Who may not inspect whom: their own units, kin, and those over or under them (三, 五（五）).

The head of the leadership stands over everybody and under nobody's control: that alone recuses
no inspector.
"""

from collections.abc import Iterable, Mapping

from lianfang.org.rules.chain import Role, chains_of_person
from lianfang.org.rules.roles import reach_of
from lianfang.org.rules.structure import Structure

_OVER = frozenset({Role.CONTROL_OWNER, Role.PORTFOLIO_LEADER})


def kin_of(pairs: Iterable[tuple[int, int]]) -> Mapping[int, frozenset[int]]:
    """Return the relatives on record of each, whichever of the two had it recorded."""
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {person: frozenset(kin) for person, kin in found.items()}


def recused_units(structure: Structure, person: int) -> frozenset[int]:
    """Return the units somebody does not inspect: of their posts, headed, in portfolio."""
    reach = reach_of(structure, person)
    return reach.units | reach.headed | reach.portfolio


def recused_people(
    structure: Structure, person: int, kin: Mapping[int, frozenset[int]]
) -> frozenset[int]:
    """Return whom somebody does not inspect: themself, kin, those directly over them."""
    over = {
        link.person
        for chain in chains_of_person(structure, person)
        for link in chain.links
        if _OVER.intersection(link.roles)
        and Role.LEADERSHIP_HEAD not in link.roles
        and link.person is not None
    }
    return frozenset({person} | over | kin.get(person, frozenset()))
