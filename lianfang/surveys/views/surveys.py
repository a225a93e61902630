"""Surveys of those who hold them: planned, people invited, opened, closed, published, dropped."""

from datetime import timedelta

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.powers.access import require_register
from lianfang.surveys import access
from lianfang.surveys.actions import moving, planning
from lianfang.surveys.forms.surveys import ChosenForm, DropForm, ListForm, OpenForm, PlanForm
from lianfang.surveys.models import Survey
from lianfang.surveys.queries.answering import invited_to, progress_of, waiting_for
from lianfang.surveys.queries.lists import (
    UnitChoices,
    people_by_unit,
    seats_by_unit,
    subjects_of,
    survey_page,
)
from lianfang.surveys.queries.questionnaire import asked_in
from lianfang.surveys.queries.results import results_of
from lianfang.surveys.rules.states import Act, follows

CLAUSE = "五（五）1"


@require_GET
def surveys(request: AppRequest) -> HttpResponse:
    """List what waits for an answer, what may be read, and the surveys somebody holds."""
    standing = standing_for(request)
    require_register(standing)
    holds = bool(access.bodies_held_for(standing))
    form = ListForm(request.GET)
    asked = form.asked
    context: dict[str, object] = {
        "waiting": waiting_for(standing, access.surveys_to_answer(standing)),
        "readable": access.subjects_to_read(standing),
        "held": survey_page(access.surveys_held_by(standing), asked) if holds else None,
        "form": form,
        "asked": asked,
        "holds": holds,
        "on": standing.on,
        "me": standing.person_id,
    }
    return render_page(request, "surveys/surveys.html", context)


@both
def survey_plan(request: AppRequest) -> HttpResponse:
    """Plan a survey about some of those who hold a post; those it is owed of are ticked."""
    standing = standing_for(request)
    access.require_holder(standing)
    organisation = organisation_of(standing)
    offered = seats_by_unit(access.seats_to_survey(standing), standing.on)
    form = PlanForm(
        **bound(request),
        bodies=access.bodies_held_for(standing),
        offered=offered,
        initial={
            "title": _("%(year)s 年廉洁履责测评") % {"year": standing.on.year},
            "chosen": [c.key for unit in offered for c in unit.choices if c.owed],
        },
    )
    made: list[Survey] = []

    def plan() -> None:
        made.append(
            planning.plan_survey(
                organisation=organisation,
                plan=_planned(form, offered),
                scheme=scheme_of(organisation, standing.on),
                on=standing.on,
                by=request.user,
                at=request.at,
            )
        )

    return act(
        request,
        form,
        plan,
        title=_("筹备测评"),
        clause=CLAUSE,
        then=reverse("surveys:surveys"),
        page="surveys/plan.html",
        after=lambda: _to(made[0].pk),
    )


def _planned(form: PlanForm, offered: list[UnitChoices]) -> planning.Plan:
    asked, choices = form.cleaned_data, [each for unit in offered for each in unit.choices]
    return planning.Plan(
        title=asked["title"],
        held_by=Survey.HeldBy(asked["held_by"]),
        seats=[choice.seat for choice in choices if choice.key in set(asked["chosen"])],
    )


@require_GET
def survey(request: AppRequest, survey_id: int) -> HttpResponse:
    """Show a survey to those who hold it: about whom, how far it is, what it came to."""
    standing = standing_for(request)
    found = access.get_survey_for(standing, survey_id)
    is_counted = found.answered is not None
    asked = asked_in(found)
    context: dict[str, object] = {
        "survey": found,
        "asked": asked,
        "smallest": int(asked.smallest.value),
        "subjects": [] if is_counted else subjects_of(found),
        "results": results_of(found) if is_counted else None,
        "progress": progress_of(found),
        "is_over": found.state == Survey.State.OPEN and not found.is_answered_on(standing.on),
        "may": {act.value: follows(found.state, act) is not None for act in Act},
        "history": history_of(found),
    }
    return render_page(request, "surveys/survey.html", context)


@both
def survey_invite(request: AppRequest, survey_id: int, subject_id: int) -> HttpResponse:
    """Say who is asked about a subject."""
    standing = standing_for(request)
    subject = access.get_drafted_subject_for(standing, survey_id, subject_id)
    offered = people_by_unit(access.people_to_invite(standing, subject), standing.on)
    form = ChosenForm(
        **bound(request), offered=offered, initial={"chosen": sorted(invited_to(subject))}
    )
    asked = asked_in(subject.survey)

    def invite() -> None:
        chosen = set(form.cleaned_data["chosen"])
        planning.invite(
            subject=subject,
            people=[c.person for unit in offered for c in unit.choices if c.key in chosen],
            on=standing.on,
            by=request.user,
            at=request.at,
        )

    return act(
        request,
        form,
        invite,
        title=_("受邀人员"),
        sub=f"{subject.person.shown_name} · {subject.post.shown_name}",
        clause=CLAUSE,
        then=_to(survey_id),
        page="surveys/invite.html",
        more={"subject": subject, "survey": subject.survey, "asked": asked},
    )


@both
def survey_open(request: AppRequest, survey_id: int) -> HttpResponse:
    """Open a survey until a day."""
    standing = standing_for(request)
    found = access.get_survey_for(standing, survey_id)
    span = timedelta(days=asked_in(found).span.value)
    form = OpenForm(**bound(request), initial={"closes_on": standing.on + span})
    return act(
        request,
        form,
        lambda: moving.open_survey(
            survey=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("开放测评"),
        sub=found.title,
        clause=CLAUSE,
        then=_to(survey_id),
        button=_("开放并通知受邀人员"),
        said=_("测评已开放，已通知受邀人员。"),
    )


@both
def survey_close(request: AppRequest, survey_id: int) -> HttpResponse:
    """Close a survey and count."""
    standing = standing_for(request)
    found = access.get_survey_for(standing, survey_id)
    return act(
        request,
        Form(**bound(request)),
        lambda: moving.close_survey(survey=found, on=standing.on, by=request.user, at=request.at),
        title=_("结束测评并统计"),
        sub=_("结束后不能再开放。只留存够人数的统计数据和意见，答卷和钥匙当场销毁。"),
        clause=CLAUSE,
        then=_to(survey_id),
        danger=True,
        said=_("测评已结束，数据已统计。"),
    )


@both
def survey_publish(request: AppRequest, survey_id: int) -> HttpResponse:
    """Open the figures to the subjects and their control owners."""
    standing = standing_for(request)
    found = access.get_survey_for(standing, survey_id)
    return act(
        request,
        Form(**bound(request)),
        lambda: moving.publish_survey(survey=found, on=standing.on, by=request.user, at=request.at),
        title=_("公布测评结果"),
        sub=_(
            "测评对象本人和其防控责任人将收到通知，各自只能查看本人（所辖岗位）的数据，看不到意见。"
        ),
        clause=CLAUSE,
        then=_to(survey_id),
        danger=True,
        said=_("结果已公布。"),
    )


@both
def survey_drop(request: AppRequest, survey_id: int) -> HttpResponse:
    """Drop a survey for a reason."""
    standing = standing_for(request)
    found = access.get_survey_for(standing, survey_id)
    form = DropForm(**bound(request))
    return act(
        request,
        form,
        lambda: moving.drop_survey(
            survey=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("作废测评"),
        sub=found.title,
        clause=CLAUSE,
        then=_to(survey_id),
        danger=True,
    )


def _to(survey_id: int) -> str:
    return reverse("surveys:survey", args=[survey_id])
