"""The page of the work calendar: a year, its holidays, what is missing, and loading it."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lianfang.common import clock
from lianfang.org import actions
from lianfang.org.exchange.calendar import departures_of
from lianfang.org.models import CalendarDay, CalendarYear
from lianfang.org.queries.calendar import calendar_of, spans_of
from lianfang.org.rules.calendar import years_to_load
from lianfang.org.tests.cast import AT, Cast, full_cast

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(2026, 10, 31, 16, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def system(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: AT)
    client = Client()
    client.force_login(cast.logins["system"])
    return client


def load(cast: Cast, year: int) -> None:
    actions.load_calendar(
        organisation=cast.organisation,
        year=year,
        departures=departures_of(year),
        source="通知",
        by=None,
        at=AT,
    )


def page_of(client: Client, address: str = "/org/calendar/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_year_that_the_program_knows_is_loaded_with_one_click(system: Client, cast: Cast) -> None:
    assert "装入程序所带的 2026 年安排" in page_of(system)
    assert system.post("/org/calendar/2026/known/").status_code == 302
    page = page_of(system)
    assert "国庆节" in page
    assert "休 7 天" in page
    assert "尚未装入" not in page
    loaded = CalendarYear.objects.get(organisation=cast.organisation)
    assert loaded.year == 2026
    assert calendar_of(cast.organisation.pk).is_working(date(2026, 10, 10))


def test_a_year_the_program_does_not_know_is_not_loaded(system: Client) -> None:
    assert system.post("/org/calendar/2099/known/").status_code == 302
    assert not CalendarYear.objects.exists()


def test_next_year_is_asked_for_from_the_first_of_november_there(
    system: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(cast, 2026)
    assert "尚未装入" not in page_of(system)
    monkeypatch.setattr(clock, "now", lambda: NOVEMBER)
    later = Client()
    later.force_login(cast.logins["system"])
    page = page_of(later)
    assert "2027 年的节假日尚未装入" in page
    assert "/org/calendar/2027/empty/" in page
    found = calendar_of(cast.organisation.pk)
    assert years_to_load(found, date(2026, 10, 31), "11-01") == ()
    assert years_to_load(found, date(2026, 11, 1), "11-01") == (2027,)
    assert found.is_provisional(date(2027, 1, 1))
    assert found.is_working(date(2027, 1, 1))


def test_the_empty_table_comes_down_and_goes_up_again(system: Client) -> None:
    down = system.get("/org/calendar/2027/empty/")
    assert down["Content-Disposition"] == 'attachment; filename="calendar-2027.csv"'
    file = SimpleUploadedFile("2027.csv", down.content)
    assert system.post("/org/calendar/load/", {"file": file}).status_code == 302
    assert CalendarYear.objects.get().source == "2027.csv"
    assert CalendarDay.objects.count() == 6
    assert system.get("/org/calendar/1999/empty/").status_code == 404


def test_a_wrong_file_is_refused_on_the_form_and_nothing_is_loaded(system: Client) -> None:
    file = SimpleUploadedFile("放假.csv", "日期,类型\n初一,休\n".encode())
    response = system.post("/org/calendar/load/", {"file": file})
    assert response.status_code == 422
    assert "第 2 行：“初一”不是日期" in response.content.decode()
    assert not CalendarYear.objects.exists()


def test_days_in_a_row_under_one_name_are_one_span(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load(cast, 2026)
    with django_assert_num_queries(1):
        spans = spans_of(cast.organisation.pk, 2026)
    spring = [span for span in spans if span.name.zh == "春节"]
    assert [(span.first, span.last, span.days) for span in spring] == [
        (date(2026, 2, 15), date(2026, 2, 23), 9)
    ]
    assert [span.first for span in spans if span.is_working][:2] == [
        date(2026, 1, 4),
        date(2026, 2, 14),
    ]


@pytest.mark.parametrize("asked", ["x", "1999", "2100", ""])
def test_a_year_out_of_range_shows_this_one(system: Client, asked: str) -> None:
    assert "2026 年工作日历" in page_of(system, f"/org/calendar/?year={asked}")
