"""An organisation's own numbers and words: dated, with a reason, never out of step."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.common import clock
from lianfang.org import actions
from lianfang.org.actions.numbers import DoesNotFit
from lianfang.org.models import SchemeOverride
from lianfang.org.queries.numbers import (
    SetRow,
    numbers_of,
    rows_set_with,
    scheme_of,
    settings_of,
    terms_of,
)
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.scheme.model import Quantity, Threshold
from lianfang.scheme.override import adjustable
from lianfang.scheme.vocabulary import word_of

pytestmark = pytest.mark.django_db
TALK = "duties.talk_regular_high.interval"
SWITCH = "duties.report_high.on"
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def set_to(cast: Cast) -> Callable[..., SchemeOverride]:
    def _set(path: str, number: float | None, from_on: date = ON) -> SchemeOverride:
        return actions.set_number(
            organisation=cast.organisation,
            path=path,
            number=number,
            from_on=from_on,
            reason="领导小组决定",
            by=cast.logins["office"],
            at=AT,
        )

    return _set


def interval(cast: Cast, on: date) -> float:
    found = adjustable(scheme_of(cast.organisation, on))[TALK]
    assert isinstance(found, Quantity)
    return found.value


def row_of(cast: Cast, path: str) -> SetRow:
    groups = numbers_of(cast.standing("office"))
    return next(row for group in groups for row in group.rows if row.path == path)


def test_a_number_holds_from_its_day_until_the_schemes_own_returns(
    cast: Cast, set_to: Callable[..., SchemeOverride]
) -> None:
    set_to(TALK, 3)
    set_to(TALK, None, NEXT_YEAR)
    assert interval(cast, date(2026, 5, 13)) == 6
    assert interval(cast, ON) == 3
    assert interval(cast, date(2026, 12, 31)) == 3
    assert interval(cast, NEXT_YEAR) == 6


def test_a_setting_is_in_the_log_with_its_path_and_reason(
    set_to: Callable[..., SchemeOverride],
) -> None:
    made = set_to(TALK, 3)
    event = Event.objects.order_by("-position")[0]
    assert event.action == "org.number.set"
    assert event.subject == f"org.schemeoverride:{made.pk}"


@pytest.mark.parametrize(
    ("path", "number", "word"),
    [
        ("duties.nothing.interval", 1, "No number here"),
        (TALK, -1, "can't be below 0"),
        ("factors.human.weight", 30, "must make up 100"),
        ("rating.thresholds.high", 7, "must fall from level to level"),
    ],
)
def test_a_number_that_does_not_fit_is_refused_and_nothing_is_kept(
    set_to: Callable[..., SchemeOverride], path: str, number: float, word: str
) -> None:
    with pytest.raises(DoesNotFit) as refused:
        set_to(path, number)
    assert word in refused.value.text.en
    assert "2026-05-14" in refused.value.text.zh
    assert not SchemeOverride.objects.exists()
    assert not Event.objects.filter(action="org.number.set").exists()


def test_a_number_may_not_break_what_is_set_for_later(
    cast: Cast, set_to: Callable[..., SchemeOverride]
) -> None:
    set_to("rating.thresholds.medium", 12, NEXT_YEAR)
    with pytest.raises(DoesNotFit, match="自 2027-01-01 起"):
        set_to("rating.thresholds.high", 11)
    set_to("rating.thresholds.high", 13)
    found = adjustable(scheme_of(cast.organisation, NEXT_YEAR))
    assert found["rating.thresholds.high"] == Threshold(at_least=13, level="high")


def test_weights_are_set_together(cast: Cast) -> None:
    made = actions.set_numbers(
        organisation=cast.organisation,
        numbers={"factors.human.weight": 30, "factors.discretion.weight": 15},
        from_on=ON,
        reason="人为因素更重要",
        by=cast.logins["office"],
        at=AT,
    )
    assert len(made) == 2
    weights = [factor.weight.value for factor in scheme_of(cast.organisation, ON).factors]
    assert weights == [15, 30, 15, 20, 20]


def test_a_word_chosen_is_the_organisations_from_its_day(cast: Cast) -> None:
    def choose(choice: str, from_on: date) -> None:
        actions.set_choice(
            organisation=cast.organisation,
            path="vocabulary.risk",
            choice=choice,
            from_on=from_on,
            reason="与上级提法一致",
            by=cast.logins["office"],
            at=AT,
        )

    choose("probity", ON)
    choose("", NEXT_YEAR)
    assert word_of(scheme_of(cast.organisation, ON), "risk").zh == "廉洁风险"
    assert word_of(scheme_of(cast.organisation, NEXT_YEAR), "risk").zh == "廉政风险"
    with pytest.raises(DoesNotFit, match="nothing"):
        choose("nothing", ON)


def test_the_page_has_each_number_with_its_clause_and_own_value(
    cast: Cast, set_to: Callable[..., SchemeOverride]
) -> None:
    set_to(TALK, 3)
    set_to(TALK, 12, NEXT_YEAR)
    set_to(SWITCH, 1)
    row = row_of(cast, TALK)
    assert (row.clause, row.written.zh, row.is_default) == ("五（五）3", "6 个月", True)
    assert row.own is not None
    assert (row.own.en, row.since, row.reason) == ("3 months", ON, "领导小组决定")
    assert [(next_.said.zh, next_.from_on) for next_ in row.coming] == [("12 个月", NEXT_YEAR)]
    switch = row_of(cast, SWITCH)
    assert (switch.written.zh, switch.own and switch.own.zh) == ("关闭", "开启")
    untouched = row_of(cast, "raises.breach.levels")
    assert (untouched.own, untouched.since, untouched.coming) == (None, None, [])
    assert untouched.written.en == "1 level"


def test_what_was_set_is_told_newest_first_in_words(
    cast: Cast, set_to: Callable[..., SchemeOverride]
) -> None:
    set_to(TALK, 3)
    set_to(SWITCH, 1)
    set_to(SWITCH, None, NEXT_YEAR)
    lines = settings_of(cast.standing("office"))
    assert [line.said.zh for line in lines] == ["按方案", "开启", "3 个月"]
    assert lines[2].label.zh == "定期廉政谈话（高）：间隔"
    assert lines[2].who == "centre-office"


def test_a_path_the_scheme_no_longer_has_is_told_as_it_is(cast: Cast) -> None:
    SchemeOverride.objects.create(
        organisation=cast.organisation,
        path="duties.former.interval",
        number=2.5,
        from_on=ON,
        reason="",
        set_by=cast.logins["office"],
        set_at=AT,
    )
    line = settings_of(cast.standing("office"))[0]
    assert (line.label.zh, line.said.en) == ("duties.former.interval", "2.5")


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_costs_three_statements(
    cast: Cast,
    set_to: Callable[..., SchemeOverride],
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for number in range(count):
        set_to(TALK, number + 1)
    standing = cast.standing("office")
    # numbers, words, history
    with django_assert_num_queries(3):
        numbers_of(standing)
        terms_of(standing)
        settings_of(standing)
    with django_assert_num_queries(1):
        assert len(rows_set_with(standing, "factors.human.weight")) == 5


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: AT)
    client = Client()
    client.force_login(cast.logins["office"])
    return client


def test_an_office_sets_a_number_and_sees_it(office: Client, cast: Cast) -> None:
    sent = {"number-0": "4", "from_on": "2026-05-14", "reason": "更勤一些"}
    response = office.post(f"/org/numbers/{TALK}/", sent)
    assert response.status_code == 302
    page = office.get("/org/numbers/").content.decode()
    assert "4 个月" in page
    assert "更勤一些" in page
    assert interval(cast, ON) == 4
    form = office.get(f"/org/numbers/{TALK}/").content.decode()
    assert 'value="4.0"' in form
    assert "方案：6 个月" in form


def test_weights_are_set_on_one_form_that_says_so(office: Client, cast: Cast) -> None:
    path = "/org/numbers/factors.human.weight/"
    assert "合计须为 100%" in office.get(path).content.decode()
    sent = {"number-1": "30", "from_on": "2026-05-14", "reason": "试行"}
    refused = office.post(path, sent)
    assert refused.status_code == 422
    assert "合计应为 100，实为 110" in refused.content.decode()
    assert office.post(path, sent | {"number-2": "15"}).status_code == 302
    assert SchemeOverride.objects.filter(organisation=cast.organisation).count() == 2


def test_nothing_changed_is_not_saved(office: Client) -> None:
    sent = {"number-0": "", "from_on": "2026-05-14", "reason": "没有什么"}
    response = office.post(f"/org/numbers/{SWITCH}/", sent)
    assert response.status_code == 422
    assert "没有改动" in response.content.decode()
    assert not SchemeOverride.objects.exists()


def test_a_switch_and_a_word_return_to_the_scheme(office: Client, cast: Cast) -> None:
    common = {"from_on": "2026-05-14", "reason": "试行"}
    switch, word = f"/org/numbers/{SWITCH}/", "/org/words/vocabulary.risk/"
    for value, choice in (("1", "probity"), ("", "")):
        assert office.post(switch, common | {"number-0": value}).status_code == 302
        assert office.post(word, common | {"choice": choice}).status_code == 302
    scheme = scheme_of(cast.organisation, ON)
    assert adjustable(scheme)[SWITCH] is False
    assert word_of(scheme, "risk").zh == "廉政风险"


def test_what_does_not_exist_is_not_found(office: Client) -> None:
    assert office.get("/org/numbers/duties.nothing.interval/").status_code == 404
    assert office.get("/org/words/vocabulary.nothing/").status_code == 404


def test_the_page_is_in_english_too(office: Client) -> None:
    with translation.override("en"):
        office.cookies["lianfang_language"] = "en"
        page = office.get("/org/numbers/").content.decode()
    assert "Regular talk (high): interval" in page
    assert "10 working days" in page
