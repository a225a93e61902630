"""The folder of files: each lies under its digest, once, written whole or not at all."""

import hashlib
import os
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import rules

ALGORITHM = "sha-256"
CHUNK = 256 * 1024
_MOST_PARTS = 10_000
_INCOMING = "incoming"
_DIGEST_DIGITS = 64


class TooLarge(Refused):
    """A file is larger than this installation keeps."""


class EmptyFile(Refused):
    """A file without content."""


class Damaged(Refused):
    """A stored file is missing, or no longer what it was when it was stored."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A file that has come in whole and is not yet in the store."""

    path: Path
    digest: str
    size: int
    head: bytes

    def parts(self) -> frozenset[str]:
        """Return the names of its parts where it is a zip package."""
        if not rules.is_package(self.head):
            return frozenset()
        try:
            with zipfile.ZipFile(self.path) as package:
                return frozenset(package.namelist()[:_MOST_PARTS])
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return frozenset()

    def enter(self, at: datetime) -> None:
        """Move it to its place, where an equal one may lie already. It survives a power cut."""
        place = _place(self.digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.utime(self.path, (at.timestamp(), at.timestamp()))
        self.path.replace(place)
        _flush_folder(place.parent)

    def drop(self) -> None:
        """Remove it, if it has not been moved."""
        self.path.unlink(missing_ok=True)


def receive(chunks: Iterable[bytes], *, most: int) -> Waiting:
    """Return a file that was written whole beside the store. Raises TooLarge, EmptyFile."""
    folder = root() / _INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / secrets.token_hex(16)
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with path.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise too_large(most)
                digest.update(chunk)
                head += chunk[: rules.HEAD_BYTES - len(head)]
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if not size:
            raise EmptyFile(Text("文件是空的，请另选。", "The file is empty; choose another one."))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Waiting(path=path, digest=digest.hexdigest(), size=size, head=head)


def opened(digest: str) -> BinaryIO:
    """Return a stored file, read once to see that it is what it was. Raises Damaged."""
    try:
        file = _place(digest).open("rb")
    except OSError as error:
        raise _damaged(digest) from error
    if hashlib.file_digest(file, "sha256").hexdigest() != digest:
        file.close()
        raise _damaged(digest)
    file.seek(0)
    return file


def content_of(digest: str) -> bytes:
    """Return the bytes of a stored file. Raises Damaged."""
    with opened(digest) as file:
        return file.read()


def stored() -> Iterator[tuple[str, datetime]]:
    """Yield the digest of each file in the store, and when it was last put there."""
    for path in root().glob("??/??/*"):
        if len(path.name) == _DIGEST_DIGITS:
            yield path.name, _moved_at(path)


def incoming() -> Iterator[tuple[Path, datetime]]:
    """Yield what lies beside the store, and since when."""
    for path in (root() / _INCOMING).glob("*"):
        yield path, _moved_at(path)


def remove(digest: str) -> None:
    """Remove a file that nothing refers to."""
    _place(digest).unlink(missing_ok=True)


def root() -> Path:
    """Return the folder in which files lie."""
    return Path(settings.FILES_ROOT)


def _place(digest: str) -> Path:
    if len(digest) != _DIGEST_DIGITS or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("A digest is 64 hex digits")
    return root() / digest[:2] / digest[2:4] / digest


def _moved_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _flush_folder(folder: Path) -> None:
    """Write a folder's entries to the disk; Windows does so by itself and can't be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def too_large(most: int) -> TooLarge:
    """Return the refusal of a file with more than `most` bytes."""
    megabytes = most // (1024 * 1024)
    return TooLarge(
        Text(
            f"文件超过 {megabytes} MB，请去掉图片或拆成几个文件。",
            f"The file has more than {megabytes} MB. Remove pictures or split it.",
        )
    )


def _damaged(digest: str) -> Damaged:
    return Damaged(
        Text(
            f"存储的文件 {digest[:12]}… 丢失或已损坏。请系统管理员从备份中恢复。",
            f"The stored file {digest[:12]}… is missing or damaged. The system administrator can "
            "restore it from a backup.",
        )
    )
