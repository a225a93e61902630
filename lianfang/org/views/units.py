"""The tree, a unit, a post, and what changes them."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org import actions
from lianfang.org.access import (
    KEEPS_DATA,
    get_portfolio_for,
    get_post_for,
    get_unit_for,
    people_visible_to,
    require_staff,
    standing_for,
    units_visible_to,
)
from lianfang.org.forms.units import (
    EndForm,
    PortfolioForm,
    PostForm,
    RetireForm,
    UnitForm,
    initial_of,
    post_values,
    unit_values,
)
from lianfang.org.queries.people import appointments_to, leaders_among
from lianfang.org.queries.setup import organisation_of
from lianfang.org.queries.tree import chains_for_posts, tree_of
from lianfang.org.queries.units import portfolios_of, posts_in, sub_units
from lianfang.org.rules.roles import Role
from lianfang.org.views.acting import to


@require_GET
def tree(request: AppRequest) -> HttpResponse:
    """Show the tree of units with heads and portfolios (三, 四)."""
    standing = standing_for(request)
    require_staff(standing, *KEEPS_DATA, Role.SECURITY_ADMINISTRATOR)
    context = {"rows": tree_of(standing), "may_edit": standing.has(*KEEPS_DATA)}
    return render_page(request, "org/tree.html", context)


@require_GET
def unit(request: AppRequest, unit_id: int) -> HttpResponse:
    """Show a unit: its posts with holders, who answers for it, and its history."""
    standing = standing_for(request)
    unit = get_unit_for(standing, unit_id)
    context = {
        "unit": unit,
        "posts": posts_in(unit, standing),
        "below": sub_units(unit, standing),
        "portfolios": portfolios_of(unit),
        "today": standing.on,
        "history": history_of(unit),
        "may_edit": standing.has(*KEEPS_DATA),
    }
    return render_page(request, "org/unit.html", context)


@both
def unit_add(request: AppRequest, unit_id: int) -> HttpResponse:
    """Add a unit below another one."""
    standing = standing_for(request)
    parent = get_unit_for(standing, unit_id, to="edit")
    units = units_visible_to(standing)
    form = UnitForm(**bound(request), units=units, initial={"parent": parent})
    return act(
        request,
        form,
        lambda: actions.create_unit(
            organisation=organisation_of(standing),
            by=request.user,
            at=request.at,
            **unit_values(form),
        ),
        title=_("新增单位"),
        sub=parent.shown_name,
        clause="四",
        then=to("unit", parent.pk),
    )


@both
def unit_edit(request: AppRequest, unit_id: int) -> HttpResponse:
    """Change a unit."""
    standing = standing_for(request)
    unit = get_unit_for(standing, unit_id, to="edit")
    units = units_visible_to(standing)
    form = UnitForm(**bound(request), units=units, unit=unit, initial=initial_of(unit))
    return act(
        request,
        form,
        lambda: actions.change_unit(
            unit=unit,
            values=unit_values(form),
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("修改单位"),
        sub=unit.shown_name,
        clause="四",
        then=to("unit", unit.pk),
    )


@both
def unit_retire(request: AppRequest, unit_id: int) -> HttpResponse:
    """Retire a unit."""
    standing = standing_for(request)
    unit = get_unit_for(standing, unit_id, to="edit")
    form = RetireForm(**bound(request), initial={"on": standing.on})
    return act(
        request,
        form,
        lambda: actions.retire_unit(unit=unit, **form.cleaned_data, by=request.user, at=request.at),
        title=_("停用单位"),
        sub=unit.shown_name,
        then=to("unit", unit.pk),
        danger=True,
    )


@both
def portfolio_give(request: AppRequest, unit_id: int) -> HttpResponse:
    """Put a unit into a leader's portfolio (三)."""
    standing = standing_for(request)
    unit = get_unit_for(standing, unit_id, to="edit")
    form = PortfolioForm(
        **bound(request),
        leaders=leaders_among(people_visible_to(standing), standing),
        initial={"from_on": standing.on},
    )
    return act(
        request,
        form,
        lambda: actions.give_portfolio(
            unit=unit, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("确定分管领导"),
        sub=unit.shown_name,
        clause="三",
        then=to("unit", unit.pk),
    )


@both
def portfolio_end(request: AppRequest, portfolio_id: int) -> HttpResponse:
    """Record the last day of a portfolio."""
    standing = standing_for(request)
    portfolio = get_portfolio_for(standing, portfolio_id, to="edit")
    form = EndForm(**bound(request), initial={"on": standing.on})
    return act(
        request,
        form,
        lambda: actions.end_portfolio(
            portfolio=portfolio, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("结束分管"),
        sub=f"{portfolio.leader.shown_name} · {portfolio.unit.shown_name}",
        clause="三",
        then=to("unit", portfolio.unit_id),
    )


@require_GET
def post(request: AppRequest, post_id: int) -> HttpResponse:
    """Show a post: its description, who holds and held it, and who answers for it."""
    standing = standing_for(request)
    post = get_post_for(standing, post_id)
    context = {
        "post": post,
        "chains": chains_for_posts(standing, [post]).get(post.pk, []),
        "appointments": appointments_to(post),
        "today": standing.on,
        "history": history_of(post),
        "may_edit": standing.has(*KEEPS_DATA),
    }
    return render_page(request, "org/post.html", context)


@both
def post_add(request: AppRequest, unit_id: int) -> HttpResponse:
    """Add a post to a unit."""
    standing = standing_for(request)
    unit = get_unit_for(standing, unit_id, to="edit")
    form = PostForm(**bound(request))

    def deed() -> None:
        values = post_values(form)
        actions.create_post(
            unit=unit,
            code=str(values.pop("code")),
            name=str(values.pop("name")),
            values=values,
            by=request.user,
            at=request.at,
        )

    return act(
        request,
        form,
        deed,
        title=_("新增岗位"),
        sub=unit.shown_name,
        clause="五（一）2",
        then=to("unit", unit.pk),
    )


@both
def post_edit(request: AppRequest, post_id: int) -> HttpResponse:
    """Change a post and its description."""
    standing = standing_for(request)
    post = get_post_for(standing, post_id, to="edit")
    form = PostForm(**bound(request), initial=initial_of(post))
    return act(
        request,
        form,
        lambda: actions.change_post(
            post=post,
            values=post_values(form),
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.at,
        ),
        title=_("修改岗位"),
        sub=post.shown_name,
        clause="五（一）2",
        then=to("post", post.pk),
    )


@both
def post_retire(request: AppRequest, post_id: int) -> HttpResponse:
    """Retire a post."""
    standing = standing_for(request)
    post = get_post_for(standing, post_id, to="edit")
    form = RetireForm(**bound(request), initial={"on": standing.on})
    return act(
        request,
        form,
        lambda: actions.retire_post(post=post, **form.cleaned_data, by=request.user, at=request.at),
        title=_("停用岗位"),
        sub=post.shown_name,
        then=to("post", post.pk),
        danger=True,
    )
