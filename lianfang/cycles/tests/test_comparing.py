"""Flows beside each other: of two editions, of a filing and the edition in force, in the file."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from lianfang.cycles.models import Edition, Filing
from lianfang.cycles.tests.year import brought_to, powered
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.powers.models import Power, Step


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    del db
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    return made


@pytest.fixture
def clerk(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.logins["clerk"])
    return client


def compared(found: Filing) -> str:
    return reverse("cycles:filing-compared", args=[found.pk])


def test_a_filing_that_left_the_flows_alone_shows_none(cast: Cast, clerk: Client) -> None:
    found = brought_to(cast, "published")
    Power.objects.update(name="改了名的职权")
    page = clerk.get(compared(found)).content.decode()
    assert "改了名的职权" in page
    assert "<svg xmlns" not in page


def test_a_changed_flow_stands_beside_the_one_in_force(cast: Cast, clerk: Client) -> None:
    found = brought_to(cast, "published")
    Step.objects.filter(code="CW-01-2").update(name="逐张核对票据")
    page = clerk.get(compared(found)).content.decode()
    assert page.count("<svg xmlns") == 2
    before, after = page.split("<svg xmlns")[1:]
    assert ">核对票据<" in before
    assert ">逐张核对票据<" in after
    assert "原为（2026-1）" in page
    assert 'id="flow0-before-t"' in page
    assert 'id="flow0-after-t"' in page


def test_without_an_edition_every_flow_is_new(cast: Cast, clerk: Client) -> None:
    page = clerk.get(compared(brought_to(cast, "drafting"))).content.decode()
    assert page.count("<svg xmlns") == 1
    assert "没有流程图。" in page


def test_two_editions_show_their_flows_side_by_side(cast: Cast, clerk: Client) -> None:
    brought_to(cast, "published")
    made = Edition.objects.get()
    later = Edition.objects.create(
        organisation=made.organisation,
        unit=made.unit,
        filing=Filing.objects.exclude(pk=made.filing_id)[0],
        year=2026,
        serial=2,
        effective_from=made.effective_from,
        content=made.content.replace('"number":"2026-1"', '"number":"2026-2"')
        .replace('"serial":1', '"serial":2')
        .replace("受理报销单", "接收报销单"),
        digest="0" * 64,
        published_at=AT,
        superseded_on=made.effective_from,
    )
    page = clerk.get(reverse("cycles:editions-compared", args=[made.pk, later.pk])).content.decode()
    assert page.count("<svg xmlns") == 2
    assert page.index("原为（2026-1）") < page.index("改为（2026-2）")


@pytest.mark.usefixtures("fonts_folder")
def test_the_pdf_has_both_flows_after_the_table(cast: Cast, clerk: Client) -> None:
    found = brought_to(cast, "published")
    Step.objects.filter(code="CW-01-2").update(name="逐张核对票据")
    answer = clerk.get(compared(found), {"as": "pdf"})
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 2
    last = pages[-1].extract_text()
    assert "原为（2026-1）" in last
    assert last.count("差旅费报销审核权力运行流程图") == 2


def test_flows_cost_no_statement(
    cast: Cast, clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = brought_to(cast, "published")
    clerk.get(compared(found))
    with django_assert_num_queries(COMPARED):
        clerk.get(compared(found))
    Step.objects.filter(code="CW-01-2").update(name="逐张核对票据")
    with django_assert_num_queries(COMPARED):
        clerk.get(compared(found))


# session, login, person with appointments and seats, nights swept, this year, filing, edition in
# force, the register (14), numbers of the scheme
COMPARED = 25
