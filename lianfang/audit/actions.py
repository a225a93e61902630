"""The only way into the log. Every other room's actions call `record` or `record_bulk`."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction

from lianfang.audit.models import Detail, Event, Head, Row, reference
from lianfang.audit.rules import leaves, tree
from lianfang.audit.rules.leaves import ACTOR, CHANGES, PART_ERASED, ROW_ERASED, SUBJECT, SYSTEM
from lianfang.common.bulk import insert

__all__ = [
    "Changes",
    "RowOfBulk",
    "actor_reference",
    "erase_detail",
    "erase_row",
    "known_as",
    "record",
    "record_bulk",
    "record_export",
    "reference",
    "take_turn",
]

_RESERVED = frozenset({ACTOR, SUBJECT, CHANGES})
_KNOWN_AS = "_lianfang_known_as"
_COLUMNS = ("event", "place", "subject", "committed", "salt", "text")

# field -> (from, to); JSON values only
Changes = Mapping[str, tuple[object, object]]


@dataclass(frozen=True, kw_only=True)
class RowOfBulk:
    """What a bulk action did to one subject."""

    subject: models.Model
    changes: Changes = field(default_factory=dict)


def record(
    *,
    at: datetime,
    by: AbstractBaseUser | None,
    action: str,
    subject: models.Model,
    organisation: int | None,
    changes: Changes | None = None,
    sealed: Changes | None = None,
    rule: str = "",
) -> Event:
    """Append one event inside the caller's transaction.

    `changes` are told together; each field of `sealed` has a commitment of its own, so that it
    can be erased alone. `by` is None for what the system does by itself. `rule` is the clause.
    Raises RuntimeError outside a transaction: a change and its record commit together.
    Four statements.
    """
    sealed = sealed or {}
    if not _RESERVED.isdisjoint(sealed):
        raise ValueError(f"A sealed field can't be called one of {sorted(_RESERVED)}")
    told = _names(by, subject) | ({CHANGES: _plain(changes)} if changes else {})
    return _append(
        at=at,
        by=by,
        action=action,
        subject=reference(subject),
        organisation=organisation,
        rule=rule,
        told=told | _plain(sealed),
    )


def record_bulk(
    *,
    at: datetime,
    by: AbstractBaseUser | None,
    action: str,
    subject: models.Model,
    organisation: int | None,
    rows: Iterable[RowOfBulk],
    rule: str = "",
) -> Event:
    """Append one event for many rows: the leaf holds their number and the root of their tree.

    `subject` is what the rows belong to; the rows may be a generator, and are not held. Statements:
    four, and one for each thousand rows.
    """
    return _append(
        at=at,
        by=by,
        action=action,
        subject=reference(subject),
        organisation=organisation,
        rule=rule,
        told=_names(by, subject),
        rows=rows,
    )


def take_turn() -> None:
    """Wait until nobody else writes to the log; they wait until the caller's transaction ends.

    For what has to be done one after another, such as numbering: whoever locked something of their
    own for it, and the log afterwards, could wait for somebody who did so the other way round.
    """
    _locked_head()


@transaction.atomic
def erase_detail(
    *, event: Event, name: str, by: AbstractBaseUser | None, at: datetime, reason: str
) -> Event:
    """Empty what an event told under a name, where the law asks for it; the leaf stays.

    Returns the event that says so. Raises Detail.DoesNotExist for a name it has not.
    """
    detail = Detail.objects.select_for_update().get(event=event, name=name)
    detail.text = detail.salt = ""
    detail.save(update_fields=["text", "salt"])
    return _record_erasure(PART_ERASED, f"{reference(event)}/{name}", event, by, at, reason)


@transaction.atomic
def erase_row(
    *, event: Event, place: int, by: AbstractBaseUser | None, at: datetime, reason: str
) -> Event:
    """Empty what a bulk event told of one row, where the law asks for it; the root stays.

    Returns the event that says so. Raises Row.DoesNotExist for a row it has not.
    """
    row = Row.objects.select_for_update().get(event=event, place=place)
    row.text = row.salt = ""
    row.save(update_fields=["text", "salt"])
    return _record_erasure(ROW_ERASED, f"{reference(event)}/{place}", event, by, at, reason)


@transaction.atomic
def record_export(
    *, by: AbstractBaseUser, organisation: int, asked: Mapping[str, str], at: datetime
) -> Event:
    """Record that somebody takes a copy of the log, and of which part of it."""
    return record(
        at=at,
        by=by,
        action="audit.log.exported",
        subject=by,
        organisation=organisation,
        changes={name: (None, value) for name, value in asked.items()},
    )


def known_as(by: AbstractBaseUser, name: str) -> None:
    """Let the log call a login by the name of its person, for as long as this value lives.

    A login may serve somebody else later; the event keeps the name of the one who acted.
    """
    setattr(by, _KNOWN_AS, name)


def actor_reference(by: AbstractBaseUser | None) -> str:
    """Return how a login is named in the log: `user:12`, or `system` for none."""
    return SYSTEM if by is None else f"user:{by.pk}"


def _append(
    *,
    at: datetime,
    by: AbstractBaseUser | None,
    action: str,
    subject: str,
    organisation: int | None,
    rule: str,
    told: Mapping[str, object],
    rows: Iterable[RowOfBulk] | None = None,
) -> Event:
    head = _locked_head()
    details = [_detail(name, value) for name, value in told.items()]
    # the rows go first, under the position that is the event's: they are not held meanwhile
    written = None if rows is None else _written(head.size, rows)
    event = Event(
        position=head.size,
        at=at.astimezone(UTC),
        organisation=organisation,
        actor=actor_reference(by),
        action=action,
        subject=subject,
        rule=rule,
        parts={detail.name: leaves.commitment(detail.salt, detail.text) for detail in details},
        rows=None if written is None else len(written),
        rows_root="" if written is None else tree.root_of_leaves(iter(written)).hex(),
    )
    leaf = leaves.leaf_of(event.body)
    edge, completed = tree.grown(head.size, [*map(bytes.fromhex, head.frontier)], leaf)
    event.leaf, event.nodes = leaf.hex(), [node.hex() for node in completed]
    event.save(force_insert=True)
    for part in details:
        part.event = event
    Detail.objects.bulk_create(details)
    head.size, head.frontier = head.size + 1, [node.hex() for node in edge]
    head.save(update_fields=["size", "frontier"])
    return event


def _locked_head() -> Head:
    if not connection.in_atomic_block:
        raise RuntimeError("The log is written inside transaction.atomic(), with the change itself")
    return Head.objects.select_for_update().get()


def _record_erasure(
    action: str,
    subject: str,
    event: Event,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str,
) -> Event:
    """Say in a leaf which part was emptied: an empty part without it is a fault of the log."""
    return _append(
        at=at,
        by=by,
        action=action,
        subject=subject,
        organisation=event.organisation,
        rule="",
        told={ACTOR: _name_of(by), CHANGES: {"reason": [None, reason]}},
    )


def _names(by: AbstractBaseUser | None, subject: models.Model) -> dict[str, object]:
    return {ACTOR: _name_of(by), SUBJECT: str(subject)}


def _name_of(by: AbstractBaseUser | None) -> str:
    return "" if by is None else str(getattr(by, _KNOWN_AS, "") or by)


def _plain(changes: Changes) -> dict[str, object]:
    return {name: list(pair) for name, pair in changes.items()}


def _detail(name: str, value: object) -> Detail:
    return Detail(
        name=name,
        salt=secrets.token_hex(leaves.SALT_BYTES),
        text=leaves.canonical(value).decode(),
    )


def _written(position: int, rows: Iterable[RowOfBulk]) -> list[bytes]:
    """Write the rows of a bulk event, and return their leaves."""
    found: list[bytes] = []
    insert(Row, _COLUMNS, _told_rows(position, rows, found))
    return found


def _told_rows(
    position: int, rows: Iterable[RowOfBulk], leaves_of_rows: list[bytes]
) -> Iterator[tuple[object, ...]]:
    for place, row in enumerate(rows):
        salt = secrets.token_hex(leaves.SALT_BYTES)
        text = leaves.canonical([str(row.subject), _plain(row.changes)]).decode()
        subject, committed = reference(row.subject), leaves.commitment(salt, text)
        body = leaves.RowBody(committed=committed, place=place, subject=subject)
        leaves_of_rows.append(leaves.leaf_of(body))
        yield position, place, subject, committed, salt, text
