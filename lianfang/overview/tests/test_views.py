"""The leadership's view: every number leads to a list of just so many, whoever looks."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.alerts.models import Alert
from lianfang.alerts.tests.making import noticed
from lianfang.assessment.models import AssessedSheet, Assessment
from lianfang.assessment.tests.making import opened as assessed
from lianfang.cycles.models import CycleStage
from lianfang.cycles.tests.year import SCHEME, brought_to, powered
from lianfang.duties.models import Duty
from lianfang.duties.tests import many
from lianfang.duties.tests.making import owed
from lianfang.inspections.tests.making import finding, measure
from lianfang.org import actions as org
from lianfang.org.models import Body, Unit
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, full_cast
from lianfang.overview.queries.overview import Overview, overview_of
from lianfang.overview.rules.figure import Figure

PAGE = reverse("overview:overview")
LOOKS = ("secretary", "deputy", "office", "officer")


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    return full_cast()


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Return the cast with a year under way, risks, duties done and late, measures, a finding."""
    section = org.create_unit(
        organisation=cast.organisation,
        code="CW-1",
        name="会计科",
        kind="department",
        parent=cast.units["CW"],
        by=None,
        at=AT,
    )
    powered(cast)
    brought_to(cast, "published")
    measure(cast, "CW-9-1")
    finding(cast)
    past = ON - timedelta(days=9)
    owed(cast, due_on=past, opens_on=past)
    last_year = date(ON.year - 1, 12, 1)
    owed(cast, due_on=last_year, opens_on=last_year, ground="old")
    owed(
        cast,
        due_on=past,
        opens_on=past,
        unit=cast.units["PS"],
        kind=Duty.Kind.REPORT,
        ground="report",
    )
    owed(cast, due_on=past, opens_on=past, unit=section, ground="below")
    noticed(cast)
    noticed(cast, "colleague", by="officer", unit=cast.units["PS"])
    owed(cast, state=Duty.State.DONE, closed_on=ON, ground="done")
    return cast


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def member_of_the_group_alone(cast: Cast) -> Client:
    """Return a browser of somebody who sits in the leading group and has no other part."""
    org.join_body(
        body=cast.bodies[Body.Kind.LEADING_GROUP],
        person=cast.people["colleague"],
        from_on=SINCE,
        by=None,
        at=AT,
    )
    return client_of(cast, "colleague")


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def rows_of(client: Client, figure: Figure) -> int:
    """Return how many rows the list has to which a number leads."""
    answer = client.get(figure.url)
    assert answer.status_code == 200, figure.url
    context = answer.context
    if figure.url.startswith((reverse("cycles:board"), reverse("assessment:board"))):
        return len(context["rows"])
    if figure.url.startswith(reverse("risks:levels")):
        return len(context["page"].lines)
    if figure.url.startswith(reverse("risks:register")):
        return int(context["count"])
    return int(context["page"].count)


@pytest.mark.parametrize("part", LOOKS)
def test_every_number_is_that_of_the_rows_it_leads_to(busy: Cast, part: str) -> None:
    client = client_of(busy, part)
    view: Overview = client.get(PAGE).context["view"]
    figures = list(view.figures())
    assert all(figure.url for figure in figures)
    assert {figure.url: figure.count for figure in figures} == {
        figure.url: rows_of(client, figure) for figure in figures
    }
    assert (view.late.count, view.risks.count, view.filings.count) == (4, 1, 5)
    posts, months = (course.columns[-1] for course in (view.course, view.alerts.course))
    assert [point.count for point in view.alerts.course.points][:-1] == [0] * 11
    assert (posts.total, months.total) == (1, 0 if part == "office" else 2)


def test_a_member_of_the_group_alone_gets_numbers_of_what_they_may_see(busy: Cast) -> None:
    client = member_of_the_group_alone(busy)
    view: Overview = client.get(PAGE).context["view"]
    for figure in view.figures():
        if figure.url:
            assert figure.count == rows_of(client, figure), figure.url
    assert view.late.count < 4
    closed = {line.unit.code: line.done.url for line in view.lines}
    assert closed["CW"] == ""


