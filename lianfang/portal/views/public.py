"""What every public page does: nobody is known, nothing is kept, the language is in the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from lianfang.accounts.languages import remember_language
from lianfang.common.clock import day_in
from lianfang.common.http import SEALING_POLICY, AppRequest, render_page
from lianfang.org.models import Organisation
from lianfang.portal.access import get_organisation, setup_of
from lianfang.portal.rules.limits import largest_together
from lianfang.portal.uploading import InMemoryUpload

View = TypeVar("View", bound=Callable[..., HttpResponse])


def public(view: View) -> View:
    """Open a page to everybody, keep it out of every cache and its uploads off the disk.

    No cookie tells a forged form from ours: where the browser says the request comes from does.
    """

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def opened(request: AppRequest, *args: Any, **kw: Any) -> HttpResponse:
        if request.method == "POST" and not _from_here(request):
            raise PermissionDenied
        request.upload_handlers = [InMemoryUpload(request)]
        chosen = request.GET.get("language", "")
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
        try:
            response = view(request, *args, **kw)
        except Http404:
            response = render_page(request, "portal/missing.html", {}, status=404)
        if chosen in dict(settings.LANGUAGES):
            remember_language(response, chosen)
        response.headers["Cache-Control"] = "no-store"
        return response

    return opened  # type: ignore[return-value]


def render_public(
    request: AppRequest,
    page: str,
    organisation: Organisation,
    context: dict[str, object],
    *,
    seals: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Render a public page of an organisation; one that seals may run WebAssembly."""
    setup = context.get("setup") or setup_of(organisation)
    follow = reverse("portal:follow", args=[organisation.code])
    context = {
        "organisation": organisation,
        "setup": setup,
        "follow_url": request.build_absolute_uri(follow),
        "together": largest_together(),
        **context,
    }
    response = render_page(request, page, context, status=status)
    if seals:
        response.headers["Content-Security-Policy"] = SEALING_POLICY
    return response


def organisation_and_day(request: AppRequest, code: str) -> tuple[Organisation, Any]:
    """Return the organisation of the address, and today by its calendar."""
    organisation = get_organisation(code)
    return organisation, day_in(organisation.time_zone, request.at)


def _from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
