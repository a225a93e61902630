"""An organisation's own numbers and words in the scheme: dated, with a reason, only added to."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from lianfang.accounts.models import User
from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation, SchemeOverride
from lianfang.org.queries.numbers import values_in_force, written_scheme
from lianfang.scheme.faults import SchemeRefused
from lianfang.scheme.override import overridden


class DoesNotFit(Refused):
    """With that number or word the scheme no longer fits together, on its day or a later one."""


@transaction.atomic
def set_numbers(
    *,
    organisation: Organisation,
    numbers: Mapping[str, float | None],
    from_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> list[SchemeOverride]:
    """Set numbers of the scheme from a day on, together; None returns to the scheme's own.

    Raises DoesNotFit for a path that may not be set, or where the scheme would not fit together
    on that day, or on a later day from which something else is set.
    """
    before, _ = values_in_force(organisation.pk, from_on)
    made = [
        _set(
            SchemeOverride(organisation=organisation, path=path, number=number, from_on=from_on),
            before.get(path),
            number,
            reason=reason,
            by=by,
            at=at,
        )
        for path, number in numbers.items()
    ]
    _require_fitting(organisation, from_on)
    return made


def set_number(
    *,
    organisation: Organisation,
    path: str,
    number: float | None,
    from_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> SchemeOverride:
    """Set one number that stands alone; see `set_numbers`."""
    made = set_numbers(
        organisation=organisation,
        numbers={path: number},
        from_on=from_on,
        reason=reason,
        by=by,
        at=at,
    )
    return made[0]


@transaction.atomic
def set_choice(
    *,
    organisation: Organisation,
    path: str,
    choice: str,
    from_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> SchemeOverride:
    """Choose a word of the scheme's vocabulary from a day on; empty returns to the scheme's own.

    Raises DoesNotFit for a term or a choice that does not exist.
    """
    _, before = values_in_force(organisation.pk, from_on)
    made = _set(
        SchemeOverride(organisation=organisation, path=path, choice=choice, from_on=from_on),
        before.get(path, ""),
        choice,
        reason=reason,
        by=by,
        at=at,
    )
    _require_fitting(organisation, from_on)
    return made


def _require_fitting(organisation: Organisation, from_on: date) -> None:
    """Raise DoesNotFit unless the scheme holds together on the day and whenever it changes later.

    One statement for each such day.
    """
    scheme = written_scheme(organisation.scheme)
    later = SchemeOverride.objects.filter(organisation=organisation, from_on__gt=from_on)
    days = {from_on, *later.values_list("from_on", flat=True)}
    for day in sorted(days):
        try:
            overridden(scheme, *values_in_force(organisation.pk, day))
        except SchemeRefused as refused:
            raise DoesNotFit(_told(refused, day)) from refused


def _told(refused: SchemeRefused, day: date) -> Text:
    zh = "".join(fault.text.zh for fault in refused.faults)
    en = " ".join(fault.text.en for fault in refused.faults)
    return Text(
        f"自 {day} 起方案将不能成立：{zh}请改正后再保存。",
        f"From {day} on the scheme would not hold together. {en} Mend it, then save again.",
    )


def _set(
    override: SchemeOverride,
    before: object,
    after: object,
    *,
    reason: str,
    by: User,
    at: datetime,
) -> SchemeOverride:
    override.reason, override.set_by, override.set_at = reason, by, at
    override.save(force_insert=True)
    audit.record(
        at=at,
        by=by,
        action="org.number.set",
        subject=override,
        organisation=override.organisation_id,
        changes={
            override.path: (before, after),
            "from_on": (None, override.from_on.isoformat()),
            "reason": (None, reason),
        },
    )
    return override
