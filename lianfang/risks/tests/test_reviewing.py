"""The yearly review of each risk point: what waits for it, and what counts as one (六（五）)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event, Row
from lianfang.org.actions.numbers import set_number
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.actions.locks import lock
from lianfang.risks.actions.classifying import SelectionChanged
from lianfang.risks.actions.reviewing import NothingChosen, confirm_unchanged, count_published
from lianfang.risks.models import RiskPoint, RiskReview
from lianfang.risks.queries.reviewing import (
    due_for,
    reviewed_since,
    waiting_by_unit,
    waiting_page,
)
from lianfang.risks.rules.reviewing import lapsed_by, months_between_reviews
from lianfang.risks.tests.entering import Entered, browsers_of, shown
from lianfang.risks.tests.many import fill
from lianfang.scheme.load import load_scheme

pytestmark = pytest.mark.django_db
SCHEME = load_scheme("cnas-2012")
LONG_AGO = AT - timedelta(days=800)
PAGE, CONFIRM = "/register/reviews/", "/register/reviews/confirm/"


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def enter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


def old_risks(cast: Cast, number: int, unit: str = "CW") -> list[RiskPoint]:
    """Store risk points of one unit that were recorded long ago."""
    risks = fill(cast, number)
    RiskPoint.objects.update(created_at=LONG_AGO, unit=cast.units[unit])
    return risks


def confirmed(cast: Cast, *risks: RiskPoint, on: date = ON) -> int:
    return confirm_unchanged(
        organisation=cast.organisation,
        versions={risk.pk: risk.version for risk in risks},
        on=on,
        by=cast.logins["head"],
        at=AT,
    )


def waiting(cast: Cast) -> set[str]:
    return set(due_for(cast.standing("clerk"), SCHEME).values_list("code", flat=True))


# rules --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "months", "lapsed"),
    [
        (date(2026, 5, 14), 12, date(2025, 5, 14)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
    ],
)
def test_months_are_those_of_the_calendar(on: date, months: int, lapsed: date) -> None:
    assert lapsed_by(on, months) == lapsed


def test_a_risk_point_is_gone_over_every_twelve_months() -> None:
    assert months_between_reviews(SCHEME) == 12


# what waits ---------------------------------------------------------------------------------


def test_a_review_holds_for_twelve_months_to_the_day(cast: Cast) -> None:
    one, other = old_risks(cast, 2)
    assert waiting(cast) == {one.code, other.code}
    confirmed(cast, one, on=date(2025, 5, 14))
    confirmed(cast, other, on=date(2025, 5, 15))
    assert waiting(cast) == {one.code}


def test_what_was_recorded_within_the_year_does_not_wait(cast: Cast) -> None:
    (risk,) = fill(cast, 1)
    assert waiting(cast) == set()
    # the end of 14 May 2025 in Shanghai
    RiskPoint.objects.update(created_at=AT.replace(year=2025, day=14, hour=15, minute=59))
    assert waiting(cast) == {risk.code}
    RiskPoint.objects.update(created_at=AT.replace(year=2025, day=14, hour=16, minute=0))
    assert waiting(cast) == set()


def test_what_is_retired_or_of_another_organisation_does_not_wait(cast: Cast) -> None:
    old_risks(cast, 1)
    assert not due_for(full_cast("other").standing("clerk"), SCHEME).exists()
    RiskPoint.objects.update(retired_on=ON, retired_reason="并入")
    assert waiting(cast) == set()


def test_an_organisation_may_review_more_often(cast: Cast, enter: Entered) -> None:
    (risk,) = old_risks(cast, 1)
    confirmed(cast, risk, on=date(2025, 11, 1))
    client = enter("clerk")
    assert risk.code not in shown(client, PAGE)
    set_number(
        organisation=cast.organisation,
        path="provisions.risk_review.amount",
        number=6,
        from_on=ON,
        reason="半年一次",
        by=cast.logins["office"],
        at=AT,
    )
    page = shown(client, PAGE)
    assert risk.code in page
    assert "每 6 个月复核一次" in page


@pytest.mark.parametrize("rows", [1, 20])
def test_what_waits_costs_as_many_statements_at_any_size(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    old_risks(cast, rows)
    standing = cast.standing("clerk")
    with django_assert_num_queries(1):
        assert waiting_by_unit(due_for(standing, SCHEME)) == {cast.units["CW"].pk: rows}
    # rows, their posts, the last review of each
    with django_assert_num_queries(3):
        page = waiting_page(due_for(standing, SCHEME), SCHEME, after="", size=50)
    assert len(page.rows) == rows


# reviews ------------------------------------------------------------------------------------


def test_several_are_confirmed_with_one_event(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    risks = old_risks(cast, 20)
    # risks, reviews of today, insert; event with its rows; the savepoint around all
    with django_assert_num_queries(10):
        assert confirmed(cast, *risks) == 20
    event = Event.objects.latest("position")
    assert (event.action, event.rule) == ("risks.risk.reviewed", "六（五）")
    assert Row.objects.filter(event=event).count() == 20
    assert set(RiskReview.objects.values_list("kind", "reviewed_by", "reviewed_on")) == {
        ("unchanged", cast.logins["head"].pk, ON)
    }
    assert waiting(cast) == set()


def test_the_same_day_it_is_confirmed_once(cast: Cast) -> None:
    one, other = old_risks(cast, 2)
    assert confirmed(cast, one) == 1
    assert confirmed(cast, one, other) == 1
    events = Event.objects.count()
    assert confirmed(cast, one, other) == 0
    assert Event.objects.count() == events


def test_what_was_changed_or_retired_meanwhile_is_not_confirmed(cast: Cast) -> None:
    one, other = old_risks(cast, 2)
    RiskPoint.objects.filter(pk=one.pk).update(version=9)
    with pytest.raises(SelectionChanged):
        confirmed(cast, one, other)
    RiskPoint.objects.filter(pk=other.pk).update(retired_on=ON, retired_reason="并入")
    with pytest.raises(SelectionChanged):
        confirmed(cast, other)
    with pytest.raises(NothingChosen):
        confirmed(cast)
    assert not RiskReview.objects.exists()


def test_what_an_edition_publishes_counts_as_gone_over(cast: Cast) -> None:
    one, other = old_risks(cast, 2)
    counted = count_published(
        unit=cast.units["CW"], codes=[one.code], on=ON, by=cast.logins["office"], at=AT
    )
    assert counted == 1
    assert waiting(cast) == {other.code}
    assert reviewed_since(cast.units["CW"].pk, ON) == {one.code}
    assert reviewed_since(cast.units["CW"].pk, ON + timedelta(days=1)) == frozenset()
    assert RiskReview.objects.get().kind == "published"


# the page -----------------------------------------------------------------------------------


def sent(client: Client, *risks: RiskPoint) -> int:
    answer = client.post(CONFIRM, {"risk": [f"{risk.pk}-{risk.version}" for risk in risks]})
    return int(answer.status_code)


@pytest.mark.parametrize("part", ["head", "clerk"])
def test_who_drafts_confirms_even_while_the_register_is_closed(
    cast: Cast, enter: Entered, part: str
) -> None:
    one, other = old_risks(cast, 2)
    lock(unit=cast.units["CW"], reason="已报送", by=None, at=AT)
    client = enter(part)
    assert sent(client, one) == 302
    page = shown(client, PAGE)
    assert "已确认 1 个风险点无变化" in page
    assert other.code in page
    assert one.code not in page


@pytest.mark.parametrize("part", ["colleague", "office"])
def test_others_look_and_confirm_nothing(cast: Cast, enter: Entered, part: str) -> None:
    (risk,) = old_risks(cast, 1)
    client = enter(part)
    page = shown(client, f"{PAGE}?unit={cast.units['CW'].pk}")
    assert risk.code in page
    assert 'type="checkbox"' not in page
    assert sent(client, risk) == 403
    assert not RiskReview.objects.exists()


def test_nothing_ticked_is_said(cast: Cast, enter: Entered) -> None:
    old_risks(cast, 1)
    client = enter("head")
    assert sent(client) == 302
    assert "没有勾选任何风险点" in shown(client, PAGE)


def test_a_unit_that_is_none_is_not_found(cast: Cast, enter: Entered) -> None:
    other = full_cast("other").units["CW"].pk
    assert enter("clerk").get(f"{PAGE}?unit={other}").status_code == 404
    assert shown(enter("clerk"), f"{PAGE}?unit=x")


def test_a_long_list_goes_on_on_further_pages(cast: Cast, enter: Entered) -> None:
    risks = old_risks(cast, 60)
    client = enter("clerk")
    first = shown(client, PAGE)
    address = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = shown(client, PAGE + address)
    cells = [f'<td class="code">{risk.code}</td>' for risk in risks]
    assert [sum(cell in page for cell in cells) for page in (first, second)] == [50, 10]
    assert all((cell in first) != (cell in second) for cell in cells)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_asks_as_much_whatever_waits(
    cast: Cast, enter: Entered, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    old_risks(cast, rows)
    client = enter("clerk")
    client.get(PAGE)
    # session, login; person, appointments, memberships; nightly work; the year;
    # organisation, its numbers; what waits by unit, units; rows, their posts, the last
    # review of each
    with django_assert_num_queries(14):
        client.get(PAGE)
