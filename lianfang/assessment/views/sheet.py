"""One sheet: its page, the rows behind its figures, and the points that three parties give."""

from collections.abc import Collection

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.alerts.access import alerts_counted_for
from lianfang.assessment import access
from lianfang.assessment.actions import scoring
from lianfang.assessment.forms.sheets import PointsForm, ReasonForm, points_before
from lianfang.assessment.models import AssessedSheet
from lianfang.assessment.queries.figures import figures_in
from lianfang.assessment.queries.results import scores_by_year
from lianfang.assessment.queries.rows import shown_rows
from lianfang.assessment.queries.sheet import page_of
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.scoring import Party
from lianfang.assessment.rules.sheets import item_in
from lianfang.assessment.rules.states import SheetAct, Step, sheet_after
from lianfang.assessment.views.parties import hidden_figures, parties_shown
from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, render_page
from lianfang.files.sending import download
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.standing import Standing

CLAUSE = "五（七）1"
_BY_PARTY = {
    Party.SELF: (SheetAct.SCORE_SELF, "self"),
    Party.OFFICE: (SheetAct.SCORE_OFFICE, "office"),
    Party.LEADERSHIP: (SheetAct.SCORE_LEADERSHIP, "leadership"),
}


@require_GET
def sheet(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Show a sheet: each item with its figure and points, and what the asker may do."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id)
    parties = parties_shown(standing, found)
    scheme = scheme_of(found.assessment.organisation, standing.on)
    context: dict[str, object] = {
        "sheet": found,
        "assessment": found.assessment,
        "page": page_of(
            found,
            scheme,
            standing.on,
            parties=parties,
            counted=alerts_counted_for(standing),
            hidden=hidden_figures(standing, found),
        ),
        "uses": {use.code: use.label for use in scheme.result_uses},
        "bands": {band.code: band.label for band in sheet_in(found.assessment, found.kind).bands},
        "years": scores_by_year(standing.organisation_id, found.unit_id)
        if found.person_id is None
        else [],
        "may": _acts(standing, found),
        "history": history_of(found) if Party.OFFICE in parties else [],
    }
    return render_page(request, "assessment/sheet.html", context)


@require_GET
def figure(request: AppRequest, sheet_id: int, code: str) -> HttpResponse:
    """Show the rows behind the figure of an item, as far as the asker may open them."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id)
    item = item_in(sheet_in(found.assessment, found.kind), code)
    if item is None or item.source in hidden_figures(standing, found):
        raise Http404
    value = figures_in(found, standing.on, alerts_counted_for(standing)).get(code)
    if value is None:
        raise Http404
    scheme = scheme_of(found.assessment.organisation, standing.on)
    context: dict[str, object] = {
        "sheet": found,
        "item": item,
        "figure": value,
        "named": next(f for f in scheme.figures if f.code == item.source),
        "shown": shown_rows(standing, value.rows, access.tasks_visible_to(standing)),
        "is_frozen": found.step == AssessedSheet.Step.CONFIRMED,
    }
    return render_page(request, "assessment/figure.html", context)


@both
def score(request: AppRequest, sheet_id: int, party: str) -> HttpResponse:
    """Give points for every item: kept for now, or sent on."""
    standing = standing_for(request)
    giver = Party(party)
    wanted, to = _BY_PARTY[giver]
    found = access.get_sheet_for(standing, sheet_id, to=to)  # type: ignore[arg-type]
    if request.method == "GET" and sheet_after(found.step, wanted) is None:
        return go(request, to_sheet(found.pk))
    page = page_of(
        found,
        scheme_of(found.assessment.organisation, standing.on),
        standing.on,
        parties=_read_by(giver),
        counted=alerts_counted_for(standing),
        hidden=hidden_figures(standing, found),
    )
    form = PointsForm(
        **bound(request),
        sections=page.sections,
        party=giver,
        initial=points_before(page.sections, giver, found.version),
    )
    is_sent = "send" in request.POST
    return act(
        request,
        form,
        lambda: scoring.give_points(
            sheet=found,
            party=giver,
            given=form.given(),
            is_sent=is_sent,
            version=form.cleaned_data["version"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_name(found),
        clause=CLAUSE,
        then=to_sheet(found.pk),
        page="assessment/score.html",
        more={"sheet": found, "party": giver, "assessment": found.assessment},
        said=_("评分已提交。") if is_sent else _("评分已保存，还没有提交。"),
    )


@both
def sheet_return(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Return a sheet to whoever gave points before."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id, to="return")
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: scoring.return_sheet(
            sheet=found,
            reason=form.cleaned_data["reason"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("退回考核表"),
        sub=_name(found),
        clause=CLAUSE,
        then=to_sheet(found.pk),
        danger=True,
    )


@both
def sheet_leave_out(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Leave a unit or person out of the year's check."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id, to="leave_out")
    form = ReasonForm(**bound(request))
    return act(
        request,
        form,
        lambda: scoring.leave_out(
            sheet=found,
            reason=form.cleaned_data["reason"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("不参加本年度考核"),
        sub=_name(found),
        clause=CLAUSE,
        then=to_sheet(found.pk),
        danger=True,
    )


@require_GET
def evidence(request: AppRequest, sheet_id: int, score_id: int) -> HttpResponseBase:
    """Send a file that goes with points, to those who see these points."""
    standing = standing_for(request)
    found = access.get_evidence_for(standing, sheet_id, score_id)
    if found.evidence is None or found.party not in parties_shown(standing, found.sheet):
        raise Http404
    return download(found.evidence)


def to_sheet(sheet_id: int) -> str:
    """Return the address of a sheet's page."""
    return reverse("assessment:sheet", args=[sheet_id])


def _name(found: AssessedSheet) -> str:
    return found.person.shown_name if found.person else found.unit.shown_name


def _read_by(party: Party) -> Collection[Party]:
    """Return whose points stand beside the form: one's own, and those given before."""
    order = list(Party)
    return order[: order.index(party) + 1]


def _acts(standing: Standing, found: AssessedSheet) -> dict[str, bool]:
    """Return what the asker may do with a sheet where it stands."""
    allowed = access.acts_on_sheet(standing, found)

    def may(to: str, wanted: SheetAct) -> bool:
        return allowed[to] and sheet_after(found.step, wanted) is not None

    ended = found.step == Step.CONFIRMED
    return {
        "self": may("self", SheetAct.SCORE_SELF),
        "office": may("office", SheetAct.SCORE_OFFICE),
        "leadership": may("leadership", SheetAct.SCORE_LEADERSHIP),
        "return": may("return", SheetAct.RETURN),
        "check": may("office", SheetAct.ADJUST),
        "object": may("self", SheetAct.OBJECT)
        and found.objections_until is not None
        and standing.on <= found.objections_until,
        "answer": may("office", SheetAct.SCORE_ANEW),
        "leave_out": may("leave_out", SheetAct.LEAVE_OUT),
        "correct": may("confirm", SheetAct.CORRECT),
        "task": ended and allowed["task"],
        "use": ended and allowed["use"],
    }
