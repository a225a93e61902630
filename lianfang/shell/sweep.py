"""The nightly work of every room, in an explicit tuple; missed nights are caught up."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from lianfang.accounts import jobs as accounts
from lianfang.alerts import jobs as alerts
from lianfang.common.clock import day_in
from lianfang.cycles import jobs as cycles
from lianfang.duties import jobs as duties
from lianfang.files import jobs as files
from lianfang.jobs import actions
from lianfang.jobs import jobs as long_work
from lianfang.jobs.queries import last_swept
from lianfang.jobs.rules import days_late, nights_to_sweep
from lianfang.learning import jobs as learning
from lianfang.org import jobs as org
from lianfang.surveys import jobs as surveys

logger = logging.getLogger(__name__)

# Given the day that is swept and the moment; safe to repeat.
Step = Callable[[date, datetime], object]

STEPS: tuple[tuple[str, Step], ...] = (
    ("accounts", lambda day, at: accounts.run(at)),
    ("files", lambda day, at: files.clean(at)),
    ("jobs", lambda day, at: long_work.run(at)),
    ("org", lambda day, at: org.run(at)),
    ("cycles", lambda day, at: cycles.run(at)),
    ("surveys", lambda day, at: surveys.run(at)),
    ("duties", duties.run),
    # after what is owed is known, before anybody is reminded of it
    ("learning", learning.run),
    ("reminders", duties.remind_all),
    ("alerts", alerts.remind_all),
)


@dataclass(frozen=True, kw_only=True)
class Swept:
    """The days that are done now, and the rooms whose work failed on the first that is not."""

    days: tuple[date, ...]
    failed: tuple[str, ...] = ()


def late_days(at: datetime) -> int:
    """Return for how many whole days the nightly work did not run. One statement."""
    return days_late(last=last_swept(), on=_today(at))


def sweep(at: datetime, steps: tuple[tuple[str, Step], ...] = STEPS) -> Swept:
    """Do the nightly work of every day not swept yet; a day whose work fails is done again.

    What fails in one room does not keep the others from theirs.
    """
    done: list[date] = []
    for day in nights_to_sweep(last=last_swept(), on=_today(at)):
        failed = tuple(name for name, step in steps if not _done(name, step, day, at))
        if failed:
            return Swept(days=tuple(done), failed=failed)
        actions.record_sweep(day=day, at=at)
        done.append(day)
    return Swept(days=tuple(done))


def _today(at: datetime) -> date:
    """Return the day in the time zone of the installation."""
    return day_in(settings.TIME_ZONE, at)


def _done(name: str, step: Step, day: date, at: datetime) -> bool:
    try:
        step(day, at)
    except Exception:
        logger.exception("the nightly work of %s failed for %s", name, day)
        return False
    return True
