"""How an event becomes a leaf: its canonical JSON, and commitments to what may be erased.

Format 1, with SHA-256. A leaf is the canonical JSON of a `Body`. What an event tells is not in the
leaf: a commitment to it is, so that the text may be erased by law while the leaf stays.
"""

from hashlib import sha256
from typing import Any

import msgspec

from lianfang.audit.rules.tree import leaf_hash

FORMAT = 1
# the names of the parts that every event may have, and how the system calls itself
ACTOR = "actor"
SUBJECT = "subject"
CHANGES = "changes"
SYSTEM = "system"
# the actions that say which part was emptied by law
PART_ERASED = "audit.part.erased"
ROW_ERASED = "audit.row.erased"
ALGORITHM = "sha-256"
SALT_BYTES = 16
# 0 and 1 begin the leaves and nodes of a tree (RFC 6962 2.1)
_COMMITMENT = b"\x02"


def _as_text(value: object) -> str:
    """Return a string of a class of its own, such as safe HTML, as the plain string it is."""
    if isinstance(value, str):
        return value[:]
    raise TypeError(f"The log can't write down {type(value).__name__}; give it a JSON value")


_encoder = msgspec.json.Encoder(order="sorted", enc_hook=_as_text)


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What the leaf of an event covers.

    `at` is in UTC to the microsecond, `2026-05-14T02:00:00.000000+00:00`. `parts` holds under each
    name the commitment to a text. A bulk event has the number of its `rows` and their root.
    """

    action: str
    actor: str
    alg: str
    at: str
    format: int
    organisation: int | None
    parts: dict[str, str]
    position: int
    rows: int | None
    rows_root: str
    rule: str
    subject: str


class RowBody(msgspec.Struct, frozen=True, kw_only=True):
    """What the leaf of one row of a bulk event covers."""

    committed: str
    place: int
    subject: str


def canonical(value: Any) -> bytes:
    """Return the one way in which `value` is written: sorted keys, no spaces, UTF-8.

    For what a leaf holds the same bytes as `json.dumps(value, sort_keys=True,
    ensure_ascii=False, separators=(",", ":"))`. Days and moments become ISO 8601. Raises
    TypeError for what can't be told in JSON.
    """
    return _encoder.encode(value)


def commitment(salt: str, text: str) -> str:
    """Return the 64 hex digits that commit to `text` without telling it.

    SHA-256 over a byte 2, the salt of 16 random bytes, given in hex, and the text in UTF-8. Raises
    ValueError for a salt that is no hex.
    """
    return sha256(_COMMITMENT + bytes.fromhex(salt) + text.encode()).hexdigest()


def leaf_of(body: Body | RowBody) -> bytes:
    """Return the 32 bytes of the leaf."""
    return leaf_hash(_encoder.encode(body))
