"""Keeps the place of a row in the database from telling when it came.

SQLite numbers rows as they come, PostgreSQL lays them one behind the other. So rows get a random
number where they have one, and are written anew in a random order when the day is over.
"""

import random
from collections.abc import Sequence
from uuid import UUID

from django.db import connection, models

CHANCE = random.SystemRandom()
_AT_ONCE = 500


def scatter(table: type[models.Model], ids: Sequence[UUID]) -> None:
    """Give new rows a random hidden number, where the database has numbered them in order."""
    if connection.vendor != "sqlite" or not ids:
        return
    quoted = connection.ops.quote_name(table._meta.db_table)
    with connection.cursor() as cursor:
        for begin in range(0, len(ids), _AT_ONCE):
            some = [one.hex for one in ids[begin : begin + _AT_ONCE]]
            marks = ", ".join(["%s"] * len(some))
            # the name of the table is ours
            cursor.execute(
                f"UPDATE {quoted} SET rowid = abs(random()) WHERE id IN ({marks})",  # noqa: S608
                some,
            )


def rewrite(rows: models.QuerySet[models.Model], column: str) -> None:
    """Write rows anew, one by one in a random order, in the caller's transaction."""
    ids = list(rows.values_list("pk", flat=True))
    CHANCE.shuffle(ids)
    for one in ids:
        rows.model._default_manager.filter(pk=one).update(**{column: models.F(column)})
