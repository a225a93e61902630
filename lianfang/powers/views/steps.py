"""The flow of a power: a plain table, and the chart drawn anew beside it while one types."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from msgspec.structs import replace

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.documents.drawing.flow import chart_of
from lianfang.org.access import standing_for
from lianfang.powers import actions
from lianfang.powers.access import get_power_for
from lianfang.powers.actions.powers import stored_power
from lianfang.powers.forms.parted import MORE
from lianfang.powers.forms.steps import StepsForm
from lianfang.powers.models import Power
from lianfang.powers.queries.charts import drawn
from lianfang.powers.queries.choosing import post_choices
from lianfang.powers.queries.levels import marks_of
from lianfang.powers.queries.load import powers_register
from lianfang.powers.queries.power import findings_of
from lianfang.powers.views.addresses import to
from lianfang.register import model

FORM, CHART = "powers/steps.html", "powers/_chart.html"


@both
def power_steps(request: AppRequest, power_id: int) -> HttpResponse:
    """Edit the steps of a power in a table (五（二）)."""
    standing = standing_for(request)
    power = get_power_for(standing, power_id, to="edit")
    stored = stored_power(power, standing.on)
    form = _form(request, power, stored)
    more: dict[str, object] = {
        "power": power,
        **_drawing(request, power, stored, form.steps_or_stored()),
    }
    if MORE in request.POST:
        longer = _form(request, power, stored, grown_from=form)
        more |= {"form": longer, "title": _("流程环节"), "back": to("power", power.pk)}
        return render_page(request, FORM, more)
    return act(
        request,
        form,
        lambda: actions.change_power(
            power=power,
            wanted=replace(stored, steps=form.steps()),
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("流程环节"),
        sub=f"{power.code} {power.shown_name}",
        clause="五（二）",
        then=to("power", power.pk),
        page=FORM,
        more=more,
    )


@require_POST
def steps_chart(request: AppRequest, power_id: int) -> HttpResponse:
    """Draw what stands in the table just now; nothing is saved."""
    standing = standing_for(request)
    power = get_power_for(standing, power_id, to="edit")
    stored = stored_power(power, standing.on)
    form = _form(request, power, stored)
    form.is_valid()
    return render_page(request, CHART, _drawing(request, power, stored, form.steps()))


def _form(
    request: AppRequest,
    power: Power,
    stored: model.Power,
    grown_from: StepsForm | None = None,
) -> StepsForm:
    on = standing_for(request).on
    named = {step.post for step in stored.steps if step.post}
    posts = post_choices(power.organisation_id, on, first=power.unit_id, also=named)
    if grown_from is not None:
        typed, rows = grown_from.typed(), grown_from.typed_rows()
        return StepsForm(posts=posts, stored=stored, initial=typed, rows=rows)
    return StepsForm(
        **bound(request), posts=posts, stored=stored, initial={"version": power.version}
    )


def _drawing(
    request: AppRequest, power: Power, stored: model.Power, steps: tuple[model.Step, ...]
) -> dict[str, object]:
    """Return the chart of some steps, and what the checks hold against the flow."""
    standing, scheme = standing_for(request), request.frame.scheme
    register = powers_register(power.organisation, standing.on, units=[power.unit_id])
    value = replace(stored, steps=steps)
    register = replace(register, powers=(value,), risks=marks_of(power, scheme))
    chart = chart_of(register, value, scheme, language_now())
    own = {step.id for step in steps} - {""}
    return {
        "chart": drawn(chart, "steps", upright=True) if steps else None,
        "notes": chart.notes,
        "gaps": [
            finding
            for finding in findings_of(register, value, scheme)
            if finding.subject.id in own or finding.field == "steps"
        ],
    }
