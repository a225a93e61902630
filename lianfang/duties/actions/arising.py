"""Duties that come of an event, a draw or an alert, are opened; no reconciliation touches them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.bulk import insert
from lianfang.duties.models import Duty
from lianfang.duties.rules.values import FOLLOWING, Wanted
from lianfang.org.models import Organisation

CLAUSE = "五（五）"


@transaction.atomic
def open_arising(
    *,
    organisation: Organisation,
    wanted: Sequence[Wanted],
    scheme_version: str,
    by: AbstractBaseUser | None,
    at: datetime,
) -> list[Duty]:
    """Open duties that an event asks for, each once by its ground and period; return all of them.

    What is there already stays as it is, whatever became of it; done again, it writes nothing.
    The duties come in the order of `wanted`. One event in the log tells it. The organisation is
    locked: whoever writes to the log before locks it first. Statements don't grow with the duties.
    """
    if any(each.origin in FOLLOWING for each in wanted):
        raise ValueError("what follows from facts is reconciled, not opened")
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    there = _stored(organisation, wanted)
    missing = {(each.ground, each.period): each for each in wanted}
    missing = {key: each for key, each in missing.items() if key not in there}
    if missing:
        insert(
            Duty,
            ("organisation", "scheme_version", "state", "opened_at", *Wanted._fields),
            [
                (organisation.pk, scheme_version, Duty.State.OPEN.value, at, *each)
                for each in missing.values()
            ],
        )
        there = _stored(organisation, wanted)
        audit.record_bulk(
            at=at,
            by=by,
            action="duties.duties.arisen",
            subject=organisation,
            organisation=organisation.pk,
            rows=[_row(there[key]) for key in missing],
            rule=CLAUSE,
        )
    return [there[each.ground, each.period] for each in wanted]


@transaction.atomic
def pass_on(
    *, duties: Sequence[Duty], on: date, by: AbstractBaseUser | None, at: datetime
) -> list[Duty]:
    """Let open duties that an event asked for lapse, since somebody else has the matter now.

    Return those that did; closed ones stay. The organisation is locked by whoever calls.
    """
    keys = [duty.pk for duty in duties]
    rows = Duty.objects.select_for_update(of=("self",)).filter(pk__in=keys, state=Duty.State.OPEN)
    gone = list(rows.exclude(origin__in=FOLLOWING).order_by("pk"))
    for duty in gone:
        duty.state, duty.lapse, duty.closed_on = Duty.State.LAPSED, Duty.Lapse.PASSED_ON, on
        duty.version += 1
        duty.save(update_fields=["state", "lapse", "closed_on", "version"])
        audit.record(
            at=at,
            by=by,
            action="duties.duty.passed_on",
            subject=duty,
            organisation=duty.organisation_id,
            changes={"closed_on": (None, on.isoformat())},
            rule=duty.clause,
        )
    return gone


def _stored(organisation: Organisation, wanted: Sequence[Wanted]) -> dict[tuple[str, object], Duty]:
    periods = {each.period for each in wanted}
    rules = {each.rule for each in wanted}
    rows = Duty.objects.filter(organisation=organisation, period__in=periods, rule__in=rules)
    keys = {(each.ground, each.period) for each in wanted}
    found = {(duty.ground, duty.period): duty for duty in rows.select_related("unit")}
    return {key: duty for key, duty in found.items() if key in keys}


def _row(duty: Duty) -> audit.RowOfBulk:
    return audit.RowOfBulk(
        subject=duty,
        changes={
            "unit": (None, duty.unit.name),
            "kind": (None, duty.kind),
            "clause": (None, duty.clause),
            "due_on": (None, duty.due_on.isoformat()),
        },
    )
