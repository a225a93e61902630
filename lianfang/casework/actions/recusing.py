"""Somebody has nothing to do with a report any more, and no envelope of it (三, 五（六）2（2）)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.casework.actions.cases import case_of, tell_log
from lianfang.casework.models import Recusal, ReportCase
from lianfang.org.models import Person
from lianfang.portal.actions.keys import withdraw_envelopes
from lianfang.portal.models import SealedReport


@transaction.atomic
def recuse(
    *,
    report: SealedReport,
    person: Person,
    reason: str,
    officer: Person,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> ReportCase:
    """Recuse a person for a report: their envelopes of it are emptied at once."""
    case = case_of(report)
    recuse_people(case, [person], reason=reason, officer=officer, on=on, by=by, at=at)
    return case


def recuse_people(
    case: ReportCase,
    people: Sequence[Person],
    *,
    reason: str,
    officer: Person,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Recuse people for a report; those who are already stay so."""
    there = set(Recusal.objects.filter(report=case.report).values_list("person", flat=True))
    for person in people:
        if person.pk in there:
            continue
        Recusal.objects.create(
            report=case.report, person=person, reason=reason, made_by=officer, made_on=on
        )
        withdraw_envelopes(report=case.report, person=person, reason=reason, on=on, by=by, at=at)
        tell_log(
            case,
            "recused",
            by,
            at,
            sealed={"person": (None, person.name), "reason": (None, reason)},
        )
