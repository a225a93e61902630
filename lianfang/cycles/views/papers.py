"""Official papers of the year are issued: shown as a question first, then done."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.cycles import access
from lianfang.cycles.actions import papers
from lianfang.cycles.views.addresses import to
from lianfang.org.access import standing_for


class NothingMore(forms.Form):
    """Asks for nothing: the question itself is the form."""


@both
def minutes(request: AppRequest, meeting_id: int) -> HttpResponse:
    """Issue the minutes of a meeting (六（三）)."""
    standing = standing_for(request)
    found = access.get_meeting_for_office(standing, meeting_id)
    return _ask(
        request,
        lambda: papers.issue_minutes(meeting=found, on=standing.on, by=request.user, at=request.at),
        title=_("印发会议纪要"),
        then=to("meetings", found.cycle.year),
    )


@both
def notice(request: AppRequest, meeting_id: int) -> HttpResponse:
    """Issue the notice of what a meeting's approvals became (六（三）)."""
    standing = standing_for(request)
    found = access.get_meeting_for_office(standing, meeting_id)
    return _ask(
        request,
        lambda: papers.issue_notice(meeting=found, on=standing.on, by=request.user, at=request.at),
        title=_("印发发布通知"),
        then=to("meetings", found.cycle.year),
    )


@both
def letter(request: AppRequest, filing_id: int) -> HttpResponse:
    """Issue a letter to a unit that is late (七（四）)."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="office")
    return _ask(
        request,
        lambda: papers.issue_letter(filing=found, on=standing.on, by=request.user, at=request.at),
        title=_("发催报函"),
        then=to("filing", found.pk),
    )


def _ask(request: AppRequest, deed: Callable[[], object], *, title: str, then: str) -> HttpResponse:
    return act(
        request,
        NothingMore(**bound(request)),
        deed,
        title=title,
        sub=_("公文按年度编号，存入档案；印发后只能作废，不能修改。"),
        clause="六（三）",
        then=then,
        danger=True,
    )
