"""The key under which receipts are looked up: a file beside the database, never in it.

Without it nobody finds a report by a receipt, however many they try. It is made once.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from lianfang.sealing import receipts

_BYTES = 32


def lookup_of(token: bytes) -> str:
    """Return under what a report with this token is stored."""
    return receipts.lookup_of(token, _pepper())


def _pepper() -> bytes:
    path = Path(settings.REPORT_PEPPER)
    with suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    # of two processes that begin at once, one is first
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_bytes()
