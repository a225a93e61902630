"""Edit locks: closes a unit's register, or one power of it, while it is checked and decided."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Unit
from lianfang.powers.models import EditLock, Power

CLAUSE = "六（二）"


class RegisterLocked(Refused):
    """The unit's register, or this power of it, is closed to changes."""


@transaction.atomic
def lock(
    *,
    unit: Unit,
    reason: str,
    by: AbstractBaseUser | None,
    at: datetime,
    power: Power | None = None,
) -> EditLock:
    """Close a unit's register, or one power, to changes; locked already: that lock stands."""
    found = EditLock.objects.filter(unit=unit, power=power, released_at=None).first()
    if found is not None:
        return found
    made = EditLock.objects.create(
        organisation_id=unit.organisation_id,
        unit=unit,
        power=power,
        reason=reason,
        set_at=at,
    )
    audit.record(
        at=at,
        by=by,
        action="powers.lock.set",
        subject=made,
        organisation=unit.organisation_id,
        changes={
            "unit": (None, unit.name),
            "power": (None, power.name if power else ""),
            "reason": (None, reason),
        },
        rule=CLAUSE,
    )
    return made


@transaction.atomic
def release(*, lock: EditLock, by: AbstractBaseUser | None, at: datetime) -> EditLock:
    """Open what a lock closed; released already: nothing is written."""
    lock = EditLock.objects.select_for_update().get(pk=lock.pk)
    if lock.released_at is not None:
        return lock
    lock.released_at = at
    lock.save(update_fields=["released_at"])
    audit.record(
        at=at,
        by=by,
        action="powers.lock.released",
        subject=lock,
        organisation=lock.organisation_id,
        rule=CLAUSE,
    )
    return lock


def require_open(
    *, organisation: int, units: Collection[int], powers: Collection[str] = ()
) -> None:
    """Raise RegisterLocked where one of the units, or a power by its code, is locked.

    One statement. A lock of a unit closes all of its powers.
    """
    closed = {None, *powers}
    locks = EditLock.objects.filter(
        Q(unit__in=units, power=None) | Q(power__isnull=False),
        organisation=organisation,
        released_at=None,
    )
    named = locks.values_list("power__name", "unit__name", "reason", "power__code")
    found = next((lock[:3] for lock in named if lock[3] in closed), None)
    if found is not None:
        power, unit, reason = found
        about = power or unit
        raise RegisterLocked(
            Text(
                f"“{about}”已锁定，暂不能修改：{reason}。请等待退回或发布，或请办公室处理。",
                f"{about} is closed to changes: {reason}. Wait until it is returned or "
                "published, or ask the office.",
            )
        )
