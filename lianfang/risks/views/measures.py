"""Measures: by phase on a page of their own, added, changed, dropped, sorted (五（四）)."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound, go
from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.org.access import standing_for
from lianfang.org.queries.setup import organisation_of
from lianfang.risks import access
from lianfang.risks.actions import measures as actions
from lianfang.risks.forms.measures import MeasureForm, SortForm, initial_of, phases_of
from lianfang.risks.forms.risk import NothingForm
from lianfang.risks.queries import choices, page
from lianfang.risks.queries.sorting import to_sort
from lianfang.risks.views.addresses import to


@require_GET
def measures(request: AppRequest, risk_id: int) -> HttpResponse:
    """Show the measures of a risk point by phase, each with who, when and what evidence."""
    standing = standing_for(request)
    risk = access.get_risk_for(standing, risk_id)
    lock = page.lock_of(risk)
    is_open = risk.retired_on is None and lock is None
    context = {
        "risk": risk,
        "shown": page.risk_shown(risk, page.scheme_in_force(standing)),
        "lock": lock,
        "may_edit": is_open and access.may_edit(standing, risk),
    }
    return render_page(request, "risks/measures.html", context)


@both
def measure_add(request: AppRequest, risk_id: int) -> HttpResponse:
    """Add a measure to a risk point; the link may say in which phase."""
    standing = standing_for(request)
    risk = access.get_risk_for(standing, risk_id, to="edit")
    form = MeasureForm(
        **bound(request),
        scheme=page.scheme_in_force(standing),
        posts=choices.posts_in_use(standing),
        regulations=choices.regulations_in_use(standing),
        initial={"phase": request.GET.get("phase", ""), "version": risk.version},
    )
    return act(
        request,
        form,
        lambda: actions.add_measure(
            risk=risk,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("新增措施"),
        crumb=_("措施") + f" {risk.code}",
        sub=f"{risk.code} {risk.title}",
        clause=actions.CLAUSE,
        then=to("measures", risk.pk),
    )


@both
def measure_edit(request: AppRequest, measure_id: int) -> HttpResponse:
    """Change a measure."""
    standing = standing_for(request)
    measure = access.get_measure_for(standing, measure_id)
    form = MeasureForm(
        **bound(request),
        scheme=page.scheme_in_force(standing),
        posts=choices.posts_in_use(standing),
        regulations=choices.regulations_in_use(standing),
        initial=initial_of(measure),
    )
    return act(
        request,
        form,
        lambda: actions.change_measure(
            measure=measure,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("修改措施"),
        crumb=_("措施") + f" {measure.risk.code}",
        sub=f"{measure.code} · {measure.risk.title}",
        clause=actions.CLAUSE,
        then=to("measures", measure.risk_id),
    )


@both
def measure_drop(request: AppRequest, measure_id: int) -> HttpResponse:
    """Drop a measure that no edition has confirmed."""
    standing = standing_for(request)
    measure = access.get_measure_for(standing, measure_id)
    return act(
        request,
        NothingForm(**bound(request)),
        lambda: actions.drop_measure(measure=measure, by=request.user, at=request.at),
        title=_("删去措施"),
        crumb=_("措施") + f" {measure.risk.code}",
        sub=_("删去“%(text)s”。变更记录中仍可查到。") % {"text": measure.text},
        clause=actions.CLAUSE,
        then=to("measures", measure.risk_id),
        danger=True,
    )


@both
def sorting(request: AppRequest) -> HttpResponse:
    """Sort measures without a phase: each with the phase its wording speaks for."""
    standing = standing_for(request)
    access.get_register_for(standing)
    scheme = page.scheme_in_force(standing)
    after = request.GET.get("after", "")
    rows, more = to_sort(standing, scheme, int(after) if after.isdecimal() else 0)
    suggested = {f"phase_{row.measure.pk}": row.suggested for row in rows}
    form = SortForm(
        **bound(request),
        scheme=scheme,
        measures=[row.measure for row in rows],
        initial=suggested,
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.sort_measures(
                organisation=organisation_of(standing),
                phases=form.phases(),
                scheme=scheme,
                by=request.user,
                at=request.at,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence(language_now()))
            status = REFUSED
        else:
            said = ngettext("已分类 %(n)s 条措施。", "已分类 %(n)s 条措施。", count)
            messages.success(request, said % {"n": count})
            return go(request, to("sorting"))
    context = {
        "form": form,
        "rows": [(row, form[f"phase_{row.measure.pk}"]) for row in rows],
        "more": more,
        "phases": phases_of(scheme),
    }
    return render_page(request, "risks/sorting.html", context, status=status)
