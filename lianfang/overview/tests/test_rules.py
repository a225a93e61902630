"""Stages by the state of a filing, quarters, and where columns are drawn."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.cycles.models import Filing
from lianfang.overview.rules.drawing import Course, course_of
from lianfang.overview.rules.figure import Figure
from lianfang.overview.rules.progress import MARKS, Mark, is_sent, marks_of
from lianfang.overview.rules.quarters import quarter_ends


def test_every_state_of_a_filing_has_its_marks() -> None:
    assert set(MARKS) == set(Filing.State.values)


@pytest.mark.parametrize(
    ("state", "is_late", "marks"),
    [
        ("not_started", False, "wait wait wait"),
        ("not_started", True, "bad wait wait"),
        ("drafting", False, "half wait wait"),
        ("drafting", True, "bad wait wait"),
        ("submitted", True, "ok wait wait"),
        ("in_check", False, "ok half wait"),
        ("returned", True, "ok bad wait"),
        ("checked", False, "ok ok wait"),
        ("approved", False, "ok ok half"),
        ("published", True, "ok ok ok"),
        ("superseded", False, "ok ok ok"),
    ],
)
def test_stages_follow_the_state_of_the_filing(state: str, is_late: bool, marks: str) -> None:
    assert marks_of(state, is_late=is_late) == tuple(map(Mark, marks.split()))


def test_what_came_back_was_sent() -> None:
    sent = {state for state in MARKS if is_sent(state)}
    assert sent == set(MARKS) - {"not_started", "drafting", "dropped"}


def test_quarters_end_across_new_year() -> None:
    assert quarter_ends(date(2026, 2, 10), 3) == (
        date(2025, 6, 30),
        date(2025, 9, 30),
        date(2025, 12, 31),
        date(2026, 2, 10),
    )
    assert quarter_ends(date(2026, 3, 31), 1) == (date(2025, 12, 31), date(2026, 3, 31))


def drawn(counts: list[tuple[int, ...]]) -> Course:
    labels, kinds = map(str, range(len(counts))), map(str, range(len(counts[0])))
    leads = [[Figure(count=count, url=f"/{count}") for count in told] for told in counts]
    line = [(told[0], Figure(count=told[0], url="/")) for told in counts]
    return course_of(list(labels), list(kinds), counts, leads, line)


def test_a_course_of_nothing_has_lines_and_no_pieces() -> None:
    course = drawn([(0, 0), (0, 0)])
    assert [column.pieces for column in course.columns] == [(), ()]
    assert [line.number for line in course.lines] == [0, 1, 2, 3]


@given(st.lists(st.tuples(*[st.integers(0, 10_000)] * 3), min_size=1, max_size=12))
def test_columns_stand_on_the_base_and_below_the_top(counts: list[tuple[int, ...]]) -> None:
    course = drawn(counts)
    for column, told in zip(course.columns, counts, strict=True):
        assert column.total == sum(told)
        assert sum(piece.count for piece in column.pieces) == sum(told)
        for piece in column.pieces:
            assert (piece.lead.count, piece.kind) == (piece.count, str(piece.place))
            assert float(piece.y) >= 15.9
            assert float(piece.y) + float(piece.height) <= 142.6
    assert course.lines[-1].number >= max(map(sum, counts))
    assert [float(point.y) for point in course.points] == [
        pytest.approx(float(column.pieces[0].y), abs=0.11)
        if column.pieces and not column.pieces[0].place
        else 142
        for column in course.columns
    ]
    assert course.path.count(",") == len(counts)
    assert course.table == tuple((str(n), (*told, told[0])) for n, told in enumerate(counts))
