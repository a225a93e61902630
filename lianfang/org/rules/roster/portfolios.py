"""Portfolios of a staff list: one leader a unit at a time, who sits in the leadership (三)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lianfang.common.text import Text
from lianfang.org.rules.roster.books import PersonEntry, PortfolioEntry, UnitEntry
from lianfang.org.rules.roster.draft import Draft, clipped, merged, once
from lianfang.org.rules.roster.model import PortfolioRow
from lianfang.org.rules.roster.plan import Thing
from lianfang.org.rules.roster.seats import begin_faults, dates_faults, person_faults, shortened


def plan_portfolios(draft: Draft, rows: Sequence[PortfolioRow]) -> None:
    """Enter the portfolios of the list, the earliest first; a later one ends the one before."""
    keys: list[object] = [_key(draft, row) for row in rows]
    single = [row for row, _ in once(draft, Thing.PORTFOLIO, rows, keys)]
    wanted = [_wanted(draft, row) for row in single]
    book = _Book(draft, {id(one.row) for one in wanted if one.row.to_on is not None})
    for one in sorted(wanted, key=lambda one: (not one.shortens, one.row.from_on or date.min)):
        book.plan(one)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wanted:
    """A row with what it refers to, found or not."""

    row: PortfolioRow
    leader: PersonEntry | None
    unit: UnitEntry | None
    before: PortfolioEntry | None
    after: PortfolioEntry | None

    @property
    def shortens(self) -> bool:
        return (
            self.before is not None
            and self.after is not None
            and shortened(self.before, self.after)
        )


class _Book:
    """The portfolios by unit, while rows are entered; `fixed` are those whose end a row says."""

    def __init__(self, draft: Draft, said: set[int]) -> None:
        self._draft = draft
        self._said = said
        self._fixed: set[object] = set()
        self._of_unit: dict[str, dict[object, PortfolioEntry]] = {}
        for entry in draft.portfolios.values():
            self._of_unit.setdefault(entry.unit, {})[entry.key] = entry
        self._leading: dict[str, list[tuple[date, date | None]]] = {}
        for seat in draft.seats.values():
            if draft.posts[seat.post].is_leadership:
                self._leading.setdefault(seat.person, []).append((seat.from_on, seat.to_on))

    def plan(self, one: _Wanted) -> None:
        """Enter a row, or refuse it."""
        row, after = one.row, one.after
        label = f"{row.leader} → {row.unit}"
        if one.leader is not None and one.unit is not None:
            label = f"{one.leader.name} → {one.unit.name}"
        reasons = [*row.faults, *self._faults(one)]
        doubts = list(row.doubts)
        if after is not None and after != one.before and not reasons:
            after = self._cut(after, doubts)
            reasons += self._overlaps(after, one.before)
        if reasons or after is None:
            self._draft.refuse(row, Thing.PORTFOLIO, label, reasons, before=one.before)
            return
        if after != one.before:
            self._end_earlier(one, after)
        self._enter(after)
        if id(row) in self._said:
            self._fixed.add(after.key)
        self._draft.take(
            row.origin,
            Thing.PORTFOLIO,
            label,
            before=one.before,
            after=after,
            doubts=tuple(doubts),
        )

    def _enter(self, entry: PortfolioEntry) -> None:
        self._of_unit.setdefault(entry.unit, {})[entry.key] = entry

    def _others(self, after: PortfolioEntry) -> Iterator[PortfolioEntry]:
        for other in self._of_unit.get(after.unit, {}).values():
            if other.key != after.key and other.meets(after):
                yield other

    def _cut(self, after: PortfolioEntry, doubts: list[Text]) -> PortfolioEntry:
        """Return an open portfolio ended before the one that follows it."""
        later = [one.from_on for one in self._others(after) if one.from_on > after.from_on]
        if after.to_on is not None or not later:
            return after
        last = min(later) - timedelta(days=1)
        doubts.append(
            Text(
                f"没有写止日，按下一任起日推定为 {last}。",
                f"No end is written; by the beginning of the next one it is {last}.",
            )
        )
        return replace(after, to_on=last)

    def _overlaps(self, after: PortfolioEntry, before: PortfolioEntry | None) -> Iterator[Text]:
        for other in self._others(after):
            ends = before is None and other.from_on < after.from_on and self._may_end(other, after)
            if not ends:
                leader = self._draft.people[other.leader]
                yield Text(
                    f"这一单位自 {other.from_on} 起由{leader.name}分管，期间重叠。请核对起止日期。",
                    f"From {other.from_on} on the unit is in the portfolio of {leader.name}, and "
                    "the spans overlap. Check the dates.",
                )

    def _may_end(self, other: PortfolioEntry, after: PortfolioEntry) -> bool:
        return other.leader != after.leader and other.key not in self._fixed

    def _end_earlier(self, one: _Wanted, after: PortfolioEntry) -> None:
        for other in list(self._others(after)):
            leader = self._draft.people[other.leader]
            ended = replace(other, to_on=after.from_on - timedelta(days=1))
            self._enter(ended)
            self._draft.take(
                one.row.origin,
                Thing.PORTFOLIO,
                f"{leader.name} → {one.unit.name if one.unit else other.unit}",
                before=other,
                after=ended,
                doubts=(_ends_before(after),),
            )

    def _faults(self, one: _Wanted) -> Iterator[Text]:
        row, leader, after = one.row, one.leader, one.after
        yield from begin_faults(row)
        yield from person_faults(row.leader, leader, one.before, after)
        if one.unit is None:
            yield Text(
                f"没有代码为“{row.unit}”的单位，或它那一行有误。请核对单位代码。",
                f"There is no unit with the code {row.unit}, or its row is wrong. Check the code.",
            )
        if leader is None or after is None:
            return
        yield from dates_faults(one.before, after)
        if one.before is None and not self._leads(leader.code, after.from_on):
            yield Text(
                f"{leader.name}在 {after.from_on} 不是班子成员，不能分管单位。"
                "请先写上其班子任职，或核对起日。",
                f"{leader.name} is no member of the leadership on {after.from_on}, so can't have a "
                "portfolio. Write the appointment to the leadership, or check the beginning.",
            )

    def _leads(self, person: str, on: date) -> bool:
        return any(
            begins <= on and (ends is None or on <= ends)
            for begins, ends in self._leading.get(person, ())
        )


def _key(draft: Draft, row: PortfolioRow) -> object:
    leader = draft.person_codes.known(row.leader) or row.leader
    unit = draft.unit_codes.known(row.unit) or row.unit
    return (leader, unit, row.from_on) if row.from_on and not row.faults else row.origin


def _wanted(draft: Draft, row: PortfolioRow) -> _Wanted:
    leader, unit = draft.person(row.leader), draft.unit(row.unit)
    before = after = None
    if leader is not None and unit is not None and row.from_on is not None:
        before = draft.portfolios.get((leader.code, unit.code, row.from_on))
        base = before or PortfolioEntry(leader=leader.code, unit=unit.code, from_on=row.from_on)
        after = merged(base, row, leader=leader.code, unit=unit.code)
        after = clipped(after, before, leader, draft)
    return _Wanted(row=row, leader=leader, unit=unit, before=before, after=after)


def _ends_before(after: PortfolioEntry) -> Text:
    return Text(
        f"新的分管自 {after.from_on} 起，随之在前一天结束。",
        f"A new portfolio begins on {after.from_on}; this ends the day before.",
    )
