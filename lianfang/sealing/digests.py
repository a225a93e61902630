"""The digest of what was filed: what the sender's slip shows, and the log holds among others."""

import hashlib
import json
from collections.abc import Iterable
from uuid import UUID

ALGORITHM = "sha-256"
REPORT, LETTER = "report", "letter"


def digest_of(kind: str, name: UUID, parts: Iterable[tuple[str, bytes]]) -> str:
    """Return 64 hex digits that commit to the sealed parts of a report or a letter.

    SHA-256 over canonical JSON: format, kind, identifier, and the SHA-256 of each part by its name.
    """
    told = {
        "alg": ALGORITHM,
        "format": 1,
        "id": str(name),
        "kind": kind,
        "parts": {part: hashlib.sha256(sealed).hexdigest() for part, sealed in parts},
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
