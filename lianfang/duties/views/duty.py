"""Duties: what is owed, why, and what became of it (五（五）, 六（四）)."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.duties import access
from lianfang.duties.access.reports import report_of
from lianfang.duties.actions import closing
from lianfang.duties.actions.evidence import fulfil_with_evidence
from lianfang.duties.forms.closing import FulfilForm, WaiveForm
from lianfang.duties.models import Duty
from lianfang.duties.queries.duties import papers_of, rule_labels
from lianfang.duties.rules.reports import COURSES
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of


@require_GET
def duty(request: AppRequest, duty_id: int) -> HttpResponse:
    """Show a duty: whose, about whom, by when, and why."""
    standing = standing_for(request)
    found = access.get_duty_for(standing, duty_id)
    scheme = scheme_of(found.organisation, standing.on)
    context: dict[str, object] = {
        "duty": found,
        "label": rule_labels(scheme).get(found.rule),
        "may_do": found.state == "open" and access.may_do(standing, found),
        "asks_words": found.kind in COURSES,
        "report": report_of(standing, found),
        "is_talked": access.is_talked(found),
        "is_inspected": access.is_inspected(found),
        "is_learnt": found.kind == Duty.Kind.LEARNING,
        "is_surveyed": found.kind == Duty.Kind.SURVEY,
        "may_waive": found.state == "open" and access.may_waive(standing, found),
        "is_late": found.state == "open" and found.due_on < standing.on,
        "papers": papers_of(found, access.evidence_visible_to(standing)),
        "may_show": access.may_show(standing, found),
        "history": history_of(found),
    }
    return render_page(request, "duties/duty.html", context)


@both
def duty_fulfil(request: AppRequest, duty_id: int) -> HttpResponse:
    """Note that a duty was done; talks and visits are recorded, hours of learning counted."""
    standing = standing_for(request)
    found = access.get_duty_for(standing, duty_id, to="do")
    if found.kind in COURSES:
        return go(request, reverse("duties:duty", args=[found.pk]))
    if access.is_inspected(found):
        return go(request, reverse("inspections:of-duty", args=[found.pk]))
    if access.is_talked(found):
        return go(request, reverse("duties:talk-of-duty", args=[found.pk]))
    if found.kind == Duty.Kind.LEARNING:
        return go(request, reverse("learning:mine"))
    form = FulfilForm(**bound(request), initial={"done_on": standing.on})
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))
    return act(
        request,
        form,
        lambda: fulfil_with_evidence(
            duties=[found],
            done_on=form.cleaned_data["done_on"],
            evidence=form.cleaned_data["evidence"],
            paper=form.paper(),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("记录履行情况"),
        sub=found.get_kind_display(),
        clause=found.clause,
        then=reverse("duties:duty", args=[found.pk]),
    )


@both
def duty_waive(request: AppRequest, duty_id: int) -> HttpResponse:
    """Waive a duty, with the reason."""
    standing = standing_for(request)
    found = access.get_duty_for(standing, duty_id, to="waive")
    form = WaiveForm(**bound(request))
    return act(
        request,
        form,
        lambda: closing.waive_duty(
            duty=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("免除义务"),
        sub=found.get_kind_display(),
        clause=found.clause,
        then=reverse("duties:duty", args=[found.pk]),
        danger=True,
    )
