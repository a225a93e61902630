"""The first organisation with its three administrators, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lianfang.accounts import actions as accounts
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.example.guard import example
from lianfang.org import actions as org
from lianfang.org.models import Organisation


class HoldsTheExample(Refused):
    """A database with the example in it is for nothing else."""


@dataclass(frozen=True, kw_only=True)
class NewAdministrator:
    """An administrator to be: their kind, name, login and first password."""

    kind: str
    name: str
    username: str
    password: str


@transaction.atomic
def found(
    *,
    code: str,
    name: str,
    name_en: str,
    time_zone: str,
    administrators: list[NewAdministrator],
    at: datetime,
) -> Organisation:
    """Create an organisation and its administrators, who must change their first passwords.

    Raises HoldsTheExample, Taken, and what `accounts` refuses: a login in use, a password that is
    too weak.
    """
    if example() is not None:
        raise HoldsTheExample(
            Text(
                "数据库里是示例数据，不能再建立真实的机构。请另设 LIANFANG_HOME 或 DATABASE_URL。",
                "The database holds the example; a real organisation can't join it. Choose another "
                "LIANFANG_HOME or DATABASE_URL.",
            )
        )
    organisation = org.create_organisation(
        code=code, name=name, name_en=name_en, time_zone=time_zone, at=at
    )
    for new in administrators:
        login = accounts.create_login(
            username=new.username,
            password=new.password,
            must_change_password=True,
            organisation=organisation.pk,
            by=None,
            at=at,
        )
        org.appoint_administrator(
            organisation=organisation, login=login, kind=new.kind, name=new.name, by=None, at=at
        )
    return organisation
