"""People: entered, changed, gone; their logins, qualifications and kinship."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.accounts.models import User
from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.changing import (
    add,
    change,
    require_one_organisation,
    require_version,
)
from lianfang.org.models import (
    Administrator,
    Appointment,
    Kinship,
    Membership,
    Organisation,
    Person,
    Portfolio,
    Qualification,
    holding,
)

CLAUSE = "三"
# what the law may ask to be erased alone
SEALED = ("is_party_member",)


class LoginRefused(Refused):
    """A login that belongs to somebody else, or to an administrator."""


class AlreadyGone(Refused):
    """Somebody who has left can't leave again."""


@transaction.atomic
def create_person(
    *,
    organisation: Organisation,
    code: str,
    name: str,
    by: AbstractBaseUser | None,
    at: datetime,
    name_en: str = "",
    is_party_member: bool | None = None,
) -> Person:
    """Enter a person. Raises Taken for a staff number that is in use."""
    person = Person(
        organisation=organisation,
        code=code,
        name=name,
        name_en=name_en,
        is_party_member=is_party_member,
    )
    return add(
        person,
        organisation=organisation.pk,
        by=by,
        at=at,
        action="org.person.created",
        taken=_code_taken(code),
        told={"code": code, "name": name, "name_en": name_en},
        sealed={} if is_party_member is None else {"is_party_member": is_party_member},
    )


@transaction.atomic
def change_person(
    *,
    person: Person,
    values: Mapping[str, object],
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> Person:
    """Change the fields of a person. Raises Stale or Taken."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    require_version(person, version, person.name)
    return change(
        person,
        values,
        organisation=person.organisation_id,
        by=by,
        at=at,
        action="org.person.changed",
        taken=_code_taken(str(values.get("code", person.code))),
        sealed=SEALED,
    )


@transaction.atomic
def record_departure(
    *, person: Person, on: date, by: AbstractBaseUser | None, at: datetime
) -> Person:
    """Record from which day somebody is no longer here; their posts and seats end before it.

    Raises AlreadyGone. Where they have a login, closing it is the caller's next act.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.left_on is not None:
        raise AlreadyGone(
            Text(
                f"{person.name}已于 {person.left_on} 离开，不必再次登记。",
                f"{person.name} left on {person.left_on}; there is nothing more to record.",
            )
        )
    for rows in (
        Appointment.objects.filter(holding(on), person=person),
        Membership.objects.filter(holding(on), person=person),
        Portfolio.objects.filter(holding(on), leader=person),
    ):
        for row in rows:
            last = max(row.from_on, date.fromordinal(on.toordinal() - 1))
            change(
                row,
                {"to_on": last},
                organisation=person.organisation_id,
                by=by,
                at=at,
                action=f"{row._meta.label_lower}.ended",
                taken=_code_taken(person.code),
                rule=CLAUSE,
            )
    return change(
        person,
        {"left_on": on},
        organisation=person.organisation_id,
        by=by,
        at=at,
        action="org.person.left",
        taken=_code_taken(person.code),
    )


@transaction.atomic
def record_qualification(
    *,
    person: Person,
    name: str,
    by: AbstractBaseUser | None,
    at: datetime,
    number: str = "",
    valid_to: date | None = None,
) -> Qualification:
    """Put a qualification on record."""
    qualification = Qualification.objects.create(
        person=person, name=name, number=number, valid_to=valid_to
    )
    audit.record(
        at=at,
        by=by,
        action="org.person.qualified",
        subject=person,
        organisation=person.organisation_id,
        sealed={"qualification": (None, [name, number, valid_to and valid_to.isoformat()])},
    )
    return qualification


@transaction.atomic
def record_kinship(
    *,
    person: Person,
    relation: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    relative: Person | None = None,
    relative_name: str = "",
    note: str = "",
) -> Kinship:
    """Put a relative on record: one of the staff, or somebody tied to the work by name."""
    if relative is not None:
        require_one_organisation(person.organisation_id, relative)
    if relative == person or (relative is None and not relative_name):
        raise LoginRefused(
            Text(
                "请选择亲属，或写明亲属姓名；亲属不能是本人。",
                "Choose the relative or write the name; nobody is their own relative.",
            )
        )
    kinship = Kinship.objects.create(
        person=person,
        relation=relation,
        relative=relative,
        relative_name=relative_name or (relative.name if relative else ""),
        note=note,
        recorded_on=on,
    )
    audit.record(
        at=at,
        by=by,
        action="org.person.kinship_recorded",
        subject=person,
        organisation=person.organisation_id,
        sealed={"kinship": (None, [relation, kinship.relative_name, note])},
    )
    return kinship


@transaction.atomic
def attach_login(
    *, person: Person, login: User, by: AbstractBaseUser | None, at: datetime
) -> Person:
    """Let a login act for a person. Raises LoginRefused where it serves somebody already.

    A login of an administrator never serves a person as well (三员分立).
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    taken = Person.objects.filter(login=login).exclude(pk=person.pk).exists()
    if taken or Administrator.objects.filter(login=login).exists():
        raise LoginRefused(
            Text(
                f"登录“{login}”已属于他人或管理员，请为{person.name}另建登录。",
                f"The login {login} belongs to somebody else or to an administrator; make another "
                f"one for {person.name}.",
            )
        )
    if person.login_id is not None and person.login_id != login.pk:
        raise LoginRefused(
            Text(
                f"{person.name}已有登录，请先解除。",
                f"{person.name} has a login already; detach it first.",
            )
        )
    return change(
        person,
        {"login": login},
        organisation=person.organisation_id,
        by=by,
        at=at,
        action="org.person.login_attached",
        taken=_code_taken(person.code),
    )


@transaction.atomic
def detach_login(*, person: Person, by: AbstractBaseUser | None, at: datetime) -> Person:
    """Part a person from their login; the login stays, and opens nothing."""
    person = (
        Person.objects.select_for_update(of=("self",)).select_related("login").get(pk=person.pk)
    )
    return change(
        person,
        {"login": None},
        organisation=person.organisation_id,
        by=by,
        at=at,
        action="org.person.login_detached",
        taken=_code_taken(person.code),
    )


def _code_taken(code: str) -> Text:
    return Text(f"工号“{code}”已经使用，请核对。", f"The staff number {code} is in use; check it.")
