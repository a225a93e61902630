"""What of a unit's register is closed and open as its filings move on (六（二）, 六（五）)."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from lianfang.cycles.models import Filing, Revision
from lianfang.cycles.rules.states import REVISED, State, is_closed
from lianfang.org.models import Unit
from lianfang.powers.actions import locks
from lianfang.powers.models import EditLock
from lianfang.powers.queries.locks import unit_lock

_IN_FORCE = "已发布的版本正在施行"


def close_or_open(filing: Filing, by: AbstractBaseUser | None, at: datetime) -> None:
    """Bring the locks of a unit in line with the state that a filing has reached.

    A unit is closed from submission to return or withdrawal, and again when its edition is in
    force, until its next filing begins. A revision opens its part of it while it is drafted.
    """
    if filing.revision is not None:
        _of_revision(filing.revision, filing.state, by, at)
    else:
        _of_year(filing, by, at)


def close_in_force(unit: Unit, by: AbstractBaseUser | None, at: datetime) -> EditLock:
    """Close a unit whose edition is in force; closed already: that lock stands."""
    kind = EditLock.Kind.IN_FORCE
    return locks.lock(unit=unit, reason=_IN_FORCE, kind=kind, by=by, at=at)


def _of_year(filing: Filing, by: AbstractBaseUser | None, at: datetime) -> None:
    if filing.state == State.SUPERSEDED:
        return
    if is_closed(filing.state):
        if filing.lock_id is None:
            reason = f"{filing.cycle.year} 年度填报已报送"
            filing.lock = locks.lock(unit=filing.unit, reason=reason, by=by, at=at)
        return
    # the lock of the filing itself, or that of the edition before when a filing begins
    held = filing.lock or unit_lock(filing.unit_id)
    if held is not None:
        locks.release(lock=held, by=by, at=at)
        filing.lock = None
    if filing.state == State.PUBLISHED:
        close_in_force(filing.unit, by, at)


def _of_revision(revision: Revision, state: str, by: AbstractBaseUser | None, at: datetime) -> None:
    held = close_in_force(revision.unit, by, at)
    powers = list(revision.powers.order_by("code"))
    if state in REVISED:
        for power in [*powers, *([None] if revision.covers_rest else [])]:
            # what was added in an earlier round is still new
            locks.open_part(lock=held, power=power, since=revision.opened_at, by=by, at=at)
        return
    openings = list(held.openings.filter(closed_at=None).select_related("power"))
    own = {power.pk for power in powers}
    for opening in openings:
        is_rest = opening.power_id is None and revision.covers_rest
        if is_rest or opening.power_id in own:
            locks.close_part(opening=opening, by=by, at=at)
