"""Proving who one is: by name and password, by password again, by a code.

These are no single transaction: a try stays counted though what follows is refused.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate

from lianfang.accounts.actions.factors import spend_code
from lianfang.accounts.actions.failures import begin_attempt, forget_failures, note_failure
from lianfang.accounts.models import User
from lianfang.accounts.naming import Proof
from lianfang.accounts.rules import FIRST_PASSWORD_LASTS, first_password_lapsed
from lianfang.common.errors import Refused
from lianfang.common.text import Text


class WrongLogin(Refused):
    """A name and password that don't belong together, or to a login that is closed."""


class FirstPasswordLapsed(Refused):
    """A first password that was not changed in time."""


class WrongPassword(Refused):
    """Not the password of this login."""


class WrongCode(Refused):
    """Not a code of this login."""


def prove_login(*, username: str, password: str, device: str, at: datetime) -> User:
    """Return the login of that name and password.

    Raises MustWait; WrongLogin, the same for a name that no login has, after as much work; and
    FirstPasswordLapsed.
    """
    attempt = begin_attempt(username=username, device=device, at=at, proof=Proof.PASSWORD)
    user = authenticate(None, username=username, password=password)
    if not isinstance(user, User):
        note_failure(attempt=attempt, at=at)
        raise WrongLogin(
            Text(
                "登录名或密码不对，或者登录已经关闭。",
                "The login name or the password is wrong, or the login is closed.",
            )
        )
    forget_failures(attempt)
    if user.must_change_password and first_password_lapsed(set_at=user.password_set_at, at=at):
        days = FIRST_PASSWORD_LASTS.days
        raise FirstPasswordLapsed(
            Text(
                f"初始密码 {days} 天内没有使用，已经失效。请联系安全管理员重设。",
                f"The first password was not used within {days} days and has lapsed. Ask the "
                "security administrator for another.",
            )
        )
    return user


def prove_password(*, user: User, password: str, device: str, at: datetime) -> None:
    """Let somebody who is signed in prove it again. Raises MustWait or WrongPassword."""
    attempt = begin_attempt(username=user.username, device=device, at=at, proof=Proof.PASSWORD)
    if not user.check_password(password):
        note_failure(attempt=attempt, at=at)
        raise WrongPassword(Text("现在的密码不对。", "This is not the password you have now."))
    forget_failures(attempt)


def prove_code(*, user: User, code: str, device: str, at: datetime) -> Authenticator:
    """Return what gave a right code: the authenticator, or the recovery codes.

    Raises MustWait, WrongCode, or CodeUsed for one that was used before.
    """
    attempt = begin_attempt(username=user.username, device=device, at=at, proof=Proof.CODE)
    able = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    for authenticator in Authenticator.objects.filter(user=user, type__in=able):
        if authenticator.wrap().validate_code(code):
            if authenticator.type == Authenticator.Type.TOTP:
                spend_code(authenticator=authenticator, code=code, at=at)
            forget_failures(attempt)
            return authenticator
    note_failure(attempt=attempt, at=at)
    raise WrongCode(
        Text(
            "验证码不对。请核对手机的时间，或用一个恢复码。",
            "The code is wrong. Check the clock of your phone, or use a recovery code.",
        )
    )
