"""How a public page is answered: in the language of its address, to be kept on the way."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from lianfang import __version__
from lianfang.public.models import Publication

View = Callable[..., HttpResponseBase]
ENGLISH = "en"
# seconds for which a page may be kept unasked: so long a power that was taken off may be seen
_KEPT = 60


def public_page(view: View) -> View:
    """Let everybody open a page, in Chinese, or in English with `?lang=en`."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponseBase:
        language = ENGLISH if request.GET.get("lang") == ENGLISH else "zh-hans"
        with translation.override(language):
            try:
                response = view(request, *args, **kw)
            except Http404:
                response = shown(request, "public/missing.html", {}, status=404)
        response.headers["Content-Language"] = language
        return response

    return require_safe(login_not_required(answered))


def shown(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    *,
    publication: Publication | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a public page with what stands around it."""
    in_english = translation.get_language() == ENGLISH
    around: dict[str, object] = {
        "publication": publication,
        "lang": "?lang=en" if in_english else "",
        "in_english": in_english,
        "other_language": _other_language(request, in_english=in_english),
        "report_url": report_url(publication, in_english=in_english),
        "follow_url": _follow_url(publication, in_english=in_english),
    }
    return render(request, template, {**around, **context}, status=status)


def kept(
    request: HttpRequest, publication: Publication, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Answer that nothing has changed since it was last asked for, else with what is made."""
    seen_at: datetime = publication.changed_at
    etag = quote_etag(f"{__version__}-{publication.pk}-{int(seen_at.timestamp() * 1000)}")
    response = get_conditional_response(request, etag=etag, last_modified=int(seen_at.timestamp()))
    answer: HttpResponseBase = response if response is not None else make()
    answer.headers["ETag"] = etag
    answer.headers["Last-Modified"] = http_date(seen_at.timestamp())
    return keepable(answer)


def keepable(response: HttpResponseBase) -> HttpResponseBase:
    """Let anything on the way keep an answer for a while."""
    response.headers["Cache-Control"] = f"public, max-age={_KEPT}"
    return response


def report_url(publication: Publication | None, *, in_english: bool) -> str:
    """Return where somebody reports what went wrong, in the language of the page."""
    page = (
        reverse("portal:of", args=[publication.organisation.code])
        if publication is not None
        else reverse("portal:start")
    )
    return f"{page}?language=en" if in_english else page


def _follow_url(publication: Publication | None, *, in_english: bool) -> str:
    if publication is None:
        return ""
    page = reverse("portal:follow", args=[publication.organisation.code])
    return f"{page}?language=en" if in_english else page


def _other_language(request: HttpRequest, *, in_english: bool) -> str:
    asked = request.GET.copy()
    asked.pop("lang", None)
    if not in_english:
        asked["lang"] = ENGLISH
    return f"{request.path}?{asked.urlencode()}" if asked else request.path