def test_the_own_portfolio_stands_first(busy: Cast) -> None:
    page = words(client_of(busy, "deputy").get(PAGE))
    assert page.index("我分管的单位") < page.index("财务处 head") < page.index("其他单位")
    assert "我分管的单位" not in words(client_of(busy, "secretary").get(PAGE))


def test_a_unit_stands_right_behind_the_one_above_it(busy: Cast) -> None:
    view: Overview = client_of(busy, "secretary").get(PAGE).context["view"]
    told = [(line.unit.code, line.depth) for line in view.lines]
    assert told[told.index(("CW", 1)) + 1] == ("CW-1", 2)


def test_what_is_overdue_stands_under_who_answers_for_it(busy: Cast) -> None:
    view: Overview = client_of(busy, "deputy").get(PAGE).context["view"]
    told = [
        (str(group.leader), [(line.unit.code, line.late.count, line.days) for line in group.lines])
        for group in view.chain
    ]
    oldest = (ON - date(ON.year - 1, 12, 1)).days
    assert told == [
        ("deputy", [("CW", 2, oldest), ("CW-1", 1, 9)]),
        ("secretary", [("PS", 1, 9)]),
    ]
    assert (view.oldest, view.chain[0].is_own) == (oldest, True)


def test_whoever_stands_above_presses_those_who_are_late(busy: Cast) -> None:
    client = client_of(busy, "officer")
    assert "一并提醒" in client.get(PAGE).content.decode()
    done = client.post(reverse("overview:press"), follow=True)
    assert "已提醒 1 人，涉及 4 项任务。" in words(done)
    again = client.post(reverse("overview:press"), follow=True)
    assert "应提醒的三个工作日内都已提醒过" in words(again)


def test_whoever_stands_above_nobody_presses_nobody(busy: Cast) -> None:
    client = member_of_the_group_alone(busy)
    assert "一并提醒" not in client.get(PAGE).content.decode()
    assert client.post(reverse("overview:press")).status_code == 403


def test_stages_levels_and_duties_of_a_unit_are_told_in_words(busy: Cast) -> None:
    page = words(client_of(busy, "secretary").get(PAGE))
    assert "财务处 head ✓ 已报送 ✓ 审核通过 ✓ 已发布" in page
    assert "1 / 5 个单位已报送" in page
    assert "不含举报内容" in page


def test_a_unit_that_is_late_with_its_filing_is_named(busy: Cast) -> None:
    CycleStage.objects.filter(code="fill").update(ends_on=ON - timedelta(days=14))
    assert "未报送，逾期 14 天" in words(client_of(busy, "secretary").get(PAGE))


def test_without_a_year_and_without_anything_the_page_says_so(cast: Cast) -> None:
    page = words(client_of(cast, "secretary").get(PAGE))
    for part in ("今年的年度工作还没有开始", "没有逾期的履责任务", "今年还没有履责任务"):
        assert part in page


def test_the_brief_has_two_pages_with_the_numbers_and_the_units(
    busy: Cast, fonts_folder: Path
) -> None:
    del fonts_folder
    answer = client_of(busy, "secretary").get(reverse("overview:brief"))
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert len(pages) == 2
    assert "廉政风险防控情况简报" in pages[0].replace(" ", "")
    assert "2026年5月14日" in pages[0].replace(" ", "")
    assert "财务处" in pages[1]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_brief_has_two_pages_in_a_large_organisation_too(
    cast: Cast, fonts_folder: Path, language: str
) -> None:
    del fonts_folder
    many.fill(cast, 2_000)
    long = Unit.objects.filter(code__startswith="N0000")
    long.update(name_en="Department of International Cooperation and Exchange")
    client = client_of(cast, "secretary")
    client.cookies["lianfang_language"] = language
    answer = client.get(reverse("overview:brief"))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert len(pages) == 2
    assert ("另有 17 个单位" if language == "zh-hans" else "27 more units") in pages[1]


