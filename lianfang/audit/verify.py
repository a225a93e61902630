"""Recomputes the whole log from what is stored, and names the first record that is not whole.

It trusts nothing that it can compute: every commitment whose text is still there, every leaf, every
subtree, and the head. Only a log that was rewritten from some event to its head, head included,
passes; what was exported before tells that one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import msgspec
from django.db.models import Count, Max, TextField
from django.db.models.functions import Cast

from lianfang.audit.models import Detail, Event, Head, Row
from lianfang.audit.rules import tree
from lianfang.audit.rules.leaves import (
    ALGORITHM,
    FORMAT,
    PART_ERASED,
    ROW_ERASED,
    Body,
    RowBody,
    commitment,
    leaf_of,
)
from lianfang.common.progress import Report
from lianfang.common.text import Text

_CHUNK = 1000
_FIELDS = (
    "position",
    "at",
    "organisation",
    "actor",
    "action",
    "subject",
    "rule",
    # as they are stored: Django's own reading of JSON costs more than all hashing here
    Cast("parts", TextField()),
    "rows",
    "rows_root",
    "format",
    "algorithm",
    "leaf",
    Cast("nodes", TextField()),
)
_read_parts = msgspec.json.Decoder(dict[str, str]).decode
_read_nodes = msgspec.json.Decoder(list[str]).decode
_WRONG = {
    "missing": Text("记录缺失：被删除、截断，或次序被改动", "it is missing: deleted, cut or moved"),
    "beyond": Text(
        "它在日志树顶之外：绕过程序写入", "it lies beyond the head: it was written past the program"
    ),
    "format": Text("格式或算法不认识", "its format or algorithm is not known"),
    "leaf": Text("内容与摘要不符：被改动", "its content does not match its digest: it was changed"),
    "nodes": Text(
        "子树摘要不符：此前某条记录连同摘要被改写",
        "its subtree does not match: this event or one before it was rewritten with its digest",
    ),
    "part": Text(
        "“{name}”的内容或盐与承诺不符：被改动", "the text or salt of “{name}” was changed"
    ),
    "part_missing": Text("“{name}”的内容被删除", "the text of “{name}” was deleted"),
    "part_added": Text("“{name}”不在事件之中：事后添加", "“{name}” was added to it afterwards"),
    "part_emptied": Text(
        "“{name}”被清空而没有删除记录", "“{name}” was emptied without a record of it"
    ),
    "rows": Text("批量行有增减或被改动", "its rows were added to, taken from or changed"),
    "row": Text("第 {name} 行的内容或盐被改动", "the text or salt of row {name} was changed"),
    "row_emptied": Text(
        "第 {name} 行被清空而没有删除记录", "row {name} was emptied without a record of it"
    ),
    "head": Text(
        "树顶与全部记录不符：末尾被截断、改写，或树顶被改动",
        "the head does not match the events: the end was cut or rewritten, or the head was",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """The first thing that is not whole: of which event, None for the head; what; of which part."""

    kind: str
    position: int | None
    name: str = ""

    @property
    def text(self) -> Text:
        """The fault as a sentence."""
        wrong = _WRONG[self.kind].filled(name=self.name)
        if self.position is None:
            return Text(f"{wrong.zh}。", f"{wrong.en[0].upper()}{wrong.en[1:]}.")
        return Text(f"第 {self.position} 条：{wrong.zh}。", f"Event {self.position}: {wrong.en}.")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a verification found.

    `size` events were recomputed, up to the fault if there is one; `root`, 64 hex digits, is
    theirs. `erased` parts are empty by law and recorded as such.
    """

    size: int
    root: str
    erased: int
    fault: Fault | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found wrong."""
        return self.fault is None


class _Broken(Exception):
    """The walk ends at a fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


def verify(report: Report | None = None) -> Verdict:
    """Recompute the log as it stands when this begins; events appended meanwhile are left out.

    Memory does not grow with the log. Statements: three for each thousand events, and five.
    """
    # Before the head: it may grow meanwhile, but what was there before it was read is below it.
    last = _last_position()
    head = Head.objects.first()
    walk = _Walk()
    try:
        if head is None or head.algorithm != ALGORITHM:
            _broken("head", None)
        for done in walk.chunks(head.size):
            if report is not None:
                report(done, head.size)
        walk.require_end(head, last)
    except _Broken as broken:
        return walk.verdict(broken.fault)
    return walk.verdict(None)


