"""The code on the screen, by which somebody shows that they are there: it changes by the minute."""

import hmac
from datetime import datetime
from hashlib import sha256

DIGITS = 8
STEP_SECONDS = 60
# somebody begins to type a code that is about to change, on a phone whose page loads slowly
STEPS_BACK = 2
_GROUP = 4


def step_of(at: datetime) -> int:
    """Return the number of the minute, the same in every time zone."""
    return int(at.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """Return the code of a minute: digits that nobody can work out without the secret."""
    digest = hmac.new(secret.encode(), str(step).encode(), sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}d}"


def is_right(secret: str, typed: str, at: datetime) -> bool:
    """Return whether a typed code is that of this minute or of the two before it.

    Spaces and hyphens don't count. An activity without a secret takes none.
    """
    digits = typed.replace(" ", "").replace("-", "").replace("\u3000", "")
    if not secret or len(digits) != DIGITS or not digits.isascii():
        return False
    now = step_of(at)
    known = [code_at(secret, step) for step in range(now - STEPS_BACK, now + 1)]
    # all of them are compared, however soon one fits
    return any([hmac.compare_digest(code, digits) for code in known])  # noqa: C419


def in_groups(code: str) -> str:
    """Return a code as it is read out: 4831 2907."""
    return f"{code[:_GROUP]} {code[_GROUP:]}"
