"""What is done for the sender and for whoever was reported leaves a step (五（六）2（2）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.casework.actions.cases import case_of, tell_log
from lianfang.casework.models import CaseStep
from lianfang.casework.rules.care import may_clear
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Person
from lianfang.portal.models import SealedReport


class NotCleared(Refused):
    """Nobody is cleared before it is known that nothing was found."""


class WrongDay(Refused):
    """A day that does not lie between arrival and today."""


@transaction.atomic
def note_step(
    *,
    report: SealedReport,
    kind: CaseStep.Kind,
    text: str,
    done_on: date,
    officer: Person,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> CaseStep:
    """Note a step. Raises WrongDay, and NotCleared for a clearing without that outcome."""
    case = case_of(report)
    if not report.arrived_on <= done_on <= on:
        raise WrongDay(
            Text(
                f"日期应在收到举报（{report.arrived_on}）之后、今天（{on}）之前。",
                f"The day lies between that of arrival, {report.arrived_on}, and today, {on}.",
            )
        )
    if kind == CaseStep.Kind.CLEARED and not may_clear(case.outcome):
        raise NotCleared(
            Text(
                "办结为“查无实据或失实”之后才能澄清。请先办结。",
                "Somebody is cleared once the report is completed as not borne out. Complete it "
                "first.",
            )
        )
    step = CaseStep.objects.create(
        case=case, kind=kind, text=text, person=officer, done_on=done_on, noted_at=at
    )
    tell_log(
        case,
        "step_noted",
        by,
        at,
        {"kind": (None, kind.value), "done_on": (None, done_on.isoformat())},
        {"text": (None, text)},
    )
    return step
