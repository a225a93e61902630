"""The clock of rotation, the year's plan, and who stays for a while (五（五）3)."""

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.choosing import offer
from lianfang.common.http import AppRequest, render_page
from lianfang.duties import access
from lianfang.duties.actions import rotation as actions
from lianfang.duties.forms.rotation import EndForm, ExemptionForm, MoveForm, RotationForm
from lianfang.duties.queries.rotation import (
    moved_among,
    moves_to,
    plan_of,
    rotation_rule,
    tenures,
)
from lianfang.org.access import people_visible_to, posts_visible_to, standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.people import leaders_among
from lianfang.org.queries.setup import organisation_of
from lianfang.org.queries.tree import in_use
from lianfang.powers.access import require_register

CLAUSE = actions.CLAUSE


@require_GET
def rotation(request: AppRequest) -> HttpResponse:
    """Show how long people have been in high posts, and the plan of a year."""
    standing = standing_for(request)
    require_register(standing)
    form = RotationForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    year = asked.get("year") or standing.on.year
    units = list(access.units_looked_at(standing).order_by("order", "code"))
    chosen = [unit for unit in units if asked.get("unit") in (None, unit.pk)]
    rule = rotation_rule(scheme_of(organisation_of(standing), standing.on))
    arranges = access.may_arrange(standing, 0)
    plan = plan_of(standing.organisation_id, year) if arranges else []
    context: dict[str, object] = {
        "rule": rule,
        "lines": tenures(standing, rule, seats=access.seats_looked_at(standing, chosen))
        if rule
        else [],
        "units": units,
        "unit": asked.get("unit"),
        "year": year,
        "years": (year - 1, year + 1),
        "plan": plan,
        "moved": moved_among(plan, standing.on),
        "arranges": arranges,
        "person_id": standing.person_id,
        "today": standing.on,
    }
    return render_page(request, "duties/rotation.html", context)


@both
def rotation_plan(request: AppRequest, person_id: int, post_id: int) -> HttpResponse:
    """Put somebody's rotation into the plan."""
    standing = standing_for(request)
    seat = access.get_holder_for(standing, person_id, post_id)
    stands = moves_to(seat.person, seat.post, standing.on.year)
    form = MoveForm(
        **bound(request),
        initial={
            "to_post": stands.to_post_id if stands else None,
            "planned_on": stands.planned_on if stands else None,
            "note": stands.note if stands else "",
        },
    )
    posts = posts_visible_to(standing).filter(in_use(standing.on)).exclude(pk=post_id)
    offer(form, "to_post", posts.order_by("unit__order", "unit__code", "order", "code"))
    return act(
        request,
        form,
        lambda: actions.plan_move(
            person=seat.person,
            post=seat.post,
            move=actions.Move(**form.cleaned_data),
            by=request.user,
            at=request.at,
        ),
        title=_("列入轮岗计划"),
        sub=f"{seat.person.shown_name} {seat.post.shown_name}",
        clause=CLAUSE,
        then=reverse("duties:rotation"),
    )


@both
def rotation_drop(request: AppRequest, move_id: int) -> HttpResponse:
    """Take a line out of the plan."""
    standing = standing_for(request)
    move = access.get_move_for(standing, move_id)
    return act(
        request,
        Form(**bound(request)),
        lambda: actions.drop_move(move=move, by=request.user, at=request.at),
        title=_("移出轮岗计划"),
        sub=f"{move.person.shown_name} {move.post.shown_name}",
        clause=CLAUSE,
        then=reverse("duties:rotation"),
        danger=True,
    )


@both
def rotation_exempt(request: AppRequest, person_id: int, post_id: int) -> HttpResponse:
    """Let somebody stay in a post until a day."""
    standing = standing_for(request)
    seat = access.get_holder_for(standing, person_id, post_id)
    form = ExemptionForm(**bound(request), initial={"from_on": standing.on})
    leaders = leaders_among(people_visible_to(standing), standing).exclude(pk=person_id)
    offer(form, "approver", leaders.order_by("code"))
    return act(
        request,
        form,
        lambda: actions.exempt(
            person=seat.person,
            post=seat.post,
            staying=actions.Staying(**form.cleaned_data),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("登记暂不轮岗"),
        sub=f"{seat.person.shown_name} {seat.post.shown_name}",
        clause=CLAUSE,
        then=reverse("duties:rotation"),
    )


@both
def rotation_exempt_end(request: AppRequest, exemption_id: int) -> HttpResponse:
    """End an exemption before its day."""
    standing = standing_for(request)
    found = access.get_exemption_for(standing, exemption_id)
    form = EndForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.end_exemption(
            exemption=found,
            **form.cleaned_data,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("提前结束暂不轮岗"),
        sub=f"{found.person.shown_name} {found.post.shown_name}",
        clause=CLAUSE,
        then=reverse("duties:rotation"),
        danger=True,
    )