def test_the_workbook_has_a_row_for_each_unit(busy: Cast) -> None:
    answer = client_of(busy, "office").get(reverse("overview:units"))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    told = [[str(cell) for cell in row if cell is not None] for row in sheet.values]
    (finance,) = [row for row in told if row and row[0] == "财务处"]
    assert finance[1:6] == ["head", "已报送", "审核通过", "已发布", "0"]


@pytest.mark.parametrize("posts", [50, 2_000])
def test_the_view_costs_the_same_for_any_number_of_units(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, posts: int
) -> None:
    many.fill(cast, posts)
    standing = cast.standing("secretary")
    # units 1, structure 5, year 1, calendar 2, overdue 1, heads 1, levels 1, done 1, measures 1,
    # lacking measures 3, levels of posts 2, findings 1, alerts 4, yearly check 1
    with django_assert_num_queries(25):
        view = overview_of(standing, SCHEME)
    assert len(view.lines) == 4 + posts // 50


def test_a_hundred_units_stand_on_a_page(cast: Cast) -> None:
    many.fill(cast, 5_000)
    client = client_of(cast, "secretary")
    first, second = client.get(PAGE), client.get(PAGE, {"page": 2})
    shown = [len(answer.context["pages"].object_list) for answer in (first, second)]
    assert shown == [100, 4]
    assert 'href="?page=2#units"' in first.content.decode()
    assert "N00098" in second.content.decode()


def test_a_year_adds_its_filings_and_stage(
    busy: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    standing = busy.standing("secretary")
    with django_assert_num_queries(27):
        overview_of(standing, SCHEME)


def test_an_alert_about_the_reader_is_in_no_number(busy: Cast) -> None:
    shown: Overview = client_of(busy, "secretary").get(PAGE).context["view"]
    noticed(busy, "secretary", by="officer")
    own: Overview = client_of(busy, "secretary").get(PAGE).context["view"]
    assert own.alerts.counted == shown.alerts.counted == 2
    assert Alert.objects.count() == 3


def test_results_of_the_yearly_check_are_shown_once_they_are_confirmed(cast: Cast) -> None:
    year = assessed(cast)
    client = client_of(cast, "secretary")
    assert client.get(PAGE).context["view"].results is None
    scores = {"CW": "91.5", "PS": "80.0"}
    for code, score in scores.items():
        AssessedSheet.objects.filter(assessment=year, unit=cast.units[code], person=None).update(
            step=AssessedSheet.Step.CONFIRMED, score=score, band="good"
        )
    Assessment.objects.filter(pk=year.pk).update(state=Assessment.State.CONFIRMED)
    view: Overview = client.get(PAGE).context["view"]
    assert view.results is not None
    assert [(line.unit.code, line.rank) for line in view.results.lines] == [("CW", 1), ("PS", 2)]
    assert str(view.results.average) == "85.8"
    for figure in view.results.figures():
        assert rows_of(client, figure) == figure.count, figure.url
    assert [figure.count for _label, figure in view.results.bands] == [2]
    page = client.get(PAGE).content.decode()
    for sheet in AssessedSheet.objects.exclude(score=None):
        assert f'<a href="{reverse("assessment:sheet", args=[sheet.pk])}"' in page


@pytest.mark.parametrize(
    ("on", "first", "second"),
    [(date(2026, 5, 14), "2025年6月", "7月"), (date(2026, 11, 27), "12月", "2026年1月")],
)
def test_no_two_months_beside_each_other_bear_a_year(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, on: date, first: str, second: str
) -> None:
    moment = AT.replace(year=on.year, month=on.month, day=on.day)
    monkeypatch.setattr("lianfang.common.clock.now", lambda: moment)
    view: Overview = client_of(cast, "secretary").get(PAGE).context["view"]
    assert [column.label for column in view.alerts.course.columns][:2] == [first, second]
