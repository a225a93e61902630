"""Roles that follow from appointments, portfolios and bodies: computed, never copied (三)."""

from dataclasses import dataclass
from enum import StrEnum

from lianfang.org.rules.chain import portfolio_leader
from lianfang.org.rules.structure import BodyKind, Structure


class Role(StrEnum):
    """What somebody is in an organisation today; the last three are the administrators."""

    HOLDER = "holder"
    UNIT_HEAD = "unit_head"
    PORTFOLIO_LEADER = "portfolio_leader"
    LEADERSHIP = "leadership"
    LEADERSHIP_HEAD = "leadership_head"
    LEADING_GROUP = "leading_group"
    LEADING_GROUP_OFFICE = "leading_group_office"
    DISCIPLINE_OFFICE = "discipline_office"
    DISCIPLINE_OVERSIGHT = "discipline_oversight"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
)
_OF_BODY = {
    BodyKind.LEADING_GROUP: Role.LEADING_GROUP,
    BodyKind.LEADING_GROUP_OFFICE: Role.LEADING_GROUP_OFFICE,
    BodyKind.DISCIPLINE_OFFICE: Role.DISCIPLINE_OFFICE,
    BodyKind.DISCIPLINE_OVERSIGHT: Role.DISCIPLINE_OVERSIGHT,
}


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What somebody is, and over which units: their own, those they head, their portfolio.

    `headed` and `portfolio` hold the units below as well.
    """

    roles: frozenset[Role]
    posts: frozenset[int]
    units: frozenset[int]
    headed: frozenset[int]
    portfolio: frozenset[int]


def reach_of(structure: Structure, person: int) -> Reach:
    """Return the roles and the reach of a person on the day of the structure."""
    posts = frozenset(seat.post for seat in structure.seats_of_person.get(person, ()))
    headed = _headed(structure, person)
    is_leader = person in structure.leadership
    portfolio = _portfolio(structure, person) if is_leader else frozenset()
    held = {
        Role.HOLDER: bool(posts),
        Role.UNIT_HEAD: bool(headed),
        Role.LEADERSHIP: is_leader,
        Role.PORTFOLIO_LEADER: bool(portfolio),
        Role.LEADERSHIP_HEAD: _heads_the_leadership(structure, person),
    }
    bodies = {_OF_BODY[kind] for kind, members in structure.members.items() if person in members}
    return Reach(
        roles=frozenset(bodies | {role for role, holds in held.items() if holds}),
        posts=posts,
        units=frozenset(structure.posts[post].unit for post in posts),
        headed=headed,
        portfolio=portfolio,
    )


def _headed(structure: Structure, person: int) -> frozenset[int]:
    """Return the units that this person heads; a full head counts before an acting one."""
    return frozenset(
        below
        for unit, post in structure.head_posts.items()
        if (seat := structure.first_in(post.id)) is not None and seat.person == person
        for below in structure.below(unit)
    )


def _portfolio(structure: Structure, person: int) -> frozenset[int]:
    return frozenset(
        unit for unit in structure.units if portfolio_leader(structure, unit) == person
    )


def _heads_the_leadership(structure: Structure, person: int) -> bool:
    seat = structure.leadership_head
    return seat is not None and seat.person == person
