"""The plan of a year: by level what is asked and planned, by month what is held (二)."""

from dataclasses import dataclass

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.common.text import Text
from lianfang.learning import access
from lianfang.learning.actions import planning
from lianfang.learning.actions.parts import CLAUSE
from lianfang.learning.forms.plan import PlanForm, YearForm, plan_initial
from lianfang.learning.models import LearningPlan, PlannedLevel
from lianfang.learning.queries.activities import listed, months_of
from lianfang.learning.queries.asking import hours_asked, level_choices, level_words
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.powers.access import require_register
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class LevelRow:
    """A level: the hours that duties ask, those planned and the topics; None where none are."""

    code: str
    label: Text
    asked: float | None
    planned: PlannedLevel | None

    @property
    def is_short(self) -> bool:
        """Whether the plan has fewer hours than duties ask."""
        return bool(self.planned and self.asked and self.planned.hours < self.asked)


@require_GET
def plan(request: AppRequest) -> HttpResponse:
    """Show the plan of a year."""
    standing = standing_for(request)
    require_register(standing)
    form = YearForm(request.GET)
    form.is_valid()
    year = form.cleaned_data.get("year") or standing.on.year
    scheme = scheme_of(organisation_of(standing), standing.on)
    found = access.plan_of_year(standing, year)
    activities = list(listed(found.activities.all())) if found else []
    context: dict[str, object] = {
        "plan": found,
        "year": year,
        "years": (year - 1, year + 1),
        "levels": _levels(scheme, found),
        "months": months_of(activities, standing.zone),
        "count": len(activities),
        "this_month": standing.on.month if year == standing.on.year else 0,
        "may_write": access.organises_all(standing),
        "may_add": found is not None and access.organises_some(standing),
        "history": history_of(found) if found and access.organises_all(standing) else (),
    }
    return render_page(request, "learning/plan.html", context)


@both
def plan_write(request: AppRequest) -> HttpResponse:
    """Write the plan of a year."""
    standing = standing_for(request)
    access.require_organiser(standing, of_all=True)
    asked = YearForm(request.GET)
    asked.is_valid()
    year = asked.cleaned_data.get("year") or standing.on.year
    organisation = organisation_of(standing)
    scheme = scheme_of(organisation, standing.on)
    form = PlanForm(
        **bound(request),
        levels=level_choices(scheme),
        initial=plan_initial(access.plan_of_year(standing, year), dict(hours_asked(scheme))),
    )
    return act(
        request,
        form,
        lambda: planning.write_plan(
            organisation=organisation,
            year=year,
            aim=form.cleaned_data["aim"],
            levels=form.planned(),
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("%(year)s 年学习计划") % {"year": year},
        sub=_("学时按义务的要求预填；计划可以多于要求。"),
        clause=CLAUSE,
        then=f"{reverse('learning:plan')}?year={year}",
    )


@both
def plan_publish(request: AppRequest, plan_id: int) -> HttpResponse:
    """Let everybody see the plan."""
    standing = standing_for(request)
    found = access.get_plan_for(standing, plan_id)
    return act(
        request,
        Form(**bound(request)),
        lambda: planning.publish_plan(plan=found, by=request.user, at=request.at),
        title=_("发布 %(year)s 年学习计划") % {"year": found.year},
        sub=_("发布后全体人员可见，活动可以开放签到。"),
        clause=CLAUSE,
        then=f"{reverse('learning:plan')}?year={found.year}",
        button=_("发布"),
    )


def _levels(scheme: Scheme, found: LearningPlan | None) -> list[LevelRow]:
    asked = hours_asked(scheme)
    planned = {row.level: row for row in found.levels.all()} if found else {}
    return [
        LevelRow(code=code, label=label, asked=asked.get(code), planned=planned.get(code))
        for code, label in level_words(scheme)
    ]
