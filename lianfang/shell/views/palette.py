"""The command palette, as a part that the browser asks for when it opens."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.shell.palette import acts_offered, found_offered, pages_offered
from lianfang.shell.recent import recent_for
from lianfang.shell.search import LONGEST


@require_GET
def palette(request: AppRequest) -> HttpResponse:
    """Show pages, acts and what was opened lately; with words, what every room finds."""
    standing = standing_for(request)
    words = request.GET.get("q", "").strip()[:LONGEST]
    if words:
        found: dict[str, object] = {"sections": found_offered(standing, words), "words": words}
        return render_page(request, "shell/search.html", found, fragment="shell/_found.html")
    context: dict[str, object] = {
        "recent": recent_for(standing, request.GET.get("recent", "").split(",")),
        "acts": acts_offered(standing),
        "pages": pages_offered(standing),
    }
    return render_page(request, "shell/palette.html", context, fragment="shell/_palette.html")
