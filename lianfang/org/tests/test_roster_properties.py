"""What holds for every staff list: nothing crashes, everything refused says why, out is in."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.common.text import Language
from lianfang.org.exchange.roster import read_roster, roster_from_rows, roster_rows, roster_workbook
from lianfang.org.exchange.roster.columns import COLUMNS, SHEET_NAMES
from lianfang.org.rules.roster.books import Books
from lianfang.org.rules.roster.model import Sheet
from lianfang.org.rules.roster.plan import RosterPlan, Thing, Verdict
from lianfang.org.rules.roster.planning import plan_roster
from lianfang.org.tests.rosters import BOOKS, ON, any_books

_FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
_MANY = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
_HEADERS = [column.header.zh for columns in COLUMNS.values() for column in columns]
_WORDS = [
    *BOOKS.units,
    *BOOKS.posts,
    *BOOKS.people,
    *("是", "否", "√", "2024-01-01", "2026.5", "45000", "至今", "去年", "=1+1", "张三", "财务处"),
    *(
        "处室",
        "单位",
        "领导小组",
        "纪检监察室",
        "组长",
        "兼任",
        "cw",
        "ZX ",
        "",
        "",
        "\x00",
        "\ud800",
    ),
]
_CELL = st.sampled_from(_WORDS) | st.text(max_size=8)
_NAMES = [name.zh for name in SHEET_NAMES.values()] + ["Sheet1", "花名册"]


@st.composite
def any_sheets(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    """Return sheets with headers that may be right, and cells that may be anything."""
    sheets = {}
    for name in draw(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=6, unique=True)):
        sheet = next((one for one, named in SHEET_NAMES.items() if named.zh == name), Sheet.STAFF)
        right = [column.header.zh for column in COLUMNS[sheet]]
        header = draw(st.just(right) | st.lists(st.sampled_from(_HEADERS), max_size=8))
        rows = draw(st.lists(st.lists(_CELL, max_size=len(header) + 1), max_size=8))
        sheets[name] = [header, *rows]
    return sheets


def require_sound(plan: RosterPlan, books: Books) -> None:
    """Require that whatever is refused says why, and that the books after it keep the rules."""
    for line in plan.lines:
        assert (line.does is Verdict.REFUSED) == bool(line.reasons)
        for text in (*line.reasons, *line.doubts):
            assert text.zh.endswith("。")
            assert text.en.endswith(".")
    after = {
        thing: dict(getattr(books, table))
        for thing, table in (
            (Thing.UNIT, "units"),
            (Thing.POST, "posts"),
            (Thing.PERSON, "people"),
            (Thing.SEAT, "seats"),
            (Thing.PORTFOLIO, "portfolios"),
            (Thing.BODY, "bodies"),
            (Thing.MEMBER, "members"),
        )
    }
    for write in plan.writes:
        after[write.thing][write.after.key] = write.after
    _require_tree(after[Thing.UNIT])
    _require_one_head(after[Thing.POST], after[Thing.UNIT])
    for thing, of in ((Thing.SEAT, "post"), (Thing.PORTFOLIO, "unit"), (Thing.MEMBER, "body")):
        _require_apart(list(after[thing].values()), of, one_person=thing is not Thing.PORTFOLIO)
    for seat in after[Thing.SEAT].values():
        assert seat.person in after[Thing.PERSON]
        assert seat.post in after[Thing.POST]


def _require_tree(units: dict) -> None:  # type: ignore[type-arg]
    for unit in units.values():
        seen = set()
        while unit.parent is not None:
            assert unit.code not in seen
            seen.add(unit.code)
            unit = units[unit.parent]
    assert [unit.kind for unit in units.values() if unit.parent is None] in ([], ["organisation"])


def _require_one_head(posts: dict, units: dict) -> None:  # type: ignore[type-arg]
    used = [post for post in posts.values() if post.retired_on is None]
    heads = [post.unit for post in used if post.is_unit_head]
    assert len(heads) == len(set(heads))
    assert sum(post.is_leadership_head for post in used) <= 1
    for post in posts.values():
        assert post.unit in units
        assert post.is_leadership or not post.is_leadership_head


def _require_apart(spans: list, of: str, *, one_person: bool) -> None:  # type: ignore[type-arg]
    for place, one in enumerate(spans):
        assert one.to_on is None or one.from_on <= one.to_on
        for other in spans[place + 1 :]:
            same = getattr(one, of) == getattr(other, of)
            if one_person:
                same = same and one.person == other.person
            assert not (same and one.meets(other))


@_MANY
@given(any_sheets())
def test_no_list_crashes_and_whatever_is_taken_keeps_the_rules(
    sheets: dict[str, list[list[str]]],
) -> None:
    plan = plan_roster(roster_from_rows(sheets), BOOKS, ON)
    require_sound(plan, BOOKS)


@_MANY
@given(any_sheets())
def test_importing_twice_changes_nothing_the_second_time(
    sheets: dict[str, list[list[str]]],
) -> None:
    roster = roster_from_rows(sheets)
    first = plan_roster(roster, BOOKS, ON)
    after = Books(
        **{
            table: dict(getattr(BOOKS, table))
            | {write.after.key: write.after for write in first.writes if write.thing is thing}
            for table, thing in (
                ("units", Thing.UNIT),
                ("posts", Thing.POST),
                ("people", Thing.PERSON),
                ("seats", Thing.SEAT),
                ("portfolios", Thing.PORTFOLIO),
                ("bodies", Thing.BODY),
                ("members", Thing.MEMBER),
            )
        }
    )
    taken = {(line.origin, line.thing) for line in first.lines if line.does is not Verdict.REFUSED}
    second = plan_roster(roster, after, ON)
    if not first.refused:
        assert second.writes == ()
    assert [
        line for line in second.refused if (line.origin, line.thing) in taken and not first.refused
    ] == []


@_FEW
@given(any_books(), st.sampled_from(list(Language)))
def test_what_is_written_is_read_back_unchanged(books: Books, language: Language) -> None:
    roster = read_roster("名册.xlsx", roster_workbook(books, on=ON, language=language))
    plan = plan_roster(roster, books, ON)
    assert roster.problems == ()
    assert plan.refused == ()
    assert plan.writes == ()
    assert plan.missing == ()
    entries = [*books.units, *books.posts, *books.people, *books.seats, *books.portfolios]
    bodies = {member.body for member in books.members.values()}
    assert len(plan.lines) == len(entries) + len(books.members) + len(bodies)


@_FEW
@given(any_books())
def test_rows_of_text_say_the_same_as_the_workbook(books: Books) -> None:
    rows = {SHEET_NAMES[sheet].zh: rows for sheet, rows in roster_rows(books).items()}
    plan = plan_roster(roster_from_rows(rows), books, ON)
    assert (plan.refused, plan.writes) == ((), ())
