"""What was sent is accepted or returned; what is disclosed is commented on, and ends (五（五）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.text import Text
from lianfang.duties.actions.closing import reopen_duty
from lianfang.duties.actions.report_parts import (
    NotOpenToComments,
    OwnReport,
    locked_report,
    note,
    recipient_now,
    require_act,
)
from lianfang.duties.models import DisclosureComment, Report, ReportSending
from lianfang.duties.rules.actors import Actors
from lianfang.duties.rules.reports import Act
from lianfang.org.models import Organisation, Person
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.structure import structure_of


@transaction.atomic
def accept_report(
    *, report: Report, comment: str = "", by: AbstractBaseUser | None, at: datetime
) -> Report:
    """Accept a report, with a comment or without. Raises ReportNotSo and OwnReport."""
    return _judge(report, Act.ACCEPT, comment, by, at)


@transaction.atomic
def return_report(
    *, report: Report, comment: str, by: AbstractBaseUser | None, at: datetime
) -> Report:
    """Return a report to be mended: its duty is open again until it is sent anew.

    Raises ReportNotSo and OwnReport.
    """
    report = _judge(report, Act.RETURN, comment, by, at)
    reopen_duty(duty=report.duty, by=by, at=at)
    return report


@transaction.atomic
def comment_on(
    *,
    report: Report,
    text: str,
    person: Person,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> DisclosureComment:
    """Say something to a disclosure while it runs. Raises NotOpenToComments and OwnReport."""
    report = locked_report(report)
    if report.author_id == person.pk:
        raise _own()
    _require_running(report, on)
    comment = DisclosureComment.objects.create(report=report, person=person, text=text, said_at=at)
    note("commented", report, by, at, {}, {"comment": (None, text)})
    return comment


@transaction.atomic
def follow_reports(
    *, organisation: Organisation, on: date, by: AbstractBaseUser | None, at: datetime
) -> int:
    """Pass what waits on to whoever is to read it today, and file disclosures that are over.

    Returns how many reports changed. Eight statements at most where nothing does.
    """
    rows = Report.objects.select_for_update(of=("self",)).filter(organisation=organisation)
    rows = rows.select_related("organisation", "duty", "recipient")
    changed = 0
    for report in rows.filter(state=Report.State.PUBLISHED, public_until__lt=on).order_by("pk"):
        _move(report, Act.CLOSE)
        told = {"state": (None, report.state), "comments": (None, report.comments.count())}
        note("filed", report, by, at, told)
        changed += 1
    waiting = list(rows.filter(state=Report.State.SUBMITTED).order_by("pk"))
    if not waiting:
        return changed
    actors, scheme = Actors(structure_of(organisation.pk, on)), scheme_of(organisation, on)
    for report in waiting:
        role, person = recipient_now(actors, scheme, report, on)
        if (role, person) != (report.recipient_role, report.recipient_id):
            _pass_on(report, role, person, by, at)
            changed += 1
    return changed


def _judge(
    report: Report, act: Act, comment: str, by: AbstractBaseUser | None, at: datetime
) -> Report:
    report = locked_report(report)
    _require_other(report, by)
    _move(report, act)
    sending = report.sendings.latest("round")
    sending.outcome = ReportSending.Outcome(report.state)
    sending.comment = comment
    sending.judged_at, sending.judged_by_id = at, by.pk if by else None
    sending.save(update_fields=["outcome", "comment", "judged_at", "judged_by"])
    sealed = {"comment": (None, comment)} if comment else None
    note(report.state, report, by, at, {"text_digest": (None, sending.digest)}, sealed)
    return report


def _move(report: Report, act: Act) -> None:
    report.state = require_act(report, act).value
    report.version += 1
    report.save(update_fields=["state", "version"])


def _pass_on(
    report: Report, role: str, person: int | None, by: AbstractBaseUser | None, at: datetime
) -> None:
    before = report.recipient.name if report.recipient else None
    was = report.recipient_role
    report.recipient_role, report.recipient_id = role, person
    report.version += 1
    report.save(update_fields=["recipient_role", "recipient", "version"])
    now = report.recipient.name if report.recipient else None
    told = {"recipient_role": (was, role), "recipient": (before, now)}
    note("passed_on", report, by, at, told)


def _require_other(report: Report, by: AbstractBaseUser | None) -> None:
    author = report.author
    if by is not None and author is not None and author.login_id == by.pk:
        raise _own()


def _own() -> OwnReport:
    return OwnReport(
        Text(
            "这是您本人写的，不能自己审阅或评论。请由他人办理。",
            "You wrote this yourself, so you neither judge nor comment on it. Let somebody else "
            "do it.",
        )
    )


def _require_running(report: Report, on: date) -> None:
    if not report.is_public_on(on):
        raise NotOpenToComments(
            Text(
                "这份公开现在不接受意见：尚未开始或已经结束。可以直接向作者或单位负责人反映。",
                "This disclosure takes no comments now: it has not begun, or is over. Speak to "
                "its author or the head of the unit.",
            )
        )
