"""The plan of an import: pure, from a staff list and the books on one day."""

from collections.abc import Iterator
from datetime import date

from lianfang.org.rules.roster.books import Books, DatedKey
from lianfang.org.rules.roster.draft import Draft
from lianfang.org.rules.roster.members import plan_members
from lianfang.org.rules.roster.model import Roster, Sheet
from lianfang.org.rules.roster.people import plan_departures, plan_people
from lianfang.org.rules.roster.plan import Missing, RosterPlan, Thing
from lianfang.org.rules.roster.portfolios import plan_portfolios
from lianfang.org.rules.roster.posts import plan_posts
from lianfang.org.rules.roster.seats import plan_seats
from lianfang.org.rules.roster.staff import coded
from lianfang.org.rules.roster.units import plan_units

_PEOPLE = frozenset({Sheet.PEOPLE, Sheet.STAFF})
_SEATS = frozenset({Sheet.SEATS, Sheet.STAFF})


def plan_roster(roster: Roster, books: Books, on: date, *, may_seat: bool = True) -> RosterPlan:
    """Return what importing the list into these books on that day would do.

    Whatever the plan takes can be written: every reference, place and span was checked against
    the books as they are after the rows before it. `may_seat`: whether rows about bodies and
    their members may change anything (三员分立).
    """
    listed = coded(roster, books, on)
    draft = Draft(books, on, may_seat=may_seat)
    plan_units(draft, listed.units)
    plan_posts(draft, listed.posts)
    plan_people(draft, listed.people)
    plan_seats(draft, listed.seats)
    plan_portfolios(draft, listed.portfolios)
    plan_members(draft, listed.members)
    plan_departures(draft)
    return RosterPlan(
        lines=tuple(draft.lines),
        writes=tuple(draft.writes()),
        missing=tuple(_missing(draft, roster.sheets)),
        problems=roster.problems,
    )


def _missing(draft: Draft, sheets: frozenset[Sheet]) -> Iterator[Missing]:
    """Yield what is in use on the books and stands on no line, for each sheet that was there."""
    spoken = {(line.thing, line.before.key) for line in draft.lines if line.before is not None}
    for thing, speaking, label, key in (*_lasting(draft), *_held(draft)):
        if not sheets.isdisjoint(speaking) and (thing, key) not in spoken:
            yield Missing(thing=thing, label=label)


_InUse = tuple[Thing, frozenset[Sheet], str, str | DatedKey]


def _lasting(draft: Draft) -> Iterator[_InUse]:
    """Yield the units, posts and people of the day, with the sheets that would name them."""
    books, on = draft.books, draft.on
    for unit in books.units.values():
        if unit.in_use(on):
            yield Thing.UNIT, frozenset({Sheet.UNITS}), f"{unit.code} {unit.name}", unit.key
    for post in books.posts.values():
        if post.in_use(on):
            yield Thing.POST, frozenset({Sheet.POSTS}), f"{post.code} {post.name}", post.key
    for person in books.people.values():
        if person.here(on):
            yield Thing.PERSON, _PEOPLE, f"{person.code} {person.name}", person.key


def _held(draft: Draft) -> Iterator[_InUse]:
    """Yield the appointments that hold on the day, with the sheets that would name them."""
    books, on = draft.books, draft.on
    for seat in books.seats.values():
        if seat.holds(on):
            label = f"{books.people[seat.person].name} → {books.posts[seat.post].name}"
            yield Thing.SEAT, _SEATS, label, seat.key
