"""Whoever keeps a lead says who may know of it, until when and why; somebody stays out of it."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.leads.actions.moving import (
    NotPossible,
    around,
    locked,
    page_of,
    require_keeping,
    tell_people,
)
from lianfang.leads.actions.opening import Unfit, nobody_left
from lianfang.leads.actions.rerouting import keep_in_hands, shut_out
from lianfang.leads.models import Lead, LeadAccess, LeadRecusal
from lianfang.leads.queries.keeping import having
from lianfang.leads.rules.states import CLAUSE
from lianfang.org.actions.changing import require_order
from lianfang.org.models import Person


class NeedsAnEnd(Refused):
    """Somebody of another body gets access without a last day."""


class KnowsAlready(Refused):
    """Somebody gets access who has it."""


@transaction.atomic
def give_access(
    *,
    lead: Lead,
    person: Person,
    part: str,
    reason: str,
    until_on: date | None = None,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LeadAccess:
    """Let somebody know of a lead from today on, up to a day where one is set.

    Only those of the body that works on it handle it; others read, and not for ever. Raises
    NotYours, Unfit, NeedsAnEnd, KnowsAlready and WrongDates.
    """
    lead = locked(lead)
    found = around(lead, on, by)
    require_keeping(lead, found)
    require_order(on, until_on)
    own = found.office.of_body(lead.body)
    shut = found.kept_out | (set() if lead.body == lead.Body.OFFICE else set(found.office.members))
    if person.pk in shut or (part == LeadAccess.Part.HANDLES and person.pk not in own):
        raise Unfit(
            Text(
                f"{person.name}不能知悉或承办这条线索。请另选人员。",
                f"{person.name} may not know of this lead, or not handle it. Choose somebody else.",
            )
        )
    if person.pk not in own and until_on is None:
        raise NeedsAnEnd(
            Text(
                "承办机构以外的人员须写明知悉截止日期。",
                "Whoever is not of the body that works on the lead knows of it up to a day. Set "
                "that day.",
            )
        )
    rows = LeadAccess.objects.filter(lead=lead, person=person, ended_at=None)
    if rows.filter(having(on)).exists():
        raise KnowsAlready(
            Text(
                f"{person.name}已经知悉这条线索。要改职责的，请先终止再重新给予。",
                f"{person.name} knows of this lead already. To change their part, end it first.",
            )
        )
    rows.update(ended_at=at)
    made = LeadAccess(
        lead=lead,
        person=person,
        part=part,
        reason=reason,
        from_on=on,
        until_on=until_on,
        given_by=by,  # type: ignore[misc]
        given_at=at,
    )
    made.save(force_insert=True)
    _record(lead, "leads.access.given", made, by, at)
    tell_people([person.pk], page_of(lead), by=by, at=at)
    return made


@transaction.atomic
def end_access(
    *, access: LeadAccess, on: date, by: AbstractBaseUser | None, at: datetime
) -> LeadAccess:
    """Let somebody know of a lead no more, at once. Raises NotYours and NotPossible."""
    lead = locked(access.lead)
    found = around(lead, on, by)
    require_keeping(lead, found)
    access = LeadAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    if access.ended_at is not None:
        raise NotPossible(
            Text("这项知悉权限已经终止，不必再办。", "This access has ended already.")
        )
    if found.handlers == {access.person_id}:
        raise NotPossible(
            Text(
                "这是唯一的承办人。请先增加承办人，再终止。",
                "Nobody else handles this lead. Name somebody first, then end this.",
            )
        )
    access.ended_at = at
    access.save(update_fields=["ended_at"])
    _record(lead, "leads.access.ended", access, by, at)
    return access


@transaction.atomic
def recuse(
    *,
    lead: Lead,
    person: Person,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LeadRecusal:
    """Keep somebody out of a lead from now on: by themself, or by whoever keeps it.

    Where nobody handles it any more, whoever keeps it then does. Raises NotYours, KnowsAlready
    for one who stays out already, and NobodyLeft.
    """
    lead = locked(lead)
    found = around(lead, on, by)
    if found.is_out or (found.person != person.pk or person.pk not in found.handlers):
        require_keeping(lead, found)
    if person.pk in found.kept_out:
        raise KnowsAlready(
            Text(
                f"{person.name}已经不能知悉这条线索，不必再登记回避。",
                f"{person.name} is kept out of this lead already.",
            )
        )
    made = LeadRecusal(
        lead=lead,
        person=person,
        reason=reason,
        on=on,
        at=at,
        by=by,  # type: ignore[misc]
    )
    made.save(force_insert=True)
    shut_out(lead, on=on, at=at)
    if keep_in_hands(lead, on=on, by=by, at=at) is None:
        raise nobody_left()
    audit.record(
        at=at,
        by=by,
        action="leads.lead.recused",
        subject=lead,
        organisation=lead.organisation_id,
        changes={"reason": (None, reason)},
        sealed={"person": (None, person.name)},
        rule=CLAUSE,
    )
    return made


def _record(
    lead: Lead, action: str, access: LeadAccess, by: AbstractBaseUser | None, at: datetime
) -> None:
    until = access.until_on.isoformat() if access.until_on else None
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=lead,
        organisation=lead.organisation_id,
        changes={
            "part": (None, access.part),
            "reason": (None, access.reason),
            "until_on": (None, until),
        },
        sealed={"person": (None, access.person.name)},
        rule=CLAUSE,
    )
