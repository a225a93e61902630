"""Takes away what keeps the log append-only: how an attacker would begin, who owns the database.

Also how a database that holds a log is emptied between tests that can't roll back.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

_TABLES = ("event", "detail", "row", "head")


@contextmanager
def without_triggers() -> Iterator[None]:
    """Let the tables of the log be written to at will; the triggers are back afterwards."""
    with connection.cursor() as cursor:
        postgresql = connection.vendor == "postgresql"
        back = _off_postgresql(cursor) if postgresql else _off_sqlite(cursor)
        yield
        for statement in back:
            cursor.execute(statement)


@contextmanager
def undone() -> Iterator[None]:
    """Let the tables be written to without the triggers, and take all of it back afterwards."""
    with suppress(_Undo), transaction.atomic(), without_triggers():
        yield
        raise _Undo


class _Undo(Exception):
    """Rolls a change back."""


def _off_postgresql(cursor: CursorWrapper) -> list[str]:
    # What waits for the check of a foreign key forbids ALTER TABLE.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in _TABLES:
        cursor.execute(f"ALTER TABLE audit_{table} DISABLE TRIGGER USER")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return [
        "SET CONSTRAINTS ALL IMMEDIATE",
        *(
            f"ALTER TABLE audit_{table} ENABLE ALWAYS TRIGGER audit_{table}_{event}"
            for table in _TABLES
            for event in ("insert", "update", "delete", "truncate")
            if table == "head" or event != "insert"
        ),
        "SET CONSTRAINTS ALL DEFERRED",
    ]


def _off_sqlite(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'"
    )
    triggers = dict(cursor.fetchall())
    for name in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    return [*triggers.values()]
