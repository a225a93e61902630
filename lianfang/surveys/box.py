"""Opens and seals the box of a survey; its key is a file, in no database and no backup.

Whoever holds the database, at however many moments, sees two parts of fixed length that are all
different after each answer. The key goes when the survey closes: what was copied before stays shut.
"""

import os
import random
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from lianfang.surveys.models import SealedBox
from lianfang.surveys.rules.papers import (
    Paper,
    packed_papers,
    packed_turnout,
    papers_of,
    turnout_of,
)

Thing = TypeVar("Thing")
_NONCE = 12
_TAG = 16
_KEY_BITS = 256
_TURNOUT, _PAPERS = b"turnout", b"papers"
_CHANCE = random.SystemRandom()


class KeyGone(Exception):
    """The key of a box is not there: the database was put back without it."""


def make_key() -> str:
    """Make the key of a new box and return its name."""
    name = secrets.token_hex(16)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(AESGCM.generate_key(_KEY_BITS))
        file.flush()
        os.fsync(file.fileno())
    return name


def destroy_key(name: str) -> None:
    """Destroy a key; the box can't be opened any more, nor any copy of it."""
    path = _folder() / name
    with suppress(FileNotFoundError):
        path.write_bytes(bytes(_KEY_BITS // 8))
        path.unlink()


def keys_made_before(moment: datetime) -> frozenset[str]:
    """Return the names of the keys made before a moment."""
    folder = _folder()
    if not folder.is_dir():
        return frozenset()
    return frozenset(
        path.name for path in folder.iterdir() if path.stat().st_mtime < moment.timestamp()
    )


def fill(
    box: SealedBox, people: frozenset[int], papers: list[Paper], rooms: tuple[int, int]
) -> None:
    """Seal who answered and what into a box, in parts of these lengths. Raises KeyGone."""
    key = _key(box.key_name)
    turnout = packed_turnout(people, rooms[0])
    box.turnout = _sealed(key, turnout, _TURNOUT)
    box.papers = _sealed(key, packed_papers(papers, rooms[1], _CHANCE.shuffle), _PAPERS)


def add(box: SealedBox, person: int, paper: Paper) -> None:
    """Put a paper in, and note apart from it that somebody answered. Raises KeyGone."""
    fill(box, people_in(box) | {person}, [*papers_in(box), paper], rooms_of(box))


def rooms_of(box: SealedBox) -> tuple[int, int]:
    """Return the lengths of the two parts before they were sealed."""
    return len(box.turnout) - _NONCE - _TAG, len(box.papers) - _NONCE - _TAG


def people_in(box: SealedBox) -> frozenset[int]:
    """Return who answered. Raises KeyGone."""
    return turnout_of(_opened(_key(box.key_name), bytes(box.turnout), _TURNOUT))


def papers_in(box: SealedBox) -> list[Paper]:
    """Return the papers, in an order that tells nothing. Raises KeyGone."""
    papers = papers_of(_opened(_key(box.key_name), bytes(box.papers), _PAPERS))
    _CHANCE.shuffle(papers)
    return papers


def mixed(things: Sequence[Thing]) -> list[Thing]:
    """Return things in an order that tells nothing."""
    return _CHANCE.sample(things, len(things))


def _sealed(key: bytes, content: bytes, part: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, part)


def _opened(key: bytes, sealed: bytes, part: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], part)
    except InvalidTag as error:
        raise KeyGone from error


def _key(name: str) -> bytes:
    try:
        return (_folder() / name).read_bytes()
    except FileNotFoundError as error:
        raise KeyGone from error


def _folder() -> Path:
    return Path(settings.BOX_KEYS_ROOT)
