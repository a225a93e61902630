"""Takes from a request to the public pages what could tell one sender from another."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# The pages for senders; the settings of the portal lie elsewhere.
START, PAGES = "/report/", "/report/of/"
_TELLING = (
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_REFERER",
    "HTTP_COOKIE",
)
Answer = Callable[[HttpRequest], HttpResponse]


def without_traces(answer: Answer) -> Answer:
    """Drop address, browser and every cookie but the language before anything else looks at them.

    Somebody who is signed in is nobody here: no session is read, and none is written. No line of
    the server's log tells of a refused request.
    """

    def unseen(request: HttpRequest) -> HttpResponse:
        is_public = request.path_info == START or request.path_info.startswith(PAGES)
        if is_public:
            language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
            for name in _TELLING:
                request.META.pop(name, None)
            request.COOKIES = {settings.LANGUAGE_COOKIE_NAME: language} if language else {}
        response = answer(request)
        if is_public and response.status_code < 500:
            # what Django would write of a refusal has a time and an address
            response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return unseen
