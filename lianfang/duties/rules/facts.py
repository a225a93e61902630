"""All that duties follow from, on one day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from lianfang.duties.rules.history import RuleHistory
from lianfang.duties.rules.levels import Given
from lianfang.org.rules.calendar import WorkCalendar
from lianfang.org.rules.structure import Structure
from lianfang.scheme.model import Quantity, StatementForm

_DAY = timedelta(days=1)


class Holding(NamedTuple):
    """A person in a post without a break, whatever the appointments; `rank` 0 is a full holder.

    `to_on` is the last day known. `party_member` None: not on record.
    """

    person: int
    post: int
    unit: int
    from_on: date
    to_on: date | None = None
    rank: int = 0
    party_member: bool | None = None

    def holds(self, on: date) -> bool:
        """Return whether the person is in the post on a day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


class MeasureKind(StrEnum):
    """How a measure is followed: done once, confirmed again, or until its rule is made."""

    DATED = "dated"
    RECURRING = "recurring"
    RULE = "rule"


class MeasureFact(NamedTuple):
    """A measure as the edition in force has it.

    `first` stands for it through the editions in a row that had it, since `from_on`; `id` is that
    of the one in force. `is_met`: the rule it asks for is in force. A dated one has its `due_on`.
    """

    id: int
    first: int
    unit: int
    kind: MeasureKind
    from_on: date
    post: int | None = None
    due_on: date | None = None
    edition: str = ""
    is_met: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """An organisation on `structure.on`, or the part of it that `units` names.

    The structure has at least the head posts, those of the leadership and those that answer for
    measures. `holdings` are sorted by person: those of the day and later ones, and, where
    `is_whole`, those of the year before. `begun` has the first day on which an edition gave
    levels to each unit: before it nothing is asked of the unit. `exempt` has the day until which
    a person stays in a post past its term.
    """

    structure: Structure
    rules: tuple[RuleHistory, ...]
    newcomer: Quantity
    forms: tuple[StatementForm, ...] = ()
    units: frozenset[int] = frozenset()
    holdings: tuple[Holding, ...] = ()
    levels: Mapping[int, tuple[Given, ...]] = field(default_factory=dict)
    begun: Mapping[int, date] = field(default_factory=dict)
    measures: tuple[MeasureFact, ...] = ()
    exempt: Mapping[tuple[int, int], date] = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    is_whole: bool = True
    scheme_version: str = ""

    @property
    def on(self) -> date:
        """The day that is asked about."""
        return self.structure.on


def joined(holdings: Iterable[Holding]) -> Iterator[Holding]:
    """Yield holdings with those joined that follow each other without a day between.

    They come sorted by person, post and first day. An acting holder who is appointed goes on.
    """
    last: Holding | None = None
    for each in holdings:
        if last is not None and _goes_on(last, each):
            ends = None if None in (last.to_on, each.to_on) else max(last.to_on, each.to_on)  # type: ignore[type-var]
            last = each._replace(from_on=last.from_on, to_on=ends)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _goes_on(last: Holding, each: Holding) -> bool:
    if (last.person, last.post) != (each.person, each.post):
        return False
    return last.to_on is None or each.from_on <= last.to_on + _DAY
