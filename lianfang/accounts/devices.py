"""Devices from which a login signed in before: a signed cookie says for which names they may stand.

A known device has a count of failures of its own, so that nobody else's tries keep its owner out.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from lianfang.accounts.naming import key_of

COOKIE = "lianfang_device"
_SALT = "lianfang.accounts.device"
_LASTS = 400 * 24 * 3600
# On a machine that many share, the last ones count.
_MOST = 20


def known_device(request: HttpRequest, username: str) -> str:
    """Return the device's own name where that login signed in on it before; empty otherwise."""
    device, names = _read(request)
    return device if key_of(username) in names else ""


def remember_device(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Note with the browser that this login has signed in on it."""
    device, names = _read(request)
    key = key_of(username)
    names = [key, *(name for name in names if name != key)][:_MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps([device or secrets.token_hex(16), names], salt=_SALT, compress=True),
        max_age=_LASTS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, names = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        return "", []
    return str(device), [str(name) for name in names]
