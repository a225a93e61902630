"""The first organisation with its three administrators, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lianfang.accounts import actions as accounts
from lianfang.org import actions as org
from lianfang.org.models import Organisation


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

    Raises Taken, and what `accounts` refuses: a login in use, a password that is too weak.
    """
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
