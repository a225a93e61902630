"""A duty is done with evidence, waived by somebody else with a reason, opened again (五（五）)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.models import Duty
from lianfang.org.models import Person


class NotOpen(Refused):
    """A duty that was done, waived or has lapsed."""


class NotYetDone(Refused):
    """A duty that would be done before it begins or in the future."""


class OwnDuty(Refused):
    """Somebody would waive what they are to do, or what is about themself."""


@transaction.atomic
def fulfil_duty(
    *, duty: Duty, done_on: date, evidence: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Duty:
    """Note that a duty was done on a day, today or before, and what shows it.

    Raises NotOpen and NotYetDone.
    """
    duty = locked(duty)
    _require_past(done_on, on)
    return _close(
        duty, Duty.State.DONE, done_on, by, at, {"evidence": (None, evidence)}, evidence=evidence
    )


@transaction.atomic
def waive_duty(
    *, duty: Duty, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Duty:
    """Waive a duty for a reason that stays on it. Raises NotOpen and OwnDuty."""
    duty = locked(duty)
    _require_other(duty, by)
    told = {"waived_reason": (None, reason)}
    return _close(duty, Duty.State.WAIVED, on, by, at, told, waived_reason=reason)


@transaction.atomic
def reopen_duty(*, duty: Duty, by: AbstractBaseUser | None, at: datetime) -> Duty:
    """Open a duty again that was done by what no longer holds; what showed it shows nothing now."""
    duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    told = {
        "state": (duty.state, Duty.State.OPEN.value),
        "closed_on": (duty.closed_on.isoformat() if duty.closed_on else None, None),
    }
    duty.state, duty.closed_on, duty.closed_by, duty.evidence = Duty.State.OPEN, None, None, ""
    duty.version += 1
    duty.save(update_fields=["state", "closed_on", "closed_by", "evidence", "version"])
    audit.record(
        at=at,
        by=by,
        action="duties.duty.reopened",
        subject=duty,
        organisation=duty.organisation_id,
        changes=told,
        rule=duty.clause,
    )
    return duty


def locked(duty: Duty) -> Duty:
    """Return an open duty, locked until the transaction ends. Raises NotOpen."""
    rows = Duty.objects.select_for_update(of=("self",))
    found = rows.select_related("unit", "person", "post", "actor").get(pk=duty.pk)
    if found.state != Duty.State.OPEN:
        raise NotOpen(
            Text(
                "这项义务已经办结或失效。请刷新页面。",
                "This duty was closed already, or has lapsed. Reload the page.",
            )
        )
    return found


def _close(
    duty: Duty,
    state: Duty.State,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    told: Mapping[str, tuple[object, object]],
    **fields: str,
) -> Duty:
    duty.state, duty.closed_on = state, on
    duty.closed_by_id = by.pk if by else None
    duty.version += 1
    for name, value in fields.items():
        setattr(duty, name, value)
    names = ["state", "closed_on", "closed_by", "version", *fields]
    duty.save(update_fields=names)
    audit.record(
        at=at,
        by=by,
        action=f"duties.duty.{state.value}",
        subject=duty,
        organisation=duty.organisation_id,
        changes={
            "unit": (None, duty.unit.name),
            "kind": (None, duty.kind),
            "due_on": (None, duty.due_on.isoformat()),
            "closed_on": (None, on.isoformat()),
            **told,
        },
        rule=duty.clause,
    )
    return duty


def _require_past(day: date, today: date) -> None:
    if day > today:
        raise NotYetDone(
            Text(
                f"日期 {day} 还没有到。请填写今天（{today}）或以前的日期。",
                f"The day {day} is still to come; enter today, {today}, or a day before it.",
            )
        )


def _require_other(duty: Duty, by: AbstractBaseUser | None) -> None:
    own = Person.objects.filter(pk__in=[duty.actor_id, duty.person_id], login=by.pk if by else None)
    if by is not None and own.exists():
        raise OwnDuty(
            Text(
                "不能免除应由本人履行或与本人有关的义务。请由上一级办理。",
                "Nobody waives what they are to do themself, or what is about them. Let the next "
                "one up do it.",
            )
        )
