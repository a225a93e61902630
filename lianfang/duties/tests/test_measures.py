"""Measures of editions: put in force, gone on with, changed, ended; and the duties they make."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.duties.actions.measures import TakenUp, take_up_measures
from lianfang.duties.actions.reconcile import reconcile
from lianfang.duties.models import Duty, MeasureInForce
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import Regulation
from lianfang.register.model import Measure, Register, RiskPoint, Subject, SubjectKind

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DUE = date(2026, 9, 30)
NEXT = date(2027, 5, 14)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def measure(key: str = "R-1-1", **more: Any) -> Measure:
    values = {"text": "每月抽查五份报销单", "post": "CWG", "frequency": "每月", **more}
    return Measure(id=key, **values)


def register(*measures: Measure, unit: str = "CW") -> Register:
    about = Subject(kind=SubjectKind.UNIT, id=unit)
    return Register(
        risks=(RiskPoint(id="R-1", unit=unit, about=about, title="虚列支出", measures=measures),)
    )


def take_up(cast: Cast, *measures: Measure, edition: str = "2026-1", on: date = ON) -> TakenUp:
    return take_up_measures(
        unit=cast.units["CW"],
        register=register(*measures),
        edition=edition,
        from_on=on,
        by=cast.logins["office"],
        at=AT,
    )


def duties(cast: Cast, on: date = ON) -> list[Duty]:
    reconcile(organisation=cast.organisation, on=on, by=None, at=AT)
    rows = Duty.objects.filter(kind="measure").select_related("measure", "actor")
    return list(rows.order_by("due_on", "pk"))


def regulation(cast: Cast, **more: Any) -> Regulation:
    values = {"code": "ZD-1", "title": "差旅费管理办法", "state": "to_be_made", **more}
    return Regulation.objects.create(organisation=cast.organisation, **values)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({}, "recurring"),
        ({"due_on": DUE}, "dated"),
        ({"asks_rule": True}, "rule"),
        ({"asks_rule": True, "due_on": DUE}, "rule"),
    ],
)
def test_how_a_measure_is_followed_depends_on_what_it_says(
    cast: Cast, said: dict[str, Any], kind: str
) -> None:
    assert take_up(cast, measure(**said)) == TakenUp(begun=1)
    row = MeasureInForce.objects.get()
    assert (row.kind, row.post, row.edition, row.since_on) == (
        kind,
        cast.posts["CWG"],
        "2026-1",
        ON,
    )


def test_the_same_measure_in_the_next_edition_goes_on_as_it_is(cast: Cast) -> None:
    take_up(cast, measure())
    events = Event.objects.count()
    assert take_up(cast, measure(), edition="2027-1", on=NEXT) == TakenUp()
    assert MeasureInForce.objects.get().edition == "2026-1"
    assert Event.objects.count() == events


def test_a_changed_measure_ends_its_row_and_goes_on_in_the_next(cast: Cast) -> None:
    take_up(cast, measure())
    take_up(cast, measure(post="CWC"), edition="2027-1", on=NEXT)
    take_up(cast, measure(post=None), edition="2027-2", on=NEXT + DAY)
    first, second, third = MeasureInForce.objects.order_by("from_on")
    assert (first.until_on, second.until_on, third.until_on) == (NEXT - DAY, NEXT, None)
    assert (second.first, third.first, third.since_on) == (first, first, ON)


def test_a_measure_that_is_gone_ends_and_may_begin_again(cast: Cast) -> None:
    take_up(cast, measure())
    assert take_up(cast, edition="2027-1", on=NEXT) == TakenUp(ended=1)
    take_up(cast, measure(), edition="2027-2", on=NEXT + DAY)
    again = MeasureInForce.objects.get(until_on=None)
    assert (again.first, again.since_on) == (None, NEXT + DAY)


def test_measures_of_other_units_in_the_register_are_left_to_their_own_edition(cast: Cast) -> None:
    both = Register(risks=(*register(measure()).risks, *register(measure("X"), unit="PS").risks))
    take_up_measures(
        unit=cast.units["CW"], register=both, edition="2026-1", from_on=ON, by=None, at=AT
    )
    assert MeasureInForce.objects.get().code == "R-1-1"


def test_the_log_tells_how_many_were_put_in_force(cast: Cast) -> None:
    take_up(cast, measure(), measure("R-1-2"))
    event = Event.objects.filter(action="duties.measures.taken_up").get()
    assert event.subject == f"org.unit:{cast.units['CW'].pk}"
    text = event.details.get(name="changes").text
    assert text == '{"edition":[null,"2026-1"],"measures":[null,2],"measures_ended":[null,0]}'


def test_statements_do_not_grow_with_the_measures(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [measure(f"R-1-{number}") for number in range(50)]
    # savepoint, unit, in force, posts, regulations, insert, log (4), release
    with django_assert_num_queries(11):
        take_up(cast, *many)


# the duties -------------------------------------------------------------------------------------


def test_a_recurring_measure_is_confirmed_by_who_holds_its_post(cast: Cast) -> None:
    take_up(cast, measure())
    (confirmed,) = duties(cast)
    assert (confirmed.rule, confirmed.actor, confirmed.due_on) == (
        "measure_recurring",
        cast.people["clerk"],
        date(2026, 11, 14),
    )
    assert confirmed.measure is not None
    assert (confirmed.measure.text, confirmed.post) == ("每月抽查五份报销单", None)


def test_a_changed_measure_keeps_its_clock_and_goes_to_the_new_post(cast: Cast) -> None:
    take_up(cast, measure())
    duties(cast)
    take_up(cast, measure(post="CWC"), edition="2026-2", on=ON + DAY)
    (confirmed,) = duties(cast, ON + DAY)
    assert (confirmed.actor, confirmed.due_on, confirmed.edition) == (
        cast.people["head"],
        date(2026, 11, 14),
        "2026-2",
    )


def test_a_dated_measure_that_was_done_is_a_new_task_with_a_new_day(cast: Cast) -> None:
    take_up(cast, measure(due_on=DUE))
    duties(cast)
    Duty.objects.update(state="done", closed_on=ON)
    take_up(cast, measure(due_on=DUE + DAY), edition="2026-2", on=ON + DAY)
    found = [(each.due_on, each.state) for each in duties(cast, ON + DAY)]
    assert found == [(DUE, "done"), (DUE + DAY, "open")]


def test_a_measure_no_edition_has_any_more_lapses(cast: Cast) -> None:
    take_up(cast, measure())
    duties(cast)
    take_up(cast, edition="2026-2", on=ON + DAY)
    assert [(each.state, each.lapse) for each in duties(cast, ON)] == [("open", "")]
    assert [(each.state, each.lapse) for each in duties(cast, ON + DAY)] == [("lapsed", "measure")]


def test_a_rule_asked_for_is_followed_until_it_is_in_force_and_then_done(cast: Cast) -> None:
    made = regulation(cast, due_on=DUE)
    take_up(cast, measure(asks_rule=True, regulation="ZD-1"))
    (followed,) = duties(cast)
    assert (followed.rule, followed.due_on) == ("measure_rule", DUE)
    made.state, made.in_force_on = "in_force", ON + 2 * DAY
    made.save()
    assert [each.state for each in duties(cast, ON + DAY)] == ["open"]
    (followed,) = duties(cast, ON + 2 * DAY)
    assert (followed.state, followed.lapse, followed.closed_on) == ("done", "", ON + 2 * DAY)
    assert [each.state for each in duties(cast, ON + 3 * DAY)] == ["done"]


def test_a_measure_without_a_holder_lies_with_the_control_owner(cast: Cast) -> None:
    take_up(cast, measure(post=None))
    assert [(each.actor, each.actor_role) for each in duties(cast)] == [
        (cast.people["head"], "control_owner")
    ]
