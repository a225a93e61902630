"""Envelopes: a key sealed to somebody's public key, and an identity that takes two to open.

The key of an identity is a XOR b. Readers get a, witnesses get b: no reader opens an identity
alone, and a witness opens no report.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from nacl.bindings import crypto_box_seal, crypto_box_seal_open, crypto_scalarmult_base
from nacl.exceptions import CryptoError

from lianfang.sealing.parts import KEY, CannotOpen

ALGORITHM = "x25519-sealedbox-1"
# an ephemeral public key of 32 bytes, a tag of 16, the key
SEALED_KEY = 32 + 16 + KEY
Name = TypeVar("Name")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The two halves of somebody's X25519 key."""

    public: bytes
    secret: bytes


def new_pair() -> Pair:
    """Return a fresh pair of keys."""
    secret = secrets.token_bytes(KEY)
    return Pair(public=crypto_scalarmult_base(secret), secret=secret)


def seal_key(key: bytes, public: bytes) -> bytes:
    """Seal a key of 32 bytes to a public key; nobody learns from whom it is."""
    return crypto_box_seal(key, public)


def open_key(sealed: bytes, pair: Pair) -> bytes:
    """Open an envelope. Raises CannotOpen."""
    try:
        found = crypto_box_seal_open(sealed, pair.public, pair.secret)
    except (CryptoError, ValueError, TypeError) as error:
        raise CannotOpen("This envelope is not for this key") from error
    if len(found) != KEY:
        raise CannotOpen("This envelope holds no key")
    return found


def sealed_to(key: bytes, publics: Iterable[tuple[Name, bytes]]) -> list[tuple[Name, bytes]]:
    """Return an envelope for each of the named public keys."""
    return [(name, seal_key(key, public)) for name, public in publics]


def split(key: bytes) -> tuple[bytes, bytes]:
    """Return two halves of a key that say nothing alone."""
    half = secrets.token_bytes(KEY)
    return half, joined(key, half)


def joined(one: bytes, other: bytes) -> bytes:
    """Return the key whose two halves these are. Raises CannotOpen for a wrong length."""
    if len(one) != KEY or len(other) != KEY:
        raise CannotOpen("These are not two halves of a key")
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
