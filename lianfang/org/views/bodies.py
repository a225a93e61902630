"""The leading group and the offices: who sits in them, from when to when."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org import actions
from lianfang.org.access import (
    KEEPS_DATA,
    KEEPS_ROLES,
    get_body_for,
    get_membership_for,
    people_visible_to,
    require,
    require_staff,
    standing_for,
    units_visible_to,
)
from lianfang.org.forms.people import BodyForm, MemberForm
from lianfang.org.forms.units import EndForm
from lianfang.org.models import Body
from lianfang.org.queries.setup import organisation_of
from lianfang.org.queries.units import bodies_with_members
from lianfang.org.views.acting import to


@require_GET
def bodies(request: AppRequest) -> HttpResponse:
    """Show the bodies and who sits in them (三)."""
    standing = standing_for(request)
    require_staff(standing, *KEEPS_DATA, *KEEPS_ROLES)
    found = bodies_with_members(standing)
    kinds = {body.kind for body in found if body.in_use(standing.on)}
    context = {
        "bodies": found,
        "missing": [kind.label for kind in Body.Kind if kind not in kinds],
        "may_edit": standing.has(*KEEPS_ROLES),
    }
    return render_page(request, "org/bodies.html", context)


@both
def body_add(request: AppRequest) -> HttpResponse:
    """Set up a body."""
    standing = standing_for(request)
    require(standing, *KEEPS_ROLES)
    form = BodyForm(**bound(request), units=units_visible_to(standing))
    return act(
        request,
        form,
        lambda: actions.create_body(
            organisation=organisation_of(standing),
            **form.cleaned_data,
            by=request.user,
            at=request.at,
        ),
        title=_("设立组织"),
        clause="三",
        then=to("bodies"),
    )


@both
def member_add(request: AppRequest, body_id: int) -> HttpResponse:
    """Seat somebody in a body, which grants its role."""
    standing = standing_for(request)
    body = get_body_for(standing, body_id, to="edit")
    people = people_visible_to(standing)
    form = MemberForm(**bound(request), people=people, initial={"from_on": standing.on})
    return act(
        request,
        form,
        lambda: actions.join_body(body=body, **form.cleaned_data, by=request.user, at=request.at),
        title=_("增加成员"),
        sub=body.shown_name,
        clause="三",
        then=to("bodies"),
    )


@both
def membership_end(request: AppRequest, membership_id: int) -> HttpResponse:
    """Record the last day of a membership."""
    standing = standing_for(request)
    membership = get_membership_for(standing, membership_id, to="edit")
    form = EndForm(**bound(request), initial={"on": standing.on})
    return act(
        request,
        form,
        lambda: actions.end_membership(
            membership=membership, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("结束成员身份"),
        sub=f"{membership.person.shown_name} · {membership.body.shown_name}",
        then=to("bodies"),
    )
