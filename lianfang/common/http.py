"""The request every view gets, and how a page or a part of it is answered."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django_htmx.middleware import HtmxDetails

from lianfang.common.text import Language

if TYPE_CHECKING:
    from lianfang.accounts.models import User

REFUSED = 422
# What a browser may load: our own files, no inline code or style, no eval.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
# The same for pages that seal or open: libsodium is WebAssembly. Pictures are shown from memory.
SEALING_POLICY = POLICY.replace(
    "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"
).replace("img-src 'self' data:", "img-src 'self' data: blob:")


class AppRequest(HttpRequest):
    """A request behind LoginRequiredMiddleware: the user is never anonymous.

    `at` is the moment of the request, in UTC. `frame` is what `shell` shows around every page.
    """

    user: "User"
    htmx: HtmxDetails
    at: datetime
    frame: Any


def render_page(
    request: HttpRequest,
    page: str,
    context: dict[str, object],
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render `fragment` for an htmx swap that is not a whole page, else the `page` holding it."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    wants_fragment = fragment is not None and bool(htmx) and not (htmx and htmx.boosted)
    template = fragment if wants_fragment and fragment is not None else page
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def language_now() -> Language:
    """Return the language in which this request is answered."""
    return Language.EN if (get_language() or "").startswith("en") else Language.ZH
