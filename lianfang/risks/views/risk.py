"""One risk point: its page, and what records, changes, retires and deletes it (五（二）)."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound, go
from lianfang.common.errors import Refused
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.org.access import standing_for
from lianfang.powers.access import get_power_for, get_unit_to_draft, may_draft
from lianfang.risks import access
from lianfang.risks.actions import drafts
from lianfang.risks.actions import risk as actions
from lianfang.risks.forms import risk as forms
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries import choices, page
from lianfang.risks.views.addresses import to


@require_GET
def risk(request: AppRequest, risk_id: int) -> HttpResponse:
    """Show a risk point: where it hangs, how it shows, its level and measures, its history."""
    standing = standing_for(request)
    risk = access.get_risk_for(standing, risk_id)
    scheme = page.scheme_in_force(standing)
    lock = page.lock_of(risk)
    is_open = risk.retired_on is None and lock is None
    may_edit = is_open and access.may_edit(standing, risk)
    context = {
        "shown": page.risk_shown(risk, scheme),
        "risk": risk,
        "view": page.opinion_shown(risk, scheme),
        "history": history_of(risk),
        "lock": lock,
        "may_edit": may_edit,
        "may_rate": is_open and access.may_rate(standing, risk),
        "may_endorse": is_open and bool(risk.proposed) and access.may_endorse(standing, risk),
        "may_delete": may_edit and drafts.is_draft_of(risk, request.user),
    }
    return render_page(request, "risks/risk.html", context)


@require_GET
def of_power(request: AppRequest, power_id: int) -> HttpResponse:
    """Show the risk points of a power with their measures, in its page or alone (五（四）)."""
    standing = standing_for(request)
    power = get_power_for(standing, power_id)
    scheme = page.scheme_in_force(standing)
    context = {
        "power": power,
        "risks": page.risks_of_power(power, standing, scheme),
        "may_edit": power.retired_on is None and may_draft(standing, power.unit_id),
    }
    return render_page(request, "risks/of_power.html", context, fragment="risks/_of_power.html")


@both
def risk_add(request: AppRequest, unit_id: int) -> HttpResponse:
    """Record a risk point of a unit; the link may say on what, by which aspect and focus area."""
    standing = standing_for(request)
    access.get_register_for(standing)
    unit = get_unit_to_draft(standing, unit_id)
    scheme = page.scheme_in_force(standing)
    form = forms.RiskForm(
        **bound(request),
        scheme=scheme,
        subjects=choices.subjects_of(unit, standing),
        posts=choices.carriers_of(unit, standing),
        initial=forms.asked_for(request.GET.dict()),
    )
    made: list[RiskPoint] = []
    return act(
        request,
        form,
        lambda: made.append(
            actions.create_risk(
                unit=unit,
                values=form.values(),
                scheme=scheme,
                found_by=page.asker(standing),
                found_on=standing.on,
                by=request.user,
                at=request.at,
            )
        ),
        title=_("登记风险点"),
        crumb=_("风险清册"),
        sub=unit.shown_name,
        clause=actions.CLAUSE,
        then=to("register"),
        after=lambda: to("risk", made[0].pk),
    )


@both
def risk_edit(request: AppRequest, risk_id: int) -> HttpResponse:
    """Change what is said of a risk point."""
    standing = standing_for(request)
    risk = access.get_risk_for(standing, risk_id, to="edit")
    scheme = page.scheme_in_force(standing)
    initial = forms.initial_of(risk)
    form = forms.RiskForm(
        **bound(request),
        scheme=scheme,
        subjects=choices.subjects_of(risk.unit, standing, risk),
        posts=choices.carriers_of(risk.unit, standing, risk),
        shown=sum(name.startswith("shown_") for name in initial),
        initial=initial,
    )
    return act(
        request,
        form,
        lambda: actions.change_risk(
            risk=risk,
            values=form.values(),
            scheme=scheme,
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("修改风险点"),
        crumb=risk.code,
        sub=f"{risk.code} {risk.title}",
        clause=actions.CLAUSE,
        then=to("risk", risk.pk),
    )


@both
def risk_retire(request: AppRequest, risk_id: int) -> HttpResponse:
    """Take a risk point out of use, with the reason."""
    standing = standing_for(request)
    risk = access.get_risk_for(standing, risk_id, to="edit")
    form = forms.RetireForm(**bound(request), initial={"on": standing.on})
    return act(
        request,
        form,
        lambda: actions.retire_risk(risk=risk, **form.cleaned_data, by=request.user, at=request.at),
        title=_("停用风险点"),
        crumb=risk.code,
        sub=f"{risk.code} {risk.title}",
        clause="六（五）",
        then=to("risk", risk.pk),
        danger=True,
    )


@both
def risk_delete(request: AppRequest, risk_id: int) -> HttpResponse:
    """Delete a draft of one's own; the next page brings it back."""
    standing = standing_for(request)
    risk = access.get_risk_for(standing, risk_id, to="edit")
    return act(
        request,
        forms.NothingForm(**bound(request)),
        lambda: drafts.delete_draft(risk=risk, by=request.user, at=request.at),
        title=_("删除草稿"),
        crumb=risk.code,
        sub=_("删除“%(title)s”及其表现形式和措施。删除后可以恢复。") % {"title": risk.title},
        then=to("risk", risk_id),
        after=lambda: to("deleted"),
        danger=True,
    )


@require_GET
def deleted(request: AppRequest) -> HttpResponse:
    """Show the drafts one has deleted, each with what brings it back."""
    standing = standing_for(request)
    access.get_register_for(standing)
    rows = access.deleted_drafts_of(standing).select_related("unit").order_by("-deleted_at")
    return render_page(request, "risks/deleted.html", {"drafts": list(rows[:50])})


@require_POST
def restore(request: AppRequest, draft_id: int) -> HttpResponse:
    """Bring a deleted draft back, then show it."""
    standing = standing_for(request)
    draft = access.get_deleted_draft_for(standing, draft_id)
    try:
        risk = drafts.restore_draft(draft=draft, by=request.user, at=request.at)
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
        return go(request, to("deleted"))
    messages.success(request, _("已恢复。"))
    return go(request, to("risk", risk.pk))
