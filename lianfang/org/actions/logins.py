"""Logins of people: given, parted from, reset, closed; by the security administrator.

An administrator's own login is changed by nobody here: who could reset the password of one of the
other two could act as them (三员分立). On the machine, `lianfang user` does it.
"""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.accounts import actions as accounts
from lianfang.accounts.models import User
from lianfang.accounts.passwords import first_password
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.people import LoginRefused, attach_login, detach_login
from lianfang.org.models import Administrator, Person


class AdministratorsLogin(Refused):
    """The login of one of the three administrators."""


@transaction.atomic
def add_login(
    *, person: Person, username: str, by: AbstractBaseUser | None, at: datetime
) -> tuple[User, str]:
    """Make a login for a person; return it with its first password, which is kept nowhere.

    Raises LoginRefused for somebody who has left or has a login, LoginNameRefused, WeakPassword.
    """
    _require_here(person)
    password = first_password()
    login = accounts.create_login(
        username=username,
        password=password,
        must_change_password=True,
        organisation=person.organisation_id,
        by=by,
        at=at,
    )
    attach_login(person=person, login=login, by=by, at=at)
    return login, password


@transaction.atomic
def give_login(*, person: Person, login: User, by: AbstractBaseUser | None, at: datetime) -> Person:
    """Let a login that belongs to nobody act for a person. Raises LoginRefused."""
    _require_here(person)
    if login.organisation not in {None, person.organisation_id}:
        raise LoginRefused(
            Text(
                f"登录“{login}”属于别的机构。",
                f"The login {login} belongs to another organisation.",
            )
        )
    return attach_login(person=person, login=login, by=by, at=at)


@transaction.atomic
def take_login(*, login: User, by: AbstractBaseUser | None, at: datetime) -> User:
    """Part a login from its person and end its sessions. Raises LoginRefused for one of nobody."""
    person = Person.objects.filter(login=login).first()
    if person is None:
        raise LoginRefused(
            Text(
                f"登录“{login}”没有关联人员。",
                f"The login {login} belongs to nobody; nothing is left to do.",
            )
        )
    detach_login(person=person, by=by, at=at)
    accounts.end_sessions(user=login, by=by, at=at)
    return login


@transaction.atomic
def reset_login(*, login: User, by: AbstractBaseUser | None, at: datetime) -> tuple[User, str]:
    """Give a login a first password, shown once; return both. Raises AdministratorsLogin."""
    _require_no_administrators(login)
    return accounts.reset_password(user=login, by=by, at=at)


@transaction.atomic
def close_login(*, login: User, reason: str, by: AbstractBaseUser | None, at: datetime) -> User:
    """Close a login and end its sessions. Raises AdministratorsLogin or AlreadySo."""
    _require_no_administrators(login)
    return accounts.close_login(user=login, reason=reason, by=by, at=at)


@transaction.atomic
def reopen_login(*, login: User, by: AbstractBaseUser | None, at: datetime) -> User:
    """Open a closed login again. Raises AdministratorsLogin or AlreadySo."""
    _require_no_administrators(login)
    return accounts.reopen_login(user=login, by=by, at=at)


@transaction.atomic
def end_login_sessions(*, login: User, by: AbstractBaseUser | None, at: datetime) -> int:
    """End all sessions of a login; return how many. Raises AdministratorsLogin."""
    _require_no_administrators(login)
    return accounts.end_sessions(user=login, by=by, at=at)


@transaction.atomic
def remove_login_factor(*, login: User, by: AbstractBaseUser | None, at: datetime) -> None:
    """Remove the second factor of somebody who lost the phone, and end their sessions.

    Raises AdministratorsLogin, and FactorRefused where there is none.
    """
    _require_no_administrators(login)
    accounts.remove_second_factor(user=login, by=by, at=at)
    accounts.end_sessions(user=login, by=by, at=at)


def _require_no_administrators(login: User) -> None:
    if Administrator.objects.filter(login=login).exists():
        raise AdministratorsLogin(
            Text(
                f"“{login}”是管理员的登录，页面上不能改动。请机器的操作员用 lianfang user 办理。",
                f"{login} is an administrator's login, which no page changes. The operator of the "
                "machine does it with lianfang user.",
            )
        )


def _require_here(person: Person) -> None:
    if person.left_on is not None:
        raise LoginRefused(
            Text(
                f"{person.name}已登记离开，不能再建登录。",
                f"{person.name} has left; no login is made.",
            )
        )
