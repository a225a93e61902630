"""What figures are counted from in the database, equal to a count by hand; no statement a unit."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from lianfang.assessment.queries.facts import facts_of_units
from lianfang.assessment.queries.people import assessable_in, facts_of_people
from lianfang.assessment.rules.figures import FIGURES, Facts
from lianfang.duties.models import Duty
from lianfang.duties.tests.making import owed
from lianfang.org.models import Unit
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import Basis, Power, PowerPost, Step
from lianfang.risks.models import Measure, Participation, RiskPoint, RiskReview
from lianfang.risks.tests.leveling import breach, publish

DAY = timedelta(days=1)
YEAR = 2026


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    return full_cast()


def of_finance(cast: Cast) -> Facts:
    unit = cast.units["CW"].pk
    return facts_of_units(cast.organisation, YEAR, [unit], ON)[unit]


def counted(code: str, facts: Facts) -> tuple[float, float]:
    figure = FIGURES[code](facts)
    return figure.numerator, figure.denominator


def power(cast: Cast, code: str, *roles: tuple[str, str], unit: str = "CW") -> Power:
    made = Power.objects.create(
        organisation=cast.organisation,
        unit=cast.units[unit],
        code=code,
        name=code,
        category="execution",
        created_at=AT,
    )
    for order, (post, role) in enumerate(roles):
        PowerPost.objects.create(power=made, order=order, post=cast.posts[post], role=role)
    return made


def risk(cast: Cast, code: str, about: Power, at: datetime = AT, **values: object) -> RiskPoint:
    return RiskPoint.objects.create(
        organisation=cast.organisation,
        unit=about.unit,
        code=code,
        title=code,
        power=about,
        created_at=at,
        **values,
    )


def test_the_register_of_a_unit_is_counted(cast: Cast) -> None:
    whole = power(cast, "P1", ("CWC", "decides"), ("CWG", "executes"), ("SJ", "supervises"))
    Basis.objects.create(power=whole, order=0, text="办法")
    Step.objects.create(power=whole, order=0, code="S1", name="受理")
    clashing = power(cast, "P2", ("CWC", "decides"), ("CWC", "executes"), ("SJ", "supervises"))
    power(cast, "P3", unit="PS")
    last_year = AT.replace(year=2025)
    reviewed = risk(cast, "R1", whole, last_year, confirmed="high", computed="high")
    RiskReview.objects.create(risk=reviewed, reviewed_on=ON, kind="unchanged")
    risk(cast, "R2", whole, last_year, endorsed="medium", computed="high")
    Measure.objects.create(
        risk=reviewed, code="M1", order=0, text="x", responsible="出纳", frequency="每月"
    )
    facts = of_finance(cast)
    assert counted("powers_complete", facts) == (1, 2)
    assert counted("posts_definite", facts) == (1, 2)
    assert counted("powers_with_risks", facts) == (1, 2)
    assert counted("risks_rated", facts) == (1, 2)
    assert counted("reviews_done", facts) == (1, 2)
    assert counted("measures_complete", facts) == (0, 1)
    assert counted("owners_named", facts) == (2, 2)
    assert [row.key for row in FIGURES["posts_definite"](facts).rows if not row.counts] == [
        clashing.pk
    ]


def test_people_and_duties_of_a_unit_are_counted(cast: Cast) -> None:
    Participation.objects.create(
        organisation=cast.organisation,
        person=cast.people["clerk"],
        post=cast.posts["CWG"],
        year=YEAR,
        taken_at=AT,
    )
    begun = ON - 9 * DAY
    for number, (kind, state, due_on) in enumerate(
        (
            ("talk", "done", ON),
            ("talk", "open", ON - DAY),
            ("talk", "waived", ON - DAY),
            ("talk", "open", ON + DAY),
            ("measure", "done", ON),
            ("unit_report", "open", ON - DAY),
        )
    ):
        owed(
            cast,
            kind=kind,
            ground=f"d:{number}",
            state=state,
            opens_on=begun,
            period=begun,
            due_on=due_on,
            closed_on=None if state == "open" else ON,
            waived_reason="x" if state == "waived" else "",
        )
    owed(cast, ground="alert:1", origin=Duty.Origin.ALERT, due_on=ON - DAY, opens_on=begun)
    facts = of_finance(cast)
    assert counted("participation", facts) == (1, 2)
    # a talk done; a talk and a report open; what an alert asks for tells of it to nobody
    assert counted("duties_on_time", facts) == (1, 3)
    assert FIGURES["duties_overdue"](facts).numerator == 1
    assert FIGURES["reports_missing"](facts).numerator == 1
    assert counted("measures_in_place", facts) == (1, 1)


def test_breaches_of_a_year_count_where_a_level_rose(cast: Cast) -> None:
    publish(cast, "2026-1", ON - DAY, "CW", CWG="low")
    breach(cast)
    assert counted("breaches_raising_level", of_finance(cast)) == (1, 1)
    unit = cast.units["CW"].pk
    before = facts_of_units(cast.organisation, YEAR - 1, [unit], ON)[unit]
    assert counted("breaches_raising_level", before) == (0, 0)


def test_a_person_is_counted_by_what_they_are_to_do(cast: Cast) -> None:
    head, clerk = cast.people["head"].pk, cast.people["clerk"].pk
    owed(cast, state="done", closed_on=ON)
    owed(
        cast,
        kind=Duty.Kind.LEARNING,
        ground="learning:1",
        actor=cast.people["clerk"],
        hours=12,
        opens_on=ON,
        due_on=ON + DAY,
    )
    facts = facts_of_people(cast.organisation, YEAR, [head, clerk], ON)
    assert counted("duties_on_time", facts[head]) == (1, 1)
    assert counted("duties_on_time", facts[clerk]) == (0, 0)
    assert counted("learning_done", facts[clerk]) == (0, 12)
    assert counted("learning_done", facts[head]) == (0, 0)


def test_people_are_assessed_once_by_their_highest_post(cast: Cast) -> None:
    publish(cast, "2026-1", ON, "CW", CWG="high", CWC="low")
    publish(cast, "2026-1", ON, "LD", SJ="high")
    units = [cast.units[code].pk for code in ("CW", "LD")]
    (found,) = assessable_in(cast.organisation.pk, units, ("high", "medium"), ON)
    assert (found.person, found.post, found.level) == (
        cast.people["clerk"].pk,
        cast.posts["CWG"].pk,
        "high",
    )


def test_more_units_cost_no_more_statements(cast: Cast) -> None:
    counts = []
    for many in (1, 3):
        units = list(Unit.objects.filter(code__in=("CW", "PS", "BG")).values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as asked:
            facts_of_units(cast.organisation, YEAR, units[:many], ON)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 32
