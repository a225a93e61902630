"""Official papers of the year are issued: shown as a question first, then done."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.cycles import access
from lianfang.cycles.actions import papers
from lianfang.cycles.actions.agenda import issue_agenda
from lianfang.cycles.forms.agenda import AgendaForm
from lianfang.cycles.views.addresses import to
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of


class NothingMore(forms.Form):
    """Asks for nothing: the question itself is the form."""


@both
def agenda(request: AppRequest, year: int) -> HttpResponse:
    """Issue the agenda of the next meeting (六（三）)."""
    standing = standing_for(request)
    access.require_office(standing)
    cycle = access.get_cycle_for(standing, year)
    form = AgendaForm(**bound(request), initial={"held_on": standing.on})
    return act(
        request,
        form,
        lambda: issue_agenda(
            cycle=cycle,
            **form.cleaned_data,
            scheme=scheme_of(cycle.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("印发审议议程"),
        crumb=_("审议会议"),
        button=pgettext("button", "印发"),
        sub=_("列入全部审核通过、等待审议的填报。公文按年度编号，存入档案，错了只能作废重发。"),
        clause="六（三）",
        then=to("meetings", cycle.year),
        danger=True,
    )


@both
def minutes(request: AppRequest, meeting_id: int) -> HttpResponse:
    """Issue the minutes of a meeting (六（三）)."""
    standing = standing_for(request)
    found = access.get_meeting_for_office(standing, meeting_id)
    return _ask(
        request,
        lambda: papers.issue_minutes(meeting=found, on=standing.on, by=request.user, at=request.at),
        title=_("印发会议纪要"),
        crumb=_("审议会议"),
        clause="六（三）",
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
        crumb=_("审议会议"),
        clause="六（三）",
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
        crumb=f"{found.title} {found.unit.shown_name}",
        clause="七（四）",
        then=to("filing", found.pk),
    )


def _ask(
    request: AppRequest,
    deed: Callable[[], object],
    *,
    title: str,
    crumb: str,
    clause: str,
    then: str,
) -> HttpResponse:
    return act(
        request,
        NothingMore(**bound(request)),
        deed,
        title=title,
        crumb=crumb,
        button=pgettext("button", "印发"),
        sub=_("公文按年度编号，存入档案；印发后只能作废，不能修改。"),
        clause=clause,
        then=then,
        danger=True,
    )
