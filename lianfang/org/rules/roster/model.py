"""What a staff list says, row by row, each with the place it stands at.

A field that is None was not said: the column is missing or the cell is empty. An import leaves
what is stored alone there; nothing is ever taken away by saying nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianfang.common.text import Text


class Sheet(StrEnum):
    """The sheets of the workbook; STAFF is the simple list that offices have."""

    UNITS = "units"
    POSTS = "posts"
    PEOPLE = "people"
    SEATS = "seats"
    PORTFOLIOS = "portfolios"
    MEMBERS = "members"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something stands: the sheet, its name in the file, the row counted from 1."""

    sheet: Sheet
    name: str
    row: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong with a file, or was left aside in it; row 0 is the sheet as a whole.

    `stops`: nothing can be imported before it is mended.
    """

    sheet: str = ""
    row: int = 0
    column: str = ""
    text: Text
    stops: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row; with a fault it is refused, with a doubt it is taken and pointed at."""

    origin: Origin
    faults: tuple[Text, ...] = ()
    doubts: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitRow(Row):
    code: str = ""
    name: str | None = None
    name_en: str | None = None
    kind: str | None = None
    parent: str | None = None
    order: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PostRow(Row):
    code: str = ""
    unit: str | None = None
    name: str | None = None
    name_en: str | None = None
    duties: str | None = None
    duties_en: str | None = None
    qualifications: str | None = None
    is_unit_head: bool | None = None
    is_leadership: bool | None = None
    is_leadership_head: bool | None = None
    order: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow(Row):
    code: str = ""
    name: str | None = None
    name_en: str | None = None
    is_party_member: bool | None = None
    left_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatRow(Row):
    """An appointment (任职)."""

    person: str = ""
    post: str = ""
    kind: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    document: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PortfolioRow(Row):
    leader: str = ""
    unit: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberRow(Row):
    """Somebody in a body, and the body's own names."""

    body: str = ""
    name: str | None = None
    name_en: str | None = None
    person: str = ""
    role: str | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffRow(Row):
    """A row of the simple list: a person by name or number, in a post by name."""

    unit: str = ""
    post: str = ""
    person: str = ""
    name: str = ""
    kind: str | None = None
    is_party_member: bool | None = None
    from_on: date | None = None
    left_on: date | None = None


AnyRow = UnitRow | PostRow | PersonRow | SeatRow | PortfolioRow | MemberRow | StaffRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """A staff list as it was read. `sheets` are those that were there, with or without rows."""

    units: tuple[UnitRow, ...] = ()
    posts: tuple[PostRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    seats: tuple[SeatRow, ...] = ()
    portfolios: tuple[PortfolioRow, ...] = ()
    members: tuple[MemberRow, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    sheets: frozenset[Sheet] = frozenset()
    problems: tuple[Problem, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether nothing can be imported before the file is mended."""
        return any(problem.stops for problem in self.problems)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return sum(1 for _ in self.rows())

    def rows(self) -> Iterator[AnyRow]:
        """Yield every row."""
        yield from self.units
        yield from self.posts
        yield from self.people
        yield from self.seats
        yield from self.portfolios
        yield from self.members
        yield from self.staff
