"""Staff lists and books for tests: from rows, from the workbook, and any that can be thought of."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from lianfang.org.exchange.roster import roster_from_rows
from lianfang.org.rules.roster.books import (
    BodyEntry,
    Books,
    MemberEntry,
    PersonEntry,
    PortfolioEntry,
    PostEntry,
    SeatEntry,
    UnitEntry,
)
from lianfang.org.rules.roster.plan import RosterPlan, Thing, Verdict
from lianfang.org.rules.roster.planning import plan_roster
from lianfang.org.rules.structure import BodyKind, SeatKind, UnitKind

ON = date(2026, 5, 14)
SINCE = date(2024, 1, 1)
Sheets = Mapping[str, Sequence[Sequence[str]]]

BOOKS = Books(
    units={
        "ZX": UnitEntry(id=1, code="ZX", name="中心", kind="organisation"),
        "LD": UnitEntry(id=2, code="LD", name="领导班子", kind="leadership", parent="ZX"),
        "CW": UnitEntry(id=3, code="CW", name="财务处", parent="ZX"),
        "CW1": UnitEntry(id=4, code="CW1", name="结算科", parent="CW"),
        "OLD": UnitEntry(id=5, code="OLD", name="旧处", parent="ZX", retired_on=date(2025, 1, 1)),
    },
    posts={
        "SJ": PostEntry(
            id=1, code="SJ", unit="LD", name="书记", is_leadership=True, is_leadership_head=True
        ),
        "FZR": PostEntry(id=2, code="FZR", unit="LD", name="副主任", is_leadership=True),
        "CWC": PostEntry(id=3, code="CWC", unit="CW", name="财务处处长", is_unit_head=True),
        "CN": PostEntry(id=4, code="CN", unit="CW", name="出纳", duties="收款\n付款"),
        "GONE": PostEntry(id=5, code="GONE", unit="CW", name="旧岗", retired_on=date(2025, 1, 1)),
    },
    people={
        "001": PersonEntry(id=1, code="001", name="赵一", is_party_member=True),
        "002": PersonEntry(id=2, code="002", name="钱二"),
        "003": PersonEntry(id=3, code="003", name="孙三", is_party_member=False),
        "009": PersonEntry(id=9, code="009", name="旧人", left_on=date(2025, 6, 1)),
    },
    seats={
        ("001", "SJ", SINCE): SeatEntry(id=1, person="001", post="SJ", from_on=SINCE),
        ("002", "FZR", SINCE): SeatEntry(id=2, person="002", post="FZR", from_on=SINCE),
        ("003", "CWC", SINCE): SeatEntry(id=3, person="003", post="CWC", from_on=SINCE),
    },
    portfolios={
        ("002", "CW", SINCE): PortfolioEntry(id=1, leader="002", unit="CW", from_on=SINCE),
    },
    bodies={
        "discipline_office": BodyEntry(id=1, kind="discipline_office", name="纪检监察室"),
        "discipline_oversight": BodyEntry(id=2, kind="discipline_oversight", name="监督组"),
    },
    members={
        ("discipline_office", "003", SINCE): MemberEntry(
            id=1, body="discipline_office", person="003", from_on=SINCE
        ),
    },
)


def planned(sheets: Sheets, books: Books = BOOKS, *, may_seat: bool = True) -> RosterPlan:
    """Return the plan of rows against books."""
    return plan_roster(roster_from_rows(sheets), books, ON, may_seat=may_seat)


def said(plan: RosterPlan) -> str:
    """Return every sentence of a plan in Chinese."""
    texts = [problem.text for problem in plan.problems]
    for line in plan.lines:
        texts += [*line.reasons, *line.doubts]
    return "\n".join(text.zh for text in texts)


def verdicts(plan: RosterPlan) -> list[tuple[Thing, Verdict]]:
    """Return what becomes of each line, doubts aside."""
    return [(line.thing, line.does) for line in plan.lines]


def written(plan: RosterPlan, *things: Thing) -> list[Any]:
    """Return what the plan writes, of some things or of all."""
    return [write.after for write in plan.writes if not things or write.thing in things]


# any books ----------------------------------------------------------------------------------

_NAMES = st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
_TEXTS = st.text(max_size=20) | st.sampled_from(["=1+1", "'=x", "''@y", "-", "a\r\nb", "_x000D_"])
_DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))
_CODES = st.text("ABCabc012-", min_size=1, max_size=6).filter(lambda text: text.strip("-") != "")


@st.composite
def any_books(draw: st.DrawFn) -> Books:
    """Return books that keep the rules of the database, with whatever texts in them."""
    root = UnitEntry(id=1, code="ROOT", name=draw(_NAMES), kind="organisation")
    units = {"ROOT": root}
    for code in draw(st.lists(_CODES, max_size=4, unique=True)):
        units.setdefault(code, _unit(draw, code, sorted(units)))
    posts: dict[str, PostEntry] = {}
    heads: set[str] = set()
    for code in draw(st.lists(_CODES, max_size=5, unique=True)):
        posts[code] = _post(draw, code, sorted(units), heads)
    people = {
        code: PersonEntry(
            id=place,
            code=code,
            name=draw(_NAMES),
            name_en=draw(_TEXTS),
            is_party_member=draw(st.sampled_from([None, True, False])),
            left_on=draw(st.none() | _DAYS),
        )
        for place, code in enumerate(draw(st.lists(_CODES, max_size=5, unique=True)))
    }
    return Books(
        units=units,
        posts=posts,
        people=people,
        seats=_seats(draw, people, posts),
        portfolios=_portfolios(draw, people, units),
        **_bodies(draw, people),
    )


def _unit(draw: st.DrawFn, code: str, above: Sequence[str]) -> UnitEntry:
    return UnitEntry(
        id=len(code),
        code=code,
        name=draw(_NAMES),
        name_en=draw(_TEXTS),
        kind=draw(st.sampled_from([kind for kind in UnitKind if kind != "organisation"])),
        parent=draw(st.sampled_from(above)),
        order=draw(st.integers(0, 9999)),
    )


def _post(draw: st.DrawFn, code: str, units: Sequence[str], heads: set[str]) -> PostEntry:
    unit = draw(st.sampled_from(units))
    is_head = draw(st.booleans()) and unit not in heads
    is_leader = draw(st.booleans()) and "" not in heads
    heads |= {unit} if is_head else set()
    heads |= {""} if is_leader else set()
    return PostEntry(
        id=len(code),
        code=code,
        unit=unit,
        name=draw(_NAMES),
        name_en=draw(_TEXTS),
        duties=draw(_TEXTS),
        duties_en=draw(_TEXTS),
        qualifications=draw(_TEXTS),
        is_unit_head=is_head,
        is_leadership=is_leader or draw(st.booleans()),
        is_leadership_head=is_leader,
        order=draw(st.integers(0, 9999)),
    )


def _seats(
    draw: st.DrawFn, people: Mapping[str, PersonEntry], posts: Mapping[str, PostEntry]
) -> dict[tuple[str, str, date], SeatEntry]:
    if not people or not posts:
        return {}
    pairs = st.tuples(st.sampled_from(sorted(people)), st.sampled_from(sorted(posts)))
    found: dict[tuple[str, str, date], SeatEntry] = {}
    for person, post in draw(st.lists(pairs, max_size=6, unique=True)):
        seat = SeatEntry(
            id=len(found),
            person=person,
            post=post,
            kind=draw(st.sampled_from(list(SeatKind))),
            document=draw(_TEXTS),
            **_span(draw),
        )
        found[seat.key] = seat
    return found


def _span(draw: st.DrawFn) -> dict[str, Any]:
    begins = draw(_DAYS)
    length = draw(st.none() | st.integers(0, 4000))
    return {
        "from_on": begins,
        "to_on": None if length is None else begins + timedelta(days=length),
    }


def _portfolios(
    draw: st.DrawFn, people: Mapping[str, PersonEntry], units: Mapping[str, UnitEntry]
) -> dict[tuple[str, str, date], PortfolioEntry]:
    if not people:
        return {}
    found: dict[tuple[str, str, date], PortfolioEntry] = {}
    for unit in draw(st.lists(st.sampled_from(sorted(units)), max_size=3, unique=True)):
        leader = draw(st.sampled_from(sorted(people)))
        entry = PortfolioEntry(id=len(found), leader=leader, unit=unit, **_span(draw))
        found[entry.key] = entry
    return found


def _bodies(draw: st.DrawFn, people: Mapping[str, PersonEntry]) -> dict[str, Any]:
    bodies = {
        kind.value: BodyEntry(id=place, kind=kind.value, name=draw(_NAMES), name_en=draw(_TEXTS))
        for place, kind in enumerate(draw(st.lists(st.sampled_from(list(BodyKind)), unique=True)))
    }
    members: dict[tuple[str, str, date], MemberEntry] = {}
    for person in sorted(people) if bodies else ():
        entry = MemberEntry(
            id=len(members),
            body=draw(st.sampled_from(sorted(bodies))),
            person=person,
            role=draw(st.sampled_from(["head", "deputy", "member"])),
            **_span(draw),
        )
        members[entry.key] = entry
    return {"bodies": bodies, "members": members}
