"""The desk and the pages that gather what other rooms hold."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from lianfang.accounts.actions import set_language
from lianfang.accounts.languages import remember_language
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for, standing_or_none
from lianfang.shell.clauses.shown import demands_of
from lianfang.shell.queries import desk_of
from lianfang.shell.search import LONGEST, found_in_all_rooms


@require_GET
def desk(request: AppRequest) -> HttpResponse:
    """Show what this person has to do, and what they answer for."""
    standing = standing_or_none(request)
    if standing is None:
        return render_page(request, "shell/nobody.html", {})
    return render_page(request, "shell/desk.html", {"desk": desk_of(standing, standing.on)})


@require_GET
def search(request: AppRequest) -> HttpResponse:
    """Show what every room finds under the words, as far as this person may know of it."""
    standing = standing_for(request)
    words = request.GET.get("q", "").strip()[:LONGEST]
    sections = found_in_all_rooms(standing, words) if words else ()
    return render_page(request, "shell/search.html", {"words": words, "sections": sections})


@require_GET
def clauses(request: AppRequest) -> HttpResponse:
    """Show each clause with its wording, what in the product does it, and where we stand."""
    scheme = request.frame.scheme
    documents = demands_of(scheme, standing_or_none(request))
    context: dict[str, object] = {"scheme": scheme, "documents": documents}
    return render_page(request, "shell/clauses.html", context)


@login_not_required
@require_POST
def language(request: AppRequest) -> HttpResponse:
    """Turn to the other language and go back; signed in, it is kept with the login as well."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("shell:desk")
    response = HttpResponseRedirect(back)
    if chosen in dict(settings.LANGUAGES):
        remember_language(response, chosen)
        if request.user.is_authenticated:
            set_language(user=request.user, language=chosen, by=request.user, at=request.at)
    return response
