"""One power: its page, and what changes it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.org.access import standing_for
from lianfang.powers import actions
from lianfang.powers.access import get_power_for, get_unit_to_draft, may_draft
from lianfang.powers.actions.powers import is_draft_of, stored_power
from lianfang.powers.forms.parted import MORE
from lianfang.powers.forms.powers import PowerForm, initial_of
from lianfang.powers.forms.regulations import RetireForm
from lianfang.powers.models import Power
from lianfang.powers.queries.choosing import offered_for
from lianfang.powers.queries.power import power_view
from lianfang.powers.views.addresses import to

FORM = "powers/power_form.html"


@require_GET
def power(request: AppRequest, power_id: int) -> HttpResponse:
    """Show everything about a power on one page (五（一）, 五（二）)."""
    standing = standing_for(request)
    power = get_power_for(standing, power_id)
    may_edit = may_draft(standing, power.unit_id) and power.in_use(standing.on)
    view = power_view(power, standing, request.frame.scheme, language_now())
    context = {
        "power": power,
        "view": view,
        "history": history_of(power),
        "today": standing.on,
        "may_edit": may_edit and view.lock is None,
        "may_delete": may_edit and view.lock is None and is_draft_of(power, standing.user_id),
    }
    return render_page(request, "powers/power.html", context)


@both
def power_add(request: AppRequest, unit_id: int) -> HttpResponse:
    """List a new power of a unit, with bases and posts; its flow comes next."""
    standing = standing_for(request)
    unit = get_unit_to_draft(standing, unit_id)
    offered = offered_for(unit, standing.on, request.frame.scheme)
    form = PowerForm(**bound(request), offered=offered)
    title, then = _("新增职权"), to("catalogue")
    if MORE in request.POST:
        form = PowerForm(offered=offered, initial=form.typed(), rows=form.typed_rows())
        return _again(request, form, title, unit.shown_name, then)
    made: list[Power] = []
    answer = act(
        request,
        form,
        lambda: made.append(
            actions.create_power(
                unit=unit,
                wanted=form.power(),
                name_en=form.cleaned_data["name_en"],
                by=request.user,
                at=request.at,
            )
        ),
        title=title,
        sub=unit.shown_name,
        clause="五（一）1",
        then=then,
        page=FORM,
    )
    return go(request, to("power-steps", made[0].pk)) if made else answer


@both
def power_edit(request: AppRequest, power_id: int) -> HttpResponse:
    """Change a power, its bases and its posts."""
    standing = standing_for(request)
    power = get_power_for(standing, power_id, to="edit")
    stored = stored_power(power, standing.on)
    offered = offered_for(power.unit, standing.on, request.frame.scheme, stored)
    form = PowerForm(**bound(request), offered=offered, stored=stored, initial=initial_of(power))
    title, then = _("修改职权"), to("power", power.pk)
    if MORE in request.POST:
        form = PowerForm(
            offered=offered, stored=stored, initial=form.typed(), rows=form.typed_rows()
        )
        return _again(request, form, title, power.shown_name, then)
    return act(
        request,
        form,
        lambda: actions.change_power(
            power=power,
            wanted=form.power(),
            name_en=form.cleaned_data["name_en"],
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=title,
        sub=f"{power.code} {power.shown_name}",
        clause="五（一）1",
        then=then,
        page=FORM,
    )


@both
def power_retire(request: AppRequest, power_id: int) -> HttpResponse:
    """Take a power out of use, with the reason."""
    standing = standing_for(request)
    power = get_power_for(standing, power_id, to="edit")
    form = RetireForm(**bound(request), initial={"on": standing.on})
    return act(
        request,
        form,
        lambda: actions.retire_power(
            power=power, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("停用职权"),
        sub=f"{power.code} {power.shown_name}",
        crumb=power.shown_name,
        clause="六（五）",
        then=to("power", power.pk),
        danger=True,
    )


def _again(request: AppRequest, form: PowerForm, title: str, sub: str, back: str) -> HttpResponse:
    """Show a form anew with more rows, and nothing of it checked yet."""
    context: dict[str, object] = {
        "form": form,
        "title": title,
        "sub": sub,
        "clause": "五（一）1",
        "back": back,
    }
    return render_page(request, FORM, context)
