"""Around every page: the policy of what a browser may load, the moment, and the frame."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from lianfang.audit.actions import known_as
from lianfang.common import clock
from lianfang.common.http import POLICY, AppRequest
from lianfang.shell.frame import Frame
from lianfang.shell.queries import frame_for

Answer = Callable[[HttpRequest], HttpResponse]


def content_security_policy(answer: Answer) -> Answer:
    """Let a browser load nothing but our own files; no inline code or style, no eval."""

    def policed(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return policed


class frame:  # noqa: N801
    """Give the request its moment and its frame, and tell times in the organisation's zone.

    The frame is found before the view runs, so that no template asks the database. What fails
    before a view is found gets its frame from the error page.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        timed = cast("AppRequest", request)
        timed.at = clock.now()
        timed.frame = SimpleLazyObject(lambda: frame_for(request))
        with timezone.override(None):
            response = self.answer(request)
        if request.user.is_authenticated:
            # What somebody may see stays in no cache, of a browser or on the way.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Find who is asking, and turn to their time zone."""
        if not request.user.is_authenticated:
            return
        found: Frame = frame_for(request)
        cast("AppRequest", request).frame = found
        if found.standing is not None:
            timezone.activate(found.standing.zone)
            known_as(request.user, found.standing.name)
