"""Somebody opens a part of a report: that it was done is kept, for ever, and nothing of it."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.casework.actions.cases import case_of, moved, tell_log
from lianfang.casework.models import Look
from lianfang.casework.rules.states import Act, State
from lianfang.org.models import Person
from lianfang.portal.models import SealedReport


@transaction.atomic
def record_look(
    *,
    report: SealedReport,
    what: Look.What,
    officer: Person,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Look:
    """Note that somebody opens a part of a report; the first look begins to study it."""
    case = case_of(report)
    look = Look.objects.create(report=report, person=officer, what=what, looked_at=at)
    tell_log(case, "read", by, at, {"what": (None, what.value)})
    if case.state == State.RECEIVED:
        moved(case, Act.STUDY, on=on, by=by, at=at)
    return look
