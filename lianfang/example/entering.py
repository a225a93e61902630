"""Who can be entered as in the example: one login for every kind of role."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.accounts.models import User
from lianfang.common.text import Text
from lianfang.example.reading import Row, rows_of


class Kind(StrEnum):
    """What a login of the example shows."""

    CLERK = "clerk"
    HEAD = "head"
    LEADER = "leader"
    SECRETARY = "secretary"
    OFFICER = "officer"
    OVERSEER = "overseer"
    OFFICE = "office"
    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


@dataclass(frozen=True, kw_only=True)
class ExampleLogin:
    """A login of the example: who it is and what there is to see; `person` is a staff number."""

    username: str
    kind: Kind
    name: Text
    about: Text
    person: str = ""


@lru_cache
def example_logins() -> tuple[ExampleLogin, ...]:
    """Return the logins of the example, staff first, then the three administrators."""
    people = {row["工号"]: row for row in rows_of("people")}
    staff = (
        ExampleLogin(
            username=row["登录名"],
            kind=Kind(row["类别"]),
            name=Text(people[row["工号"]]["姓名"], people[row["工号"]]["英文姓名"]),
            about=_about(row),
            person=row["工号"],
        )
        for row in rows_of("logins")
    )
    administrators = (
        ExampleLogin(
            username=row["登录名"],
            kind=Kind(row["登录名"]),
            name=Text(row["姓名"], row["英文姓名"]),
            about=_about(row),
        )
        for row in rows_of("administrators")
    )
    return (*staff, *administrators)


def login_called(username: str) -> User:
    """Return a login of the example by its name. Raises Http404 for any other."""
    if username not in {each.username for each in example_logins()}:
        raise Http404
    return get_object_or_404(User, username=username, is_active=True)


def _about(row: Row) -> Text:
    return Text(row["说明"], row["英文说明"])
