"""Appointments of a staff list: somebody in a post, whose spans never overlap (五（一）2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lianfang.common.text import Text
from lianfang.org.rules.roster.books import PersonEntry, PostEntry, SeatEntry, Span
from lianfang.org.rules.roster.draft import Draft, clipped, lengths, merged, once
from lianfang.org.rules.roster.model import MemberRow, PortfolioRow, SeatRow
from lianfang.org.rules.roster.plan import Thing

Pair = tuple[str, str]


def plan_seats(draft: Draft, rows: Sequence[SeatRow]) -> None:
    """Enter the appointments of the list; what is shortened comes before what is added."""
    held: dict[Pair, dict[object, SeatEntry]] = {}
    for entry in draft.seats.values():
        held.setdefault((entry.person, entry.post), {})[entry.from_on] = entry
    keys: list[object] = [_key(draft, row) for row in rows]
    single = [row for row, _ in once(draft, Thing.SEAT, rows, keys)]
    wanted = [_wanted(draft, row) for row in single]
    for one in sorted(wanted, key=lambda one: not one.shortens):
        _plan_seat(draft, one, held)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wanted:
    """A row with what it refers to, found or not."""

    row: SeatRow
    person: PersonEntry | None
    post: PostEntry | None
    before: SeatEntry | None
    after: SeatEntry | None

    @property
    def shortens(self) -> bool:
        return (
            self.before is not None
            and self.after is not None
            and shortened(self.before, self.after)
        )


def shortened(before: Span, after: Span) -> bool:
    """Return whether a span ends earlier than it did."""
    return after.to_on is not None and (before.to_on is None or after.to_on < before.to_on)


def dates_faults(before: Span | None, after: Span) -> Iterator[Text]:
    """Yield a sentence where a span ends before it begins."""
    if after.to_on is not None and after.to_on < after.from_on and after != before:
        yield Text(
            f"止日 {after.to_on} 早于起日 {after.from_on}，请改正其中一个。",
            f"The end, {after.to_on}, lies before the beginning, {after.from_on}; mend one.",
        )


def begin_faults(row: SeatRow | PortfolioRow | MemberRow) -> Iterator[Text]:
    """Yield a sentence where the first day is not said, unless the reader has said so."""
    if row.from_on is None and not row.faults:
        yield Text("没有写起日，请写上。", "The first day is missing; write it.")


def person_faults(
    code: str, person: PersonEntry | None, before: Span | None, after: Span | None
) -> Iterator[Text]:
    """Yield a sentence where there is no such person, or they are gone by then."""
    if person is None:
        yield Text(
            f"没有工号为“{code}”的人员，或其那一行有误。请核对工号。",
            f"There is nobody with the staff number {code}, or that row is wrong. Check it.",
        )
    elif before is None and after is not None and not person.here(after.from_on):
        yield Text(
            f"{person.name}已于 {person.left_on} 离开，请核对起日。",
            f"{person.name} left on {person.left_on}; check the beginning.",
        )


def _key(draft: Draft, row: SeatRow) -> object:
    person = draft.person_codes.known(row.person) or row.person
    post = draft.post_codes.known(row.post) or row.post
    return (person, post, row.from_on) if row.from_on and not row.faults else row.origin


def _wanted(draft: Draft, row: SeatRow) -> _Wanted:
    person, post = draft.person(row.person), draft.post(row.post)
    before = after = None
    if person is not None and post is not None and row.from_on is not None:
        before = draft.seats.get((person.code, post.code, row.from_on))
        base = before or SeatEntry(person=person.code, post=post.code, from_on=row.from_on)
        after = clipped(
            merged(base, row, person=person.code, post=post.code), before, person, draft
        )
    return _Wanted(row=row, person=person, post=post, before=before, after=after)


def _plan_seat(draft: Draft, one: _Wanted, held: dict[Pair, dict[object, SeatEntry]]) -> None:
    row, after = one.row, one.after
    label = f"{row.person} → {row.post}"
    if one.person is not None and one.post is not None:
        label = f"{one.person.name} → {one.post.name}"
    reasons = [*row.faults, *lengths(row), *_faults(one)]
    if after is not None and after != one.before:
        reasons += _overlaps(one, held.get((after.person, after.post), {}))
    if reasons or after is None:
        draft.refuse(row, Thing.SEAT, label, reasons, before=one.before)
        return
    held.setdefault((after.person, after.post), {})[after.from_on] = after
    draft.take(row.origin, Thing.SEAT, label, before=one.before, after=after, doubts=row.doubts)


def _faults(one: _Wanted) -> Iterator[Text]:
    row = one.row
    yield from begin_faults(row)
    yield from person_faults(row.person, one.person, one.before, one.after)
    if one.post is None:
        yield Text(
            f"没有代码为“{row.post}”的岗位，或它那一行有误。请核对岗位代码。",
            f"There is no post with the code {row.post}, or its row is wrong. Check the code.",
        )
    if one.after is None or one.post is None:
        return
    yield from dates_faults(one.before, one.after)
    retired = one.post.retired_on
    if one.before is None and retired is not None and retired <= one.after.from_on:
        yield Text(
            f"岗位“{one.post.name}”已于 {retired} 停用，请另选岗位或改起日。",
            f"The post {one.post.name} was retired on {retired}; choose another one or mend the "
            "beginning.",
        )


def _overlaps(one: _Wanted, others: dict[object, SeatEntry]) -> Iterator[Text]:
    after = one.after
    for other in others.values():
        if after is not None and other.from_on != after.from_on and other.meets(after):
            yield Text(
                f"同一人自 {other.from_on} 起已任这一岗位，期间重叠。请核对起止日期。",
                f"The same person holds this post from {other.from_on} already, and the spans "
                "overlap. Check the dates.",
            )
