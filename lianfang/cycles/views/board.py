"""The year on one page: its stages, and how far every unit is."""

from collections import Counter
from contextlib import suppress

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.cycles import access
from lianfang.cycles.actions import cycle as actions
from lianfang.cycles.actions.cycle import CycleThere
from lianfang.cycles.forms.filing import StageForm, StageOpeningForm
from lianfang.cycles.models import CycleStage, Filing
from lianfang.cycles.queries.board import board_of, current_cycle, stages_of
from lianfang.cycles.queries.unit_year import year_of
from lianfang.cycles.rules.days import end_proposed
from lianfang.cycles.views.addresses import to
from lianfang.documents.writing.facing import day_of
from lianfang.org.access import get_unit_for, standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.powers.access import require_register


@require_GET
def board(request: AppRequest, year: int | None = None) -> HttpResponse:
    """Show how far a year's work is; this year's by default (六)."""
    standing = standing_for(request)
    require_register(standing)
    cycle = access.get_cycle_for(standing, year) if year else current_cycle(standing)
    context: dict[str, object] = {
        "cycle": cycle,
        "years": list(
            access.cycles_visible_to(standing).order_by("-year").values_list("year", flat=True)
        ),
        "is_office": access.is_office(standing),
        "year": standing.on.year,
    }
    if cycle is not None:
        scheme = scheme_of(organisation_of(standing), standing.on)
        rows = board_of(cycle, standing, scheme)
        states = Counter(row.filing.state for row in rows)
        context |= {
            "stages": stages_of(cycle, scheme),
            "rows": rows,
            "states": [
                (label, states[code]) for code, label in Filing.State.choices if states[code]
            ],
            "approved": states["approved"],
            "late": sum(row.is_late for row in rows),
            "own": standing.units | standing.headed,
        }
    return render_page(request, "cycles/board.html", context)


@require_POST
def cycle_open(request: AppRequest) -> HttpResponse:
    """Open this year's work (六)."""
    standing = standing_for(request)
    access.require_office(standing)
    organisation = organisation_of(standing)
    # somebody else may have been faster: the page that follows shows it
    with suppress(CycleThere):
        actions.open_cycle(
            organisation=organisation,
            year=standing.on.year,
            scheme=scheme_of(organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        )
    return go(request, to("board"))


@require_GET
def unit_year(request: AppRequest, unit_id: int) -> HttpResponse:
    """Show how a unit stands in the year's work, as a part of a report about it (三)."""
    standing = standing_for(request)
    require_register(standing)
    unit = get_unit_for(standing, unit_id)
    context: dict[str, object] = {"unit": unit, "stands": year_of(unit), "today": standing.on}
    return render_page(request, "cycles/unit_year.html", context, fragment="cycles/_unit_year.html")


@both
def stage_open(request: AppRequest, stage_id: int) -> HttpResponse:
    """Open a stage, off the plan with a reason."""
    standing = standing_for(request)
    stage = access.get_stage_for(standing, stage_id)
    proposed = end_proposed(stage.begins_on, stage.ends_on, standing.on)
    form = StageOpeningForm(**bound(request), initial={"ends_on": proposed})
    return act(
        request,
        form,
        lambda: actions.open_stage(
            stage=stage, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("开始阶段"),
        button=_("开始"),
        crumb=_("年度工作"),
        sub=_planned(request, stage),
        clause="六",
        then=to("board"),
    )


@both
def stage_close(request: AppRequest, stage_id: int) -> HttpResponse:
    """Close a stage, off the plan with a reason."""
    standing = standing_for(request)
    stage = access.get_stage_for(standing, stage_id)
    form = StageForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.close_stage(
            stage=stage, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("结束阶段"),
        button=_("结束"),
        crumb=_("年度工作"),
        sub=_planned(request, stage),
        clause="六",
        then=to("board"),
    )


def _planned(request: AppRequest, stage: CycleStage) -> str:
    """Return which stage it is, and from when to when it was planned."""
    language = language_now()
    names = {one.code: one.label.in_(language) for one in request.frame.scheme.stages}
    return _("%(stage)s：计划 %(begins)s 至 %(ends)s") % {
        "stage": names.get(stage.code, stage.code),
        "begins": day_of(stage.begins_on, language),
        "ends": day_of(stage.ends_on, language),
    }
