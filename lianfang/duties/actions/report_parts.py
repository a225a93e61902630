"""What every action on reports does: lock, require, note; and what they refuse."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

import msgspec
from django.contrib.auth.models import AbstractBaseUser

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.models import Report, ReportSending
from lianfang.duties.rules.actors import Actors
from lianfang.duties.rules.facts import Holding
from lianfang.duties.rules.reports import Act, Part, State, follows, recipient_of
from lianfang.scheme.model import Scheme

_NOBODY = 0


class ReportNotSo(Refused):
    """A report does not stand where that step begins."""


class Unfinished(Refused):
    """A report lacks something without which it can't be sent."""


class OwnReport(Refused):
    """Somebody would judge what they wrote themself, or comment on it."""


class NotOpenToComments(Refused):
    """A disclosure that has not begun, or is over."""


def locked_report(report: Report) -> Report:
    """Return a report, locked until the transaction ends."""
    rows = Report.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "duty", "unit", "post", "author").get(pk=report.pk)


def require_act(report: Report, act: Act) -> State:
    """Return the state after an act. Raises ReportNotSo where it is not done now."""
    state = follows(report.kind, report.state, act)
    if state is None:
        raise ReportNotSo(
            Text(
                f"这份报告现在是“{_STATES[State(report.state)].zh}”，这一步没有做。请刷新页面，"
                "再看下一步。",
                f"This report is {_STATES[State(report.state)].en} now, and nothing was done. "
                "Reload the page to see what comes next.",
            )
        )
    return state


def unfinished(missing: tuple[Part, ...]) -> Unfinished:
    """Return the refusal to send a report in which sections are empty."""
    zh = "、".join(part.label.zh for part in missing)
    en = ", ".join(part.label.en for part in missing)
    return Unfinished(
        Text(
            f"还没有填写：{zh}。请回到“修改”补写，然后再提交。",
            f"Still empty: {en}. Go back to edit, write it, then send again.",
        )
    )


def recipient_now(
    actors: Actors, scheme: Scheme, report: Report, on: date
) -> tuple[str, int | None]:
    """Return who is to read a report on the day of the actors: role and person."""
    rule = next((rule for rule in scheme.duties if rule.code == report.duty.rule), None)
    holding = Holding(
        person=report.author_id or _NOBODY,
        post=report.post_id or _NOBODY,
        unit=report.unit_id,
        from_on=on,
    )
    return recipient_of(actors, report.kind, rule.to if rule else None, holding)


def keep_sending(report: Report, by: AbstractBaseUser | None, at: datetime) -> ReportSending:
    """Keep a report as it is sent, with its digest. Three statements."""
    content = list(report.sections.order_by("order").values("code", "facts", "text"))
    canonical = msgspec.json.encode(content, order="sorted")
    return ReportSending.objects.create(
        report=report,
        round=report.sendings.count() + 1,
        content=content,
        digest=hashlib.sha256(canonical).hexdigest(),
        sent_at=at,
        sent_by_id=by.pk if by else None,
    )


def note(
    action: str,
    report: Report,
    by: AbstractBaseUser | None,
    at: datetime,
    told: Mapping[str, tuple[object, object]],
    sealed: Mapping[str, tuple[object, object]] | None = None,
) -> None:
    """Tell the log what was done with a report; what people wrote can be erased alone."""
    audit.record(
        at=at,
        by=by,
        action=f"duties.report.{action}",
        subject=report,
        organisation=report.organisation_id,
        changes=told,
        sealed=sealed,
        rule=report.duty.clause,
    )


_STATES: Mapping[State, Text] = {
    State.DRAFT: Text("起草中", "a draft"),
    State.SUBMITTED: Text("待审阅", "waiting to be read"),
    State.RETURNED: Text("已退回", "returned"),
    State.ACCEPTED: Text("已审阅", "accepted"),
    State.PUBLISHED: Text("公开中", "published"),
    State.FILED: Text("已存档", "on file"),
}
