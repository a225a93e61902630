"""Rows and lines on their way to the database, in a file meanwhile: they are many."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

Entry = TypeVar("Entry", bound=Struct)
_ENCODE = msgspec.json.Encoder().encode


class RowRead(Struct, frozen=True, array_like=True):
    """A row of the original: table (-1 for none), 1-based number, what it is, its cells."""

    table: int
    number: int
    kind: str
    cells: tuple[str, ...]


class Spool(Generic[Entry]):
    """Values that can be gone through as often as one likes; gone with the process."""

    def __init__(self, of: type[Entry]) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  # closed when the Spool goes
        self._decode = msgspec.json.Decoder(of).decode

    def __del__(self) -> None:
        self._file.close()

    def add(self, entry: Entry) -> None:
        """Lay a value aside."""
        self._file.write(_ENCODE(entry) + b"\n")

    def __iter__(self) -> Iterator[Entry]:
        self._file.seek(0)
        return map(self._decode, self._file)
