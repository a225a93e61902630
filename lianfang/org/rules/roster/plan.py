"""What an import would do, row by row: added, changed, unchanged, refused, and why."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property

from lianfang.common.text import Text
from lianfang.org.rules.roster.books import FIELDS, Entry
from lianfang.org.rules.roster.model import Origin, Problem


class Thing(StrEnum):
    """What a line is about, in the order in which an import writes."""

    UNIT = "unit"
    POST = "post"
    PERSON = "person"
    SEAT = "seat"
    PORTFOLIO = "portfolio"
    BODY = "body"
    MEMBER = "member"


class Verdict(StrEnum):
    """What becomes of a row, what needs a look first."""

    REFUSED = "refused"
    DOUBTED = "doubted"
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """A field from what it was to what it becomes; a missing text is empty."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What becomes of one thing that a row is about. Refused lines have no `after`."""

    origin: Origin
    thing: Thing
    label: str
    before: Entry | None = None
    after: Entry | None = None
    reasons: tuple[Text, ...] = ()
    doubts: tuple[Text, ...] = ()

    @property
    def does(self) -> Verdict:
        """What the line does, doubts aside."""
        if self.after is None:
            return Verdict.REFUSED
        if self.before is None:
            return Verdict.ADDED
        return Verdict.UNCHANGED if self.before == self.after else Verdict.CHANGED

    @property
    def verdict(self) -> Verdict:
        """The group in which the line is shown."""
        does = self.does
        return Verdict.DOUBTED if self.doubts and does is not Verdict.REFUSED else does

    @property
    def changes(self) -> tuple[Change, ...]:
        """The fields that change; of what is added, those that say something."""
        return () if self.after is None else tuple(changes_between(self.before, self.after))


@dataclass(frozen=True, kw_only=True, slots=True)
class Write:
    """One thing before and after the import, whatever number of lines led there."""

    thing: Thing
    before: Entry | None
    after: Entry


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """Something on the books of which the file says nothing. It is left as it is."""

    thing: Thing
    label: str


@dataclass(frozen=True, kw_only=True)
class RosterPlan:
    """The whole of what an import would do."""

    lines: tuple[Line, ...] = ()
    writes: tuple[Write, ...] = ()
    missing: tuple[Missing, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def stops(self) -> bool:
        """Whether nothing can be imported before the file is mended."""
        return any(problem.stops for problem in self.problems)

    @cached_property
    def refused(self) -> tuple[Line, ...]:
        """The lines that would not be taken."""
        return tuple(line for line in self.lines if line.does is Verdict.REFUSED)

    @cached_property
    def counts(self) -> Mapping[Thing, Counter[Verdict]]:
        """How many lines of each verdict there are for each thing."""
        found = {thing: Counter[Verdict]() for thing in Thing}
        for line in self.lines:
            found[line.thing][line.verdict] += 1
        return found

    @cached_property
    def digest(self) -> str:
        """64 hex digits that differ when anything else would be written or refused."""
        told = [
            [[write.thing, _told(write.before), _told(write.after)] for write in self.writes],
            [[line.origin.name, line.origin.row, line.label] for line in self.refused],
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def changes_between(before: Entry | None, after: Entry) -> Iterator[Change]:
    """Yield the fields in which an entry differs from what it was, or from nothing."""
    blank = {one.name: one.default for one in fields(after)}
    for name in FIELDS[type(after)]:
        new = getattr(after, name)
        if new != (blank[name] if before is None else getattr(before, name)):
            yield Change(name, None if before is None else getattr(before, name), new)


def _told(entry: Entry | None) -> list[str] | None:
    if entry is None:
        return None
    return [repr(getattr(entry, name)) for name in ("id", *FIELDS[type(entry)])]
