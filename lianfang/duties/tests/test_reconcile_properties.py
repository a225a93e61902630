"""Two years of any institution: what is stored is what the oracle and plain counting say."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.duties.actions.reconcile import Reconciled, reconcile
from lianfang.duties.models import Duty
from lianfang.duties.queries import facts
from lianfang.duties.queries.facts import facts_of
from lianfang.duties.rules.day import looks_back_to
from lianfang.duties.rules.oracle import wanted
from lianfang.duties.rules.values import Wanted
from lianfang.duties.tests.random_worlds import FIRST, worlds
from lianfang.duties.tests.simulated import Kept, Key, Simulated
from lianfang.duties.tests.storing import store
from lianfang.duties.tests.world import Seated, World
from lianfang.org.models import Appointment, Organisation
from lianfang.org.tests.cast import AT

pytestmark = pytest.mark.django_db
SOME = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


class Step(NamedTuple):
    """So many days later; by their places: duties closed before, an appointment gone or back."""

    days: int
    closed: list[tuple[int, str]]
    withdrawn: int


STEPS = st.lists(
    st.builds(
        Step,
        st.integers(0, 250),
        st.lists(st.tuples(st.integers(0, 50), st.sampled_from(["done", "waived"])), max_size=3),
        st.integers(0, 2),
    ),
    min_size=2,
    max_size=6,
)


def stored(organisation: Organisation) -> dict[Key, Kept]:
    rows = Duty.objects.filter(organisation=organisation).values_list(
        *Wanted._fields, "state", "lapse"
    )
    found = [Kept(Wanted(*row[:-2]), row[-2], row[-1]) for row in rows]
    return {(each.duty.ground, each.duty.period): each for each in found}


def close(simulated: Simulated, organisation: Organisation, step: Step) -> None:
    for place, state in step.closed:
        keys = simulated.open_keys()
        if keys:
            ground, period = key = keys[place % len(keys)]
            simulated.put(key, state)
            Duty.objects.filter(organisation=organisation, ground=ground, period=period).update(
                state=state, closed_on=period, waived_reason="另有安排"
            )


def withdraw(everybody: World, organisation: Organisation, gone: set[Seated]) -> World:
    """Let these appointments, and no others, be withdrawn."""
    for each in everybody.seated:
        rows = Appointment.objects.filter(organisation=organisation, from_on=each.from_on)
        rows.filter(person=each.person, post=each.post).update(
            withdrawn_at=AT if each in gone else None
        )
    return replace(everybody, seated=tuple(each for each in everybody.seated if each not in gone))


def run(organisation: Organisation, on: date, units: list[int] | None = None) -> Reconciled:
    at = datetime.combine(on, AT.timetz())
    return reconcile(organisation=organisation, on=on, units=units, by=None, at=at)


@SOME
@given(worlds(), STEPS)
def test_two_years_of_reconciling_come_to_what_oracle_and_plain_counting_say(
    everybody: World, steps: list[Step]
) -> None:
    with transaction.atomic():
        organisation, simulated, on = store(everybody), Simulated(), FIRST
        gone: set[Seated] = set()
        for step in steps:
            close(simulated, organisation, step)
            gone ^= set(everybody.seated[step.withdrawn : step.withdrawn + 2])
            world = withdraw(everybody, organisation, gone)
            on += timedelta(days=step.days)
            run(organisation, on)
            simulated.reconcile(world.facts(on))
            rows = stored(organisation)
            assert rows == simulated.kept
            assert recent(rows, on) == keys(world.wanted(on)) - closed(rows)
            assert run(organisation, on) == Reconciled()
        transaction.set_rollback(True)


def keys(duties: list[Wanted]) -> set[Key]:
    return {(each.ground, each.period) for each in duties}


def closed(rows: dict[Key, Kept]) -> set[Key]:
    return {key for key, each in rows.items() if each.state in {"done", "waived"}}


def recent(rows: dict[Key, Kept], on: date) -> set[Key]:
    """Return what is open, but for periods that ended longer ago than one looks back."""
    return {
        key
        for key, each in rows.items()
        if each.state == "open" and (each.duty.due_on >= looks_back_to(on) or is_once(each.duty))
    }


def is_once(duty: Wanted) -> bool:
    """Return whether a ground asks for it only once, so that it is looked back at for ever."""
    once = {"rotation_high", "measure_dated", "measure_rule"}
    return duty.origin == "appointment" or duty.rule in once


@SOME
@given(worlds(), STEPS)
def test_units_reconciled_one_by_one_leave_only_learning_to_the_whole(
    world: World, steps: list[Step]
) -> None:
    with transaction.atomic():
        organisation, on = store(world), FIRST
        for step in steps:
            on += timedelta(days=step.days)
            for each in world.units:
                run(organisation, on, [each.id])
            before = stored(organisation)
            run(organisation, on)
            after = stored(organisation)
            changed = {key for key in after if before.get(key) != after[key]}
            assert {after[key].duty.rule for key in changed} <= {"learning"}
        transaction.set_rollback(True)


@SOME
@given(worlds(), st.integers(0, 800))
def test_the_facts_read_are_those_of_the_world(world: World, days: int) -> None:
    on = FIRST + timedelta(days=days)
    with transaction.atomic():
        organisation = store(world)
        owed = sorted(world.wanted(on), key=str)
        assert sorted(wanted(facts_of(organisation, on)), key=str) == owed
        with mock.patch.object(facts, "AROUND", 0):
            assert sorted(wanted(facts_of(organisation, on)), key=str) == owed
        transaction.set_rollback(True)
