"""Activities: listed, taken away as a table, put into the plan and changed (二)."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.files.sending import as_download
from lianfang.learning import access
from lianfang.learning.actions import activities as actions
from lianfang.learning.actions.parts import CLAUSE
from lianfang.learning.exchange.tables import activities_workbook
from lianfang.learning.forms.activities import SORTS, ActivitiesForm, ActivityForm
from lianfang.learning.models import Activity, LearningPlan
from lianfang.learning.queries.activities import MOST, Asked, activity_page, listed, narrowed
from lianfang.learning.queries.asking import level_choices
from lianfang.org.access import standing_for, units_visible_to
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.access import require_register


@require_GET
def activities(request: AppRequest) -> HttpResponse:
    """List the activities of the plans."""
    standing = standing_for(request)
    require_register(standing)
    form = ActivitiesForm(request.GET)
    asked = _asked(form)
    plans = list(access.plans_to_fill(standing))
    context: dict[str, object] = {
        "page": activity_page(
            narrowed(access.activities_visible_to(standing), asked), asked.page, asked.sort
        ),
        "asked": asked,
        "kinds": Activity.Kind.choices,
        "states": Activity.State.choices,
        "sorts": SORTS,
        "may_add": bool(plans),
        "may_write": access.organises_all(standing),
        "is_narrowed": any((asked.year, asked.kind, asked.state, asked.words)),
    }
    return render_page(request, "learning/activities.html", context)


@require_GET
def activities_export(request: AppRequest) -> HttpResponseBase:
    """Give the activities that are asked for as a workbook."""
    standing = standing_for(request)
    require_register(standing)
    asked = _asked(ActivitiesForm(request.GET))
    rows = narrowed(access.activities_visible_to(standing), asked)
    name = _("学习活动") + f"-{standing.on}.xlsx"
    content = activities_workbook(
        listed(rows, asked.sort)[:MOST], on=standing.on, zone=standing.zone
    )
    return as_download(content, name)


@both
def activity_add(request: AppRequest) -> HttpResponse:
    """Put an activity into the plan of the year in which it begins."""
    standing = standing_for(request)
    access.require_organiser(standing)
    plans = {plan.year: plan for plan in access.plans_to_fill(standing)}
    form = _form(request, standing, None)

    def deed() -> None:
        details = form.details(standing.zone)
        made.append(
            actions.plan_activity(
                plan=_plan_in(plans, details.starts_at.year),
                unit=form.cleaned_data["unit"],
                details=details,
                by=request.user,
                at=request.at,
            )
        )

    made: list[Activity] = []
    return act(
        request,
        form,
        deed,
        title=_("安排学习活动"),
        sub=_("列入开始日期所在年份的学习计划。"),
        clause=CLAUSE,
        then=reverse("learning:activities"),
        after=lambda: reverse("learning:activity", args=[made[0].pk]),
    )


@both
def activity_change(request: AppRequest, activity_id: int) -> HttpResponse:
    """Change an activity that is not open yet."""
    standing = standing_for(request)
    found = access.get_activity_for(standing, activity_id, to="organise")
    form = _form(request, standing, found)
    return act(
        request,
        form,
        lambda: actions.change_activity(
            activity=found,
            details=form.details(standing.zone),
            version=form.cleaned_data["version"] or 0,
            by=request.user,
            at=request.at,
        ),
        title=_("修改学习活动"),
        sub=found.title,
        clause=CLAUSE,
        then=reverse("learning:activity", args=[found.pk]),
    )


def _plan_in(plans: dict[int, LearningPlan], year: int) -> LearningPlan:
    found = plans.get(year)
    if found is None:
        raise actions.no_plan(year)
    return found


def _form(request: AppRequest, standing: Standing, activity: Activity | None) -> ActivityForm:
    form = ActivityForm(
        **bound(request),
        organised=access.units_organised(standing).order_by("order", "code"),
        levels=level_choices(written_scheme(standing.scheme)),
        units=units_visible_to(standing).filter(in_use(standing.on)).order_by("order", "code"),
        cases=access.cases_published(standing),
        needs_unit=not access.organises_all(standing),
        initial=_initial(activity, standing) if activity else None,
    )
    if activity is not None:
        del form.fields["unit"]
    return form


def _initial(activity: Activity, standing: Standing) -> dict[str, object]:
    starts, ends = (
        moment.astimezone(standing.zone) for moment in (activity.starts_at, activity.ends_at)
    )
    plain = ("version", "title", "kind", "place", "trainer", "hours", "about")
    return {
        **{name: getattr(activity, name) for name in plain},
        "day": starts.date(),
        "time": starts.time(),
        "end_day": ends.date(),
        "end_time": ends.time(),
        "levels": [code or "-" for code in activity.levels],
        "units": [str(unit.pk) for unit in activity.units.all()],
        "case": activity.case_id,
    }


def _asked(form: ActivitiesForm) -> Asked:
    form.is_valid()
    chosen = form.cleaned_data
    return Asked(
        year=chosen.get("year"),
        kind=chosen.get("kind") or "",
        state=chosen.get("state") or "",
        words=chosen.get("q") or "",
        sort=chosen.get("sort") or "time",
        page=chosen.get("page") or 1,
    )
