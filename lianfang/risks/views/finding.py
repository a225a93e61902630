"""Guided finding of risks by the holder of a post, and who has taken part (五（二）)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.org.standing import Standing
from lianfang.risks import access
from lianfang.risks.actions import finding as actions
from lianfang.risks.forms.finding import FindingForm, initial_of
from lianfang.risks.models import Participation
from lianfang.risks.queries import finding as queries
from lianfang.risks.queries.page import asker, scheme_in_force
from lianfang.risks.rules.finding import Question, QuestionGroup
from lianfang.risks.views.addresses import to


@require_GET
def finding(request: AppRequest) -> HttpResponse:
    """Show the asker's posts: for which they have looked for risks this year, for which not."""
    standing = standing_for(request)
    access.get_register_for(standing)
    context = {"posts": queries.own_posts(standing), "year": standing.on.year}
    return render_page(request, "risks/finding.html", context)


@both
def finding_post(request: AppRequest, post_id: int) -> HttpResponse:
    """Ask the holder of a post by aspect, focus area and kind of power; keep the answers."""
    standing = standing_for(request)
    post = access.get_post_to_look_from(standing, post_id)
    groups = queries.questions_of(post, scheme_in_force(standing))
    taken = queries.participation_in(post, standing)
    initial = initial_of(taken.answers, taken.statement) if taken else {}
    form = FindingForm(**bound(request), groups=groups, initial=initial)
    return act(
        request,
        form,
        lambda: actions.take_part(
            post=post,
            person=asker(standing),
            asked=form.codes(),
            answers=form.answers(),
            statement=form.cleaned_data["statement"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("查找风险"),
        then=to("finding-found", post.pk),
        page="risks/finding_post.html",
        more={"post": post, "taken": taken},
    )


@require_GET
def finding_found(request: AppRequest, post_id: int) -> HttpResponse:
    """Show where the holder sees a risk, each with what records it, and what is recorded."""
    standing = standing_for(request)
    post = access.get_post_to_look_from(standing, post_id)
    taken = queries.participation_in(post, standing)
    groups = queries.questions_of(post, scheme_in_force(standing))
    context: dict[str, object] = {
        "post": post,
        "taken": taken,
        "seen": _seen(groups, taken),
        "risks": queries.found_at(post, standing),
    }
    return render_page(request, "risks/finding_found.html", context)


@require_GET
def participation(request: AppRequest) -> HttpResponse:
    """Show by unit who has taken part this year; names to those of the unit, above and office."""
    standing = standing_for(request)
    access.get_register_for(standing)
    found = queries.shares(standing)
    context = {
        "shares": [(share, _may_name(standing, share.unit.pk)) for share in found],
        "year": standing.on.year,
        "seats": sum(len(share.seats) for share in found),
        "taken": sum(share.taken for share in found),
    }
    return render_page(request, "risks/participation.html", context)


def _seen(
    groups: tuple[QuestionGroup, ...], taken: Participation | None
) -> list[tuple[QuestionGroup, Question]]:
    answers: dict[str, str] = taken.answers if taken else {}
    return [
        (group, question)
        for group in groups
        for question in group.questions
        if answers.get(question.code) == actions.YES
    ]


def _may_name(standing: Standing, unit: int) -> bool:
    near = standing.units | standing.headed | standing.portfolio
    return unit in near or access.may_see_who(standing)
