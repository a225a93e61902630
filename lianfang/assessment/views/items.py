"""The sheets of a year while they are drafted: what each item is worth, and why it changed."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.assessment import access
from lianfang.assessment.actions import drafting
from lianfang.assessment.forms.years import DraftForm, ItemForm, NewItemForm, RemoveItemForm
from lianfang.assessment.models import Assessment
from lianfang.assessment.queries.sheets import sheets_in
from lianfang.assessment.rules.figures import FIGURES, OF_PERSONS
from lianfang.assessment.rules.sheets import PERSONS, fault_of, item_in, whole_of
from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.scheme.model import Sheet, SheetItem

CLAUSE = "五（七）1"


@both
def draft(request: AppRequest) -> HttpResponse:
    """Draft the check of a year from the scheme."""
    standing = standing_for(request)
    access.require_drafting(standing)
    organisation = organisation_of(standing)
    form = DraftForm(**bound(request), initial={"year": standing.on.year})
    made: list[Assessment] = []

    def drafted() -> None:
        made.append(
            drafting.draft_assessment(
                organisation=organisation,
                year=form.cleaned_data["year"],
                scheme=scheme_of(organisation, standing.on),
                by=request.user,
                at=request.at,
            )
        )

    return act(
        request,
        form,
        drafted,
        title=_("拟订年度考核表"),
        sub=_("按方案拟订，开始考核前可以调整各项的满分和标准。"),
        clause=CLAUSE,
        then=reverse("assessment:board"),
        after=lambda: to_asked(made[0].pk, "units"),
    )


@require_GET
def asked(request: AppRequest, assessment_id: int, kind: str) -> HttpResponse:
    """Show a sheet with its items, standards and maxima."""
    standing = standing_for(request)
    found = access.get_assessment_for(standing, assessment_id)
    sheet = _sheet(found, kind)
    context: dict[str, object] = {
        "assessment": found,
        "sheet": sheet,
        "sheets": sheets_in(found),
        "whole": whole_of(sheet),
        "fault": fault_of(sheet),
        "figures": {f.code: f for f in scheme_of(found.organisation, standing.on).figures},
        "may_change": found.state == Assessment.State.DRAFT
        and access.may_with_year(standing, found, "draft"),
        "history": history_of(found),
    }
    return render_page(request, "assessment/asked.html", context)


@both
def item_edit(request: AppRequest, assessment_id: int, kind: str, code: str) -> HttpResponse:
    """Change what an item is worth and by which standard."""
    found, sheet, item = _item(request, assessment_id, kind, code)
    form = ItemForm(
        **bound(request),
        initial={
            "version": found.version,
            "maximum": f"{item.maximum:g}",
            "standard": item.standard.zh,
        },
    )
    return act(
        request,
        form,
        lambda: drafting.change_item(
            assessment=found,
            sheet=sheet.code,
            code=code,
            **form.cleaned_data,
            by=request.user,
            at=request.at,
        ),
        title=item.label.in_(language_now()),
        sub=sheet.label.in_(language_now()),
        clause=str(item.clause),
        then=to_asked(found.pk, kind),
    )


@both
def item_add(request: AppRequest, assessment_id: int, kind: str) -> HttpResponse:
    """Add an item to a sheet."""
    standing = standing_for(request)
    found = access.get_assessment_for(standing, assessment_id, to="draft")
    sheet = _sheet(found, kind)
    codes = OF_PERSONS if kind == PERSONS else FIGURES.keys()
    form = NewItemForm(
        **bound(request),
        asked=sheet,
        figures=[f for f in scheme_of(found.organisation, standing.on).figures if f.code in codes],
        initial={"version": found.version},
    )

    def added() -> None:
        sent = form.cleaned_data
        drafting.add_item(
            assessment=found,
            sheet=kind,
            section=sent["section"],
            asked=drafting.ItemAsked(
                label=sent["label"],
                maximum=sent["maximum"],
                standard=sent["standard"],
                source=sent["source"],
                evidence=sent["evidence"],
            ),
            reason=sent["reason"],
            version=sent["version"],
            by=request.user,
            at=request.at,
        )

    return act(
        request,
        form,
        added,
        title=_("增加考核项"),
        sub=sheet.label.in_(language_now()),
        clause=CLAUSE,
        then=to_asked(found.pk, kind),
    )


@both
def item_remove(request: AppRequest, assessment_id: int, kind: str, code: str) -> HttpResponse:
    """Remove an item from a sheet."""
    found, sheet, item = _item(request, assessment_id, kind, code)
    form = RemoveItemForm(**bound(request), initial={"version": found.version})
    return act(
        request,
        form,
        lambda: drafting.remove_item(
            assessment=found,
            sheet=sheet.code,
            code=code,
            **form.cleaned_data,
            by=request.user,
            at=request.at,
        ),
        title=_("删去考核项"),
        sub=item.label.in_(language_now()),
        clause=str(item.clause),
        then=to_asked(found.pk, kind),
        danger=True,
    )


def to_asked(assessment_id: int, kind: str) -> str:
    """Return the address of a sheet's items."""
    return reverse("assessment:asked", args=[assessment_id, kind])


def _sheet(assessment: Assessment, kind: str) -> Sheet:
    found = next((sheet for sheet in sheets_in(assessment) if sheet.code == kind), None)
    if found is None:
        raise Http404
    return found


def _item(
    request: AppRequest, assessment_id: int, kind: str, code: str
) -> tuple[Assessment, Sheet, SheetItem]:
    found = access.get_assessment_for(standing_for(request), assessment_id, to="draft")
    sheet = _sheet(found, kind)
    item = item_in(sheet, code)
    if item is None:
        raise Http404
    return found, sheet, item
