"""People of a staff list: entered, renamed, gone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lianfang.common.text import Text
from lianfang.org.rules.roster.books import PersonEntry
from lianfang.org.rules.roster.draft import DatedEntry, Draft, clipped, lengths, merged, once
from lianfang.org.rules.roster.model import PersonRow
from lianfang.org.rules.roster.plan import Thing


def plan_people(draft: Draft, rows: Sequence[PersonRow]) -> None:
    """Enter the people of the list."""
    settled = [replace(row, code=draft.person_codes.settled(row.code)) for row in rows]
    keys = [row.code or row.origin for row in settled]
    for row, _ in once(draft, Thing.PERSON, settled, keys):
        _plan_person(draft, row)


def plan_departures(draft: Draft) -> None:
    """End what those who leave still hold, the day before they leave (三)."""
    if not draft.leaving:
        return
    for seat in list(draft.seats.values()):
        _end(draft, Thing.SEAT, seat.person, seat)
    for portfolio in list(draft.portfolios.values()):
        _end(draft, Thing.PORTFOLIO, portfolio.leader, portfolio)
    for member in list(draft.members.values()):
        _end(draft, Thing.MEMBER, member.person, member)


def _end(draft: Draft, thing: Thing, code: str, entry: DatedEntry) -> None:
    origin = draft.leaving.get(code)
    if origin is None:
        return
    person = draft.people[code]
    ended = clipped(entry, None, person, draft)
    if ended != entry:
        draft.take(
            origin,
            thing,
            f"{code} {person.name}",
            before=entry,
            after=ended,
            doubts=(_ends_with_departure(person),),
        )


def _plan_person(draft: Draft, row: PersonRow) -> None:
    before = draft.people.get(row.code)
    label = f"{row.code} {row.name or (before.name if before else '')}".strip()
    after = merged(before or PersonEntry(code=row.code), row)
    reasons = [*row.faults, *lengths(row), *_faults(before, after)]
    if reasons:
        draft.refuse(row, Thing.PERSON, label, reasons, before=before)
        return
    if after.left_on is not None and (before is None or before.left_on is None):
        draft.leaving[after.code] = row.origin
    doubts = (*row.doubts, *_doubts(before, after))
    draft.take(row.origin, Thing.PERSON, label, before=before, after=after, doubts=doubts)


def _faults(before: PersonEntry | None, after: PersonEntry) -> Iterator[Text]:
    if not after.name:
        yield Text("没有姓名，请写上。", "The person has no name; write it.")
    gone = before.left_on if before is not None else None
    if gone is not None and gone != after.left_on:
        yield Text(
            f"{after.name}已登记于 {gone} 离开，离开日期不能再改。",
            f"{after.name} is on record as having left on {gone}; that day can't be changed.",
        )


def _doubts(before: PersonEntry | None, after: PersonEntry) -> Iterator[Text]:
    if before is not None and before.name != after.name:
        yield Text(
            f"工号“{after.code}”原是{before.name}，现写{after.name}：请确认是改名，不是错号。",
            f"The staff number {after.code} belongs to {before.name}, the list says {after.name}: "
            "make sure that it is a new name, not a wrong number.",
        )


def _ends_with_departure(person: PersonEntry) -> Text:
    return Text(
        f"{person.name}于 {person.left_on} 离开，随之在前一天结束。",
        f"{person.name} leaves on {person.left_on}; this ends the day before.",
    )
