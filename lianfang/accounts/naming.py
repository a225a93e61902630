"""How a login's name is written, compared and stood for."""

import unicodedata
from enum import StrEnum

from django.utils.crypto import salted_hmac

LONGEST_NAME = 60
NAME = r"^[^\W_][\w.@-]*\Z"


class Proof(StrEnum):
    """What somebody proves with: each is counted by itself when it fails."""

    PASSWORD = "password"  # noqa: S105
    CODE = "code"


def written(username: str) -> str:
    """Return a name as it is kept: without the marks of an input method, nothing around it."""
    return unicodedata.normalize("NFKC", username).strip()


def folded(username: str) -> str:
    """Return the form under which names are equal: in any case, in full or half width."""
    return written(username).lower()


def key_of(username: str, proof: Proof = Proof.PASSWORD) -> str:
    """Return 64 hex digits that stand for a name and tell it to nobody without our secret key."""
    return salted_hmac(
        f"lianfang.accounts.{proof}", folded(username), algorithm="sha256"
    ).hexdigest()
