"""A browser's session: begun, carried on, ended. The part of signing in that needs the request."""

from datetime import UTC, datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from lianfang.accounts import actions
from lianfang.accounts.models import User
from lianfang.accounts.rules import Over, over
from lianfang.common.errors import Refused
from lianfang.common.text import Text

# When the session began and was last used, in seconds since 1970.
_BEGAN = "lianfang_began"
_SEEN = "lianfang_seen"
# So that not every request writes.
_NOTED_EVERY = timedelta(minutes=1)


class OnlyInExample(Refused):
    """Nobody is let in without a password where the data is real."""


def begin(request: HttpRequest, user: User, *, how: str, at: datetime) -> None:
    """Sign somebody in: a new session key, its beginning noted, the log told."""
    if request.user.is_authenticated:
        finish(request, at=at)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[_BEGAN] = request.session[_SEEN] = at.timestamp()
    actions.record_sign_in(
        user=user,
        session_key=key_of_session(request),
        address=get_adapter(request).get_client_ip(request),
        user_agent=request.headers.get("User-Agent", ""),
        how=how,
        by=user,
        at=at,
    )


def enter_as(request: HttpRequest, user: User, *, at: datetime) -> None:
    """Sign a request in as an example person, without a password; the log is told so.

    Raises OnlyInExample outside example mode.
    """
    if not settings.EXAMPLE:
        raise OnlyInExample(
            Text(
                "只有示例模式可以不用密码进入，请用登录名和密码登录。",
                "Only example mode lets people in without a password; sign in with yours.",
            )
        )
    begin(request, user, how="example", at=at)


def finish(request: HttpRequest, *, at: datetime) -> None:
    """Sign somebody out at their own wish."""
    user = request.user
    if isinstance(user, User):
        key = request.session.session_key or ""
        actions.record_sign_out(user=user, session_key=key, by=user, at=at)
    logout(request)


def carry_over(request: HttpRequest, user: User) -> None:
    """Keep this session after its own password was changed, under a new key."""
    old = request.session.session_key or ""
    update_session_auth_hash(request, user)
    actions.carry_session(old=old, new=key_of_session(request))


def go_on(request: HttpRequest, *, at: datetime) -> Over | None:
    """Note that the session is used, or end it where its time is over; return why it ended.

    A session of which nothing is noted begins now. Writes once a minute.
    """
    session = request.session
    began, seen = (_noted(session, name) for name in (_BEGAN, _SEEN))
    if began is None or seen is None:
        session[_BEGAN] = session[_SEEN] = at.timestamp()
        return None
    ended = over(
        began=began,
        seen=seen,
        at=at,
        idle=settings.SESSION_IDLE_LIMIT,
        oldest=settings.SESSION_ABSOLUTE_LIMIT,
    )
    if ended is not None:
        logout(request)
    elif abs(at - seen) >= _NOTED_EVERY:
        session[_SEEN] = at.timestamp()
        actions.note_seen(session_key=session.session_key or "", at=at)
    return ended


def key_of_session(request: HttpRequest) -> str:
    """Return the key of the request's session, stored now if it was not."""
    if not request.session.session_key:
        request.session.save()
    return request.session.session_key or ""


def _noted(session: SessionBase, name: str) -> datetime | None:
    value = session.get(name)
    return datetime.fromtimestamp(value, UTC) if isinstance(value, (int, float)) else None
