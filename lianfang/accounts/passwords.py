"""Which passwords are good enough, what is said of the others, and first passwords."""

import secrets
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from lianfang.accounts.models import User
from lianfang.accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD, Fault, faults_of
from lianfang.common.errors import Refused
from lianfang.common.http import language_now
from lianfang.common.text import Text

_OURS = ("lianfang", "廉防")
# Without what is mistaken for something else when it is copied from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
SENTENCES = {
    Fault.SHORT: Text(
        f"密码至少 {SHORTEST_PASSWORD} 个字符，可以用几个词或一句话。",
        f"Give at least {SHORTEST_PASSWORD} characters; a few words or a sentence will do.",
    ),
    Fault.LONG: Text(
        f"密码最多 {LONGEST_PASSWORD} 个字符。", f"Give at most {LONGEST_PASSWORD} characters."
    ),
    Fault.COMMON: Text(
        "这个密码太常见，最先被人试到，请换一个。",
        "This password is common and among the first to be tried; choose another.",
    ),
    Fault.NAMED: Text(
        "密码里不要用登录名或本系统的名称。",
        "Leave the login name and the name of this system out of the password.",
    ),
    Fault.PLAIN: Text(
        "密码不要用重复或连续的字符。", "Don't repeat a few characters, or use them in a row."
    ),
}


class WeakPassword(Refused):
    """A new password that would be guessed."""


class PasswordRules:
    """The same rules where Django itself sets a password."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with every fault, in the language of the page."""
        faults = faults_in(password, user.get_username() if user else "")
        if faults:
            language = language_now()
            raise ValidationError([SENTENCES[fault].in_(language) for fault in faults])

    def get_help_text(self) -> str:
        """Return what a good password is."""
        return SENTENCES[Fault.SHORT].in_(language_now())


def faults_in(password: str, username: str) -> tuple[Fault, ...]:
    """Return what is wrong with a new password of that login."""
    return faults_of(password, names=(username, *_OURS), is_common=_common().__contains__)


def require_good(password: str, username: str) -> None:
    """Raise WeakPassword with every fault."""
    texts = [SENTENCES[fault] for fault in faults_in(password, username)]
    if texts:
        raise WeakPassword(
            Text("".join(text.zh for text in texts), " ".join(text.en for text in texts))
        )


def first_password() -> str:
    """Return a password nobody can guess, in groups that can be read out."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
