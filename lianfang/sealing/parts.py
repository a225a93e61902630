"""A part: the body of a report, one file, an identity or a letter, under a key of 32 bytes.

nonce of 24 bytes ‖ XChaCha20-Poly1305 (IETF) over the padded text, bound to the report and the name
of the part: no part can be put into the place of another.
"""

import json
import secrets
from typing import Any
from uuid import UUID

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from lianfang.sealing.padding import BadPadding, padded, unpadded

FORMAT = 1
KEY = 32
NONCE = 24
TAG = 16
# The names of parts.
BODY = "body"
IDENTITY = "identity"
_HEAD = 4


class CannotOpen(Exception):
    """The wrong key, or bytes that are not what was sealed."""


def file_part(number: int) -> str:
    """Return the name of the part that holds the file with a number, from 1."""
    return f"file/{number}"


def letter_part(letter: UUID) -> str:
    """Return the name of the part that holds a letter."""
    return f"letter/{letter}"


def letter_file_part(letter: UUID, number: int) -> str:
    """Return the name of the part that holds a file of a letter, from 1."""
    return f"{letter_part(letter)}/file/{number}"


def new_key() -> bytes:
    """Return a fresh key for the parts of one report."""
    return secrets.token_bytes(KEY)


def bound_to(report: UUID, name: str) -> bytes:
    """Return what a part is bound to: the format, the report, its own name."""
    return f"lianfang/{FORMAT}/{report}/{name}".encode()


def seal_part(
    content: bytes, *, key: bytes, report: UUID, name: str, nonce: bytes | None = None
) -> bytes:
    """Pad and seal one part. `nonce` is given by test vectors alone."""
    nonce = secrets.token_bytes(NONCE) if nonce is None else nonce
    bound = bound_to(report, name)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(padded(content), bound, nonce, key)


def open_part(sealed: bytes, *, key: bytes, report: UUID, name: str) -> bytes:
    """Open one part. Raises CannotOpen."""
    nonce, text = sealed[:NONCE], sealed[NONCE:]
    try:
        bound = bound_to(report, name)
        return unpadded(crypto_aead_xchacha20poly1305_ietf_decrypt(text, bound, nonce, key))
    except (BadPadding, CryptoError, ValueError, TypeError) as error:
        raise CannotOpen("This part does not open with this key") from error


def written(content: dict[str, Any]) -> bytes:
    """Return a body, an identity or a letter as it is sealed: JSON in UTF-8."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def read(content: bytes) -> dict[str, Any]:
    """Return what was written. Raises CannotOpen."""
    try:
        found = json.loads(content)
    except ValueError as error:
        raise CannotOpen("This part holds no JSON") from error
    if not isinstance(found, dict):
        raise CannotOpen("This part holds no JSON object")
    return found


def packed_file(content: bytes, *, name: str, kind: str) -> bytes:
    """Return a file as it is sealed: the length of its head, the head with name and type, bytes."""
    head = written({"name": name, "type": kind})
    return len(head).to_bytes(_HEAD, "big") + head + content


def unpacked_file(packed: bytes) -> tuple[str, str, bytes]:
    """Return name, type and content of a file. Raises CannotOpen."""
    end = _HEAD + int.from_bytes(packed[:_HEAD], "big")
    head = read(packed[_HEAD:end])
    return str(head.get("name", "")), str(head.get("type", "")), packed[end:]
