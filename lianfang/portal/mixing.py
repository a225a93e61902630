"""Keeps the place of a row in the database from telling when it came.

SQLite numbers rows as they come, PostgreSQL lays them one behind the other. So rows get a random
number where they have one, and are written anew in a random order when the day is over.
"""

import random
from collections.abc import Sequence

from django.db import connection, models

CHANCE = random.SystemRandom()
_ROWID_BITS = 62


def add(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one table, under random hidden numbers where the database numbers them.

    Raises IntegrityError as the database does.
    """
    if not rows:
        return
    table = type(rows[0])
    if connection.vendor != "sqlite":
        table._default_manager.bulk_create(rows)
        return
    fields = table._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * (len(fields) + 1))
    quoted = connection.ops.quote_name(table._meta.db_table)
    with connection.cursor() as cursor:
        # names of the table and its columns are ours
        cursor.executemany(
            f"INSERT INTO {quoted} (rowid, {columns}) VALUES ({marks})",  # noqa: S608
            [
                (
                    CHANCE.getrandbits(_ROWID_BITS),
                    *(
                        field.get_db_prep_save(getattr(row, field.attname), connection)
                        for field in fields
                    ),
                )
                for row in rows
            ],
        )
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def rewrite(rows: models.QuerySet[models.Model], column: str) -> None:
    """Write rows anew, one by one in a random order, in the caller's transaction."""
    ids = list(rows.values_list("pk", flat=True))
    CHANCE.shuffle(ids)
    for one in ids:
        rows.model._default_manager.filter(pk=one).update(**{column: models.F(column)})
