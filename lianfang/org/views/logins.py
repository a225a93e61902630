"""Logins of the organisation, for the security administrator alone."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianfang.accounts.models import User
from lianfang.accounts.queries import waits_until
from lianfang.accounts.words import ROUTINE
from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org import actions
from lianfang.org.access import (
    KEEPS_ROLES,
    get_login_for,
    logins_visible_to,
    people_visible_to,
    require,
    standing_for,
)
from lianfang.org.forms.logins import (
    CloseLoginForm,
    LoginAddForm,
    LoginsFilter,
    PersonWithoutLoginForm,
)
from lianfang.org.queries.logins import find_logins, people_without_login, shown_login
from lianfang.org.views.acting import to


@require_GET
def logins(request: AppRequest) -> HttpResponse:
    """List the logins of the organisation, narrowed by words and state."""
    standing = standing_for(request)
    require(standing, *KEEPS_ROLES)
    form = LoginsFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = find_logins(
        logins_visible_to(standing),
        request.at,
        words=asked.get("q", "").strip(),
        state=asked.get("state", ""),
        after=asked.get("after", ""),
    )
    context = {
        "page": page,
        "asked": asked,
        "states": form.fields["state"].choices,  # type: ignore[attr-defined]
        "is_narrowed": bool(asked.get("q") or asked.get("state")),
    }
    return render_page(request, "org/logins.html", context, fragment="org/_logins.html")


@require_GET
def login(request: AppRequest, login_id: int) -> HttpResponse:
    """Show a login, and what the security administrator may do with it."""
    standing = standing_for(request)
    login = get_login_for(standing, login_id)
    context: dict[str, object] = {
        "shown": shown_login(logins_visible_to(standing), login, request.at),
        "waits_until": waits_until(login, request.at),
        "history": history_of(login, without=ROUTINE),
    }
    return render_page(request, "org/login.html", context)


@never_cache
@both
def login_add(request: AppRequest) -> HttpResponse:
    """Make a login for a person, and show its first password once."""
    standing = standing_for(request)
    require(standing, *KEEPS_ROLES)
    people = people_without_login(people_visible_to(standing))
    initial = {"person": request.GET.get("person", "")}
    form = LoginAddForm(**bound(request), people=people, initial=initial)
    made: list[tuple[User, str]] = []
    answer = act(
        request,
        form,
        lambda: made.append(actions.add_login(**form.cleaned_data, by=request.user, at=request.at)),
        title=_("建立登录"),
        sub=_("初始密码随机生成，只显示一次，本人首次登录须改掉"),
        then=to("logins"),
    )
    return _shown_once(request, *made[0]) if made else answer


@never_cache
@both
def login_reset(request: AppRequest, login_id: int) -> HttpResponse:
    """Give a login a new first password, and show it once."""
    login = get_login_for(standing_for(request), login_id, to="edit")
    made: list[tuple[User, str]] = []
    answer = act(
        request,
        forms.Form(**bound(request)),
        lambda: made.append(actions.reset_login(login=login, by=request.user, at=request.at)),
        title=_("重设密码"),
        sub=_("%(login)s：现有密码作废，会话结束；新的初始密码只显示一次") % {"login": login},
        then=to("login", login.pk),
        danger=True,
    )
    return _shown_once(request, *made[0]) if made else answer


@both
def login_close(request: AppRequest, login_id: int) -> HttpResponse:
    """Close a login, which ends its sessions at once."""
    login = get_login_for(standing_for(request), login_id, to="edit")
    form = CloseLoginForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.close_login(
            login=login, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("关闭登录"),
        sub=_("%(login)s：会话立即结束，不能再登录；以后可以重新启用") % {"login": login},
        then=to("login", login.pk),
        danger=True,
    )


@both
def login_reopen(request: AppRequest, login_id: int) -> HttpResponse:
    """Open a closed login again."""
    login = get_login_for(standing_for(request), login_id, to="edit")
    return act(
        request,
        forms.Form(**bound(request)),
        lambda: actions.reopen_login(login=login, by=request.user, at=request.at),
        title=_("重新启用登录"),
        sub=_("%(login)s：密码不变") % {"login": login},
        then=to("login", login.pk),
    )


@both
def login_end_sessions(request: AppRequest, login_id: int) -> HttpResponse:
    """End all sessions of a login."""
    login = get_login_for(standing_for(request), login_id, to="edit")
    return act(
        request,
        forms.Form(**bound(request)),
        lambda: actions.end_login_sessions(login=login, by=request.user, at=request.at),
        title=_("结束全部会话"),
        sub=_("%(login)s：所有设备上都要重新登录") % {"login": login},
        then=to("login", login.pk),
        danger=True,
    )


@both
def login_remove_factor(request: AppRequest, login_id: int) -> HttpResponse:
    """Remove the second factor of somebody who lost their phone."""
    login = get_login_for(standing_for(request), login_id, to="edit")
    return act(
        request,
        forms.Form(**bound(request)),
        lambda: actions.remove_login_factor(login=login, by=request.user, at=request.at),
        title=_("停用第二因素"),
        sub=_("%(login)s：请先当面核实本人；停用后只凭密码登录，会话结束") % {"login": login},
        then=to("login", login.pk),
        danger=True,
    )


@both
def login_detach(request: AppRequest, login_id: int) -> HttpResponse:
    """Part a login from its person; it then opens nothing."""
    login = get_login_for(standing_for(request), login_id, to="edit")
    return act(
        request,
        forms.Form(**bound(request)),
        lambda: actions.take_login(login=login, by=request.user, at=request.at),
        title=_("解除与人员的关联"),
        sub=_("%(login)s：会话结束，登录后看不到任何内容") % {"login": login},
        then=to("login", login.pk),
        danger=True,
    )


@both
def login_attach(request: AppRequest, login_id: int) -> HttpResponse:
    """Let a login that belongs to nobody act for a person."""
    standing = standing_for(request)
    login = get_login_for(standing, login_id, to="edit")
    people = people_without_login(people_visible_to(standing))
    form = PersonWithoutLoginForm(**bound(request), people=people)
    return act(
        request,
        form,
        lambda: actions.give_login(
            login=login, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("关联人员"),
        sub=str(login),
        then=to("login", login.pk),
    )


def _shown_once(request: AppRequest, login: User, password: str) -> HttpResponse:
    """Answer with the first password: this page is not kept anywhere, nor found again."""
    context: dict[str, object] = {"login": login, "password": password}
    return render_page(request, "org/login_password.html", context)
