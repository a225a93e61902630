"""Opinions on checked filings: asked for, given, answered, summed up (六（三）)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, render_page
from lianfang.cycles import access
from lianfang.cycles.actions import consulting as actions
from lianfang.cycles.forms.consulting import (
    CommentAnswerForm,
    CommentForm,
    ConsultForm,
    SummaryForm,
)
from lianfang.cycles.models import Consultation
from lianfang.cycles.queries.board import current_cycle
from lianfang.cycles.queries.consulting import consultations_of, consulted_on
from lianfang.cycles.views.addresses import to
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.powers.access import require_register


@require_GET
def consultations(request: AppRequest) -> HttpResponse:
    """Show this year's consultations, and what one may give an opinion on."""
    standing = standing_for(request)
    require_register(standing)
    cycle = current_cycle(standing)
    if cycle is None:
        return go(request, to("board"))
    found = consultations_of(cycle)
    running = next((one for one in found if one.closed_on is None), None)
    may_comment = running is not None and access.may_comment(standing, running)
    context: dict[str, object] = {
        "cycle": cycle,
        "consultations": found,
        "running": running,
        "is_over": running is not None and standing.on > running.until_on,
        "filings": consulted_on(cycle) if may_comment else (),
        "is_office": access.is_office(standing),
        "may_comment": may_comment,
    }
    return render_page(request, "cycles/consultations.html", context)


@both
def consultation_open(request: AppRequest, year: int) -> HttpResponse:
    """Ask for opinions on the filings that were checked."""
    standing = standing_for(request)
    access.require_office(standing)
    cycle = access.get_cycle_for(standing, year)
    scheme = scheme_of(cycle.organisation, standing.on)
    usual = actions.usual_end(cycle, scheme, standing.on)
    form = ConsultForm(**bound(request), initial={"until_on": usual})
    return act(
        request,
        form,
        lambda: actions.open_consultation(
            cycle=cycle,
            scope=Consultation.Scope(form.cleaned_data["scope"]),
            until_on=form.cleaned_data["until_on"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("征求意见"),
        crumb=_("征求意见"),
        clause="六（三）",
        then=to("consultations"),
    )


@both
def comment(request: AppRequest, filing_id: int) -> HttpResponse:
    """Give an opinion on a filing."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id)
    running = access.get_running_consultation_for(standing, found)
    form = CommentForm(**bound(request), initial={"about": request.GET.get("about", "")})
    return act(
        request,
        form,
        lambda: actions.comment(
            consultation=running,
            filing=found,
            person=access.asker(standing),
            **form.cleaned_data,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("提出意见"),
        crumb=_("征求意见"),
        sub=found.unit.shown_name,
        clause="六（三）",
        then=to("consultations"),
    )


@both
def comment_answer(request: AppRequest, comment_id: int) -> HttpResponse:
    """Answer an opinion."""
    found = access.get_comment_for_office(standing_for(request), comment_id)
    form = CommentAnswerForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.answer_comment(
            made=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("答复意见"),
        crumb=_("征求意见"),
        sub=found.text,
        clause="六（三）",
        then=to("consultations"),
    )


@both
def consultation_close(request: AppRequest, consultation_id: int) -> HttpResponse:
    """Sum a consultation up and end it."""
    standing = standing_for(request)
    found = access.get_consultation_for_office(standing, consultation_id)
    form = SummaryForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.close_consultation(
            consultation=found,
            **form.cleaned_data,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("汇总并结束征求意见"),
        crumb=_("征求意见"),
        clause="六（三）",
        then=to("consultations"),
    )
