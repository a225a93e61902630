"""A year's check: its board, its sheets while they are drafted, opening, confirming, publishing."""

from collections.abc import Callable, Mapping

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from lianfang.assessment import access
from lianfang.assessment.actions import agreeing, confirming, opening, publishing
from lianfang.assessment.forms.years import (
    ChosenForm,
    OpenForm,
    PublishForm,
)
from lianfang.assessment.models import Assessment
from lianfang.assessment.queries.board import (
    board_of,
    people_of,
    scored_sheets,
    units_to_assess,
    years_of,
)
from lianfang.assessment.queries.sheets import sheets_in
from lianfang.assessment.rules.scoring import Party
from lianfang.assessment.rules.sheets import fault_of
from lianfang.assessment.rules.states import Act, follows
from lianfang.assessment.words import STEPS
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.powers.access import require_register

CLAUSE = "五（七）1"
# rows of a page of people
PEOPLE = 50
_MANY: Mapping[Party, tuple[Promise | str, Promise | str, Callable[..., int]]] = {
    Party.OFFICE: (
        gettext_lazy("按数据一并评分"),
        gettext_lazy("有数据的项按折算分，没有可统计的项按自评分；要逐项评的，不选那一张。"),
        agreeing.score_by_figures,
    ),
    Party.LEADERSHIP: (
        gettext_lazy("同意考核组评分"),
        gettext_lazy("选定的考核表，班子评分与考核组相同；要另行评分的，不选那一张。"),
        agreeing.agree_with_office,
    ),
}


@require_GET
def board(request: AppRequest) -> HttpResponse:
    """Show the newest year's check, or that of the year asked for."""
    standing = standing_for(request)
    require_register(standing)
    years = years_of(access.assessments_visible_to(standing))
    asked = request.GET.get("year", "")
    found = next((one for one in years if asked in ("", str(one.year))), None)
    context: dict[str, object] = {
        "years": years,
        "assessment": found,
        "may_draft": standing.has(*access.OFFICE),
        "steps": STEPS,
    }
    if found is not None:
        context |= {
            "board": board_of(access.sheets_visible_in(standing, found), standing),
            "sheets": sheets_in(found),
            "faults": [fault for sheet in sheets_in(found) if (fault := fault_of(sheet))],
            "many": [
                (party, _MANY[party][0])
                for party in _MANY
                if found.state == Assessment.State.OPEN and access.may_score_many(standing, party)
            ],
            "reads_results": access.reads_results(standing, found),
            "may": {
                one.value: follows(found.state, one) is not None
                and access.may_with_year(
                    standing, found, "confirm" if one is Act.CONFIRM else "run"
                )
                for one in Act
            },
        }
    return render_page(request, "assessment/board.html", context)


@both
def open_year(request: AppRequest, assessment_id: int) -> HttpResponse:
    """Open a year's check: its sheets are frozen and go out."""
    standing = standing_for(request)
    found = access.get_assessment_for(standing, assessment_id, to="run")
    offered = units_to_assess(standing)
    form = OpenForm(
        **bound(request), offered=offered, initial={"units": [unit.pk for unit in offered]}
    )

    def opened() -> None:
        chosen = set(form.cleaned_data["units"])
        opening.open_assessment(
            assessment=found,
            units=[unit for unit in offered if unit.pk in chosen],
            self_until=form.cleaned_data["self_until"],
            on=standing.on,
            by=request.user,
            at=request.at,
        )

    return act(
        request,
        form,
        opened,
        title=_("开始年度检查考核"),
        sub=_("开始后考核表不能再改；单位负责人和中、高等级岗位人员会收到通知。"),
        clause=CLAUSE,
        then=to_board(found),
        button=_("开始考核"),
    )


@both
def confirm(request: AppRequest, assessment_id: int) -> HttpResponse:
    """Confirm what was scored, but for the asker's own."""
    standing = standing_for(request)
    found = access.get_assessment_for(standing, assessment_id, to="confirm")
    offered = scored_sheets(access.sheets_to_confirm(standing, found))
    form = ChosenForm(
        **bound(request), offered=offered, initial={"sheets": [sheet.pk for sheet in offered]}
    )

    def confirmed() -> None:
        chosen = set(form.cleaned_data["sheets"])
        confirming.confirm_sheets(
            assessment=found,
            sheets=[sheet for sheet in offered if sheet.pk in chosen],
            on=standing.on,
            by=request.user,
            at=request.at,
        )

    return act(
        request,
        form,
        confirmed,
        title=_("领导小组审定"),
        sub=_("审定后评分和数据定格，只能另行更正。本人、亲属和任职单位的考核表不在其中。"),
        clause=CLAUSE,
        then=to_board(found),
        button=_("审定"),
        danger=True,
    )


@both
def score_many(request: AppRequest, assessment_id: int, party: str) -> HttpResponse:
    """Score several sheets at once: by the figures, or as the office did."""
    standing = standing_for(request)
    found = access.get_assessment_for(standing, assessment_id)
    giver = Party(party)
    if not access.may_score_many(standing, giver):
        raise PermissionDenied
    offered = scored_sheets(access.sheets_to_score(standing, found, giver))
    form = ChosenForm(
        **bound(request), offered=offered, initial={"sheets": [sheet.pk for sheet in offered]}
    )
    title, sub, do = _MANY[giver]

    def scored() -> None:
        chosen = set(form.cleaned_data["sheets"])
        do(
            assessment=found,
            sheets=[sheet for sheet in offered if sheet.pk in chosen],
            on=standing.on,
            by=request.user,
            at=request.at,
        )

    return act(
        request,
        form,
        scored,
        title=str(title),
        sub=str(sub),
        clause=CLAUSE,
        then=to_board(found),
        button=str(title),
    )


@both
def publish(request: AppRequest, assessment_id: int) -> HttpResponse:
    """Publish the results to a scope, by an official notice."""
    standing = standing_for(request)
    found = access.get_assessment_for(standing, assessment_id, to="run")
    form = PublishForm(**bound(request), initial={"scope": Assessment.Scope.HEADS})
    return act(
        request,
        form,
        lambda: publishing.publish_results(
            assessment=found,
            scope=Assessment.Scope(form.cleaned_data["scope"]),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("通报考核结果"),
        sub=_("印发通报，并通知各单位负责人和被考核的人员查看本单位、本人的结果。"),
        clause=CLAUSE,
        then=reverse("assessment:results", args=[found.pk]),
        button=_("印发通报"),
        danger=True,
    )


@require_GET
def people(request: AppRequest, assessment_id: int) -> HttpResponse:
    """List the sheets of people that the asker may open, in an order that ranks nobody."""
    standing = standing_for(request)
    found = access.get_assessment_for(standing, assessment_id)
    unit = request.GET.get("unit", "")
    rows = access.sheets_visible_in(standing, found)
    context: dict[str, object] = {
        "assessment": found,
        "page": Paginator(
            people_of(rows, int(unit) if unit.isdecimal() else None), PEOPLE
        ).get_page(request.GET.get("page")),
        "is_narrowed": unit.isdecimal(),
    }
    return render_page(request, "assessment/people.html", context)


def to_board(assessment: Assessment) -> str:
    """Return the address of a year's board."""
    return f"{reverse('assessment:board')}?year={assessment.year}"
