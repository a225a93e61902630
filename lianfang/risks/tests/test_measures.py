"""Measures: added, changed, dropped, sorted into phases."""

import pytest
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.queries import history_of
from lianfang.common.errors import Stale
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.risks.actions.measures import (
    Confirmed,
    MeasureValues,
    NoPhase,
    add_measure,
    change_measure,
    drop_measure,
    sort_measures,
    values_of,
)
from lianfang.risks.models import Measure, RiskPoint
from lianfang.risks.queries.page import risk_shown, risks_of_power
from lianfang.risks.queries.sorting import to_sort
from lianfang.risks.rules.phases import phases_missing
from lianfang.risks.tests.test_risk_actions import SCHEME, made, power_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def added(risk: RiskPoint, text: str = "每月抽查票据", phase: str = "") -> Measure:
    return add_measure(risk=risk, values=MeasureValues(text=text, phase=phase), by=None, at=AT)


def test_measures_get_the_next_code_and_stand_in_the_history_of_the_risk(cast: Cast) -> None:
    risk = made(cast)
    assert [added(risk).code for _ in range(2)] == ["R-CW-01-1", "R-CW-01-2"]
    line = history_of(risk)[0]
    assert (line.action, line.rule) == ("risks.measure.added", "五（四）")
    risk.refresh_from_db()
    assert risk.version == 3


def test_a_change_is_told_and_a_stale_form_is_told_so(cast: Cast) -> None:
    measure = added(made(cast))
    values = MeasureValues(text="每周抽查", post=cast.posts["CWC"], due_on=ON, frequency="每周")
    change_measure(measure=measure, values=values, version=2, by=None, at=AT)
    measure.refresh_from_db()
    assert values_of(measure) == values
    with pytest.raises(Stale):
        change_measure(measure=measure, values=values, version=2, by=None, at=AT)


def test_a_measure_of_a_confirmed_risk_stays(cast: Cast) -> None:
    risk = made(cast)
    drop_measure(measure=added(risk), by=None, at=AT)
    assert not risk.measures.exists()
    kept = added(risk)
    RiskPoint.objects.update(confirmed="low")
    with pytest.raises(Confirmed):
        drop_measure(measure=kept, by=None, at=AT)


def test_unsorted_measures_are_sorted_by_their_wording_if_somebody_agrees(cast: Cast) -> None:
    risk = made(cast)
    first, second = added(risk, "事后回访服务对象"), added(risk, "其他")
    rows, more = to_sort(cast.standing("clerk"), SCHEME)
    assert [(row.measure, row.suggested) for row in rows] == [(first, "after"), (second, "")]
    assert more == 0
    count = sort_measures(
        organisation=cast.organisation,
        phases={first.pk: "after"},
        scheme=SCHEME,
        by=None,
        at=AT,
    )
    first.refresh_from_db()
    assert (count, first.phase) == (1, "after")
    assert history_of(risk)[0].action == "risks.measures.sorted"
    with pytest.raises(NoPhase):
        sort_measures(
            organisation=cast.organisation,
            phases={second.pk: "never"},
            scheme=SCHEME,
            by=None,
            at=AT,
        )


def test_a_stranger_has_nothing_to_sort(cast: Cast) -> None:
    added(made(cast))
    assert to_sort(cast.standing("colleague"), SCHEME) == ([], 0)


@pytest.mark.parametrize(
    ("level", "present", "unsorted", "missing"),
    [
        ("high", {"early", "during"}, 0, ("after",)),
        ("high", {"early", "during", "after"}, 0, ()),
        ("high", {"early"}, 2, ()),
        ("medium", {"early"}, 0, ("during", "after")),
        ("medium", {"early", "after"}, 0, ()),
        ("low", set(), 0, ("early", "during", "after")),
        ("low", {"after"}, 0, ()),
        ("", {"after"}, 0, ()),
    ],
)
def test_a_level_asks_for_so_many_phases(
    level: str, present: set[str], unsorted: int, missing: tuple[str, ...]
) -> None:
    assert phases_missing(level, present, unsorted, SCHEME) == missing


@pytest.mark.parametrize("rows", [1, 20])
def test_the_parts_of_a_power_and_of_a_risk_are_read_at_once(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    power = power_of(cast)
    risks = [made(cast, about=power) for _ in range(rows)]
    for risk in risks:
        added(risk, phase="early")
    standing = cast.standing("clerk")
    # risk points, posts, manifestations, measures
    with django_assert_num_queries(4):
        shown = risks_of_power(power, standing, SCHEME)
    assert len(shown) == rows
    for _ in range(rows):
        added(risks[0])
    with django_assert_num_queries(3):
        one = risk_shown(risks[0], SCHEME)
    assert len(one.unsorted) == rows
    # the unsorted measures with their risk points
    with django_assert_num_queries(1):
        to_sort(standing, SCHEME)
