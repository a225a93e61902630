"""What sealed reports ask of the discipline office and of witnesses (五（六）2（2）)."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.casework import access
from lianfang.casework.queries.keys import sharing_of
from lianfang.casework.queries.lists import reports_listed
from lianfang.casework.queries.todos import asks_waiting, reports_due
from lianfang.casework.words import CLOCKS
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.shell.todo import Todo

CLAUSE = "五（六）2（2）"


def sealed_reports(standing: Standing) -> tuple[Todo, ...]:
    """Ask an officer for what the clocks of reports ask, and for what is to be destroyed."""
    if standing.person_id is None or not access.reads(standing):
        return ()
    organisation = organisation_of(standing)
    lines = reports_listed(
        access.reports_visible_to(standing),
        person=standing.person_id,
        scheme=scheme_of(organisation, standing.on),
        calendar=calendar_of(organisation.pk),
        on=standing.on,
    )
    return tuple(
        Todo(
            kind=_("举报"),
            icon="lock",
            title=f"{due.mark} {CLOCKS[due.what]}",
            reason=gettext("密封的举报；内容只在您的浏览器里打开。"),
            clause=CLAUSE,
            due=due.due_on,
            act=_("去办理"),
            url=reverse("casework:report", args=[due.report]),
        )
        for due in reports_due(lines)
    )


def envelopes_to_share(standing: Standing) -> tuple[Todo, ...]:
    """Ask who can open reports to seal them anew to who can't yet."""
    if not access.witnesses(standing):
        return ()
    missing = sharing_of(access.own_key(standing), standing.on).missing
    if not missing:
        return ()
    return (
        Todo(
            kind=_("举报"),
            icon="key",
            title=gettext("补齐缺少的信封：%(n)s 个") % {"n": missing},
            reason=gettext("新加入或更换密钥的人打不开以前的举报，请在浏览器里一次补齐。"),
            clause=CLAUSE,
            due=standing.on,
            act=_("去补齐"),
            url=reverse("casework:sharing"),
        ),
    )


def identities_to_witness(standing: Standing) -> tuple[Todo, ...]:
    """Ask a witness to consent or to refuse."""
    if not access.witnesses(standing):
        return ()
    return tuple(
        Todo(
            kind=_("举报见证"),
            icon="eye",
            title=gettext("答复查看身份的申请 %(mark)s") % {"mark": ask.mark},
            reason=gettext("您看不到内容和身份，只决定是否同意。"),
            clause=CLAUSE,
            due=standing.on,
            act=_("去答复"),
            url=reverse("casework:ask", args=[ask.pk]),
        )
        for ask in asks_waiting(access.asks_to_witness(standing))
    )
