"""The way in as any person of the example institution, with one click and no password."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianfang.accounts.sessions import enter_as
from lianfang.common.http import AppRequest, render_page
from lianfang.example.entering import login_called
from lianfang.shell.queries import entrances


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: AppRequest) -> HttpResponse:
    """Show whom one may enter as, and let somebody in; there is no such page for real records."""
    if not settings.EXAMPLE:
        raise Http404
    if request.method == "POST":
        enter_as(request, login_called(request.POST.get("login", "")), at=request.at)
        return HttpResponseRedirect(reverse("shell:desk"))
    return render_page(request, "shell/enter.html", {"entrances": entrances()})
