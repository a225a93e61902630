"""The books while a plan is made: each row that holds is entered, the next one sees it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from lianfang.common.text import Text
from lianfang.org.rules.roster.books import (
    FIELDS,
    BodyEntry,
    Books,
    DatedKey,
    Entry,
    MemberEntry,
    PersonEntry,
    PortfolioEntry,
    PostEntry,
    SeatEntry,
    UnitEntry,
)
from lianfang.org.rules.roster.model import AnyRow, Origin
from lianfang.org.rules.roster.plan import Line, Thing, Write
from lianfang.org.rules.roster.tidying import Codes, tidy

AnyEntry = TypeVar("AnyEntry", bound=Entry)
DatedEntry = TypeVar("DatedEntry", bound=SeatEntry | PortfolioEntry | MemberEntry)
RowOf = TypeVar("RowOf", bound=AnyRow)
_KEYS = frozenset({"code", "from_on"})
# As long as the columns of the database are.
LENGTHS: Mapping[str, int] = {"code": 40, "name": 100, "name_en": 160, "document": 80}


class Draft:
    """The books as they would be after the rows so far, and a line for each of those."""

    def __init__(self, books: Books, on: date, *, may_seat: bool) -> None:
        self.books = books
        self.on = on
        self.may_seat = may_seat
        self.lines: list[Line] = []
        self.units: dict[str, UnitEntry] = dict(books.units)
        self.posts: dict[str, PostEntry] = dict(books.posts)
        self.people: dict[str, PersonEntry] = dict(books.people)
        self.seats: dict[DatedKey, SeatEntry] = dict(books.seats)
        self.portfolios: dict[DatedKey, PortfolioEntry] = dict(books.portfolios)
        self.bodies: dict[str, BodyEntry] = dict(books.bodies)
        self.members: dict[DatedKey, MemberEntry] = dict(books.members)
        self.unit_codes = Codes(books.units)
        self.post_codes = Codes(books.posts)
        self.person_codes = Codes(books.people)
        # people whose departure this import records
        self.leaving: dict[str, Origin] = {}

    def unit(self, code: str) -> UnitEntry | None:
        """Return the unit of that code, in whatever spelling."""
        return self.units.get(self.unit_codes.known(code) or "")

    def post(self, code: str) -> PostEntry | None:
        """Return the post of that code, in whatever spelling."""
        return self.posts.get(self.post_codes.known(code) or "")

    def person(self, code: str) -> PersonEntry | None:
        """Return the person of that staff number, in whatever spelling."""
        return self.people.get(self.person_codes.known(code) or "")

    def refuse(
        self,
        row: AnyRow,
        thing: Thing,
        label: str,
        reasons: Iterable[Text],
        *,
        before: Entry | None = None,
    ) -> None:
        """Note that a row is not taken, and why; `before` is what stays as it is."""
        told = tuple(dict.fromkeys(reasons))
        self.lines.append(
            Line(origin=row.origin, thing=thing, label=label, before=before, reasons=told)
        )

    def take(
        self,
        origin: Origin,
        thing: Thing,
        label: str,
        *,
        before: Entry | None,
        after: Entry,
        doubts: tuple[Text, ...] = (),
    ) -> None:
        """Enter what a row says, and note it."""
        if after != before:
            self._table(thing)[after.key] = after
        self.lines.append(
            Line(origin=origin, thing=thing, label=label, before=before, after=after, doubts=doubts)
        )

    def writes(self) -> Iterator[Write]:
        """Yield what differs from the books, in the order in which it can be written."""
        for thing in Thing:
            stored = getattr(self.books, _TABLES[thing])
            for key, after in self._table(thing).items():
                before = stored.get(key)
                if before != after:
                    yield Write(thing=thing, before=before, after=after)

    def _table(self, thing: Thing) -> dict[object, Entry]:
        table: dict[object, Entry] = getattr(self, _TABLES[thing])
        return table


_TABLES = {
    Thing.UNIT: "units",
    Thing.POST: "posts",
    Thing.PERSON: "people",
    Thing.SEAT: "seats",
    Thing.PORTFOLIO: "portfolios",
    Thing.BODY: "bodies",
    Thing.MEMBER: "members",
}


def merged(entry: AnyEntry, row: AnyRow, **settled: object) -> AnyEntry:
    """Return an entry with what a row says over it; `settled` are references already looked up.

    What differs only in spaces or unseen marks stays as it is on the books.
    """
    said: dict[str, Any] = {}
    kind = type(entry)
    for name in FIELDS[kind]:
        value = settled.get(name, getattr(row, name, None))
        if value is None or name in _KEYS or tidy(kind, name, getattr(entry, name)) == value:
            continue
        said[name] = value
    return replace(entry, **said) if said else entry


def lengths(row: AnyRow) -> Iterator[Text]:
    """Yield a sentence for each text that is longer than the books can hold."""
    for name, most in LENGTHS.items():
        value = getattr(row, name, None)
        if isinstance(value, str) and len(value) > most:
            yield Text(
                f"“{value[:12]}…”有 {len(value)} 个字，最多 {most} 个，请缩短。",
                f"“{value[:12]}…” has {len(value)} characters; at most {most} fit. Shorten it.",
            )


def once(
    draft: Draft, thing: Thing, rows: Sequence[RowOf], keys: Sequence[object]
) -> Iterator[tuple[RowOf, object]]:
    """Yield each row with its key; a row that repeats the key of an earlier one is refused."""
    first: dict[object, Origin] = {}
    for row, key in zip(rows, keys, strict=True):
        earlier = first.setdefault(key, row.origin)
        if earlier is row.origin:
            yield row, key
        else:
            draft.refuse(row, thing, _label(key), [_repeated(earlier)])


def clipped(
    entry: DatedEntry, before: DatedEntry | None, person: PersonEntry, draft: Draft
) -> DatedEntry:
    """Return a dated entry, ended before its person left where it would go on after that.

    What the books say of somebody who left earlier is not mended on the way.
    """
    if person.left_on is None or not entry.holds(person.left_on):
        return entry
    if before is not None and before.to_on == entry.to_on and person.code not in draft.leaving:
        return entry
    last = max(entry.from_on, person.left_on - timedelta(days=1))
    return replace(entry, to_on=last)


def _label(key: object) -> str:
    return " ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _repeated(earlier: Origin) -> Text:
    return Text(
        f"与“{earlier.name}”第 {earlier.row} 行重复，请只留一行。",
        f"This repeats row {earlier.row} of “{earlier.name}”; keep one of them.",
    )
