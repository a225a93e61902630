"""Who may see and change what of an organisation. Every page gets its objects from here.

Everything is scoped to the one organisation of the person who looks. Staff know each other's
units, posts and names; what is private of a person is for themself, those above them and the two
offices. The system administrator keeps the data, the security administrator the bodies and
logins, the audit administrator only the log (三员分立).
"""

from typing import Literal, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from lianfang.accounts.models import User
from lianfang.common.http import AppRequest
from lianfang.files.access import imports_of
from lianfang.files.models import Import
from lianfang.org.models import (
    Appointment,
    Body,
    Membership,
    Person,
    Portfolio,
    Post,
    Unit,
    holding,
)
from lianfang.org.queries.roster import ROSTER
from lianfang.org.queries.standing import standing_of
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

To = Literal["view", "edit"]
AnyModel = TypeVar("AnyModel", bound=Model)

KEEPS_DATA = (Role.SYSTEM_ADMINISTRATOR,)
KEEPS_ROLES = (Role.SECURITY_ADMINISTRATOR,)
SETS_NUMBERS = (Role.LEADING_GROUP_OFFICE,)
RECORDS_KINSHIP = (Role.DISCIPLINE_OFFICE,)
# What the log tells of a person to those of `may_see_private` alone.
PRIVATE = ("kinship",)
_OFFICES = (Role.LEADING_GROUP_OFFICE, Role.DISCIPLINE_OFFICE)
_STANDING = "_lianfang_standing"


def standing_for(request: AppRequest) -> Standing:
    """Return who is asking, found once a request.

    Raises PermissionDenied for a login that belongs to nobody in an organisation.
    """
    standing = standing_or_none(request)
    if standing is None:
        raise PermissionDenied
    return standing


def standing_or_none(request: AppRequest) -> Standing | None:
    """Return who is asking, None where the login belongs to nobody in an organisation."""
    if not hasattr(request, _STANDING):
        setattr(request, _STANDING, standing_of(request.user, request.at))
    standing: Standing | None = getattr(request, _STANDING)
    return standing


def require(standing: Standing, *roles: Role) -> None:
    """Raise PermissionDenied unless one of the roles is held."""
    if not standing.has(*roles):
        raise PermissionDenied


def require_staff(standing: Standing, *roles: Role) -> None:
    """Raise PermissionDenied unless this is a person of the organisation, or one of the roles."""
    if not (standing.is_staff or standing.has(*roles)):
        raise PermissionDenied


# units and posts ----------------------------------------------------------------------------


def units_visible_to(standing: Standing) -> QuerySet[Unit]:
    """Return the units somebody may know of, retired ones among them."""
    return _scoped(Unit.objects.all(), standing, *KEEPS_DATA, *KEEPS_ROLES)


def get_unit_for(standing: Standing, unit_id: int, *, to: To = "view") -> Unit:
    """Return a unit. Raises Http404 where it may not be known, PermissionDenied to others."""
    unit = get_object_or_404(units_visible_to(standing).select_related("parent"), pk=unit_id)
    if to == "edit":
        require(standing, *KEEPS_DATA)
    return unit


def posts_visible_to(standing: Standing) -> QuerySet[Post]:
    """Return the posts somebody may know of, retired ones among them."""
    return _scoped(Post.objects.all(), standing, *KEEPS_DATA, *KEEPS_ROLES)


def get_post_for(standing: Standing, post_id: int, *, to: To = "view") -> Post:
    """Return a post. Raises Http404 where it may not be known, PermissionDenied to others."""
    post = get_object_or_404(posts_visible_to(standing).select_related("unit"), pk=post_id)
    if to == "edit":
        require(standing, *KEEPS_DATA)
    return post


def get_appointment_for(standing: Standing, appointment_id: int, *, to: To) -> Appointment:
    """Return an appointment; its history is changed by whoever keeps the data."""
    rows = _scoped(Appointment.objects.all(), standing, *KEEPS_DATA, *KEEPS_ROLES)
    appointment = get_object_or_404(rows.select_related("person", "post"), pk=appointment_id)
    if to == "edit":
        require(standing, *KEEPS_DATA)
    return appointment


def get_portfolio_for(standing: Standing, portfolio_id: int, *, to: To) -> Portfolio:
    """Return a portfolio; it is changed by whoever keeps the data."""
    rows = _scoped(Portfolio.objects.all(), standing, *KEEPS_DATA, *KEEPS_ROLES)
    portfolio = get_object_or_404(rows.select_related("leader", "unit"), pk=portfolio_id)
    if to == "edit":
        require(standing, *KEEPS_DATA)
    return portfolio


# people -------------------------------------------------------------------------------------


def people_visible_to(standing: Standing) -> QuerySet[Person]:
    """Return the people somebody may know of by name."""
    return _scoped(Person.objects.all(), standing, *KEEPS_DATA, *KEEPS_ROLES)


def get_person_for(standing: Standing, person_id: int, *, to: To = "view") -> Person:
    """Return a person by name; see `may_see_private` for the rest of what is on record."""
    person = get_object_or_404(people_visible_to(standing), pk=person_id)
    if to == "edit":
        require(standing, *KEEPS_DATA)
    return person


