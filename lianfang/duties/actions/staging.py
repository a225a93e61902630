"""What is owed, laid beside what is stored: in a table of its own for as long as they are compared.

Statements over both tables take the place of a million look-ups.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db import connection
from django.db.models import DateField

from lianfang.duties.models import Duty
from lianfang.duties.rules.values import FOLLOWING, Wanted
from lianfang.org.models import Post

TABLE = "duties_wanted"
_FIELDS: list[Any] = [Duty._meta.get_field(name) for name in Wanted._fields]
COLUMNS = tuple(str(field.column) for field in _FIELDS)
_STORED = Duty._meta.db_table
_KEY = ("ground", "period")
_DAYS = [n for n, field in enumerate(_FIELDS) if isinstance(field, DateField)]
FOLLOWING_CODES = ", ".join(f"'{origin}'" for origin in FOLLOWING)
# what changes while the key stays
MOVING = tuple(column for column in COLUMNS if column not in _KEY)
# Chosen here from names of our own tables and columns; every value is a parameter.
_SAME_KEY = "w.ground = d.ground AND w.period = d.period"


@dataclass(frozen=True)
class Scope:
    """Which stored duties are compared: all of an organisation, or those of some units.

    Those of units are the ones of the posts that are there now, and of the units themselves. What
    somebody owes whatever the post, learning, is compared for the whole organisation only.
    """

    organisation: int
    units: tuple[int, ...] | None = None
    posts: tuple[int, ...] = ()

    @classmethod
    def of(cls, organisation: int, units: Collection[int] | None) -> Self:
        """Return the scope with the posts of the units: one statement, none for the whole.

        Their keys are looked up beforehand: with a subquery the stored duties would be walked
        through, all of them.
        """
        if units is None:
            return cls(organisation)
        posts = Post.objects.filter(unit__in=units).order_by("pk").values_list("pk", flat=True)
        return cls(organisation, tuple(sorted(units)), tuple(posts))

    @property
    def condition(self) -> tuple[str, list[Any]]:
        """The condition on a stored duty `d`, with its values."""
        sql = "d.organisation_id = %s"
        if self.units is None:
            return sql, [self.organisation]
        of_post = f"d.post_id IN ({_places(self.posts)})"
        of_unit = f"d.unit_id IN ({_places(self.units)}) AND d.post_id IS NULL"
        return (
            f"{sql} AND ({of_post} OR ({of_unit} AND d.person_id IS NULL))",
            [self.organisation, *self.posts, *self.units],
        )


@contextmanager
def staged(rows: Iterable[Wanted], *, is_whole: bool) -> Iterator[None]:
    """Hold the rows in the table beside the stored ones; a transaction must be open.

    Whole organisations are compared in one pass over both tables, some units by the index.
    """
    types = ", ".join(f"{field.column} {field.db_type(connection)}" for field in _FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE TEMPORARY TABLE {TABLE} ({types})")
        (_copy if connection.vendor == "postgresql" else _insert)(cursor, rows)
        _join_by_index(cursor, not is_whole)
    yield
    with connection.cursor() as cursor:
        _join_by_index(cursor, True)
        cursor.execute(f"DROP TABLE {TABLE}")


def moved(organisation: int) -> list[tuple[Any, ...]]:
    """Return what is stored otherwise than owed, or lapsed and owed again: one statement.

    Rows of key, state and ground, then MOVING as stored, then MOVING as owed.
    """
    differing = " OR ".join(f"d.{column} {_differs()} w.{column}" for column in MOVING)
    columns = ", ".join([f"{table}.{column}" for table in "dw" for column in MOVING])
    return _rows(
        # CROSS: SQLite then begins with the staged rows, few or many
        f"SELECT d.id, d.state, d.ground, {columns} FROM {TABLE} w CROSS JOIN {_STORED} d"  # noqa: S608
        f" WHERE d.organisation_id = %s AND {_SAME_KEY}"
        f" AND (d.state = 'lapsed' OR (d.state = 'open' AND ({differing}))) ORDER BY d.id",
        [organisation],
    )


def left_behind(scope: Scope, back_to: date, repeating: Collection[str]) -> list[tuple[Any, ...]]:
    """Return open duties that are no longer looked back at, where somebody else is to act by now.

    Rows as `moved` gives them: they follow the last period of their ground. One statement.
    """
    condition, values = scope.condition
    following = ("unit_id", "actor_role", "actor_id")
    differing = " OR ".join(f"d.{column} {_differs()} w.{column}" for column in following)
    after = [f"{'w' if column in following else 'd'}.{column}" for column in MOVING]
    columns = ", ".join([*(f"d.{column}" for column in MOVING), *after])
    return _rows(
        f"SELECT d.id, d.state, d.ground, {columns} FROM {_STORED} d"  # noqa: S608
        f" JOIN {TABLE} w ON w.ground = d.ground AND w.period ="
        f" (SELECT MAX(last.period) FROM {TABLE} last WHERE last.ground = d.ground)"
        f" WHERE {condition} AND d.state = 'open' AND d.due_on < %s"
        f" AND d.rule IN ({_places(repeating)}) AND NOT EXISTS"
        f" (SELECT 1 FROM {TABLE} same WHERE same.ground = d.ground AND same.period = d.period)"
        f" AND ({differing}) ORDER BY d.id",
        [*values, back_to, *repeating],
    )


def gone(scope: Scope, back_to: date, repeating: Collection[str]) -> list[tuple[Any, ...]]:
    """Return the open duties that are owed no more: key, ground, rule, person, post, unit.

    One of a repeating rule that fell due before `back_to` stays as long as its ground asks for
    anything. One statement.
    """
    condition, values = scope.condition
    is_open = f"{condition} AND d.state = 'open' AND d.origin IN ({FOLLOWING_CODES})"
    any_like_it = f"EXISTS (SELECT 1 FROM {TABLE} w WHERE w.ground = d.ground"  # noqa: S608
    return _rows(
        f"SELECT d.id, d.ground, d.rule, d.person_id, d.post_id, d.unit_id FROM {_STORED} d"  # noqa: S608
        f" WHERE {is_open} AND NOT {any_like_it} AND w.period = d.period)"
        f" AND (d.due_on >= %s OR (d.rule IN ({_places(repeating)})) IS NOT TRUE"
        f" OR NOT {any_like_it})) ORDER BY d.id",
        [*values, back_to, *repeating],
    )


def index(scope: Scope) -> None:
    """Let the staged rows be found by their keys, where anything is stored to look for."""
    condition, values = scope.condition
    stored = f"SELECT 1 FROM {_STORED} d WHERE {condition} AND d.state = 'open' LIMIT 1"  # noqa: S608
    if _rows(stored, values):
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE INDEX {TABLE}_key ON {TABLE} (ground, period)")


def insert_missing(organisation: int, scheme_version: str, at: datetime) -> int:
    """Store what is owed and not stored yet; returns how many. One statement."""
    fixed: dict[str, Any] = {
        "organisation_id": organisation,
        "scheme_version": scheme_version,
        "opened_at": Duty._meta.get_field("opened_at").get_db_prep_save(at, connection),
        "state": "open",
        "evidence": "",
        "waived_reason": "",
        "lapse": "",
        "version": 1,
    }
    columns = ", ".join(f"w.{column}" for column in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_STORED} ({', '.join((*fixed, *COLUMNS))})"  # noqa: S608
            f" SELECT {_places(fixed)}, {columns} FROM {TABLE} w"
            f" WHERE NOT EXISTS (SELECT 1 FROM {_STORED} d"
            f" WHERE d.organisation_id = %s AND {_SAME_KEY})",
            [*fixed.values(), organisation],
        )
        return int(cursor.rowcount)


def _join_by_index(cursor: Any, allowed: bool) -> None:
    """Let PostgreSQL look rows up one by one, or not.

    It would where the stored table is empty, and then search all that it has just inserted.
    """
    if connection.vendor == "postgresql":
        cursor.execute(f"SET LOCAL enable_nestloop = {'on' if allowed else 'off'}")


def _places(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"


def _differs() -> str:
    return "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"


def _insert(cursor: Any, rows: Iterable[Wanted]) -> None:
    into = f"INSERT INTO {TABLE} VALUES ({_places(COLUMNS)})"  # noqa: S608
    cursor.executemany(into, _as_text(rows))


def _as_text(rows: Iterable[Wanted]) -> Iterator[list[Any]]:
    """Yield rows with their days as text: asked for each value, the database takes much longer."""
    texts: dict[date | None, str | None] = {None: None}
    for row in rows:
        values: list[Any] = list(row)
        for place in _DAYS:
            day = values[place]
            text = texts.get(day)
            if text is None and day is not None:
                text = texts[day] = day.isoformat()
            values[place] = text
        yield values


def _copy(cursor: Any, rows: Iterable[Wanted]) -> None:
    with cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    # without figures about it the tables would be compared row by row
    cursor.execute(f"ANALYZE {TABLE}")


def _rows(sql: str, values: Collection[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())
