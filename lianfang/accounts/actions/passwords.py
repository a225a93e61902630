"""Passwords: changed by their owner, or reset to a new first password for somebody who lost it."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.accounts.actions.changing import locked, tell
from lianfang.accounts.actions.failures import clear_failures
from lianfang.accounts.actions.sessions import drop_sessions
from lianfang.accounts.models import User
from lianfang.accounts.passwords import WeakPassword, first_password, require_good
from lianfang.common.text import Text


@transaction.atomic
def change_password(
    *, user: User, password: str, by: AbstractBaseUser | None, at: datetime, session_key: str = ""
) -> User:
    """Set a login's own new password and end its sessions, but for the one in `session_key`.

    That the old one was known is proved before. Raises WeakPassword, also for the old one again.
    """
    user = locked(user)
    if user.check_password(password):
        raise WeakPassword(
            Text(
                "新密码不能和现在的密码相同。",
                "The new password can't be the one you have now.",
            )
        )
    require_good(password, user.username)
    must, user.must_change_password = user.must_change_password, False
    _set(user, password, at)
    ended = drop_sessions(user, but=session_key)
    told: dict[str, tuple[object, object]] = {"sessions": (ended, 0)} if ended else {}
    if must:
        told["must_change_password"] = (True, False)
    tell(user, "password_changed", by=by, at=at, changes=told)
    return user


@transaction.atomic
def reset_password(
    *, user: User, by: AbstractBaseUser | None, at: datetime, password: str = ""
) -> tuple[User, str]:
    """Give a login a first password, which it must change, and end its sessions.

    Return the login and the password, which is kept nowhere; without one given it is made up.
    Raises WeakPassword for a given one that would be guessed.
    """
    user = locked(user)
    password = password or first_password()
    require_good(password, user.username)
    must, user.must_change_password = user.must_change_password, True
    _set(user, password, at)
    ended = drop_sessions(user)
    clear_failures(user)
    told: dict[str, tuple[object, object]] = {"sessions": (ended, 0)} if ended else {}
    if not must:
        told["must_change_password"] = (False, True)
    tell(user, "password_reset", by=by, at=at, changes=told)
    return user, password


def _set(user: User, password: str, at: datetime) -> None:
    user.set_password(password)
    user.password_set_at = at
    user.save(update_fields=["password", "password_set_at", "must_change_password"])
