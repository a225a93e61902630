"""The finance department of the example over two years, every duty written down by hand (五（五）).

It is loaded on 2026-07-01. That day the first edition rates the posts: head and cashier high,
deputy and accountants medium, budget and fees low. 2026-11-01 林晓雨 goes from cashier to budget,
石海燕 from fees to cashier. 2027-01-31 姚晓岚, the head, goes; 崔明理, the deputy, follows on
2027-04-01, and nobody is deputy any more. 2027-03-10 a breach raises the accountants. 2027-07-01
the second edition lowers the head to medium, takes up the breach, and raises fees to medium. The
two years end on 2028-06-30.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.duties.models import Duty
from lianfang.duties.tests.test_two_years import LEFT, LEVEL, OFFICE, Row, begins, done, ends, night
from lianfang.duties.tests.test_two_years import rows_of as rows_in_words
from lianfang.example.loading import load_staff
from lianfang.org.models import Person, Post, Unit
from lianfang.org.tests.cast import Cast
from lianfang.risks.tests.leveling import breach, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_rules")]
DAY = timedelta(days=1)
FIRST, SECOND, LAST = date(2026, 7, 1), date(2027, 7, 1), date(2028, 6, 30)
MOVED, HEAD_GONE, HEAD_HERE = date(2026, 11, 1), date(2027, 1, 31), date(2027, 4, 1)
BREACH = date(2027, 3, 10)
YAO, CUI, LIN, SHI = "姚晓岚", "崔明理", "林晓雨", "石海燕"
LU, WANG, BAI, KONG, SHAO = "卢其正", "汪雨桐", "白若萱", "孔维新", "邵云帆"
HALF_YEARS = ("2026-11-01", "2027-05-01", "2027-11-01", "2028-05-01", "2028-11-01")
SINCE_BREACH = ("2027-03-10", "2027-09-10", "2028-03-10", "2028-09-10")
YEARS = (2026, 2027, 2028)


def learning(who: str, *years: int, ended: str = "open") -> list[Row]:
    return [
        Row("learning", who, f"{year}-12-31", f"{year}-12-31", who, ended)
        for year in years or YEARS
    ]


def accountant(who: str, since: str) -> list[Row]:
    """Return what follows for an accountant from the breach on, high until the end."""
    return [
        Row("talk_before_high", who, since, "2027-04-09", CUI),
        *(
            Row(rule, who, begins_on, due_on, actor)
            for begins_on, due_on in pairwise(SINCE_BREACH)
            for rule, actor in (
                ("talk_regular_high", CUI),
                ("check_high", OFFICE),
                ("disclosure_high", who),
            )
        ),
        Row("statement_high", who, "2027-03-10", "2028-03-10", who),
        Row("statement_high", who, "2028-03-10", "2029-03-10", who),
        *learning(who),
    ]


BY_HAND = [
    # the head of a high post until 2027-01-31; both talks of the first half-year were held
    Row("talk_before_high", YAO, "2025-05-01", "2026-07-31", SHAO, "done"),
    Row("talk_regular_high", YAO, "2026-07-01", "2027-01-01", SHAO, "done"),
    Row("talk_regular_high", YAO, "2027-01-01", "2027-07-01", SHAO, LEFT),
    Row("check_high", YAO, "2026-07-01", "2027-01-01", OFFICE, LEFT),
    Row("check_high", YAO, "2027-01-01", "2027-07-01", OFFICE, LEFT),
    Row("statement_high", YAO, "2026-07-01", "2027-07-01", YAO, LEFT),
    Row("disclosure_high", YAO, "2026-07-01", "2027-01-01", YAO, LEFT),
    Row("disclosure_high", YAO, "2027-01-01", "2027-07-01", YAO, LEFT),
    *learning(YAO, 2026, 2027, ended=LEFT),
    # the cashier until 2026-10-31, then in a low post
    Row("talk_before_high", LIN, "2023-12-10", "2026-07-31", YAO, "done"),
    Row("talk_regular_high", LIN, "2026-07-01", "2027-01-01", YAO, LEFT),
    Row("check_high", LIN, "2026-07-01", "2027-01-01", OFFICE, LEFT),
    Row("statement_high", LIN, "2026-07-01", "2027-07-01", LIN, LEFT),
    Row("disclosure_high", LIN, "2026-07-01", "2027-01-01", LIN, LEFT),
    *learning(LIN),
    # the cashier from 2026-11-01: talked to before; what fell due since lies with the new head
    Row("talk_before_high", SHI, "2026-11-01", "2026-10-31", YAO, "done"),
    *(
        Row(rule, SHI, begins_on, due_on, actor)
        for begins_on, due_on in pairwise(HALF_YEARS)
        for rule, actor in (
            ("talk_regular_high", CUI),
            ("check_high", OFFICE),
            ("disclosure_high", SHI),
        )
    ),
    Row("statement_high", SHI, "2026-11-01", "2027-11-01", SHI),
    Row("statement_high", SHI, "2027-11-01", "2028-11-01", SHI),
    *learning(SHI),
    # the deputy of a medium post, whom nobody talked to before he left it
    Row("talk_before_medium", CUI, "2025-06-01", "2026-07-31", SHAO, LEFT),
    Row("report_medium", CUI, "2026-12-31", "2026-12-31", CUI, "done"),
    Row("report_medium", CUI, "2027-06-30", "2027-06-30", CUI, LEFT),
    # then the head: of a high post for three months, of a medium one since the second edition
    Row("talk_before_high", CUI, "2027-04-01", "2027-03-31", SHAO, LEVEL),
    Row("talk_regular_high", CUI, "2027-04-01", "2027-10-01", SHAO, LEVEL),
    Row("check_high", CUI, "2027-04-01", "2027-10-01", OFFICE, LEVEL),
    Row("statement_high", CUI, "2027-04-01", "2028-04-01", CUI, LEVEL),
    Row("disclosure_high", CUI, "2027-04-01", "2027-10-01", CUI, LEVEL),
    Row("talk_before_medium", CUI, "2027-04-01", "2027-07-31", SHAO),
    Row("report_medium", CUI, "2027-12-31", "2027-12-31", CUI),
    Row("report_medium", CUI, "2028-06-30", "2028-06-30", CUI),
    *learning(CUI),
    # two accountants in one post, medium until the breach; one was talked to and reported
    Row("talk_before_medium", LU, "2023-01-01", "2026-07-31", YAO, "done"),
    Row("report_medium", LU, "2026-12-31", "2026-12-31", LU, "done"),
    Row("report_medium", LU, "2027-06-30", "2027-06-30", LU, LEVEL),
    Row("rotation_high", LU, "2023-01-01", "2028-01-01", "organisation"),
    *accountant(LU, "2023-01-01"),
    Row("talk_before_medium", WANG, "2025-08-15", "2026-07-31", SHAO, LEVEL),
    Row("report_medium", WANG, "2026-12-31", "2026-12-31", WANG, LEVEL),
    Row("report_medium", WANG, "2027-06-30", "2027-06-30", WANG, LEVEL),
    *accountant(WANG, "2025-08-15"),
    # budget: a low post all the time
    *learning(BAI),
    # fees: low, and medium since the second edition
    Row("talk_before_medium", KONG, "2022-08-01", "2027-07-31", CUI),
    Row("report_medium", KONG, "2027-12-31", "2027-12-31", KONG),
    Row("report_medium", KONG, "2028-06-30", "2028-06-30", KONG),
    *learning(KONG),
    # the department
    Row("supervision_visit", "CWC", "2026-07-01", "2027-01-01", SHAO),
    Row("supervision_visit", "CWC", "2027-01-01", "2027-07-01", SHAO),
    Row("supervision_visit", "CWC", "2027-07-01", "2028-01-01", SHAO),
    Row("supervision_visit", "CWC", "2028-01-01", "2028-07-01", SHAO),
    Row("unit_report", "CWC", "2026-12-31", "2026-12-31", CUI),
    Row("unit_report", "CWC", "2027-06-30", "2027-06-30", CUI),
    Row("unit_report", "CWC", "2027-12-31", "2027-12-31", CUI),
    Row("unit_report", "CWC", "2028-06-30", "2028-06-30", CUI),
]


@pytest.fixture
def cast(settings: Settings, tmp_path: Path) -> Cast:
    settings.FILES_ROOT = tmp_path
    organisation = load_staff(at=datetime(2026, 7, 1, 1, tzinfo=UTC))
    made = Cast(organisation=organisation)
    made.units |= {each.code: each for each in Unit.objects.all()}
    made.posts |= {each.code: each for each in Post.objects.all()}
    made.people |= {each.name: each for each in Person.objects.all()}
    made.logins |= {"office": None, "officer": None}  # type: ignore[dict-item]
    return made


def goes(cast: Cast, who: str, post: str, last: date, to: str = "", on: date | None = None) -> None:
    """Let somebody leave a post, perhaps for another one on the next day."""
    ends(cast, who, post, last)
    if to:
        begins(cast, who, to, last + DAY, on or last)


def change_places(cast: Cast, on: date) -> None:
    """Put on record that the cashier goes to budget, and somebody from fees follows."""
    goes(cast, LIN, "CWC-CN", MOVED - DAY, "CWC-YS", on)
    goes(cast, SHI, "CWC-SF", MOVED - DAY, "CWC-CN", on)


def story(cast: Cast) -> dict[date, Callable[[], object]]:
    """Return what is put on record on which day."""
    first = {"CWC-CZ": "high", "CWC-FC": "medium", "CWC-YS": "low", "CWC-KJ": "medium"}
    first |= {"CWC-CN": "high", "CWC-SF": "low"}
    second = first | {"CWC-CZ": "medium", "CWC-KJ": "high", "CWC-SF": "medium"}
    held = {
        date(2026, 7, 20): ("talk_before_high", YAO),
        date(2026, 7, 21): ("talk_before_high", LIN),
        date(2026, 7, 22): ("talk_before_medium", LU),
        date(2026, 10, 28): ("talk_before_high", SHI),
        date(2026, 12, 15): ("talk_regular_high", YAO),
        date(2026, 12, 20): ("report_medium", CUI),
        date(2026, 12, 22): ("report_medium", LU),
    }
    return {
        FIRST: lambda: publish(cast, "2026-1", FIRST, "CWC", **first),
        **{on: partial(done, cast, rule, who, on) for on, (rule, who) in held.items()},
        date(2026, 10, 12): lambda: change_places(cast, date(2026, 10, 12)),
        date(2027, 1, 20): lambda: goes(cast, YAO, "CWC-CZ", HEAD_GONE),
        BREACH: lambda: breach(cast, "CWC-KJ", on=BREACH, found_on=BREACH),
        date(2027, 3, 15): lambda: goes(
            cast, CUI, "CWC-FC", HEAD_HERE - DAY, "CWC-CZ", date(2027, 3, 15)
        ),
        SECOND: lambda: publish(cast, "2027-1", SECOND, "CWC", **second),
    }


def lived(cast: Cast) -> None:
    """Let the two years go by, with a night at least every month."""
    told = story(cast)
    firsts = {date(year, month, 1) for year in YEARS for month in range(1, 13)}
    for day in sorted(day for day in firsts | set(told) | {LAST} if FIRST <= day <= LAST):
        told.get(day, lambda: None)()
        night(cast.organisation, day)


def test_two_years_of_the_finance_department_leave_exactly_what_was_written_by_hand(
    cast: Cast,
) -> None:
    lived(cast)
    rows = Duty.objects.select_related("person", "unit", "actor")
    inside = rows_in_words(list(rows.filter(unit=cast.units["CWC"])))
    assert sorted(inside) == sorted(BY_HAND)
    outside = rows.exclude(unit=cast.units["CWC"])
    assert set(outside.values_list("rule", flat=True)) == {"learning"}
    years = Counter(outside.values_list("person__name", "period__year"))
    assert set(years.values()) == {1}
    assert {year for _, year in years} == set(YEARS)
