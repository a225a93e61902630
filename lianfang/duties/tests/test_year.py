"""The pages of a year of duties: by person, by unit, one by one, and as a workbook."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from lianfang.common import clock
from lianfang.duties import access
from lianfang.duties.models import Duty
from lianfang.duties.queries.marks import Told, months_of
from lianfang.duties.queries.narrowing import Asked, days_of, narrowed
from lianfang.duties.queries.people import PeoplePage, people_page
from lianfang.duties.queries.planned import planned
from lianfang.duties.queries.units import unit_rows
from lianfang.duties.rules.looks import Look
from lianfang.duties.tests.making import owed
from lianfang.org import actions
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, full_cast
from lianfang.risks.models import PostLevel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Entered = Callable[[str], Client]


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def entered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    """Return a browser of one of the parts, on the day of the cast."""
    monkeypatch.setattr(clock, "now", lambda: AT)

    def enter(part: str) -> Client:
        client = Client()
        client.force_login(cast.logins[part])
        return client

    return enter


def page_of(cast: Cast, part: str, size: int = 40, **asked: object) -> PeoplePage:
    standing, unit = cast.standing(part), cast.units["CW"]
    return people_page(
        access.duties_visible_to(standing),
        unit,
        standing,
        Asked(**{"year": ON.year, "unit": unit.pk, **asked}),  # type: ignore[arg-type]
        days_of(standing),
        whole=access.sees_whole(standing, unit.pk),
        size=size,
    )


def names(page: PeoplePage) -> list[str]:
    return [row.person.name if row.person else "" for row in page.rows]


def test_marks_that_stand_alike_in_a_month_are_one_and_what_presses_comes_first() -> None:
    months = months_of(
        [
            Told(month=5, kind="talk", look=Look.DONE, duty=1),
            Told(month=5, kind="measure", look=Look.LATE, duty=2),
            Told(month=5, kind="measure", look=Look.LATE, duty=3),
            Told(month=6, kind="report", look=Look.WAIVED, duty=4),
            Told(month=7, kind="report", look=Look.PLANNED),
        ]
    )
    assert [(mark.kind, mark.count, mark.duty) for mark in months.cells[4]] == [
        ("measure", 2, None),
        ("talk", 1, 1),
    ]
    assert (months.done, months.owed) == (1, 4)
    assert [month for month, _marks in months.filled] == [5, 6, 7]


def test_a_head_sees_everybody_of_the_unit_and_a_holder_only_themself(cast: Cast) -> None:
    owed(cast)
    assert names(page_of(cast, "head")) == ["", "head", "clerk"]
    assert names(page_of(cast, "clerk")) == ["clerk"]
    assert names(page_of(cast, "colleague")) == []


def test_measures_stand_with_whoever_sees_to_them_and_else_with_the_unit(cast: Cast) -> None:
    about = {"kind": Duty.Kind.MEASURE, "person": None, "post": None}
    owed(cast, actor=cast.people["clerk"], **about)
    owed(cast, actor=cast.people["colleague"], **about)
    owed(cast, kind=Duty.Kind.VISIT, person=None, post=None, actor=cast.people["deputy"])
    unit, head, clerk = page_of(cast, "head").rows
    assert [mark.kind for mark in unit.months.cells[4]] == ["visit", "measure"]
    assert head.months.owed == 0
    assert [mark.kind for mark in clerk.months.cells[4]] == ["measure"]


def test_people_stand_by_level_with_the_vacant_posts_last(cast: Cast) -> None:
    actions.create_post(unit=cast.units["CW"], code="CWX", name="审核岗", by=None, at=AT)
    PostLevel.objects.create(
        organisation=cast.organisation,
        unit=cast.units["CW"],
        post=cast.posts["CWG"],
        level="high",
        rank=3,
        from_on=ON,
        edition="2026-1",
    )
    rows = page_of(cast, "head").rows
    assert [row.person.name if row.person else "" for row in rows] == ["", "clerk", "head", ""]
    assert (rows[1].level, rows[2].level) == ("high", "")
    assert rows[3].vacant is not None
    assert rows[3].vacant.code == "CWX"


def test_people_are_paged_and_found_by_name(cast: Cast) -> None:
    first, second = (page_of(cast, "head", size=1, page=number) for number in (1, 2))
    assert (names(first), first.older) == (["", "head"], 2)
    assert (names(second), second.older, second.newer) == (["clerk"], None, 1)
    assert names(page_of(cast, "head", words="cle")) == ["clerk"]


def test_somebody_who_left_keeps_a_row_for_the_duties_of_the_year(cast: Cast) -> None:
    owed(cast, person=cast.people["colleague"], state="done", closed_on=ON)
    rows = page_of(cast, "head").rows
    assert [row.person.name for row in rows if row.person and not row.posts] == ["colleague"]


def test_what_is_late_from_earlier_years_is_counted_apart(cast: Cast) -> None:
    owed(cast, opens_on=date(2025, 1, 1), due_on=date(2025, 12, 31))
    page = page_of(cast, "head")
    assert page.late_before == 1
    assert sum(row.months.owed for row in page.rows) == 0


def test_a_lapsed_duty_is_not_shown(cast: Cast) -> None:
    owed(cast, state="lapsed", lapse="left", closed_on=ON)
    days = days_of(cast.standing("head"))
    assert not narrowed(Duty.objects.all(), Asked(year=ON.year), days).exists()


def test_what_is_owed_is_all_but_what_was_waived(cast: Cast, entered: Entered) -> None:
    made = {
        state: owed(cast, state=state, closed_on=ON, waived_reason="已谈")
        for state in ("done", "waived")
    }
    made["open"] = owed(cast)
    page = entered("office").get("/duties/?view=list&state=owed")
    shown = {line.duty.pk for line in page.context["page"].lines}
    assert shown == {made["done"].pk, made["open"].pk}


def test_duties_are_narrowed_to_the_units_of_a_leader(cast: Cast, entered: Entered) -> None:
    own, other = owed(cast), owed(cast, unit=cast.units["PS"])
    client = entered("office")
    for part, expected in (("deputy", own), ("secretary", other)):
        page = client.get(f"/duties/?view=list&leader={cast.people[part].pk}")
        assert [line.duty.pk for line in page.context["page"].lines] == [expected.pk]
        assert f'分管领导：<span translate="no">{part}</span>' in page.content.decode()
    assert client.get(f"/duties/?view=list&leader={2**40}").status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_a_unit_takes_the_same_statements_whatever_its_size(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        person = actions.create_person(
            organisation=cast.organisation, code=f"X{number}", name=f"某{number}", by=None, at=AT
        )
        actions.appoint(person=person, post=cast.posts["CWG"], from_on=SINCE, by=None, at=AT)
        owed(cast, person=person)
    standing = cast.standing("head")
    visible, days = access.duties_visible_to(standing), days_of(standing)
    asked = Asked(year=ON.year, unit=cast.units["CW"].pk)
    # seats; levels (2); people who left; duties; vacant posts; late in earlier years
    with django_assert_num_queries(7):
        page = people_page(visible, cast.units["CW"], standing, asked, days, whole=True)
    assert len(page.rows) == rows + 3


def test_units_are_counted_month_by_month_in_one_statement(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    owed(cast, due_on=ON - DAY, opens_on=ON - DAY)
    owed(cast, state="done", closed_on=ON)
    owed(cast, state="waived", waived_reason="已谈", closed_on=ON)
    units, days = [cast.units["CW"], cast.units["PS"]], days_of(cast.standing("office"))
    with django_assert_num_queries(1):
        (row,) = unit_rows(Duty.objects.all(), units, Asked(year=ON.year), days)
    may = row.months[4]
    assert (may.owed, may.done, may.late, may.look) == (2, 1, 1, Look.LATE)
    assert row.whole == may


def test_what_comes_later_in_the_year_is_worked_out_and_not_stored(cast: Cast) -> None:
    PostLevel.objects.create(
        organisation=cast.organisation,
        unit=cast.units["CW"],
        post=cast.posts["CWG"],
        level="medium",
        rank=2,
        from_on=SINCE,
        edition="2024-1",
    )
    unit = cast.units["CW"].pk
    found = {(each.rule, each.due_on) for each in planned(cast.organisation, unit, ON.year, ON)}
    assert ("report_medium", date(2026, 6, 30)) in found
    assert ("report_medium", date(2026, 12, 31)) in found
    assert all(due >= ON for _rule, due in found)
    assert not Duty.objects.exists()
    assert planned(cast.organisation, unit, ON.year - 1, ON) == []


def test_the_page_shows_marks_that_lead_to_the_duties(cast: Cast, entered: Entered) -> None:
    made = owed(cast, due_on=ON - DAY, opens_on=ON - DAY)
    page = entered("head").get(f"/duties/?unit={cast.units['CW'].pk}").content.decode()
    assert f'class="du late" href="/duties/{made.pk}/"' in page
    assert "定期廉政谈话（高）" in entered("head").get("/duties/?view=list").content.decode()
    assert "2026年5月" in entered("head").get("/duties/?view=months").content.decode()


def test_the_office_begins_with_all_units_and_a_stranger_finds_no_other(
    cast: Cast, entered: Entered
) -> None:
    owed(cast)
    assert 'class="dn soon"' in entered("office").get("/duties/").content.decode()
    unit = cast.units["CW"].pk
    assert entered("colleague").get(f"/duties/?unit={unit}").status_code == 404


@pytest.mark.parametrize("asked", ["year=x", "view=no", "page=0", "month=13", "state=gone"])
def test_what_is_asked_wrongly_counts_as_not_asked(entered: Entered, asked: str) -> None:
    assert entered("office").get(f"/duties/?{asked}").status_code == 200


def test_the_workbook_has_a_sheet_of_people_and_one_of_duties(cast: Cast, entered: Entered) -> None:
    owed(cast)
    answer = entered("head").get(f"/duties/export/?unit={cast.units['CW'].pk}")
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["按人", "清单"]
    people = [[cell.value for cell in row] for row in book["按人"].iter_rows(min_row=2)]
    assert people[2][:2] == ["clerk", "出纳岗"]
    assert people[2][7] == "廉政谈话 五个工作日内到期"
    assert book["清单"].cell(2, 2).value == "定期廉政谈话（高）"
