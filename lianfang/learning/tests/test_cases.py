"""Warning cases: whom they reach and why, and who has read them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.common.errors import Stale
from lianfang.learning.access import activities_visible_to, cases_published
from lianfang.learning.actions.attending import sign_in
from lianfang.learning.actions.cases import (
    CasePublished,
    NotPublished,
    WarnsOfNothing,
    change_case,
    publish_case,
    read_case,
)
from lianfang.learning.models import CaseReading, WarningCase
from lianfang.learning.queries.cases import Offer, offers_to, reached_by
from lianfang.learning.queries.todos import LearningDue, todos_for
from lianfang.learning.rules.warning import Kinds, kinds_of
from lianfang.learning.tests.making import (
    code_of,
    opened,
    planned,
    published,
    risk,
    told,
    written,
)
from lianfang.org import actions as org
from lianfang.org.tests.cast import AT, ON, Cast, appointment_of, full_cast
from lianfang.powers.models import Power
from lianfang.scheme.load import load_scheme

pytestmark = pytest.mark.django_db
SCHEME = load_scheme("cnas-2012")


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def offers(cast: Cast, part: str = "clerk", *, unread_only: bool = False) -> list[Offer]:
    return offers_to(
        cast.people[part].pk,
        cases_published(cast.standing(part)),
        SCHEME,
        organisation=cast.organisation.pk,
        on=ON,
        unread_only=unread_only,
    )


def read(cast: Cast, case: WarningCase, part: str = "clerk") -> CaseReading:
    return read_case(case=case, person=cast.people[part], by=cast.logins[part], at=AT)


def dues(cast: Cast, part: str = "clerk") -> list[LearningDue]:
    standing = cast.standing(part)
    return todos_for(standing, activities_visible_to(standing), cases_published(standing))


@pytest.mark.parametrize(
    "kinds",
    [
        kinds_of([], ["large_sums"], []),
        kinds_of(["rules"], [], []),
        kinds_of([], [], ["decision"]),
        kinds_of(["environment"], ["large_sums"], []),
    ],
)
def test_a_case_reaches_the_holder_of_a_post_with_a_risk_point_of_its_kind(
    cast: Cast, kinds: Kinds
) -> None:
    point = risk(cast, aspects=["rules", "conduct"])
    point.power = Power.objects.create(
        organisation=cast.organisation,
        unit=cast.units["CW"],
        code="P1",
        name="支付",
        category="decision",
        created_at=AT,
    )
    point.save()
    case = published(cast, kinds)
    assert [each.person for each in reached_by(case, ON)] == [cast.people["clerk"]]
    assert [offer.case for offer in offers(cast)] == [case]
    assert offers(cast, "colleague") == []


def test_an_offer_says_which_post_and_which_kinds(cast: Cast) -> None:
    risk(cast, aspects=["rules"])
    published(cast, kinds_of(["rules", "environment"], ["large_sums"], []))
    (why,) = offers(cast)[0].why
    assert why.post == cast.posts["CWG"]
    assert [kind.zh for kind in why.kinds] == ["大额资金使用", "制度机制"]


def test_a_case_of_another_kind_of_a_retired_risk_or_a_draft_reaches_nobody(cast: Cast) -> None:
    point = risk(cast)
    published(cast, kinds_of([], ["appointments"], []))
    written(cast)
    assert offers(cast) == []
    case = published(cast)
    assert len(offers(cast)) == 1
    point.retired_on, point.retired_reason = ON, "不再存在"
    point.save()
    assert offers(cast) == []
    assert reached_by(case, ON) == []


def test_who_comes_into_the_post_is_offered_the_case_and_who_left_no_more(cast: Cast) -> None:
    risk(cast)
    case = published(cast)
    org.end_appointment(
        appointment=appointment_of(cast, "clerk"), on=ON - timedelta(days=1), by=None, at=AT
    )
    org.appoint(person=cast.people["colleague"], post=cast.posts["CWG"], from_on=ON, by=None, at=AT)
    assert [each.person for each in reached_by(case, ON)] == [cast.people["colleague"]]
    assert offers(cast) == []
    assert len(offers(cast, "colleague")) == 1


def test_reading_is_noted_once_and_ends_the_reminder(cast: Cast) -> None:
    risk(cast)
    case = published(cast)
    assert [due.what for due in dues(cast)] == ["case"]
    assert read(cast, case).pk == read(cast, case).pk
    assert Event.objects.filter(action="learning.case.read").count() == 1
    assert dues(cast) == []
    assert offers(cast, unread_only=True) == []
    assert offers(cast)[0].read_at == AT
    assert reached_by(case, ON)[0].read_at == AT


def test_a_draft_is_not_read_and_a_case_is_published_once(cast: Cast) -> None:
    case = written(cast)
    with pytest.raises(NotPublished):
        read(cast, case)
    publish_case(case=case, by=cast.logins["officer"], at=AT)
    with pytest.raises(CasePublished):
        publish_case(case=case, by=cast.logins["officer"], at=AT)


def test_a_case_warns_of_something_in_the_action_and_in_the_database(cast: Cast) -> None:
    with pytest.raises(WarnsOfNothing):
        written(cast, Kinds())
    with pytest.raises(IntegrityError), transaction.atomic():
        WarningCase.objects.create(
            organisation=cast.organisation, title="空", text="空", lesson="空", source="空"
        )


def test_a_change_keeps_who_has_read_and_needs_the_version(cast: Cast) -> None:
    risk(cast)
    case = published(cast)
    read(cast, case)
    changed = change_case(
        case=case,
        told=told(title="改过"),
        version=case.version,
        by=cast.logins["officer"],
        at=AT,
    )
    assert (changed.title, changed.readings.count()) == ("改过", 1)
    with pytest.raises(Stale):
        change_case(case=case, told=told(), version=case.version, by=cast.logins["officer"], at=AT)


def test_what_runs_and_what_is_to_be_answered_is_asked_of_those_it_is_for(cast: Cast) -> None:
    planned(cast, title="还没有开始")
    activity = opened(cast, quiz=True, units=(cast.units["CW"],))
    assert [(due.what, due.key) for due in dues(cast)] == [("come", activity.pk)]
    assert dues(cast, "colleague") == []
    sign_in(
        person=cast.people["clerk"],
        typed=code_of(activity),
        on=ON,
        by=cast.logins["clerk"],
        at=AT,
    )
    assert [due.what for due in dues(cast)] == ["quiz"]


def test_an_activity_of_a_unit_is_for_those_below_it_too(cast: Cast) -> None:
    opened(cast, units=(cast.units["root"],))
    assert [due.what for due in dues(cast)] == ["come"]
    assert [due.what for due in dues(cast, "colleague")] == ["come"]


def test_an_activity_about_a_case_is_for_those_it_warns(cast: Cast) -> None:
    risk(cast)
    activity = opened(cast, case=published(cast))
    assert ("come", activity.pk) in [(due.what, due.key) for due in dues(cast)]
    assert "come" not in [due.what for due in dues(cast, "colleague")]


@pytest.mark.parametrize("many", [1, 20])
def test_what_is_offered_costs_the_same_for_one_case_and_twenty(
    cast: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    risk(cast)
    for number in range(many):
        published(cast, title=f"案例{number}")
    rows = cases_published(cast.standing("clerk"))
    # what was read, the cases, seats, levels of editions, overrides, risk points, posts, units
    with django_assert_num_queries(7):
        found = offers_to(
            cast.people["clerk"].pk, rows, SCHEME, organisation=cast.organisation.pk, on=ON
        )
    assert len(found) == many


def test_nothing_to_do_costs_four_statements(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    standing = cast.standing("clerk")
    activities, cases = activities_visible_to(standing), cases_published(standing)
    # what was read, the cases, what is open, the quizzes
    with django_assert_num_queries(4):
        assert todos_for(standing, activities, cases) == []
