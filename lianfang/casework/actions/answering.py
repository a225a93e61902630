"""The office answers: one answer for all reports about the same matter, sealed to each sender."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.casework.actions.cases import case_of, tell_log
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.portal.actions.answering import answer_report
from lianfang.portal.models import SealedReport
from lianfang.sealing.filing import SealedLetter


class About(StrEnum):
    """What an answer tells: that it was taken up, what came of it, or something else."""

    ACCEPTANCE = "acceptance"
    RESULT = "result"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer as the officer's browser sealed it to one sender."""

    report: SealedReport
    letter: SealedLetter


class NotCompleted(Refused):
    """A result is to be told of a report that is not completed."""


@transaction.atomic
def send_answers(
    *,
    answers: Sequence[Answer],
    about: About,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Keep the answers; the clocks of acceptance and result stop. Raises NotCompleted."""
    for answer in answers:
        case = case_of(answer.report)
        if about == About.RESULT and case.completed_on is None:
            raise NotCompleted(
                Text(
                    f"举报 {case.mark} 还没有办结，不能反馈结果。请先办结。",
                    f"The report {case.mark} is not completed, so no result can be told. "
                    "Complete it first.",
                )
            )
        answer_report(report=answer.report, sealed=answer.letter, on=on, by=by, at=at)
        if about == About.ACCEPTANCE and case.acceptance_told_on is None:
            case.acceptance_told_on = on
        if about == About.RESULT and case.result_told_on is None:
            case.result_told_on = on
        case.save(update_fields=["acceptance_told_on", "result_told_on"])
        tell_log(case, "answered", by, at, {"about": (None, about.value)})
