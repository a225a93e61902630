"""The search box: what every room finds, what may not be known, and what it costs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.alerts.tests.making import noticed
from lianfang.common import clock
from lianfang.cycles.tests.year import opened, powered
from lianfang.duties.tests.making import owed
from lianfang.inspections.models import Draw
from lianfang.leads.actions.knowing import recuse
from lianfang.leads.tests.making import opened as lead_opened
from lianfang.leads.tests.making import related, second_officer
from lianfang.learning.models import WarningCase
from lianfang.org import actions
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.shell.hits import Hit, section
from lianfang.shell.search import SEARCHES, found_in_all_rooms
from lianfang.surveys.models import Survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", lambda: AT)
    return full_cast()


def titles(cast: Cast, part: str, words: str) -> list[str]:
    sections = found_in_all_rooms(cast.standing(part), words)
    return [hit.title for found in sections for hit in found.hits]


def draw(cast: Cast, title: str) -> Draw:
    return Draw.objects.create(
        organisation=cast.organisation, year=2026, title=title, source="彩票", public_on=ON,
        due_on=ON, planned_at=AT,
    )  # fmt: skip


def case(cast: Cast, title: str, *, is_out: bool = True) -> WarningCase:
    return WarningCase.objects.create(
        organisation=cast.organisation, title=title, text="案情", lesson="警示", source="通报",
        aspects=["conduct"], published_at=AT if is_out else None,
    )  # fmt: skip


def survey(cast: Cast, title: str) -> Survey:
    return Survey.objects.create(
        organisation=cast.organisation, title=title, held_by=Survey.HeldBy.DISCIPLINE_OFFICE,
        scheme_version="1", clause="五（五）1", questionnaire=[], planned_at=AT,
    )  # fmt: skip


def test_duties_are_found_by_the_name_of_the_person_by_those_who_may_know(cast: Cast) -> None:
    owed(cast)
    name = cast.people["clerk"].name
    assert any("廉政谈话" in title for title in titles(cast, "head", name))
    assert any("廉政谈话" in title for title in titles(cast, "officer", name))
    assert not any("廉政谈话" in title for title in titles(cast, "colleague", name))


def test_filings_are_found_by_the_name_of_the_unit(cast: Cast) -> None:
    powered(cast)
    opened(cast)
    assert "财务处  2026" in titles(cast, "clerk", "财务")
    assert "财务处  2026" not in titles(cast, "system", "财务")


def test_a_draw_is_found_before_it_is_frozen_by_those_who_run_it_alone(cast: Cast) -> None:
    draw(cast, "春季抽查")
    assert "春季抽查" in titles(cast, "officer", "春季")
    assert "春季抽查" not in titles(cast, "clerk", "春季")


def test_a_draft_of_a_case_is_found_by_those_who_write_cases_alone(cast: Cast) -> None:
    case(cast, "公车私用案")
    case(cast, "公款吃喝案", is_out=False)
    assert "公车私用案" in titles(cast, "clerk", "公车")
    assert "公款吃喝案" in titles(cast, "office", "公款")
    assert "公款吃喝案" not in titles(cast, "clerk", "公款")


def test_an_alert_is_found_by_place_and_number_by_those_who_may_know(cast: Cast) -> None:
    alert = noticed(cast, "clerk", unit=cast.units["CW"])
    assert alert.mark in titles(cast, "head", "财务")
    assert alert.mark in titles(cast, "head", alert.mark)
    for part in ("clerk", "colleague", "system", "security", "audit"):
        assert alert.mark not in titles(cast, part, "财务")
        assert alert.mark not in titles(cast, part, alert.mark)


def test_a_lead_is_found_by_number_and_place_by_those_who_work_on_it(cast: Cast) -> None:
    lead = lead_opened(cast, unit=cast.units["CW"])
    for words in (lead.mark, str(lead.number), "财务"):
        assert lead.mark in titles(cast, "officer", words)
        for part in set(cast.logins) - {"officer"}:
            assert lead.mark not in titles(cast, part, words)


def test_a_lead_is_not_found_by_whom_it_concerns_nor_by_their_kin(cast: Cast) -> None:
    second_officer(cast)
    related(cast, "officer", "clerk")
    handlers = [cast.people["second"]]
    lead = lead_opened(cast, unit=cast.units["CW"], handlers=handlers, by="second")
    assert lead.mark in titles(cast, "second", lead.mark)
    assert lead.mark not in titles(cast, "officer", lead.mark)
    assert lead.mark not in titles(cast, "clerk", lead.mark)


def test_a_lead_is_not_found_by_the_name_of_whom_it_concerns(cast: Cast) -> None:
    lead = lead_opened(cast, unit=cast.units["CW"])
    assert lead.mark not in titles(cast, "officer", cast.people["clerk"].name)


def test_a_lead_is_found_no_more_by_who_is_recused(cast: Cast) -> None:
    lead = lead_opened(cast, unit=cast.units["CW"])
    second_officer(cast, "keeper", role="head")
    by = cast.logins["officer"]
    recuse(lead=lead, person=cast.people["officer"], reason="亲属", on=ON, by=by, at=AT)
    assert lead.mark not in titles(cast, "officer", lead.mark)


def test_a_search_says_the_same_whether_or_not_there_is_a_lead_about_the_asker(cast: Cast) -> None:
    before = titles(cast, "clerk", "财务")
    lead_opened(cast, unit=cast.units["CW"])
    assert titles(cast, "clerk", "财务") == before


def test_a_survey_is_found_by_those_who_hold_it(cast: Cast) -> None:
    survey(cast, "年中测评")
    assert "年中测评" in titles(cast, "officer", "年中")
    assert "年中测评" not in titles(cast, "clerk", "年中")


def test_nothing_of_another_organisation_is_found(cast: Cast) -> None:
    other = full_cast("other")
    owed(other)
    powered(other)
    opened(other)
    draw(other, "秋季抽查")
    case(other, "外单位案")
    survey(other, "外单位测评")
    for words in ("秋季", "外单位", "廉政谈话"):
        assert titles(cast, "officer", words) == []
    assert "财务处  2026" not in titles(cast, "officer", "财务")


@pytest.mark.parametrize("part", ["system", "security", "audit"])
def test_an_administrator_finds_nothing_of_the_work(cast: Cast, part: str) -> None:
    owed(cast)
    powered(cast)
    opened(cast)
    draw(cast, "财务抽查")
    case(cast, "财务案")
    survey(cast, "财务测评")
    found = {str(one.label) for one in found_in_all_rooms(cast.standing(part), "财务")}
    assert found <= {"单位", "岗位", "人员"}


@pytest.mark.parametrize("rows", [1, 20])
def test_a_search_asks_as_much_whatever_it_finds(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        actions.create_post(
            unit=cast.units["PS"], code=f"X{number}", name=f"财务岗{number}", by=None, at=AT
        )
        draw(cast, f"财务{number}")
        case(cast, f"财务{number}")
        lead_opened(cast, unit=cast.units["CW"])
    standing = cast.standing("officer")
    # units, posts, people; powers, regulations; risk points; duties, measures, talks; filings,
    # editions; draws, findings; alerts; leads with who keeps them; activities, cases, surveys held,
    # surveys to answer; documents
    with django_assert_num_queries(23):
        found_in_all_rooms(standing, "财务")


def test_a_section_leads_to_its_list_where_it_is_cut_off() -> None:
    hits = (Hit(title="a", detail="", url="/"),) * 2
    page = "powers:catalogue"
    cut = section("职权", "power", hits, limit=2, page=page, q="财务")
    assert cut.more == "/powers/?q=%E8%B4%A2%E5%8A%A1"
    assert section("职权", "power", hits, limit=3, page=page, q="财务").more == ""


def test_the_page_shows_more_where_there_is_more(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        actions.create_post(
            unit=cast.units["PS"], code=f"X{number}", name=f"评审岗{number}", by=None, at=AT
        )
    client.force_login(cast.logins["clerk"])
    assert "更多" in client.get("/search/?q=评审岗").content.decode()
    assert "更多" not in client.get("/search/?q=出纳岗").content.decode()


def test_every_search_says_nothing_for_words_that_stand_nowhere(cast: Cast) -> None:
    searches: list[Callable[..., object]] = list(SEARCHES)
    assert len(searches) == 11
    assert titles(cast, "officer", "無此詞語") == []
