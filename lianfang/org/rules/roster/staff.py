"""The simple list that offices have, made into units, posts, people and appointments by name.

Names are looked up on the books; what is new gets a code. Whatever had to be guessed is a doubt
on its row, so that somebody looks at it before it is applied.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from lianfang.common.text import Text, bare, squeezed
from lianfang.org.rules.roster.books import Books, SeatEntry, UnitEntry
from lianfang.org.rules.roster.model import (
    PersonRow,
    PostRow,
    Roster,
    SeatRow,
    StaffRow,
    UnitRow,
)
from lianfang.org.rules.structure import SeatKind, UnitKind

_LEADERSHIP = re.compile(r"(领导|班子|领导班子)$|^leadership$", re.IGNORECASE)
_HEAD = re.compile(
    r"(处长|主任|部长|科长|所长|院长|经理|队长|站长|馆长|\bdirector|\bhead)$", re.IGNORECASE
)
_NOT_HEAD = re.compile(r"[副原]|助理|deputy|vice|assistant|acting", re.IGNORECASE)
_SECRETARY = re.compile(r"书记$|secretary$", re.IGNORECASE)
_NOT_SECRETARY = re.compile(r"[副原]|纪|支部|deputy|vice|discipline", re.IGNORECASE)


def coded(roster: Roster, books: Books, on: date) -> Roster:
    """Return the list with its simple rows made into rows with codes."""
    if not roster.staff:
        return roster
    reader = _Reader(books, on, roster.staff)
    for row in roster.staff:
        reader.add(row)
    return replace(
        roster,
        units=(*roster.units, *reader.units.values()),
        posts=(*roster.posts, *reader.posts.values()),
        people=(*roster.people, *reader.people.values()),
        seats=(*roster.seats, *reader.seats),
    )


class _Numbers:
    """Gives out codes that are not in use."""

    def __init__(self, used: Iterable[str]) -> None:
        self._used = {bare(code) for code in used}

    def next(self, form: str, number: int) -> str:
        """Return the first free code of a form such as `U{:02}`, from a number on."""
        while bare(form.format(number)) in self._used:
            number += 1
        code = form.format(number)
        self._used.add(bare(code))
        return code


class _Reader:
    """Takes the rows one by one and remembers what each name stands for."""

    def __init__(self, books: Books, on: date, rows: tuple[StaffRow, ...]) -> None:
        self._books = books
        self._on = on
        self.units: dict[str, UnitRow] = {}
        self.posts: dict[tuple[str, str], PostRow] = {}
        self.people: dict[str, PersonRow] = {}
        self.seats: list[SeatRow] = []
        self._seated: set[str] = set()
        self._unit_numbers = _Numbers(books.units)
        self._post_numbers = _Numbers(books.posts)
        self._person_numbers = _Numbers([*books.people, *(row.person for row in rows)])
        self._unit_codes = {
            squeezed(unit.name): unit for unit in books.units.values() if unit.in_use(on)
        }
        self._post_codes = {
            (post.unit, squeezed(post.name)): post
            for post in books.posts.values()
            if post.in_use(on)
        }
        # the staff numbers of each name, on the books and in the list
        self._named: dict[str, dict[str, str]] = {}
        known = [(person.name, code) for code, person in books.people.items() if person.here(on)]
        for name, code in (*known, *((row.name, row.person) for row in rows if row.person)):
            self._named.setdefault(squeezed(name), {}).setdefault(_same(code), code)
        self._held: dict[str, list[SeatEntry]] = {}
        for seat in books.seats.values():
            if seat.holds(on):
                self._held.setdefault(seat.person, []).append(seat)
        self._headed = {
            post.unit for post in books.posts.values() if post.is_unit_head and post.in_use(on)
        }
        self._has_leader = any(
            post.is_leadership_head and post.in_use(on) for post in books.posts.values()
        )

    def add(self, row: StaffRow) -> None:
        """Take one row."""
        if row.faults:
            self.people[f"row {row.origin.row}"] = PersonRow(
                origin=row.origin, code=row.person, name=row.name or None, faults=row.faults
            )
            return
        person = self._person(row)
        if row.post and person:
            self._seat(row, person, self._post(row, self._unit(row)))

    # units and posts

    def _unit(self, row: StaffRow) -> str:
        name = squeezed(row.unit)
        known = self._unit_codes.get(name)
        if name in self.units:
            return self.units[name].code
        leads = bool(_LEADERSHIP.search(row.unit))
        if known is None and leads:
            known = self._only_leadership()
        if known is not None:
            self.units[name] = UnitRow(origin=row.origin, code=known.code)
            return known.code
        code = self._unit_numbers.next("U{:02}", 1)
        self.units[name] = UnitRow(
            origin=row.origin,
            code=code,
            name=row.unit,
            kind=UnitKind.LEADERSHIP if leads else UnitKind.DEPARTMENT,
            order=len(self.units) + 1,
            doubts=(_new_unit(row.unit, code),),
        )
        return code

    def _only_leadership(self) -> UnitEntry | None:
        found = [
            unit
            for unit in self._books.units.values()
            if unit.kind == UnitKind.LEADERSHIP and unit.in_use(self._on)
        ]
        return found[0] if len(found) == 1 else None

    def _post(self, row: StaffRow, unit: str) -> str:
        key = unit, squeezed(row.post)
        if key in self.posts:
            return self.posts[key].code
        known = self._post_codes.get(key)
        if known is not None:
            self.posts[key] = PostRow(origin=row.origin, code=known.code)
            return known.code
        code = self._post_numbers.next(unit[:36] + "-{:02}", 1)
        self.posts[key] = self._marked(
            PostRow(
                origin=row.origin,
                code=code,
                unit=unit,
                name=row.post,
                order=len(self.posts) + 1,
                doubts=(_new_post(row.post, code),),
            ),
            row,
        )
        return code

    def _marked(self, post: PostRow, row: StaffRow) -> PostRow:
        """Return a new post with the headship that its name speaks of."""
        name, unit = row.post, post.unit or ""
        if _LEADERSHIP.search(row.unit):
            leads = bool(_SECRETARY.search(name)) and not _NOT_SECRETARY.search(name)
            if leads and not self._has_leader:
                self._has_leader = True
                guess = _guessed("班子主要负责人", "head of the leadership")
                return replace(
                    post,
                    is_leadership=True,
                    is_leadership_head=True,
                    doubts=(*post.doubts, guess),
                )
            return replace(post, is_leadership=True)
        if _HEAD.search(name) and not _NOT_HEAD.search(name) and unit not in self._headed:
            self._headed.add(unit)
            guess = _guessed("单位负责人", "head of the unit")
            return replace(post, is_unit_head=True, doubts=(*post.doubts, guess))
        return post

    # people and appointments

    def _person(self, row: StaffRow) -> str:
        """Return the staff number of a row's person, empty where it can't be told."""
        faults: tuple[Text, ...] = ()
        code, doubts = row.person, row.doubts
        if not code:
            code, doubts, faults = self._numbered(row)
        said = PersonRow(
            origin=row.origin,
            code=code,
            name=row.name or None,
            is_party_member=row.is_party_member,
            left_on=row.left_on,
            doubts=doubts,
            faults=faults,
        )
        key = f"row {row.origin.row}" if faults else _same(code)
        self.people.setdefault(key, said)
        return "" if faults else code

    def _numbered(self, row: StaffRow) -> tuple[str, tuple[Text, ...], tuple[Text, ...]]:
        """Return the number of somebody named without one, with doubts and faults."""
        name = squeezed(row.name)
        known = self._named.setdefault(name, {})
        if len(known) > 1:
            return "", row.doubts, (_namesakes(row.name),)
        if known:
            return next(iter(known.values())), row.doubts, ()
        code = self._person_numbers.next(*self._form())
        known[_same(code)] = code
        return code, (*row.doubts, _new_number(row.name, code)), ()

    def _form(self) -> tuple[str, int]:
        """Return how staff numbers are written here, and the first that may be free."""
        numbers = [code for code in self._books.people if code.isascii() and code.isdecimal()]
        if not numbers:
            return "{:04}", 1
        longest = max(numbers, key=lambda code: (len(code), code))
        return f"{{:0{len(longest)}}}", int(longest) + 1

    def _seat(self, row: StaffRow, person: str, post: str) -> None:
        self._enter(row, person, post)
        self._seated.add(_same(person))

    def _enter(self, row: StaffRow, person: str, post: str) -> None:
        held = self._held.get(person, [])
        here = next((seat for seat in held if seat.post == post), None)
        if here is not None:
            doubts = _other_day(row, here) if row.from_on not in (None, here.from_on) else ()
            self.seats.append(
                SeatRow(
                    origin=row.origin,
                    person=person,
                    post=post,
                    from_on=here.from_on,
                    kind=row.kind,
                    doubts=doubts,
                )
            )
            return
        kind, doubts = self._kind(row, person, held)
        if row.from_on is None:
            doubts = (*doubts, _no_day(self._on))
        self.seats.append(
            SeatRow(
                origin=row.origin,
                person=person,
                post=post,
                kind=kind,
                from_on=row.from_on or self._on,
                doubts=tuple(doubts),
            )
        )

    def _kind(
        self, row: StaffRow, person: str, held: list[SeatEntry]
    ) -> tuple[str, tuple[Text, ...]]:
        """Return how a new post is held, and what is doubtful about it."""
        if row.kind is not None:
            return row.kind, ()
        if _same(person) in self._seated:
            return SeatKind.CONCURRENT, (_second(row.name),)
        full = next((seat for seat in held if seat.kind == SeatKind.FULL), None)
        if full is not None:
            return SeatKind.FULL, (_still_there(row.name, self._books.posts[full.post].name),)
        return SeatKind.FULL, ()


def _same(code: str) -> str:
    """Return a staff number as it is told apart from others."""
    return bare(code) or code


def _new_unit(name: str, code: str) -> Text:
    return Text(
        f"新单位“{name}”，代码拟为 {code}，放在本机构之下；导入后可以改。",
        f"{name} is a new unit: its code becomes {code}, right below the organisation. Both can be "
        "changed afterwards.",
    )


def _new_post(name: str, code: str) -> Text:
    return Text(
        f"新岗位“{name}”，代码拟为 {code}；导入后可以改。",
        f"{name} is a new post: its code becomes {code}, which can be changed afterwards.",
    )


def _guessed(zh: str, en: str) -> Text:
    return Text(
        f"按名称认作{zh}岗位，请核对。", f"By its name this is the post of the {en}; check it."
    )


def _namesakes(name: str) -> Text:
    return Text(
        f"有不止一位“{name}”，请在表中加上工号。",
        f"There is more than one {name}; add the staff number to the list.",
    )


def _new_number(name: str, code: str) -> Text:
    return Text(
        f"{name}没有工号，拟编为 {code}；导入后可以改。",
        f"{name} has no staff number: it becomes {code}, which can be changed afterwards.",
    )


def _other_day(row: StaffRow, seat: SeatEntry) -> tuple[Text, ...]:
    return (
        Text(
            f"登记的任职日期是 {seat.from_on}，与表中的 {row.from_on} 不同，按登记的不改。",
            f"The books say from {seat.from_on}, the list {row.from_on}; the books stay.",
        ),
    )


def _no_day(on: date) -> Text:
    return Text(
        f"没有写任职日期，按导入当天 {on} 登记。",
        f"No day of appointment is written; it is entered from today, {on}.",
    )


def _second(name: str) -> Text:
    return Text(
        f"{name}在表中不止一行，这一岗位按兼任登记；如是重名，请加上工号。",
        f"{name} stands in more than one row: this post is entered as concurrent. For a namesake "
        "add the staff number.",
    )


def _still_there(name: str, post: str) -> Text:
    return Text(
        f"{name}仍任“{post}”。如已调离，导入后请登记其结束日期。",
        f"{name} still holds {post}. If that has ended, record its last day afterwards.",
    )
