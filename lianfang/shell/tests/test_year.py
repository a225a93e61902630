"""The strip of the year: where a day stands among its stages, and how far filings are (六)."""

from datetime import date

import pytest

from lianfang.cycles.models import Filing
from lianfang.cycles.queries.strip import StageRun, StateCount, YearRun
from lianfang.scheme.load import load_scheme
from lianfang.shell.filed import filed_of
from lianfang.shell.year import stages_on, stages_run

STAGES = load_scheme("cnas-2012").stages


@pytest.mark.parametrize(
    ("on", "states"),
    [
        (date(2026, 1, 31), "next next next next next"),
        (date(2026, 2, 1), "now next next next next"),
        (date(2026, 4, 30), "now next next next next"),
        (date(2026, 5, 1), "past now next next next"),
        (date(2026, 8, 15), "past past past past next"),
        (date(2026, 12, 31), "past past past past now"),
        (date(2028, 2, 29), "now next next next next"),
    ],
)
def test_a_stage_is_past_now_or_to_come(on: date, states: str) -> None:
    assert " ".join(stage.state for stage in stages_on(STAGES, on)) == states


@pytest.mark.parametrize(
    ("on", "done", "tenth"),
    [
        (date(2026, 5, 1), 3, 0),
        (date(2026, 5, 16), 51, 5),
        (date(2026, 5, 31), 100, 10),
    ],
)
def test_the_flag_of_today_stands_where_the_day_is(on: date, done: int, tenth: int) -> None:
    now = next(stage for stage in stages_on(STAGES, on) if stage.state == "now")
    assert (now.done, now.tenth) == (done, tenth)


# as the stages were opened and closed ---------------------------------------------------------

BEGUN, ENDED = date(2026, 2, 9), date(2026, 5, 8)


def stage(
    code: str, month: int, opened: date | None = None, closed: date | None = None
) -> StageRun:
    return StageRun(
        code=code,
        begins_on=date(2026, month, 1),
        ends_on=date(2026, month, 28),
        opened_on=opened,
        closed_on=closed,
    )


def test_a_stage_is_what_was_done_with_it_whatever_the_calendar_says() -> None:
    run = YearRun(
        stages=(
            stage("fill", 4, BEGUN, ENDED),
            stage("collect", 5, ENDED),
            stage("deliberate", 5),
        )
    )
    fill, collect, deliberate = stages_run(STAGES, run, date(2026, 5, 14))
    assert [one.state for one in (fill, collect, deliberate)] == ["past", "now", "next"]
    assert (fill.begins, fill.ends) == (BEGUN, ENDED)
    assert (collect.begins, collect.ends, collect.done) == (ENDED, date(2026, 5, 28), 33)
    assert collect.label.zh == "汇总反馈"
    assert (collect.is_today, fill.is_today, deliberate.is_today) == (True, False, False)


def test_of_several_open_stages_the_last_one_carries_today() -> None:
    run = YearRun(stages=(stage("fill", 4, BEGUN), stage("collect", 5, ENDED)))
    shown = stages_run(STAGES, run, date(2026, 5, 14))
    assert [one.is_today for one in shown] == [False, True]
    assert [one.is_late for one in shown] == [True, False]
    assert shown[0].due_on == date(2026, 4, 28)


def test_where_no_stage_is_open_none_carries_today() -> None:
    run = YearRun(stages=(stage("fill", 4, BEGUN, ENDED), stage("collect", 5)))
    assert not any(one.is_today for one in stages_run(STAGES, run, date(2026, 5, 14)))


def test_a_stage_that_opened_after_its_planned_end_is_a_day_long() -> None:
    run = YearRun(stages=(stage("fill", 4, date(2026, 5, 10)),))
    (fill,) = stages_run(STAGES, run, date(2026, 5, 14))
    assert (fill.begins, fill.ends, fill.done) == (date(2026, 5, 10), date(2026, 5, 10), 100)


# how far filings are --------------------------------------------------------------------------


def said(*counts: tuple[str, int, int]) -> list[str | None]:
    filed = filed_of(
        StateCount(state=state, filings=filings, sent=sent) for state, filings, sent in counts
    )
    found = (filed.in_stage(code) for code in ("fill", "collect", "deliberate", "improve"))
    return [text.zh if text else None for text in found]


def test_who_sees_all_units_reads_how_many_are_how_far() -> None:
    assert said() == [None, None, None, None]
    assert said(("not_started", 3, 0)) == ["0/3 已报", None, None, None]
    assert said(("drafting", 3, 0), ("submitted", 10, 10)) == [
        "10/13 已报",
        "0/13 已审",
        None,
        None,
    ]
    assert said(("returned", 2, 2), ("in_check", 3, 3), ("drafting", 1, 0)) == [
        "5/6 已报",
        "2 退回",
        None,
        None,
    ]
    assert said(("published", 4, 4), ("superseded", 1, 1), ("checked", 1, 1)) == [
        "6/6 已报",
        "6/6 已审",
        "5/6 已发布",
        None,
    ]


@pytest.mark.parametrize(
    ("state", "sent", "words"),
    [
        ("not_started", 0, ["未开始", None, None, None]),
        ("drafting", 0, ["填报中", None, None, None]),
        # mended after it was returned
        ("drafting", 1, ["已报送", "退回待改", None, None]),
        ("submitted", 1, ["已报送", "待审核", None, None]),
        ("in_check", 1, ["已报送", "审核中", None, None]),
        ("returned", 1, ["已报送", "退回待改", None, None]),
        ("checked", 1, ["已报送", "审核通过", None, None]),
        ("approved", 1, ["已报送", "审核通过", "审议通过", None]),
        ("published", 1, ["已报送", "审核通过", "已发布", None]),
        ("superseded", 1, ["已报送", "审核通过", "已发布", None]),
    ],
)
def test_a_head_reads_where_the_own_filing_stands(
    state: str, sent: int, words: list[str | None]
) -> None:
    assert said((state, 1, sent)) == words


def test_every_state_of_a_filing_is_known_to_the_strip() -> None:
    # the filing of a year is never dropped
    for state in set(Filing.State.values) - {"dropped"}:
        assert said((state, 1, 1))[0] == "已报送"
