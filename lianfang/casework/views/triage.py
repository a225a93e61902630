"""Pages on which an officer makes an alert or a lead of a report, in words of their own."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.alerts import access as alerts
from lianfang.casework import access
from lianfang.casework.actions.triage import Matter, raise_alert, raise_lead
from lianfang.casework.forms.triage import AlertForm, LeadForm
from lianfang.casework.models.cases import mark_of
from lianfang.casework.views.sealed import CLAUSE
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of


@both
def to_alert(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Make an alert of a report."""
    standing = standing_for(request)
    found = access.get_report_for(standing, report_id)
    form = AlertForm(
        **bound(request),
        scheme=scheme_of(found.organisation, standing.on),
        units=alerts.units_to_name(standing),
        posts=alerts.posts_to_name(standing),
        people=alerts.people_to_name(standing),
    )

    def deed() -> None:
        raise_alert(
            report=found,
            trigger=form.cleaned_data["trigger"],
            gravity=form.cleaned_data["gravity"],
            what=form.cleaned_data["what"],
            matter=Matter(**form.concerned),
            on=standing.on,
            by=request.user,
            at=request.at,
        )

    return act(
        request,
        form,
        deed,
        title=_("转预警"),
        sub=mark_of(found.pk),
        clause=CLAUSE,
        then=reverse("casework:report", args=[report_id]),
        button=_("登记预警"),
        said=_("已登记预警。预警中看不到举报，也看不到由谁登记。"),
    )


@both
def to_lead(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Make a lead of a report."""
    standing = standing_for(request)
    found = access.get_report_for(standing, report_id)
    form = LeadForm(
        **bound(request),
        officers=access.people_to_handle(standing, found),
        units=alerts.units_to_name(standing),
        posts=alerts.posts_to_name(standing),
        people=alerts.people_to_name(standing),
    )
    return act(
        request,
        form,
        lambda: raise_lead(
            report=found,
            handlers=form.handlers_chosen,
            matter=Matter(**form.concerned),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("转问题线索"),
        sub=mark_of(found.pk),
        clause=CLAUSE,
        then=reverse("casework:report", args=[report_id]),
        button=_("登记线索"),
        said=_("已登记线索，交承办人办理。"),
    )
