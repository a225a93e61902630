"""The inside of a backup: a gzipped tar, written and read from the front only.

`manifest.json`; then for each table `rows/<model>/<number>.jsonl`, a row a line; then
`files/<digest>`; then `end`.
"""

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from lianfang.shell.backup.cipher import Opener, Sealer, cut_off

MANIFEST = "manifest.json"
END = "end"
ROWS = "rows"
FILES = "files"
MISSING = "missing"
_LEVEL = 6


class Packer:
    """Puts members into a backup."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive

    def add(self, name: str, content: bytes) -> None:
        """Put bytes in."""
        self.stream(name, io.BytesIO(content), len(content))

    def stream(self, name: str, content: IO[bytes], size: int) -> None:
        """Put that many bytes of an open file in."""
        member = tarfile.TarInfo(name)
        member.size = size
        self._archive.addfile(member, content)


@contextmanager
def packing(out: IO[bytes], passphrase: str) -> Iterator[Packer]:
    """Hold a backup open for writing; it is whole when this ends without an exception."""
    sealer = Sealer(out, passphrase)
    with (
        gzip.GzipFile(fileobj=sealer, mode="wb", compresslevel=_LEVEL, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        yield Packer(archive)
        archive.close()
        packed.close()
        sealer.finish()


@contextmanager
def unpacking(source: IO[bytes], passphrase: str) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Give the members of a backup, each to be read before the next one.

    Raises SealRefused, for an end that is missing as soon as the members are used up.
    """
    opener = Opener(source, passphrase)
    try:
        with (
            gzip.GzipFile(fileobj=opener, mode="rb") as packed,
            tarfile.open(fileobj=packed, mode="r|") as archive,
        ):
            yield _members(archive, opener)
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise cut_off() from error


def _members(archive: tarfile.TarFile, opener: Opener) -> Iterator[tuple[str, IO[bytes]]]:
    last = ""
    for member in archive:
        content = archive.extractfile(member)
        if content is not None:
            yield member.name, content
        last = member.name
    opener.require_end()
    if last != END:
        raise cut_off()