class _Walk:
    """How far the log has been recomputed."""

    def __init__(self) -> None:
        self.size = 0
        self.frontier: list[bytes] = []
        self.emptied = 0
        self.erasures = frozenset(
            Event.objects.filter(action__in=(PART_ERASED, ROW_ERASED)).values_list(
                "subject", flat=True
            )
        )

    def verdict(self, fault: Fault | None) -> Verdict:
        return Verdict(
            size=self.size,
            root=tree.root_of(self.frontier).hex(),
            erased=self.emptied,
            fault=fault,
        )

    def chunks(self, end: int) -> Iterator[int]:
        """Recompute the events before `end`, and tell after each thousand how many were."""
        while self.size < end:
            begin, stop = self.size, min(self.size + _CHUNK, end)
            events = Event.objects.filter(position__gte=begin, position__lt=stop)
            told = _details(begin, stop)
            counts = _row_counts(begin, stop)
            try:
                for event in events.order_by("position").values_list(*_FIELDS):
                    self._event(event, told, counts)
            except (AttributeError, TypeError, ValueError):
                # a value that no program of ours wrote, such as a day that no calendar has
                _broken("leaf", self.size)
            if self.size < stop:
                _broken("missing", self.size)
            yield self.size

    def require_end(self, head: Head, last: int) -> None:
        """Raise unless the head is that of the events, and nothing lies beyond it."""
        if head.size != self.size or head.frontier != [node.hex() for node in self.frontier]:
            _broken("head", None)
        if last >= head.size:
            _broken("beyond", last)

    def _event(
        self,
        event: tuple[Any, ...],
        told: dict[int, list[tuple[str, str, str]]],
        counts: dict[int, int],
    ) -> None:
        position, at, organisation, actor, action, subject, rule, stored, rows, root = event[:10]
        format_, algorithm, leaf, nodes = event[10:]
        parts = _read_parts(stored)
        if position != self.size:
            _broken("missing", self.size)
        if format_ != FORMAT or algorithm != ALGORITHM:
            _broken("format", position)
        found = leaf_of(
            Body(
                action=action,
                actor=actor,
                alg=algorithm,
                at=at.isoformat(timespec="microseconds"),
                format=format_,
                organisation=organisation,
                parts=parts,
                position=position,
                rows=rows,
                rows_root=root,
                rule=rule,
                subject=subject,
            )
        )
        if found.hex() != leaf:
            _broken("leaf", position)
        self.frontier, completed = tree.grown(position, self.frontier, found)
        if [node.hex() for node in completed] != _read_nodes(nodes):
            _broken("nodes", position)
        self._parts(position, parts, told.get(position, []))
        if counts.get(position, 0) != (rows or 0):
            _broken("rows", position)
        if rows is not None:
            self._rows(position, root)
        self.size += 1

    def _parts(
        self, position: int, parts: dict[str, str], details: list[tuple[str, str, str]]
    ) -> None:
        for name, salt, text in details:
            committed = parts.get(name)
            if committed is None:
                _broken("part_added", position, name)
            if text or salt:
                if not _commits(committed, salt, text):
                    _broken("part", position, name)
            elif f"audit.event:{position}/{name}" in self.erasures:
                self.emptied += 1
            else:
                _broken("part_emptied", position, name)
        if len(details) != len(parts):
            _broken("part_missing", position, min(parts.keys() - {name for name, *_ in details}))

    def _rows(self, position: int, root: str) -> None:
        found = tree.root_of_leaves(self._row_leaves(position))
        if found.hex() != root:
            _broken("rows", position)

    def _row_leaves(self, position: int) -> Iterator[bytes]:
        rows = Row.objects.filter(event=position).order_by("place")
        columns = rows.values_list("place", "subject", "committed", "salt", "text")
        for place, subject, committed, salt, text in columns.iterator(_CHUNK):
            if text or salt:
                if not _commits(committed, salt, text):
                    _broken("row", position, str(place))
            elif f"audit.event:{position}/{place}" in self.erasures:
                self.emptied += 1
            else:
                _broken("row_emptied", position, str(place))
            yield leaf_of(RowBody(committed=committed, place=place, subject=subject))


def _details(begin: int, end: int) -> dict[int, list[tuple[str, str, str]]]:
    """Return name, salt and text of every detail, by event."""
    told: dict[int, list[tuple[str, str, str]]] = {}
    details = Detail.objects.filter(event_id__gte=begin, event_id__lt=end)
    for event, name, salt, text in details.values_list("event_id", "name", "salt", "text"):
        told.setdefault(event, []).append((name, salt, text))
    return told


def _row_counts(begin: int, end: int) -> dict[int, int]:
    rows = Row.objects.filter(event_id__gte=begin, event_id__lt=end).order_by()
    return dict(rows.values_list("event_id").annotate(Count("pk")))


def _commits(committed: str, salt: str, text: str) -> bool:
    try:
        return commitment(salt, text) == committed
    except ValueError:
        return False


def _last_position() -> int:
    """Return the last event that anything stored belongs to, -1 for an empty log."""
    lasts = (
        Event.objects.aggregate(last=Max("position"))["last"],
        Detail.objects.aggregate(last=Max("event_id"))["last"],
        Row.objects.aggregate(last=Max("event_id"))["last"],
    )
    return max(-1 if last is None else last for last in lasts)


def _broken(kind: str, position: int | None, name: str = "") -> NoReturn:
    raise _Broken(Fault(kind=kind, position=position, name=name))
