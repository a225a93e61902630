"""The levels of posts: which one each has and why, and how one post's came about (五（三）)."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.common.http import REFUSED, AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import written_scheme
from lianfang.risks import access
from lianfang.risks.forms.levels import LevelsFilter
from lianfang.risks.forms.lists import address
from lianfang.risks.queries.levels import (
    LevelPage,
    history_of,
    levels_in_force,
    page_of_posts,
)
from lianfang.risks.queries.lists import family_of, units_of

NOTHING = LevelPage(lines=(), more="")


@require_GET
def levels(request: AppRequest) -> HttpResponse:
    """List the posts with their level in force on a day and its origin, by unit and level."""
    standing = standing_for(request)
    posts = access.get_posts_for(standing)
    scheme = written_scheme(standing.scheme)
    form = LevelsFilter(request.GET, scheme=scheme)
    units = units_of(standing)
    page, pairs = NOTHING, form.asked() if form.is_valid() else ()
    if form.is_valid():
        given = form.cleaned_data
        page = page_of_posts(
            posts,
            given["on"] or standing.on,
            units=family_of(units, given["unit"]) if given["unit"] else None,
            rank=form.rank_in(scheme),
            after=given["after"],
        )
    context = {
        "form": form,
        "asked": form.cleaned_data,
        "units": units,
        "page": page,
        "judges": access.judges_levels(standing),
        "own": standing.posts,
        "is_narrowed": bool(pairs),
        "first": address(pairs),
        "more": page.more and address(pairs, after=page.more),
    }
    status = REFUSED if form.errors else 200
    return render_page(
        request, "risks/levels.html", context, fragment="risks/_levels_list.html", status=status
    )


@require_GET
def levels_of_post(request: AppRequest, post_id: int) -> HttpResponse:
    """Show the levels that editions and overrides gave a post, the newest first."""
    standing = standing_for(request)
    post = access.get_post_with_levels_for(standing, post_id)
    found = levels_in_force(standing.organisation_id, standing.on, [post.pk])
    context: dict[str, object] = {
        "post": post,
        "level": found.get(post.pk),
        "history": history_of(post, standing.on)[::-1],
        "may_judge": access.may_judge_levels(standing, post.pk),
    }
    return render_page(request, "risks/levels_of_post.html", context)
