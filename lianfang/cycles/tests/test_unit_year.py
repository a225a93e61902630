"""How a unit stands in the year, as a report about it sees it."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.common import clock
from lianfang.cycles.actions import remarks
from lianfang.cycles.queries.unit_year import year_of
from lianfang.cycles.tests.year import brought_to, filing_of, powered
from lianfang.org.tests.cast import AT, Cast, full_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = full_cast()
    powered(made)
    return made


def page(cast: Cast, monkeypatch: pytest.MonkeyPatch, unit: str = "CW") -> str:
    monkeypatch.setattr(clock, "now", lambda: AT)
    client = Client()
    client.force_login(cast.logins["deputy"])
    address = reverse("cycles:unit-year", args=[cast.units[unit].pk])
    return client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_a_unit_in_a_year_that_nobody_opened_has_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands = year_of(cast.units["CW"])
    assert (stands.filing, stands.remarks, stands.edition, stands.tasks) == (None, 0, None, [])
    assert "还没有年度工作" in page(cast, monkeypatch)


def test_the_filing_and_what_is_still_asked_of_it_are_known(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    brought_to(cast, "in_check")
    found = filing_of(cast)
    for text in ("补依据", "谁来核对？"):
        remarks.raise_remark(
            filing=found, check_code="C1", text=text, by=cast.logins["office"], at=AT
        )
    with django_assert_num_queries(4):
        # the filing, what is asked, the edition, the tasks
        stands = year_of(cast.units["CW"])
    assert (stands.filing, stands.remarks) == (found, 2)
    shown = page(cast, monkeypatch)
    assert "审核中" in shown
    assert "2 条未办结" in shown


def test_a_published_unit_has_its_edition(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    brought_to(cast, "published")
    edition = year_of(cast.units["CW"]).edition
    assert edition is not None
    assert edition.number in page(cast, monkeypatch)
