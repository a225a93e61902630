"""The list of inspections, and the workbench: what comes first, and how often they ask."""

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.duties.models import Duty
from lianfang.duties.queries.duties import rule_labels
from lianfang.duties.queries.narrowing import Days, days_of
from lianfang.inspections import access
from lianfang.inspections.queries.findings import open_at
from lianfang.inspections.queries.listing import Asked, list_page, narrowed
from lianfang.inspections.queries.workbench import coverage_of, next_visits, reports_due
from lianfang.inspections.tests.making import (
    DAY,
    SCHEME,
    confirmed,
    corrected,
    finding,
    rate,
    visit,
)
from lianfang.org.tests.cast import AT, ON, Cast, full_cast


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    return full_cast()


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"inspections:{name}", args=arguments)


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def days(cast: Cast) -> Days:
    return days_of(cast.standing("officer"))


# lists --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 20])
def test_the_list_takes_the_same_statements_however_long(
    cast: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        confirmed(cast)
    standing = cast.standing("officer")
    rows = narrowed(access.inspections_visible_to(standing), Asked(year=2026), days(cast), SCHEME)
    readable, soon = access.records_visible_to(standing), days(cast)
    # how many, one page, their records
    with django_assert_num_queries(3):
        page = list_page(rows, readable, rule_labels(SCHEME), soon, 1)
        assert all(line.record and line.duty.person and line.duty.post for line in page.lines)
    assert page.count == many


def test_the_list_is_narrowed_and_sorted(cast: Cast) -> None:
    visit(cast, level="high")
    visit(
        cast,
        person=cast.people["colleague"],
        post=cast.posts["PSG"],
        unit=cast.units["PS"],
        level="low",
        origin="draw",
        due_on=ON + DAY,
    )
    client = client_of(cast, "officer")

    def shown(query: str) -> list[str]:
        page = client.get(url("inspections") + query).content.decode()
        return re.findall(r'<th scope="row"><a [^>]*>(\w+)<', page)

    assert shown("") == ["colleague", "clerk"]
    assert shown("?sort=level") == ["clerk", "colleague"]
    assert shown("?level=low") == ["colleague"]
    assert shown("?how=draw") == ["colleague"]
    assert shown("?how=regular") == ["clerk"]
    assert shown("?q=cler") == ["clerk"]
    assert shown(f"?unit={cast.units['PS'].pk}") == ["colleague"]
    assert shown("?state=soon") == ["colleague"]
    assert shown("?year=2025") == []
    assert shown("?year=nonsense&sort=nonsense") == ["colleague", "clerk"]
    assert client.get(url("inspections") + "?unit=999999").status_code == 404


def test_the_list_is_taken_away_as_a_table(cast: Cast) -> None:
    record = confirmed(cast)
    content = client_of(cast, "officer").get(url("inspections-export")).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    (row,) = list(sheet.iter_rows(min_row=2, values_only=True))
    assert {"clerk", "出纳岗", "财务处", record.mark, "2026-05-14"} <= set(row)


# the workbench ------------------------------------------------------------------------------------


def test_late_visits_come_first_then_the_highest_level_then_the_longest_ago(cast: Cast) -> None:
    confirmed(cast)  # the clerk's post was visited today
    again = visit(cast, level="high")
    never = visit(cast, level="high", person=cast.people["head"], post=cast.posts["CWC"])
    low = visit(cast, level="low", person=cast.people["head"], post=cast.posts["CWC"])
    late = visit(cast, level="low", due_on=ON - DAY, opens_on=ON - 9 * DAY)
    visit(cast, level="high", opens_on=ON + DAY)
    rows = access.inspections_to_do(cast.standing("officer"))
    visits, count = next_visits(rows, SCHEME, rule_labels(SCHEME), days(cast))
    assert [one.duty.pk for one in visits] == [late.pk, never.pk, again.pk, low.pk]
    assert [one.last_on for one in visits] == [ON, None, ON, None]
    assert count == 4


def test_nobody_finds_their_own_unit_on_the_workbench(cast: Cast) -> None:
    visit(cast, person=cast.people["office"], post=cast.posts["BGG"], unit=cast.units["BG"])
    page = words(client_of(cast, "officer").get(url("workbench")))
    assert "现在没有要做的检查" in page


def test_coverage_counts_posts_by_level_and_unit(cast: Cast) -> None:
    rate(cast, {"CWC": "high", "CWG": "high", "PSG": "low"})
    confirmed(cast)
    coverage = coverage_of(cast.organisation.pk, SCHEME, ON)
    assert coverage.levels[0] == "high"
    told = {
        line.unit.code: [(cell.visited, cell.asked, cell.posts) for cell in line.cells]
        for line in coverage.lines
        if line.unit is not None
    }
    assert told["CW"][0] == (1, 1, 2)
    assert told["PS"][-1] == (0, 0, 1)
    assert coverage.total.cells[0].percent == 50


def test_a_visit_counts_in_the_year_in_which_it_was_made(cast: Cast) -> None:
    rate(cast, {"CWG": "high"})
    confirmed(cast, visit(cast, due_on=ON + 400 * DAY))
    assert coverage_of(cast.organisation.pk, SCHEME, ON).total.cells[0].visited == 1
    assert "检〔2026〕0001" in words(client_of(cast, "officer").get(url("inspections")))


def test_unit_reports_that_are_due_stand_on_the_workbench(cast: Cast) -> None:
    about: dict[str, Any] = {"rule": "unit_report", "person": None, "post": None}
    visit(cast, kind=Duty.Kind.UNIT_REPORT, **about)
    visit(cast, kind=Duty.Kind.UNIT_REPORT, due_on=ON + 60 * DAY, **about)
    assert len(reports_due(Duty.objects.all(), ON)) == 1


@pytest.mark.parametrize("many", [1, 9])
def test_the_workbench_takes_the_same_statements_however_much_there_is(
    cast: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rate(cast, {"CWG": "high"})
    for _ in range(many):
        visit(cast)
        corrected(cast)
    standing = cast.standing("officer")
    soon, labels = days(cast), rule_labels(SCHEME)
    # late ones, others, how many
    with django_assert_num_queries(3):
        visits, _ = next_visits(access.inspections_to_do(standing), SCHEME, labels, soon)
        assert {one.duty.person and one.duty.post and one.duty.unit for one in visits}
    # levels (2), their units, visits of the year, units
    with django_assert_num_queries(5):
        coverage_of(cast.organisation.pk, SCHEME, ON)


# beside a talk ------------------------------------------------------------------------------------


def test_what_is_still_to_be_put_right_at_a_post_is_offered_for_a_talk(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, post = finding(cast), cast.posts["CWG"]
    rows = access.findings_visible_to(cast.standing("head"))
    with django_assert_num_queries(1):
        assert open_at(post, rows) == [one.what]
    assert open_at(cast.posts["PSG"], rows) == []
    assert open_at(post, access.findings_visible_to(cast.standing("colleague"))) == []
    page = client_of(cast, "head").get(
        url("talk-findings", post.pk), headers={"HX-Request": "true"}
    )
    assert f'name="points" value="{one.what}" form="record"' in page.content.decode()
    corrected(cast, one)
    assert open_at(post, rows) == []
