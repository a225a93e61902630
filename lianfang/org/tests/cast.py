"""A small organisation in which every relation stands: own, unit, portfolio, offices, stranger."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from lianfang.accounts.models import User
from lianfang.org import actions
from lianfang.org.models import (
    Administrator,
    Appointment,
    Body,
    Organisation,
    Person,
    Post,
    Unit,
)
from lianfang.org.queries import standing_of
from lianfang.org.standing import Standing

AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)
ON = date(2026, 5, 14)
SINCE = date(2024, 1, 1)


@dataclass
class Cast:
    """The organisation, its units and posts by code, its people and logins by part."""

    organisation: Organisation
    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    logins: dict[str, User] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)

    def standing(self, part: str) -> Standing:
        """Return who that part is today."""
        standing = standing_of(self.logins[part], AT)
        assert standing is not None
        return standing


def login(name: str) -> User:
    """Return a new login without a password."""
    user = User(username=name, created_at=AT)
    user.set_unusable_password()
    user.save()
    return user


def organisation(code: str = "centre") -> Cast:
    """Return an organisation with its root and nothing else."""
    made = actions.create_organisation(code=code, name="示范评价中心", at=AT, name_en="Centre")
    cast = Cast(made)
    cast.units["root"] = made.units.get()
    return cast


def full_cast(code: str = "centre") -> Cast:
    """Return an organisation with a leadership, three departments, both offices and all roles.

    Parts: secretary (head of the leadership), deputy (finance in portfolio), head and clerk of
    finance, colleague in another department, office, officer (discipline), overseer, and the
    three administrators system, security, audit.
    """
    cast = organisation(code)
    _units(cast)
    _posts(cast)
    seats = {
        "secretary": "SJ",
        "deputy": "FZR",
        "head": "CWC",
        "clerk": "CWG",
        "colleague": "PSG",
        "office": "BGG",
        "officer": "JJG",
        "overseer": "BGC",
    }
    for number, (part, post) in enumerate(seats.items()):
        _person(cast, part, f"{number + 1:03}")
        actions.appoint(
            person=cast.people[part], post=cast.posts[post], from_on=SINCE, by=None, at=AT
        )
    actions.give_portfolio(
        leader=cast.people["deputy"], unit=cast.units["CW"], from_on=SINCE, by=None, at=AT
    )
    _bodies(cast)
    for kind in Administrator.Kind:
        cast.logins[kind.value] = login(f"{code}-{kind.value}")
        actions.appoint_administrator(
            organisation=cast.organisation,
            login=cast.logins[kind.value],
            kind=kind,
            name=str(kind.label),
            by=None,
            at=AT,
        )
    return cast


def _units(cast: Cast) -> None:
    kinds = {
        "LD": ("领导班子", Unit.Kind.LEADERSHIP),
        "CW": ("财务处", Unit.Kind.DEPARTMENT),
        "PS": ("评审处", Unit.Kind.DEPARTMENT),
        "BG": ("办公室", Unit.Kind.DEPARTMENT),
    }
    for code, (name, kind) in kinds.items():
        cast.units[code] = actions.create_unit(
            organisation=cast.organisation,
            code=code,
            name=name,
            kind=kind,
            parent=cast.units["root"],
            by=None,
            at=AT,
        )


def _posts(cast: Cast) -> None:
    leads: dict[str, object] = {"is_leadership": True, "is_leadership_head": True}
    wanted: dict[str, tuple[str, str, dict[str, object]]] = {
        "SJ": ("LD", "党委书记", leads),
        "FZR": ("LD", "副主任", {"is_leadership": True}),
        "CWC": ("CW", "财务处处长", {"is_unit_head": True}),
        "CWG": ("CW", "出纳岗", {"duties": "办理收付款\n保管票据"}),
        "PSG": ("PS", "评审岗", {}),
        "BGC": ("BG", "办公室主任", {"is_unit_head": True}),
        "BGG": ("BG", "综合岗", {}),
        "JJG": ("BG", "纪检岗", {}),
    }
    for code, (unit, name, values) in wanted.items():
        cast.posts[code] = actions.create_post(
            unit=cast.units[unit], code=code, name=name, values=values, by=None, at=AT
        )


def _person(cast: Cast, part: str, code: str) -> None:
    person = actions.create_person(
        organisation=cast.organisation,
        code=code,
        name=part,
        is_party_member=True,
        by=None,
        at=AT,
    )
    cast.logins[part] = login(f"{cast.organisation.code}-{part}")
    cast.people[part] = actions.attach_login(person=person, login=cast.logins[part], by=None, at=AT)


def _bodies(cast: Cast) -> None:
    members = {
        Body.Kind.LEADING_GROUP: "secretary",
        Body.Kind.LEADING_GROUP_OFFICE: "office",
        Body.Kind.DISCIPLINE_OFFICE: "officer",
        Body.Kind.DISCIPLINE_OVERSIGHT: "overseer",
    }
    for kind, part in members.items():
        cast.bodies[kind] = actions.create_body(
            organisation=cast.organisation, kind=kind, name=str(kind.label), by=None, at=AT
        )
        actions.join_body(
            body=cast.bodies[kind], person=cast.people[part], from_on=SINCE, by=None, at=AT
        )


def appointment_of(cast: Cast, part: str) -> Appointment:
    """Return the one appointment of a part."""
    return Appointment.objects.get(person=cast.people[part])
