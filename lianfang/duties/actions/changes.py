"""What a reconciliation changes in stored duties, and how the log tells it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Self

from django.db import connection

from lianfang.audit.actions import RowOfBulk
from lianfang.duties.actions.staging import FOLLOWING_CODES, MOVING
from lianfang.duties.models import Duty
from lianfang.duties.rules.lapsing import Gone, Lapse
from lianfang.org.models import Person, Unit

_TABLE = Duty._meta.db_table


@dataclass(frozen=True)
class Moved:
    """A stored duty that is owed otherwise now, or again: values of MOVING before and after."""

    key: int
    state: str
    name: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """Return it from a row of `staging.moved`."""
        key, state, name, *values = row
        half = len(MOVING)
        return cls(key, state, name, tuple(values[:half]), tuple(values[half:]))

    @property
    def is_reopened(self) -> bool:
        """Whether it had lapsed."""
        return self.state == Duty.State.LAPSED


@dataclass(frozen=True)
class Closed:
    """A stored duty that is owed no more; without a reason to lapse it is fulfilled."""

    key: int
    gone: Gone
    lapse: Lapse | None

    @property
    def state(self) -> str:
        """The state it comes to."""
        return Duty.State.DONE if self.lapse is None else Duty.State.LAPSED


def follow(moved: Sequence[Moved]) -> None:
    """Let stored duties follow what is owed; lapsed ones are open again. One statement each."""
    sets = ", ".join(f"{column} = %s" for column in MOVING)
    _each(
        f"UPDATE {_TABLE} SET {sets}, state = 'open', lapse = '', closed_on = NULL,"  # noqa: S608
        " version = version + 1 WHERE id = %s",
        [(*each.after, each.key) for each in moved],
    )


def close(closed: Sequence[Closed], on: date) -> None:
    """Let duties lapse with their reasons, or be done. One statement each."""
    _each(
        f"UPDATE {_TABLE} SET state = %s, lapse = %s, closed_on = %s,"  # noqa: S608
        " version = version + 1 WHERE id = %s",
        [(str(each.state), each.lapse or "", on, each.key) for each in closed],
    )


def rows_of(
    organisation: int, last: int | None, moved: Sequence[Moved], closed: Sequence[Closed]
) -> Iterator[RowOfBulk]:
    """Yield what the log tells: what was opened by unit, then each duty that changed.

    `last` is the highest key before duties were opened, None where none was.
    """
    if last is not None:
        yield from _opened(organisation, last)
    names = _names(moved)
    for each in moved:
        yield RowOfBulk(subject=_duty(each.key, each.name), changes=_changes(each, names))
    for gone in closed:
        yield RowOfBulk(
            subject=_duty(gone.key, gone.gone.ground),
            changes={
                "state": (Duty.State.OPEN.value, str(gone.state)),
                **({"lapse": (None, gone.lapse.value)} if gone.lapse else {}),
            },
        )


def _opened(organisation: int, last: int) -> Iterator[RowOfBulk]:
    """Yield how many duties each unit got, with a digest of their keys. Two statements."""
    units = Unit.objects.filter(organisation=organisation).in_bulk()
    keys = (
        f"SELECT unit_id, ground, period FROM {_TABLE}"  # noqa: S608
        f" WHERE organisation_id = %s AND id > %s AND origin IN ({FOLLOWING_CODES})"
        " ORDER BY unit_id, ground, period"
    )
    with connection.cursor() as cursor:
        cursor.execute(keys, [organisation, last])
        for unit, rows in groupby(cursor, key=itemgetter(0)):
            lines = [f"{ground} {period}\n" for _, ground, period in rows]
            digest = hashlib.sha256("".join(lines).encode()).hexdigest()
            told = {"opened": (None, len(lines)), "digest": (None, digest)}
            yield RowOfBulk(subject=units[unit], changes=told)


def _changes(moved: Moved, names: dict[int, str]) -> dict[str, tuple[object, object]]:
    told: dict[str, tuple[object, object]] = {
        column.removesuffix("_id"): (_plain(column, before, names), _plain(column, after, names))
        for column, before, after in zip(MOVING, moved.before, moved.after, strict=True)
        if _text(before) != _text(after)
    }
    if moved.is_reopened:
        told["state"] = (moved.state, Duty.State.OPEN.value)
    return told


def _names(moved: Sequence[Moved]) -> dict[int, str]:
    """Return the names of those who act in place of each other. One statement, none for nobody."""
    place = MOVING.index("actor_id")
    keys = {
        key
        for each in moved
        if each.before[place] != each.after[place]
        for key in (each.before[place], each.after[place])
        if key is not None
    }
    people = Person.objects.in_bulk(keys) if keys else {}
    return {key: person.name for key, person in people.items()}


def _plain(column: str, value: Any, names: dict[int, str]) -> object:
    if column == "actor_id":
        return names.get(value)
    return _text(value)


def _text(value: Any) -> object:
    """Return a value as JSON has it: a raw cursor gives dates of one database as text."""
    return value.isoformat() if isinstance(value, date) else value


def _duty(key: int, name: str) -> Duty:
    return Duty(pk=key, ground=name)


def _each(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
