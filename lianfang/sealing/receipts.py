"""The receipt: 16 digits, and what follows from them.

PBKDF2-HMAC-SHA256 over the digits gives the token under which the server finds the report, and the
seed of the sender's own pair of keys, to which the office's answers are sealed. The server stores
neither the digits nor the token, only HMAC-SHA256 of the token under a key outside the database.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from uuid import UUID

from nacl.bindings import crypto_box_seed_keypair

from lianfang.sealing.envelopes import Pair

DIGITS = 16
ROUNDS = 600_000
TOKEN = 32
SALT = 32
_GROUP = 4
_IGNORED = re.compile(r"[\s\-‐‑–—·.]+")
_WHOLE = re.compile(rf"[0-9]{{{DIGITS}}}")
# what a Chinese keyboard types
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}


@dataclass(frozen=True, kw_only=True)
class Derived:
    """What follows from a receipt; `pair` is the sender's."""

    token: bytes
    pair: Pair


def new_receipt() -> str:
    """Return 16 random digits."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def grouped(receipt: str) -> str:
    """Return the digits in groups of four, as they are shown and copied."""
    return " ".join(receipt[at : at + _GROUP] for at in range(0, len(receipt), _GROUP))


def typed(text: str) -> str | None:
    """Return the 16 digits somebody typed, with whatever stands between them; else None."""
    digits = _IGNORED.sub("", text.translate(_FULL_WIDTH))
    return digits if _WHOLE.fullmatch(digits) else None


def derive(receipt: str, salt: bytes, *, rounds: int | None = None) -> Derived:
    """Return token and keys of a receipt; takes a third of a second of CPU time."""
    rounds = ROUNDS if rounds is None else rounds
    found = hashlib.pbkdf2_hmac("sha256", receipt.encode("ascii"), salt, rounds, TOKEN + 32)
    public, secret = crypto_box_seed_keypair(found[TOKEN:])
    return Derived(token=found[:TOKEN], pair=Pair(public=public, secret=secret))


def name_for(content: bytes, pair: Pair) -> UUID:
    """Return the identifier of what a sender sends: the same content again is the same one."""
    digest = hmac.new(pair.secret, content, hashlib.sha256).digest()
    return UUID(bytes=digest[:16], version=4)


def lookup_of(token: bytes, pepper: bytes) -> str:
    """Return the 64 hex digits under which a report is stored."""
    return hmac.new(pepper, token, hashlib.sha256).hexdigest()
