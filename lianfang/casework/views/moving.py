"""What an officer makes of a report, as pages with a form each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.casework import access
from lianfang.casework.actions import keeping, moving
from lianfang.casework.actions.caring import note_step
from lianfang.casework.actions.recusing import recuse
from lianfang.casework.forms import cases as ask
from lianfang.casework.models import CaseStep
from lianfang.casework.models.cases import mark_of
from lianfang.casework.views.sealed import CLAUSE
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.org.access import standing_for
from lianfang.portal.models import SealedReport


@both
def take_up(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Take a report up as another matter."""
    found = _found(request, report_id)
    form = ask.ReasonForm(**bound(request))
    return _act(
        request,
        found,
        form,
        lambda: moving.take_up(report=found, **form.cleaned_data, **_who(request)),
        title=_("作为其他事项受理"),
    )


@both
def join(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Let a report go along with another about the same matter."""
    found = _found(request, report_id)
    others = access.cases_to_join(standing_for(request), found)
    form = ask.RepeatForm(**bound(request), others=others)
    return _act(
        request,
        found,
        form,
        lambda: moving.join_to(report=found, **form.cleaned_data, **_who(request)),
        title=_("并入同一事项"),
    )


@both
def decline(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Close a report that is not taken up."""
    found = _found(request, report_id)
    form = ask.ReasonForm(**bound(request))
    return _act(
        request,
        found,
        form,
        lambda: moving.decline(report=found, **form.cleaned_data, **_who(request)),
        title=pgettext("act", "不予受理"),
        danger=True,
    )


@both
def send_out(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Note that a report belongs to another body; who is concerned loses it at once."""
    standing = standing_for(request)
    found = _found(request, report_id)
    form = ask.SendOutForm(
        **bound(request),
        officers=access.people_to_recuse(standing, found),
        initial={"sent_to": standing.superior},
    )
    return _act(
        request,
        found,
        form,
        lambda: moving.send_out(
            report=found, **form.values, officer=request.user.person, **_who(request)
        ),
        title=_("移交有权机关"),
        danger=True,
        after=lambda: _after(request, report_id),
    )


@both
def hand_over(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Note when and how the content was handed over."""
    standing = standing_for(request)
    found = _found(request, report_id)
    form = ask.HandOverForm(**bound(request), initial={"handed_on": standing.on})
    return _act(
        request,
        found,
        form,
        lambda: moving.hand_over(report=found, **form.cleaned_data, **_who(request)),
        title=_("记录移交"),
    )


@both
def complete(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Complete a report with what came of it."""
    found = _found(request, report_id)
    form = ask.CompleteForm(**bound(request))
    return _act(
        request,
        found,
        form,
        lambda: moving.complete(report=found, **form.cleaned_data, **_who(request)),
        title=pgettext("button", "办结"),
        said=_("已办结；并入的举报一并办结。请在期限内向举报人反馈。"),
    )


@both
def reopen(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Study a completed report again."""
    found = _found(request, report_id)
    form = ask.ReasonForm(**bound(request))
    return _act(
        request,
        found,
        form,
        lambda: moving.reopen(report=found, **form.cleaned_data, **_who(request)),
        title=_("重新研判"),
    )


@both
def recuse_person(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Recuse somebody for a report, oneself as well."""
    standing = standing_for(request)
    found = _found(request, report_id)
    officers = access.people_to_recuse(standing, found)
    form = ask.RecuseForm(**bound(request), officers=officers)
    return _act(
        request,
        found,
        form,
        lambda: recuse(
            report=found, **form.cleaned_data, officer=request.user.person, **_who(request)
        ),
        title=_("登记回避"),
        danger=True,
        after=lambda: _after(request, report_id),
    )


@both
def step(request: AppRequest, report_id: UUID, kind: str) -> HttpResponse:
    """Note something that was done for the sender, or for whoever was reported."""
    standing = standing_for(request)
    found = _found(request, report_id)
    chosen = CaseStep.Kind(kind)
    form = ask.form_of_step(chosen)(**bound(request), initial={"done_on": standing.on})
    return _act(
        request,
        found,
        form,
        lambda: note_step(
            report=found,
            kind=chosen,
            text=form.cleaned_data["text"],
            done_on=form.cleaned_data["done_on"],
            officer=request.user.person,
            **_who(request),
        ),
        title=str(chosen.label),
    )


@both
def hold(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Keep a report until a day whatever its time says."""
    found = _found(request, report_id)
    form = ask.HoldForm(**bound(request))
    return _act(
        request,
        found,
        form,
        lambda: keeping.hold(report=found, **form.cleaned_data, **_who(request)),
        title=_("暂停销毁"),
    )


@both
def destroy(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Destroy a report whose time is over."""
    found = _found(request, report_id)
    form = ask.DestroyForm(**bound(request))
    return _act(
        request,
        found,
        form,
        lambda: keeping.destroy(report=found, officer=request.user.person, **_who(request)),
        title=_("销毁"),
        danger=True,
        said=_("已销毁，并出具销毁证明。"),
    )


def _found(request: AppRequest, report_id: UUID) -> SealedReport:
    return access.get_report_for(standing_for(request), report_id)


def _who(request: AppRequest) -> dict[str, Any]:
    return {"on": standing_for(request).on, "by": request.user, "at": request.at}


def _after(request: AppRequest, report_id: UUID) -> str:
    """Return where to go on: to the report, or to the list once it may not be known any more."""
    if access.reports_visible_to(standing_for(request)).filter(pk=report_id).exists():
        return reverse("casework:report", args=[report_id])
    return reverse("casework:reports")


def _act(
    request: AppRequest,
    found: SealedReport,
    form: forms.Form,
    deed: Callable[[], object],
    *,
    title: str,
    danger: bool = False,
    said: str = "",
    after: Callable[[], str] | None = None,
) -> HttpResponse:
    return act(
        request,
        form,
        deed,
        title=title,
        sub=mark_of(found.pk),
        clause=CLAUSE,
        then=reverse("casework:report", args=[found.pk]),
        danger=danger,
        said=said,
        after=after,
    )
