"""Help inside the product: guides by role, topics, and what to begin with."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lianfang.accounts.actions import settle
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_or_none
from lianfang.shell.guides.firstday import first_day_of
from lianfang.shell.guides.shown import guide_of, guides_for, own_guides, topics_for


@require_GET
def help_page(request: AppRequest) -> HttpResponse:
    """Show the guides, one's own first, what each group of pages is for, and whom to ask."""
    standing = standing_or_none(request)
    context: dict[str, object] = {
        "guides": guides_for(standing),
        "own": own_guides(standing),
        "topics": topics_for(standing),
        "first": first_day_of(standing) if standing else None,
    }
    return render_page(request, "shell/help.html", context)


@require_GET
def guide(request: AppRequest, code: str) -> HttpResponse:
    """Show what somebody in a role does, step by step."""
    standing = standing_or_none(request)
    shown = guide_of(code, standing)
    if shown is None:
        raise Http404
    others = [one for one in guides_for(standing) if one.code != code]
    context: dict[str, object] = {"shown": shown, "others": others}
    return render_page(request, "shell/guide.html", context)


@require_POST
def settled(request: AppRequest) -> HttpResponse:
    """Put away the list of what to begin with; the help page goes on showing it."""
    settle(user=request.user, by=request.user, at=request.at)
    return HttpResponseRedirect(reverse("shell:desk"))
