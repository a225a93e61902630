"""Challenges for the small proof of work, signed instead of stored."""

import secrets
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.sealing import work

_SIGNER = "lianfang.portal.work"
_VALID = timedelta(hours=2)


class NoWork(Refused):
    """A request without the work it asks for, or with that of long ago."""


def challenge() -> str:
    """Return a fresh challenge; it says nothing of who asked."""
    return TimestampSigner(salt=_SIGNER).sign(secrets.token_hex(16))


def require_work(given: str, purpose: str, number: str) -> None:
    """Raise NoWork unless the number does for this challenge and purpose."""
    try:
        TimestampSigner(salt=_SIGNER).unsign(given, max_age=_VALID)
    except BadSignature as error:
        raise NoWork(_AGAIN) from error
    if not number.isascii() or not number.isdecimal() or len(number) > 15:
        raise NoWork(_AGAIN)
    if not work.is_done(given, purpose, int(number)):
        raise NoWork(_AGAIN)


_AGAIN = Text(
    "页面停留过久，请再提交一次；填写的内容还在。",
    "This page was open for too long. Send it again; what you wrote is still there.",
)
