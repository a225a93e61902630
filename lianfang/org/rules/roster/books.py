"""What an organisation has on its books, as values: what a staff list is compared with.

Units, posts and people stand under their codes, bodies under their kind; what is dated refers to
them by the same. Withdrawn entries and retired bodies are not in the books.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitEntry:
    id: int | None = None
    code: str
    name: str = ""
    name_en: str = ""
    kind: str = "department"
    parent: str | None = None
    order: int = 0
    retired_on: date | None = None

    @property
    def key(self) -> str:
        return self.code

    def in_use(self, on: date) -> bool:
        """Return whether it is not retired on that day."""
        return self.retired_on is None or on < self.retired_on


@dataclass(frozen=True, kw_only=True, slots=True)
class PostEntry:
    id: int | None = None
    code: str
    unit: str = ""
    name: str = ""
    name_en: str = ""
    duties: str = ""
    duties_en: str = ""
    qualifications: str = ""
    is_unit_head: bool = False
    is_leadership: bool = False
    is_leadership_head: bool = False
    order: int = 0
    retired_on: date | None = None

    @property
    def key(self) -> str:
        return self.code

    def in_use(self, on: date) -> bool:
        """Return whether it is not retired on that day."""
        return self.retired_on is None or on < self.retired_on


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonEntry:
    id: int | None = None
    code: str
    name: str = ""
    name_en: str = ""
    is_party_member: bool | None = None
    left_on: date | None = None

    @property
    def key(self) -> str:
        return self.code

    def here(self, on: date) -> bool:
        """Return whether the person has not left by that day."""
        return self.left_on is None or on < self.left_on


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Something that holds from one day to another, both included."""

    id: int | None = None
    from_on: date
    to_on: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether it holds on that day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)

    def meets(self, other: "Span") -> bool:
        """Return whether both hold on one day at least."""
        return (self.to_on is None or other.from_on <= self.to_on) and (
            other.to_on is None or self.from_on <= other.to_on
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatEntry(Span):
    person: str
    post: str
    kind: str = "full"
    document: str = ""

    @property
    def key(self) -> tuple[str, str, date]:
        return self.person, self.post, self.from_on


@dataclass(frozen=True, kw_only=True, slots=True)
class PortfolioEntry(Span):
    leader: str
    unit: str

    @property
    def key(self) -> tuple[str, str, date]:
        return self.leader, self.unit, self.from_on


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyEntry:
    id: int | None = None
    kind: str
    name: str = ""
    name_en: str = ""

    @property
    def key(self) -> str:
        return self.kind


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberEntry(Span):
    body: str
    person: str
    role: str = "member"

    @property
    def key(self) -> tuple[str, str, date]:
        return self.body, self.person, self.from_on


Entry = UnitEntry | PostEntry | PersonEntry | SeatEntry | PortfolioEntry | BodyEntry | MemberEntry
DatedKey = tuple[str, str, date]
# What an import may say of each, in the order in which it is shown.
FIELDS: Mapping[type, tuple[str, ...]] = {
    UnitEntry: ("code", "name", "name_en", "kind", "parent", "order"),
    PostEntry: (
        "code",
        "unit",
        "name",
        "name_en",
        "duties",
        "duties_en",
        "qualifications",
        "is_unit_head",
        "is_leadership",
        "is_leadership_head",
        "order",
    ),
    PersonEntry: ("code", "name", "name_en", "is_party_member", "left_on"),
    SeatEntry: ("person", "post", "kind", "from_on", "to_on", "document"),
    PortfolioEntry: ("leader", "unit", "from_on", "to_on"),
    BodyEntry: ("kind", "name", "name_en"),
    MemberEntry: ("body", "person", "role", "from_on", "to_on"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Books:
    """Everything that a staff list can touch in one organisation."""

    units: Mapping[str, UnitEntry] = field(default_factory=dict)
    posts: Mapping[str, PostEntry] = field(default_factory=dict)
    people: Mapping[str, PersonEntry] = field(default_factory=dict)
    seats: Mapping[DatedKey, SeatEntry] = field(default_factory=dict)
    portfolios: Mapping[DatedKey, PortfolioEntry] = field(default_factory=dict)
    bodies: Mapping[str, BodyEntry] = field(default_factory=dict)
    members: Mapping[DatedKey, MemberEntry] = field(default_factory=dict)

    @property
    def root(self) -> UnitEntry | None:
        """The unit that is the organisation itself."""
        return next((unit for unit in self.units.values() if unit.parent is None), None)