def get_person_to_answer_for(standing: Standing, person_id: int) -> Person:
    """Return a person whose responsibility sheet and kinship the asker may see.

    Raises PermissionDenied unless it is themself, somebody below them, or an office asks.
    """
    person = get_person_for(standing, person_id)
    if not may_see_private(standing, person):
        raise PermissionDenied
    return person


def get_person_for_kinship(standing: Standing, person_id: int) -> Person:
    """Return a person whose relatives the asker records: the discipline office, never their own."""
    person = get_person_for(standing, person_id)
    require(standing, *RECORDS_KINSHIP)
    if person.pk == standing.person_id:
        raise PermissionDenied
    return person


def may_see_private(standing: Standing, person: Person) -> bool:
    """Return whether kinship and the responsibility sheet of a person are open to the asker.

    To themself, the two offices, the head of the leadership, and the heads and portfolio leaders
    of the units in which the person sits (三). One statement for a head or a leader.
    """
    if not standing.is_staff or person.organisation_id != standing.organisation_id:
        return False
    if standing.person_id == person.pk or standing.has(*_OFFICES, Role.LEADERSHIP_HEAD):
        return True
    return is_above(standing, person)


def is_above(standing: Standing, person: Person) -> bool:
    """Return whether the person holds a post in a unit the asker heads or has in portfolio."""
    over = standing.headed | standing.portfolio
    return bool(over) and (
        Appointment.objects.filter(
            holding(standing.on), person=person, post__unit__in=over, post__is_leadership=False
        ).exists()
    )


def people_answered_for_by(standing: Standing) -> QuerySet[Person]:
    """Return the people whose sheet the asker may open, themself among them."""
    people = people_visible_to(standing)
    if not standing.is_staff:
        return people.none()
    if standing.has(*_OFFICES, Role.LEADERSHIP_HEAD):
        return people
    below = Appointment.objects.filter(
        holding(standing.on),
        person=OuterRef("pk"),
        post__unit__in=standing.headed | standing.portfolio,
        post__is_leadership=False,
    )
    return people.filter(Q(pk=standing.person_id) | Exists(below))


# bodies -------------------------------------------------------------------------------------


def bodies_visible_to(standing: Standing) -> QuerySet[Body]:
    """Return the bodies of the organisation."""
    return _scoped(Body.objects.all(), standing, *KEEPS_DATA, *KEEPS_ROLES)


def get_body_for(standing: Standing, body_id: int, *, to: To = "view") -> Body:
    """Return a body; its members are named by the security administrator, for they are roles."""
    body = get_object_or_404(bodies_visible_to(standing).select_related("unit"), pk=body_id)
    if to == "edit":
        require(standing, *KEEPS_ROLES)
    return body


def get_membership_for(standing: Standing, membership_id: int, *, to: To) -> Membership:
    """Return a membership, to end it or to withdraw it."""
    rows = _scoped(Membership.objects.all(), standing, *KEEPS_DATA, *KEEPS_ROLES)
    membership = get_object_or_404(rows.select_related("body", "person"), pk=membership_id)
    if to == "edit":
        require(standing, *KEEPS_ROLES)
    return membership


# logins -------------------------------------------------------------------------------------


def logins_visible_to(standing: Standing) -> QuerySet[User]:
    """Return the logins of the organisation; only the security administrator knows of them."""
    if not standing.has(*KEEPS_ROLES):
        return User.objects.none()
    organisation = standing.organisation_id
    return User.objects.filter(
        Q(organisation=organisation)
        | Q(person__organisation=organisation)
        | Q(administrator__organisation=organisation)
    ).select_related("person", "administrator")


def get_login_for(standing: Standing, login_id: int, *, to: To = "view") -> User:
    """Return a login. The three administrators' own are changed by nobody on a page (三员分立)."""
    login = get_object_or_404(logins_visible_to(standing), pk=login_id)
    if to == "edit" and hasattr(login, "administrator"):
        raise PermissionDenied
    return login


# imports ------------------------------------------------------------------------------------


def imports_visible_to(standing: Standing) -> QuerySet[Import]:
    """Return the imports of staff lists, for whoever keeps the data; none to others."""
    if not standing.has(*KEEPS_DATA):
        return Import.objects.none()
    return imports_of(standing.organisation_id, ROSTER)


def get_import_for(standing: Standing, import_id: int) -> Import:
    """Return an import with its file and who did what. Raises Http404."""
    rows = imports_visible_to(standing).select_related(
        "attachment", "opened_by", "closed_by", "undone_by"
    )
    return get_object_or_404(rows, pk=import_id)


def _scoped(
    rows: QuerySet[AnyModel], standing: Standing, *administrators: Role
) -> QuerySet[AnyModel]:
    """Return the rows of the asker's organisation; none for other administrators."""
    if standing.is_staff or standing.has(*administrators):
        return rows.filter(organisation=standing.organisation_id)
    return rows.none()
