"""Reads of the log: what was done to one object, in words; pages of events; one event's proof."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise

from lianfang.audit.models import Detail, Event, Head, Row, reference
from lianfang.audit.rules import leaves, tree
from lianfang.audit.rules.leaves import ACTOR, CHANGES, SUBJECT

NEWEST = 50
PAGE = 50
_AT_ONCE = 500


# what was done to one object --------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of one field; `label` is the model's own word for it, where it has one.

    `kind` is `told`; or why the values are not: `withheld` from the one who looks, `erased` by law.
    """

    field: str
    label: Promise | str = ""
    # the room of the model whose field it is, empty where the model has no such field
    room: str = ""
    before: object = None
    after: object = None
    kind: str = "told"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event in the history of an object. `who` is empty for what the system did by itself."""

    at: datetime
    who: str
    action: str
    rule: str
    changes: tuple[Change, ...]


def history_of(
    subject: models.Model, *, withheld: Collection[str] = (), without: Collection[str] = ()
) -> list[Line]:
    """Return the newest fifty events about an object, bulk events that touch it among them.

    For pages of those who may see the object: values are told. `withheld` names sealed fields of
    which only the fact is told; `without` names actions that are left out. Three statements.
    """
    name = reference(subject)
    touched = {
        row.event_id: row
        for row in Row.objects.filter(subject=name)
        .select_related("event")
        .order_by("-event_id", "-place")[:NEWEST]
    }
    own = Event.objects.filter(subject=name).exclude(action__in=without)
    events = {row.event_id: row.event for row in touched.values()}
    events |= {event.position: event for event in own.order_by("-position")[:NEWEST]}
    newest = sorted(events.values(), key=lambda event: event.position, reverse=True)[:NEWEST]
    told = _told([event.position for event in newest])
    return [
        _line(event, told.get(event.position, {}), touched.get(event.position), subject, withheld)
        for event in newest
    ]


def _told(positions: Collection[int]) -> dict[int, dict[str, str]]:
    """Return the texts of events under their names; one that was erased is empty."""
    told: dict[int, dict[str, str]] = {}
    details = Detail.objects.filter(event__in=positions).order_by("pk")
    for event, name, text in details.values_list("event_id", "name", "text"):
        told.setdefault(event, {})[name] = text
    return told


def _line(
    event: Event,
    told: Mapping[str, str],
    row: Row | None,
    subject: models.Model,
    withheld: Collection[str],
) -> Line:
    texts = dict(told)
    who = _read(texts.pop(ACTOR, "")) or ""
    texts.pop(SUBJECT, None)
    changes = _Changes(subject, withheld)
    if CHANGES in texts:
        changes.add_all(texts.pop(CHANGES))
    for name, text in texts.items():
        changes.add(name, _read(text))
    if row is not None:
        changes.add_all(row.text, of_row=True)
    return Line(
        at=event.at,
        who=str(who),
        action=event.action,
        rule=event.rule,
        changes=tuple(changes.found),
    )


class _Changes:
    """Gathers what an event changed of one object, in the words of its model."""

    def __init__(self, subject: models.Model, withheld: Collection[str]) -> None:
        self.subject = subject
        self.withheld = withheld
        self.found: list[Change] = []

    def add_all(self, text: str, *, of_row: bool = False) -> None:
        """Add what was told of several fields together; empty text is what was erased."""
        told = _read(text)
        if told is None:
            self.found.append(Change(field=CHANGES, kind="erased"))
            return
        for name, pair in (told[1] if of_row else told).items():
            self.add(name, pair)

    def add(self, name: str, pair: Sequence[object] | None) -> None:
        """Add what became of one field; None is what was erased."""
        field_ = _field(self.subject, name)
        known = {
            "field": name,
            "label": getattr(field_, "verbose_name", ""),
            "room": self.subject._meta.app_label if field_ is not None else "",
        }
        if pair is None or name in self.withheld:
            kind = "erased" if pair is None else "withheld"
            self.found.append(Change(**known, kind=kind))
            return
        before, after = (_word(field_, value) for value in pair)
        self.found.append(Change(**known, before=before, after=after))


def _read(text: str) -> Any:
    return msgspec.json.decode(text) if text else None


def _word(field_: Any, value: object) -> object:
    """Return the label of a choice, in the language of the page; other values as they are."""
    choices = dict(getattr(field_, "flatchoices", ()) or ())
    return choices.get(value, value) if isinstance(value, str) else value


def _field(subject: models.Model, name: str) -> Any:
    try:
        return subject._meta.get_field(name)
    except FieldDoesNotExist:
        return None


# the administrator's pages ----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """Which events are asked for; what is empty asks for nothing. `end` is a moment after."""

    action: str = ""
    actor: str = ""
    subject: str = ""
    begin: datetime | None = None
    end: datetime | None = None

    def conditions(self) -> dict[str, object]:
        """The narrowing as conditions of a query."""
        asked = {
            "action": self.action,
            "actor": self.actor,
            "subject": self.subject,
            "at__gte": self.begin,
            "at__lt": self.end,
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, kw_only=True)
class EventPage:
    """Some events, newest first, and the positions from which the pages beside it go on."""

    events: list[Event] = field(default_factory=list)
    older: int | None = None
    newer: int | None = None


def page_of_events(
    parts: Iterable[QuerySet[Event]], *, before: int | None = None, after: int | None = None
) -> EventPage:
    """Return a page of the events in `parts`, which don't overlap. One statement for each part.

    `before` and `after` are positions, and not on the page; without them it is the newest page.
    """
    if after is not None:
        found = _first(parts, "position", position__gt=after)[::-1]
        more_newer, more_older = len(found) > PAGE, True
        found = found[-PAGE:]
    else:
        bound = {} if before is None else {"position__lt": before}
        found = _first(parts, "-position", **bound)
        more_newer, more_older = before is not None, len(found) > PAGE
        found = found[:PAGE]
    if not found:
        return EventPage()
    return EventPage(
        events=found,
        older=found[-1].position if more_older else None,
        newer=found[0].position if more_newer else None,
    )


def _first(parts: Iterable[QuerySet[Event]], order: str, **bound: int) -> list[Event]:
    """Return the first events of all parts together, one more than a page holds."""
    found = [event for part in parts for event in part.filter(**bound).order_by(order)[: PAGE + 1]]
    found.sort(key=lambda event: event.position, reverse=order.startswith("-"))
    return found[: PAGE + 1]


@dataclass(frozen=True, kw_only=True)
class Proof:
    """The way from one event to the root of the log as it stands; digests in hex.

    `at` is the moment as the leaf has it, in UTC.
    """

    body: str
    at: str
    size: int
    root: str
    path: tuple[str, ...]
    holds: bool


def proof_of(event: Event) -> Proof:
    """Return the leaf of an event and its proof against the current root (RFC 6962 2.1.1).

    Two statements, whatever the size of the log.
    """
    head = Head.objects.get()
    root = tree.root_of([*map(bytes.fromhex, head.frontier)])
    # In a log that was cut the event may lie beyond the head: then no path leads there.
    size = max(head.size, event.position + 1)
    asked = tree.subtrees_for(lambda get: tree.inclusion_proof(event.position, size, get))
    stored = _subtrees(asked)
    path = tree.inclusion_proof(event.position, size, lambda height, i: stored[height, i])
    body = event.body
    return Proof(
        body=leaves.canonical(body).decode(),
        at=body.at,
        size=head.size,
        root=root.hex(),
        path=tuple(node.hex() for node in path),
        holds=tree.includes(
            leaf=leaves.leaf_of(body), index=event.position, size=head.size, proof=path, root=root
        ),
    )


def _subtrees(asked: Collection[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Return the roots of complete subtrees: each is kept by the event at its right edge.

    One that is missing, because the log was tampered with, is empty: the proof won't hold.
    """
    last = {(height, index): ((index + 1) << height) - 1 for height, index in asked}
    rows = Event.objects.filter(position__in=set(last.values()))
    kept = {
        (position, height): bytes.fromhex(digest)
        for position, leaf, nodes in rows.values_list("position", "leaf", "nodes")
        for height, digest in enumerate([leaf, *nodes])
    }
    return {key: kept.get((position, key[0]), b"") for key, position in last.items()}


