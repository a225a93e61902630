"""Before every page: who is let in, how long a session lasts, and a first password to change."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.accounts import sessions
from lianfang.accounts.rules import Over
from lianfang.common import clock
from lianfang.common.http import AppRequest

Answer = Callable[[HttpRequest], HttpResponse]

# Where somebody may go who has not changed their first password.
_BEFORE_THE_CHANGE = frozenset({"account_change_password", "account_logout", "shell:language"})
_ENDED: dict[Over, Promise | str] = {
    Over.IDLE: _("较长时间没有操作，已自动退出，请重新登录。"),
    Over.OLD: _("登录时间已到上限，请重新登录。"),
}


class LoginRequired(LoginRequiredMiddleware):
    """Send people who are not signed in to the sign-in page, the whole page where a part asked."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """Answer with a redirect, one that htmx follows with the whole page where it asked."""
        response = super().handle_no_permission(request, view_func)
        htmx = getattr(request, "htmx", None)
        if not htmx or htmx.boosted:
            return response
        back = urlencode({self.redirect_field_name: htmx.current_url_abs_path or "/"})
        response.status_code = 200
        del response.headers["Location"]
        response.headers["HX-Redirect"] = f"{reverse('account_login')}?{back}"
        return response


class session_limits:  # noqa: N801
    """End sessions that were idle or are too old, and let nobody on with a first password."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            ended = sessions.go_on(request, at=clock.now())
            if ended is not None:
                messages.info(request, str(_ENDED[ended]))
        return self.answer(request)

    def process_view(self, request: AppRequest, *_: Any) -> HttpResponse | None:
        """Lead somebody with a first password to the page where they change it."""
        if not getattr(request.user, "must_change_password", False):
            return None
        if _page_of(request) in _BEFORE_THE_CHANGE:
            return None
        change = reverse("account_change_password")
        if request.htmx and not request.htmx.boosted:
            return HttpResponse(headers={"HX-Redirect": change})
        return HttpResponseRedirect(change)


def _page_of(request: HttpRequest) -> str:
    """Return the name of the page asked for, such as `account_logout`."""
    match = request.resolver_match
    return match.view_name if match else ""
