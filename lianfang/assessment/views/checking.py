"""What is noted on a sheet: visits, additions, caps, objections with answers, corrections."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _

from lianfang.assessment import access
from lianfang.assessment.actions import checking, confirming, objecting
from lianfang.assessment.forms.sheets import (
    AdjustForm,
    AnswerForm,
    CapForm,
    CorrectForm,
    ObjectForm,
    ReasonForm,
    VisitForm,
)
from lianfang.assessment.models import AssessedSheet
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.views.sheet import CLAUSE, to_sheet
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.org.access import standing_for


@both
def visit(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Record a check on the spot."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id, to="office")
    offered = list(access.members_assessing(standing, found))
    form = VisitForm(**bound(request), offered=offered, initial={"held_on": standing.on})

    def recorded() -> None:
        chosen = set(form.cleaned_data["people"])
        checking.record_site_check(
            sheet=found,
            held_on=form.cleaned_data["held_on"],
            people=[person for person in offered if person.pk in chosen],
            facts=form.cleaned_data["facts"],
            on=standing.on,
            by=request.user,
            at=request.at,
        )

    return _answered(request, form, recorded, found, _("登记现场核查"))


@both
def adjust(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Add points, or take some off."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id, to="office")
    form = AdjustForm(**bound(request))
    return _answered(
        request,
        form,
        lambda: checking.adjust(
            sheet=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found,
        _("登记加减分"),
    )


@both
def adjustment_withdraw(request: AppRequest, adjustment_id: int) -> HttpResponse:
    """Take back points that were added or taken off."""
    standing = standing_for(request)
    found = access.get_adjustment_for(standing, adjustment_id)
    form = ReasonForm(**bound(request))
    return _answered(
        request,
        form,
        lambda: checking.withdraw_adjustment(
            adjustment=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found.sheet,
        _("撤销加减分"),
        danger=True,
    )


@both
def cap(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Cap a result, or lift the cap."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id, to="office")
    caps = sheet_in(found.assessment, found.kind).caps
    form = CapForm(**bound(request), caps=caps, initial={"cap": found.cap})
    return _answered(
        request,
        form,
        lambda: checking.set_cap(
            sheet=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found,
        _("等次限制"),
        clause="五（七）2",
    )


@both
def objection(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Object to the points."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id, to="self")
    form = ObjectForm(**bound(request))
    return _answered(
        request,
        form,
        lambda: objecting.object_to(
            sheet=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found,
        _("提出异议"),
    )


@both
def accept(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Say that there is no objection."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id, to="self")
    return _answered(
        request,
        Form(**bound(request)),
        lambda: objecting.accept_points(
            sheet=found, on=standing.on, by=request.user, at=request.at
        ),
        found,
        _("确认无异议"),
        sub=_("确认后不再提出异议，领导小组可以提前审定。"),
        danger=True,
    )


@both
def objection_answer(request: AppRequest, objection_id: int) -> HttpResponse:
    """Answer an objection."""
    standing = standing_for(request)
    found = access.get_objection_for(standing, objection_id)
    form = AnswerForm(**bound(request), initial={"is_upheld": "no"})
    return _answered(
        request,
        form,
        lambda: objecting.answer_objection(
            objection=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found.sheet,
        _("答复异议"),
        sub=found.text,
    )


@both
def correct(request: AppRequest, sheet_id: int) -> HttpResponse:
    """Correct a result after it was confirmed."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, sheet_id, to="confirm")
    form = CorrectForm(**bound(request))
    return _answered(
        request,
        form,
        lambda: confirming.correct_result(
            sheet=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        found,
        _("更正考核结果"),
        danger=True,
    )


def _answered(
    request: AppRequest,
    form: Form,
    deed: Callable[[], Any],
    sheet: AssessedSheet,
    title: str,
    *,
    sub: str = "",
    clause: str = CLAUSE,
    danger: bool = False,
) -> HttpResponse:
    name = sheet.person.shown_name if sheet.person else sheet.unit.shown_name
    return act(
        request,
        form,
        deed,
        title=title,
        sub=sub or name,
        clause=clause,
        then=to_sheet(sheet.pk),
        danger=danger,
    )
