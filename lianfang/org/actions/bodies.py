"""Bodies and who sits in them: this grants the roles of the two offices and the leading group."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.changing import (
    add,
    change,
    require_going_on,
    require_one_organisation,
    require_order,
)
from lianfang.org.models import Body, Membership, Organisation, Person, Unit, holding

CLAUSE = "三"


class NotTheirOwnOverseer(Refused):
    """Nobody sits both in the discipline office and in the body that oversees it."""


@transaction.atomic
def create_body(
    *,
    organisation: Organisation,
    kind: str,
    name: str,
    by: AbstractBaseUser | None,
    at: datetime,
    name_en: str = "",
    unit: Unit | None = None,
) -> Body:
    """Set up a body. Raises Taken where one of its kind is in use."""
    if unit is not None:
        require_one_organisation(organisation.pk, unit)
    return add(
        Body(organisation=organisation, kind=kind, name=name, name_en=name_en, unit=unit),
        organisation=organisation.pk,
        by=by,
        at=at,
        action="org.body.created",
        taken=Text(
            f"本机构已有“{Body.Kind(kind).label}”，不能再设一个。",
            f"The organisation has a body of this kind ({kind}) already.",
        ),
        told={"kind": str(kind), "name": name, "name_en": name_en},
        rule=CLAUSE,
    )


@transaction.atomic
def join_body(
    *,
    body: Body,
    person: Person,
    from_on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    role: str = Membership.Role.MEMBER,
    to_on: date | None = None,
) -> Membership:
    """Seat somebody in a body from a day on.

    Raises NotTheirOwnOverseer, and Taken for somebody who sits there already.
    """
    require_one_organisation(body.organisation_id, person)
    require_order(from_on, to_on)
    _require_no_self_oversight(body, person, from_on)
    return add(
        Membership(
            organisation_id=body.organisation_id,
            body=body,
            person=person,
            role=role,
            from_on=from_on,
            to_on=to_on,
        ),
        organisation=body.organisation_id,
        by=by,
        at=at,
        action="org.membership.begun",
        taken=Text(
            f"{person.name}已是“{body.name}”成员。",
            f"{person.name} sits in {body.name} already.",
        ),
        told={
            "body": body.name,
            "person": person.name,
            "role": str(role),
            "from_on": from_on.isoformat(),
            "to_on": to_on.isoformat() if to_on else "",
        },
        rule=CLAUSE,
    )


@transaction.atomic
def end_membership(
    *, membership: Membership, on: date, by: AbstractBaseUser | None, at: datetime
) -> Membership:
    """Record the last day of a membership. Raises WrongDates."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    require_going_on(membership, on)
    return change(
        membership,
        {"to_on": on},
        organisation=membership.organisation_id,
        by=by,
        at=at,
        action="org.membership.ended",
        taken=Text("与已有记录冲突，请核对日期。", "This clashes with another entry."),
        rule=CLAUSE,
    )


_OPPOSED = {
    Body.Kind.DISCIPLINE_OFFICE: Body.Kind.DISCIPLINE_OVERSIGHT,
    Body.Kind.DISCIPLINE_OVERSIGHT: Body.Kind.DISCIPLINE_OFFICE,
}


def _require_no_self_oversight(body: Body, person: Person, on: date) -> None:
    opposed = _OPPOSED.get(Body.Kind(body.kind))
    if opposed is None:
        return
    if Membership.objects.filter(holding(on), person=person, body__kind=opposed).exists():
        raise NotTheirOwnOverseer(
            Text(
                f"{person.name}同时在纪检监察室和监督它的机构任职，等于监督自己，请另选人员。",
                f"{person.name} would sit both in the discipline office and in the body that "
                "oversees it; choose somebody else.",
            )
        )
