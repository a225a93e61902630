"""The private key of an officer, wrapped under a passphrase that nobody else knows.

XSalsa20-Poly1305 (secretbox) under Argon2id of the passphrase; the salt and what it costs are kept
with the key, so that a later key may cost more.
"""

import secrets
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from lianfang.sealing.envelopes import Pair
from lianfang.sealing.parts import KEY, CannotOpen

SALT = 16
# what an officer's browser is asked for: about a second
OPERATIONS = 3
MEMORY = 64 * 1024 * 1024
LEAST_OPERATIONS, MOST_OPERATIONS = 2, 20
LEAST_MEMORY, MOST_MEMORY = 32 * 1024 * 1024, 1024 * 1024 * 1024
# nonce, tag, key
WRAPPED = 24 + 16 + KEY


@dataclass(frozen=True, kw_only=True)
class Wrapped:
    """A private key under a passphrase, and how to get at it."""

    sealed: bytes
    salt: bytes
    operations: int
    memory: int


def wrap(
    pair: Pair, passphrase: str, *, operations: int = OPERATIONS, memory: int = MEMORY
) -> Wrapped:
    """Wrap the secret half of a pair."""
    salt = secrets.token_bytes(SALT)
    box = SecretBox(_key(passphrase, salt, operations, memory))
    return Wrapped(
        sealed=bytes(box.encrypt(pair.secret)), salt=salt, operations=operations, memory=memory
    )


def unwrap(wrapped: Wrapped, passphrase: str, public: bytes) -> Pair:
    """Return the pair whose public half is known. Raises CannotOpen for a wrong passphrase."""
    key = _key(passphrase, wrapped.salt, wrapped.operations, wrapped.memory)
    try:
        return Pair(public=public, secret=SecretBox(key).decrypt(wrapped.sealed))
    except CryptoError as error:
        raise CannotOpen("This is not the passphrase of the key") from error


def _key(passphrase: str, salt: bytes, operations: int, memory: int) -> bytes:
    return argon2id.kdf(
        SecretBox.KEY_SIZE, passphrase.encode(), salt, opslimit=operations, memlimit=memory
    )
