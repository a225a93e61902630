"""What a backup says of itself, before anything else in it."""

import msgspec

from lianfang.common.text import Text


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """The log at the moment of the backup; `fault` where it was not whole even then."""

    size: int
    root: str
    fault: Text | None = None


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table: its columns, how many rows, the last number it gave out."""

    model: str
    columns: tuple[str, ...]
    rows: int
    last: int | None = None


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """How many attached files, and their bytes."""

    count: int
    size: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`migrations` has the last step of each app, so that the same tables can be made again."""

    made_at: str
    release: str
    database: str
    migrations: dict[str, str]
    tables: tuple[Table, ...]
    files: Files
    log: Log

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.rows for table in self.tables)
