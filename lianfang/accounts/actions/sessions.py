"""Sessions on record: begun, ended by their owner, by somebody else or by the clock."""

from datetime import datetime
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.accounts.actions.changing import tell
from lianfang.accounts.models import User
from lianfang.accounts.rules import device_of

LONGEST_USER_AGENT = 200


@transaction.atomic
def record_sign_in(
    *,
    user: User,
    session_key: str,
    address: str,
    user_agent: str,
    how: str,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Put a new session on record, with where it is. `how` is a code of `words.HOW`."""
    UserSession.objects.update_or_create(
        session_key=session_key,
        defaults={
            "user": user,
            "ip": address,
            "user_agent": user_agent[:LONGEST_USER_AGENT],
            "created_at": at,
            "last_seen_at": at,
            "data": {"how": how},
        },
    )
    user.last_login = at
    user.save(update_fields=["last_login"])
    tell(
        user,
        "entered" if how == "example" else "signed_in",
        by=by,
        at=at,
        changes={"how": (None, how)},
        sealed={"address": (None, address), "device": (None, device_of(user_agent))},
    )


@transaction.atomic
def record_sign_out(
    *, user: User, session_key: str, by: AbstractBaseUser | None, at: datetime
) -> None:
    """Take a session off the record that its owner ended; the browser's part is the caller's."""
    UserSession.objects.filter(session_key=session_key).delete()
    tell(user, "signed_out", by=by, at=at)


@transaction.atomic
def end_session(*, user: User, session_id: int, by: AbstractBaseUser | None, at: datetime) -> None:
    """End one session of a login; one that is over already is no refusal."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        return
    _drop(session)
    tell(user, "sessions_ended", by=by, at=at, changes={"sessions": (1, 0)})


@transaction.atomic
def end_sessions(*, user: User, by: AbstractBaseUser | None, at: datetime, but: str = "") -> int:
    """End all sessions of a login, but for the one with that key; return how many there were."""
    ended = drop_sessions(user, but=but)
    if ended:
        tell(user, "sessions_ended", by=by, at=at, changes={"sessions": (ended, 0)})
    return ended


def drop_sessions(user: User, *, but: str = "") -> int:
    """End the sessions of a login inside another action, which tells the log."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but))
    for session in sessions:
        _drop(session)
    return len(sessions)


def carry_session(*, old: str, new: str) -> None:
    """Keep a session on record under its new key."""
    UserSession.objects.filter(session_key=old).update(session_key=new)


def note_seen(*, session_key: str, at: datetime) -> None:
    """Note when a session was last used; asked for once a minute at most."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=at)


def _drop(session: UserSession) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore().delete(session.session_key)
    session.delete()
