"""Which tables a backup holds, how their rows are written, and where their numbers go on."""

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import AutoField, Field, Model

# Tables of others that belong to people's sign-in.
_KEPT_APPS = frozenset({"mfa"})
# What is made anew or means nothing elsewhere: sessions, queues, what Django keeps about itself.
LEFT_OUT = frozenset(
    {
        "account",
        "auth",
        "contenttypes",
        "django_tasks_database",
        "sessions",
        "usersessions",
    }
)
# Rows that may be megabytes each are fetched one by one.
_ONE_BY_ONE = frozenset({"files.import", "portal.sealedfile"})
_AT_ONCE = 1000
# The head of the log is there from the first migration on, and may only grow.
HEAD = "audit.head"

Convert = Callable[[Any], Any]
Row = list[Any]


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _bytes(value: bytes | memoryview) -> str:
    return base64.b64encode(bytes(value)).decode("ascii")


# How a type of column is written to JSON and read back; None: as it is.
_CONVERT: Mapping[str, tuple[Convert, Convert] | None] = {
    "BigAutoField": None,
    "AutoField": None,
    "BigIntegerField": None,
    "IntegerField": None,
    "PositiveIntegerField": None,
    "PositiveBigIntegerField": None,
    "PositiveSmallIntegerField": None,
    "SmallIntegerField": None,
    "FloatField": None,
    "BooleanField": None,
    "CharField": None,
    "SlugField": None,
    "TextField": None,
    "JSONField": None,
    "DateField": (date.isoformat, date.fromisoformat),
    "TimeField": (time.isoformat, time.fromisoformat),
    "DateTimeField": (_moment, datetime.fromisoformat),
    "BinaryField": (_bytes, base64.b64decode),
    "UUIDField": (str, UUID),
    "DecimalField": (str, Decimal),
}


def stored_models(registry: Apps = apps) -> list[type[Model]]:
    """Return the models whose rows a backup holds; `registry` may be that of an earlier step.

    Raises RuntimeError for an app of which nobody has said whether it is kept.
    """
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith("lianfang.")}
    found = []
    for model in registry.get_models(include_auto_created=True):
        label = model._meta.app_label
        if label in ours | _KEPT_APPS:
            found.append(model)
        elif label not in LEFT_OUT:
            raise RuntimeError(f"Say whether a backup holds the tables of {label}")
    return sorted(found, key=lambda model: model._meta.label_lower)


def columns_of(model: type[Model]) -> list[str]:
    """Return the columns of a model in the order in which a row has them."""
    return [field.attname for field in model._meta.concrete_fields]


def rows_of(model: type[Model]) -> Iterator[Row]:
    """Yield the rows by their keys, ready for JSON; memory does not grow with the table."""
    writers = [_converter(field, 0) for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    chunk = 1 if model._meta.label_lower in _ONE_BY_ONE else _AT_ONCE
    for row in rows.iterator(chunk_size=chunk):
        yield [
            value if write is None or value is None else write(value)
            for write, value in zip(writers, row, strict=True)
        ]


def made(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> list[Model]:
    """Return rows as unsaved instances. Raises KeyError for a column that the model has not."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    readers = [_converter(fields[column], 1) for column in columns]
    return [
        model(
            **{
                column: value if read is None or value is None else read(value)
                for column, read, value in zip(columns, readers, row, strict=True)
            }
        )
        for row in rows
    ]


def _converter(field: "Field[Any, Any]", way: int) -> Convert | None:
    target = field
    # a reference to a row whose own key is a reference is kept as that one is
    while (further := getattr(target, "target_field", target)) is not target:
        target = further
    pair = _CONVERT[target.get_internal_type()]
    return None if pair is None else pair[way]


# numbers that go on -------------------------------------------------------------------------


def counters(models: Iterable[type[Model]]) -> dict[str, int]:
    """Return the last number that each table gave out, of rows that are gone as well.

    A number that was given once names one thing in the log for ever.
    """
    numbered = [model for model in models if isinstance(model._meta.pk, AutoField)]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # 0 is left by a table that a migration rebuilt before its first row
            cursor.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0")
            given = dict(cursor.fetchall())
            return {
                model._meta.label_lower: given[model._meta.db_table]
                for model in numbered
                if model._meta.db_table in given
            }
        found = {}
        for model in numbered:
            name = _sequence(cursor, model)
            cursor.execute(f"SELECT last_value, is_called FROM {name}")  # noqa: S608  # our own
            last, was_given = cursor.fetchone()
            if was_given:
                found[model._meta.label_lower] = last
        return found


def go_on(models: Iterable[type[Model]], given: Mapping[str, int]) -> None:
    """Let each table give out numbers after the last one that was ever given."""
    models = list(models)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        for model in models:
            last = given.get(model._meta.label_lower)
            if last is None:
                continue
            table = model._meta.db_table
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, last])
            else:
                cursor.execute("SELECT setval(%s, %s)", [_sequence(cursor, model), last])


def _sequence(cursor: Any, model: type[Model]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, model._meta.pk.column])
    return str(cursor.fetchone()[0])
