"""Public pages are the same for everybody: no cookie reaches them, none is set by them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

PREFIX = "/public/"


def without_cookies(answer: Answer) -> Answer:
    """Answer public pages as if to a stranger, so that anything on the way may keep them.

    No session is read. The language stands in the address.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return answer(request)
        request.META.pop("HTTP_COOKIE", None)
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        response = answer(request)
        response.cookies.clear()
        response.headers.pop("Vary", None)
        return response

    return answered