@dataclass(frozen=True, kw_only=True)
class Part:
    """What an event commits to under a name, and whether the text was erased by law."""

    name: str
    committed: str
    is_erased: bool


def parts_of(event: Event) -> list[Part]:
    """Return what an event commits to, without what it tells. One statement."""
    emptied = set(event.details.filter(text="", salt="").values_list("name", flat=True))
    return [
        Part(name=name, committed=committed, is_erased=name in emptied)
        for name, committed in sorted(event.parts.items())
    ]


def current_root() -> tuple[int, str]:
    """Return the size of the log and its root, 64 hex digits. One statement."""
    head = Head.objects.get()
    return head.size, tree.root_of([*map(bytes.fromhex, head.frontier)]).hex()


# what happened since -----------------------------------------------------------------------------


def last_position() -> int:
    """Return the position of the last event, 0 for none. One statement."""
    positions = Event.objects.order_by("-position").values_list("position", flat=True)
    last: int | None = positions.first()
    return last or 0


def later_subjects(
    subjects: Sequence[str], event: int, *, besides: Collection[str] = ()
) -> list[str]:
    """Return which of these things the log names after an event, at most one a statement.

    `besides` are actions that don't count. Two statements for each 500 things.
    """
    for first in range(0, len(subjects), _AT_ONCE):
        some = subjects[first : first + _AT_ONCE]
        told = Event.objects.filter(position__gt=event, subject__in=some)
        rows = Row.objects.filter(event__gt=event, subject__in=some)
        for found in (
            told.exclude(action__in=besides),
            rows.exclude(event__action__in=besides),
        ):
            named = found.values_list("subject", flat=True).first()
            if named is not None:
                return [named]
    return []
