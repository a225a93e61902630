"""Logins: made, closed, opened again, and the language of their pages."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lianfang.accounts.actions.changing import locked, tell
from lianfang.accounts.actions.sessions import drop_sessions
from lianfang.accounts.models import LOGIN_NAME, User
from lianfang.accounts.naming import LONGEST_NAME, written
from lianfang.accounts.passwords import require_good
from lianfang.common.errors import Refused
from lianfang.common.text import Text


class LoginNameRefused(Refused):
    """A login name that is in use, or has characters that it may not have."""


class AlreadySo(Refused):
    """A login that is closed, or open, already."""


@transaction.atomic
def create_login(
    *,
    username: str,
    password: str | None,
    must_change_password: bool,
    organisation: int | None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> User:
    """Make a login; without a password (None) nobody can sign in to it by one.

    Raises LoginNameRefused, and WeakPassword for a password that would be guessed.
    """
    username = written(username)
    _require_name(username)
    if password is not None:
        require_good(password, username)
    user = User(
        username=username,
        organisation=organisation,
        must_change_password=must_change_password,
        password_set_at=None if password is None else at,
        created_at=at,
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise LoginNameRefused(
            Text(
                f"登录名“{username}”已经使用，请换一个。",
                f"The login name {username} is in use; choose another.",
            )
        ) from error
    tell(
        user,
        "created",
        by=by,
        at=at,
        changes={
            "username": (None, username),
            "must_change_password": (None, must_change_password),
        },
    )
    return user


@transaction.atomic
def close_login(*, user: User, by: AbstractBaseUser | None, at: datetime, reason: str = "") -> User:
    """Close a login and end its sessions at once. Raises AlreadySo."""
    user = locked(user)
    if not user.is_active:
        raise AlreadySo(
            Text(f"登录“{user}”已经关闭。", f"The login {user} is closed; nothing is left to do.")
        )
    user.is_active = False
    user.save(update_fields=["is_active"])
    ended = drop_sessions(user)
    told: dict[str, tuple[object, object]] = {"is_active": (True, False)}
    if ended:
        told["sessions"] = (ended, 0)
    if reason:
        told["reason"] = (None, reason)
    tell(user, "closed", by=by, at=at, changes=told)
    return user


@transaction.atomic
def reopen_login(*, user: User, by: AbstractBaseUser | None, at: datetime) -> User:
    """Open a closed login again; its password is the one it had. Raises AlreadySo."""
    user = locked(user)
    if user.is_active:
        raise AlreadySo(
            Text(f"登录“{user}”没有关闭。", f"The login {user} is open; nothing is left to do.")
        )
    user.is_active = True
    user.save(update_fields=["is_active"])
    tell(user, "reopened", by=by, at=at, changes={"is_active": (False, True)})
    return user


@transaction.atomic
def set_language(*, user: User, language: str, by: AbstractBaseUser | None, at: datetime) -> User:
    """Keep the language of a login's pages; the same as before: nothing is written."""
    user = locked(user)
    if user.language == language:
        return user
    before, user.language = user.language, language
    user.save(update_fields=["language"])
    tell(user, "language_set", by=by, at=at, changes={"language": (before, language)})
    return user


@transaction.atomic
def settle(*, user: User, by: AbstractBaseUser | None, at: datetime) -> User:
    """Put away the list of what to begin with; put away already: nothing is written."""
    user = locked(user)
    if user.settled_at is not None:
        return user
    user.settled_at = at
    user.save(update_fields=["settled_at"])
    tell(user, "settled", by=by, at=at, changes={"settled_at": (None, at.isoformat())})
    return user


def _require_name(username: str) -> None:
    try:
        LOGIN_NAME(username)
    except ValidationError as error:
        raise LoginNameRefused(
            Text(
                f"登录名“{username}”不能用：只能用字母、数字、汉字和 . _ - @，不以符号开头。",
                f"The login name {username} can't be used: only letters, digits and . _ - @, and "
                "no sign at the beginning.",
            )
        ) from error
    if len(username) > LONGEST_NAME:
        raise LoginNameRefused(
            Text(
                f"登录名最多 {LONGEST_NAME} 个字符。",
                f"A login name has at most {LONGEST_NAME} characters.",
            )
        )
