"""The first organisation and its three administrators."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from lianfang.accounts.models import User
from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.changing import Taken, add, change
from lianfang.org.actions.units import create_unit
from lianfang.org.models import Administrator, Organisation, Person, Unit

CLAUSE = "四"


class AdministratorRefused(Refused):
    """The three administrators exclude each other, and their logins serve no staff."""


@transaction.atomic
def create_organisation(
    *,
    code: str,
    name: str,
    at: datetime,
    by: AbstractBaseUser | None = None,
    name_en: str = "",
    time_zone: str = "Asia/Shanghai",
    is_example: bool = False,
    root_code: str = "",
) -> Organisation:
    """Set up an organisation with the root of its tree. Raises Taken for a code in use."""
    organisation = Organisation(
        code=code,
        name=name,
        name_en=name_en,
        time_zone=time_zone,
        is_example=is_example,
        created_at=at,
    )
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError as error:
        raise Taken(
            Text(f"机构代码“{code}”已经使用。", f"The organisation's code {code} is in use.")
        ) from error
    audit.record(
        at=at,
        by=by,
        action="org.organisation.created",
        subject=organisation,
        organisation=organisation.pk,
        changes={"code": (None, code), "name": (None, name), "time_zone": (None, time_zone)},
        rule=CLAUSE,
    )
    create_unit(
        organisation=organisation,
        code=root_code or code.upper(),
        name=name,
        name_en=name_en,
        kind=Unit.Kind.ORGANISATION,
        by=by,
        at=at,
    )
    return organisation


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    values: Mapping[str, object],
    by: AbstractBaseUser | None,
    at: datetime,
) -> Organisation:
    """Change the time zone or the superior body; the name is changed on the root unit."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    return change(
        organisation,
        values,
        organisation=organisation.pk,
        by=by,
        at=at,
        action="org.organisation.changed",
        taken=Text("机构代码已经使用。", "The organisation's code is in use."),
    )


@transaction.atomic
def appoint_administrator(
    *,
    organisation: Organisation,
    login: User,
    kind: str,
    by: AbstractBaseUser | None,
    at: datetime,
    name: str = "",
    name_en: str = "",
    person: Person | None = None,
) -> Administrator:
    """Make a login one of the three administrators (三员分立).

    Raises AdministratorRefused for a login that serves staff or is an administrator already, and
    for a person who is one of the other two.
    """
    if Person.objects.filter(login=login).exists():
        raise AdministratorRefused(
            Text(
                f"登录“{login}”属于工作人员。管理员须另设登录，不接触业务内容。",
                f"The login {login} belongs to a member of staff. An administrator has a login "
                "apart, which reads no integrity content.",
            )
        )
    return add(
        Administrator(
            organisation=organisation,
            login=login,
            kind=kind,
            name=name,
            name_en=name_en,
            person=person,
        ),
        organisation=organisation.pk,
        by=by,
        at=at,
        action="org.administrator.appointed",
        taken=Text(
            f"“{name or login}”已是管理员。系统、安全、审计管理员互不兼任。",
            f"{name or login} is an administrator already. The system, security and audit "
            "administrators exclude each other.",
        ),
        told={"login": str(login), "kind": str(kind), "name": name, "name_en": name_en},
    )
