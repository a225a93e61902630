"""Edit locks: a unit's register, or one power of it, is closed to changes, parts opened again."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Unit
from lianfang.powers.models import EditLock, EditOpening, Power
from lianfang.powers.queries.locks import Touched, lock_on

CLAUSE = "六（二）"
_ADVICE = {
    EditLock.Kind.DECIDING: Text(
        "请等待退回或发布，或请办公室处理。",
        "Wait until it is returned or published, or ask the office.",
    ),
    EditLock.Kind.IN_FORCE: Text(
        "要修改的，请先在“编制审核—动态调整”中开始修订，或开始本年度填报。",
        "To change it, begin a revision first, or this year's filing.",
    ),
}


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
    kind: EditLock.Kind = EditLock.Kind.DECIDING,
) -> EditLock:
    """Close a unit's register, or one power, to changes; locked already: that lock stands."""
    found = EditLock.objects.filter(unit=unit, power=power, released_at=None).first()
    if found is not None:
        return found
    made = EditLock.objects.create(
        organisation_id=unit.organisation_id,
        unit=unit,
        power=power,
        kind=kind,
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


@transaction.atomic
def open_part(
    *,
    lock: EditLock,
    power: Power | None,
    by: AbstractBaseUser | None,
    at: datetime,
    since: datetime | None = None,
) -> EditOpening:
    """Open one power of a locked unit, or with None all that hangs on no power listed before.

    Before `since`, now by default. Open already: that opening stands.
    """
    found = lock.openings.filter(power=power, closed_at=None).first()
    if found is not None:
        return found
    made = EditOpening.objects.create(lock=lock, power=power, opened_at=since or at)
    _note_opening("powers.lock.opened", lock, power, by, at)
    return made


@transaction.atomic
def close_part(*, opening: EditOpening, by: AbstractBaseUser | None, at: datetime) -> EditOpening:
    """Close what was opened; closed already: nothing is written."""
    rows = EditOpening.objects.select_for_update(of=("self",))
    opening = rows.select_related("lock__unit", "power").get(pk=opening.pk)
    if opening.closed_at is None:
        opening.closed_at = at
        opening.save(update_fields=["closed_at"])
        _note_opening("powers.lock.closed", opening.lock, opening.power, by, at)
    return opening


def require_open(*, organisation: int, touched: Collection[Touched]) -> None:
    """Raise RegisterLocked where one of the parts is closed to changes; see `lock_on`."""
    found = lock_on(organisation, touched)
    if found is None:
        return
    about = found.power.name if found.power else found.unit.name
    advice = _ADVICE[EditLock.Kind(found.kind)]
    raise RegisterLocked(
        Text(
            f"“{about}”已锁定，暂不能修改：{found.reason}。{advice.zh}",
            f"{about} is closed to changes: {found.reason}. {advice.en}",
        )
    )


def _note_opening(
    action: str, lock: EditLock, power: Power | None, by: AbstractBaseUser | None, at: datetime
) -> None:
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=lock,
        organisation=lock.organisation_id,
        changes={"unit": (None, lock.unit.name), "power": (None, power.name if power else "")},
        rule="六（五）",
    )
