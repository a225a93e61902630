"""Checked filings are consulted on: a period, opinions, answers, a summary (六（三）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.models import Comment, Consultation, Cycle, Filing
from lianfang.cycles.queries.filing import days_given
from lianfang.cycles.rules.states import CONSULTED
from lianfang.org.models import Person
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.rules.calendar import add_working_days
from lianfang.scheme.model import Scheme

CLAUSE = "六（三）"
_PERIOD = "consultation"


class ConsultationOpen(Refused):
    """A year has one consultation at a time."""


class NothingToConsult(Refused):
    """No filing was checked yet."""


class NotConsulted(Refused):
    """Outside the period, or about a filing that is not consulted on."""


class AnswersMissing(Refused):
    """A consultation is closed when every opinion has its answer."""


class AnsweredAlready(Refused):
    """An opinion that has its answer."""


def usual_end(cycle: Cycle, scheme: Scheme, from_on: date) -> date:
    """Return the day that the scheme's period ◇ ends on, in working days. Two statements."""
    calendar = calendar_of(cycle.organisation_id, range(from_on.year, from_on.year + 2))
    return add_working_days(calendar, from_on, days_given(scheme, _PERIOD))


@transaction.atomic
def open_consultation(
    *,
    cycle: Cycle,
    scope: Consultation.Scope,
    until_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Consultation:
    """Ask for opinions from today until a day, included.

    Raises ConsultationOpen, NothingToConsult, and NotConsulted for a last day that has passed.
    """
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    if until_on < on:
        raise NotConsulted(
            Text(
                "截止日期已经过去。请选今天或以后的日期。",
                "The last day has passed. Choose today or a later day.",
            )
        )
    if cycle.consultations.filter(closed_on=None).exists():
        raise ConsultationOpen(
            Text(
                "已有一次征求意见在进行。请先汇总并结束它。",
                "Opinions are being asked for already. Sum that up and close it first.",
            )
        )
    if not cycle.filings.filter(state__in=CONSULTED).exists():
        raise NothingToConsult(
            Text(
                "还没有审核通过的填报，没有可以征求意见的内容。请先完成五项检查。",
                "No filing was checked yet, so there is nothing to ask about. Conclude the five "
                "checks first.",
            )
        )
    made = Consultation.objects.create(
        cycle=cycle,
        scope=scope,
        from_on=on,
        until_on=until_on,
        opened_at=at,
        opened_by_id=by.pk if by else None,
    )
    _note("opened", made, by, at, scope=scope.value, until_on=until_on.isoformat())
    return made


@transaction.atomic
def comment(
    *,
    consultation: Consultation,
    filing: Filing,
    person: Person,
    text: str,
    about: str = "",
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Comment:
    """Say what one thinks of a filing. Raises NotConsulted. The words are sealed in the log."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    is_over = consultation.closed_on is not None or on > consultation.until_on
    if is_over or filing.cycle_id != consultation.cycle_id or filing.state not in CONSULTED:
        raise NotConsulted(
            Text(
                "征求意见已经结束，或这个单位的填报不在征求之列。可以向办公室直接反映。",
                "The consultation is over, or this filing is not part of it. Tell the office "
                "directly.",
            )
        )
    made = Comment.objects.create(
        consultation=consultation,
        filing=filing,
        person=person,
        about=about,
        text=text,
        said_at=at,
    )
    audit.record(
        at=at,
        by=by,
        action="cycles.comment.made",
        subject=made,
        organisation=filing.organisation_id,
        changes={"about": (None, about)},
        sealed={"text": (None, text)},
        rule=CLAUSE,
    )
    return made


@transaction.atomic
def answer_comment(
    *, made: Comment, answer: str, is_taken: bool, by: AbstractBaseUser | None, at: datetime
) -> Comment:
    """Answer an opinion, taken up or not. Raises AnsweredAlready."""
    made = Comment.objects.select_for_update(of=("self",)).select_related("filing").get(pk=made.pk)
    if made.answered_at is not None:
        raise AnsweredAlready(
            Text("这条意见已经答复。请刷新页面。", "This opinion was answered. Reload the page.")
        )
    made.answer, made.is_taken, made.answered_at = answer, is_taken, at
    made.save(update_fields=["answer", "is_taken", "answered_at"])
    audit.record(
        at=at,
        by=by,
        action="cycles.comment.answered",
        subject=made,
        organisation=made.filing.organisation_id,
        changes={"answer": (None, answer), "is_taken": (None, is_taken)},
        rule=CLAUSE,
    )
    return made


@transaction.atomic
def close_consultation(
    *, consultation: Consultation, summary: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Consultation:
    """Sum a consultation up and end it. Raises AnswersMissing and NotConsulted."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.closed_on is not None:
        raise NotConsulted(
            Text("征求意见已经结束。请刷新页面。", "It was closed already. Reload the page.")
        )
    waiting = consultation.comments.filter(answered_at=None).count()
    if waiting:
        raise AnswersMissing(
            Text(
                f"还有 {waiting} 条意见没有答复。请逐条答复后再汇总。",
                f"{waiting} opinions have no answer. Answer each, then sum up.",
            )
        )
    consultation.closed_on, consultation.summary = on, summary
    consultation.save(update_fields=["closed_on", "summary"])
    _note("closed", consultation, by, at, summary=summary)
    return consultation


def _note(
    deed: str, made: Consultation, by: AbstractBaseUser | None, at: datetime, **told: str
) -> None:
    audit.record(
        at=at,
        by=by,
        action=f"cycles.consultation.{deed}",
        subject=made,
        organisation=made.cycle.organisation_id,
        changes={name: (None, value) for name, value in told.items()},
        rule=CLAUSE,
    )
