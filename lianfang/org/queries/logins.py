"""Logins as the security administrator's pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lianfang.accounts.models import User
from lianfang.accounts.queries import open_sessions
from lianfang.org.models import Administrator, Person

PAGE = 50
STATES = ("open", "left", "closed", "first", "nobody")


@dataclass(frozen=True, kw_only=True)
class ShownLogin:
    """A login with whom it belongs to; with neither, it belongs to nobody."""

    login: User
    person: Person | None
    administrator: Administrator | None
    has_factor: bool
    sessions: int


@dataclass(frozen=True, kw_only=True)
class LoginsPage:
    """A page of logins; `more` is the name after which the next one begins, empty at the end."""

    logins: Sequence[ShownLogin]
    more: str


def find_logins(
    logins: QuerySet[User], at: datetime, *, words: str = "", state: str = "", after: str = ""
) -> LoginsPage:
    """Return a page of logins in the order of their names. One statement.

    `after` is the last name on the page before, `state` one of STATES or empty for all.
    """
    if words:
        logins = logins.filter(
            Q(username__icontains=words)
            | Q(person__name__icontains=words)
            | Q(person__name_en__icontains=words)
            | Q(person__code__iexact=words)
            | Q(administrator__name__icontains=words)
        )
    if state in STATES:
        logins = logins.filter(_in(state))
    if after:
        logins = logins.filter(username__gt=after)
    found = list(_with_facts(logins, at).order_by("username")[: PAGE + 1])
    more = found[PAGE - 1].username if len(found) > PAGE else ""
    return LoginsPage(logins=[_shown(login) for login in found[:PAGE]], more=more)


def shown_login(logins: QuerySet[User], login: User, at: datetime) -> ShownLogin:
    """Return one login as the list shows it. One statement."""
    return _shown(_with_facts(logins, at).get(pk=login.pk))


def all_logins(at: datetime) -> list[ShownLogin]:
    """Return every login of the installation, whatever its organisation. One statement."""
    logins = User.objects.select_related("person", "administrator")
    return [_shown(login) for login in _with_facts(logins, at).order_by("username")]


def people_without_login(people: QuerySet[Person]) -> QuerySet[Person]:
    """Return the people who are here and have no login."""
    return people.filter(login=None, left_on=None).order_by("code")


def _in(state: str) -> Q:
    return {
        "open": Q(is_active=True),
        "left": Q(is_active=True, person__left_on__isnull=False),
        "closed": Q(is_active=False),
        "first": Q(is_active=True, must_change_password=True),
        "nobody": Q(person=None, administrator=None),
    }[state]


def _with_facts(logins: QuerySet[User], at: datetime) -> QuerySet[User]:
    sessions = (
        open_sessions(at)
        .filter(user=OuterRef("pk"))
        .order_by()
        .values("user")
        .annotate(many=Count("pk"))
        .values("many")
    )
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    return logins.annotate(
        has_factor=Exists(factors), open_sessions=Coalesce(Subquery(sessions), 0)
    )


def _shown(login: User) -> ShownLogin:
    return ShownLogin(
        login=login,
        person=getattr(login, "person", None),
        administrator=getattr(login, "administrator", None),
        has_factor=login.has_factor,  # type: ignore[attr-defined]
        sessions=login.open_sessions,  # type: ignore[attr-defined]
    )
