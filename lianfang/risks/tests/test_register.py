"""Database and Register, in both directions: nothing is lost, what is equal is left alone."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.actions.locks import RegisterLocked, lock, release
from lianfang.powers.actions.parts import StillMentioned
from lianfang.register.model import Power, PowerPost, Register, Role
from lianfang.risks.actions.apply import Applied, UnknownPlace, apply_register
from lianfang.risks.queries.load import load
from lianfang.risks.tests.registers import registers
from lianfang.scheme.load import load_scheme

pytestmark = pytest.mark.django_db
SCHEME = load_scheme("cnas-2012")


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def store(cast: Cast, register: Register) -> Applied:
    return apply_register(
        organisation=cast.organisation, register=register, scheme=SCHEME, on=ON, by=None, at=AT
    )


def kept(register: Register) -> tuple[object, ...]:
    """Return what apply_register is about, in the order of the codes."""
    return (
        register.regulations,
        tuple(sorted(register.powers, key=lambda power: power.id)),
        tuple(sorted(register.risks, key=lambda risk: risk.id)),
    )


few = settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@few
@given(register=registers())
def test_nothing_is_lost_between_register_and_database(cast: Cast, register: Register) -> None:
    with transaction.atomic():
        store(cast, register)
        assert kept(load(cast.organisation, ON)) == kept(register)
        events = Event.objects.count()
        assert store(cast, register) == Applied(added=0, changed=0)
        assert Event.objects.count() == events
        transaction.set_rollback(True)


@few
@given(first=registers(), second=registers())
def test_a_second_register_takes_the_place_of_what_it_mentions(
    cast: Cast, first: Register, second: Register
) -> None:
    without_steps = [power.id for power in second.powers]
    with transaction.atomic():
        store(cast, first)
        try:
            store(cast, second)
        except StillMentioned:
            transaction.set_rollback(True)
            return
        stored = load(cast.organisation, ON)
        known = {risk.id: risk for risk in stored.risks}
        assert all(known[risk.id] == risk for risk in second.risks)
        assert {power.id for power in stored.powers} >= set(without_steps)
        transaction.set_rollback(True)


def test_a_post_that_is_not_there_is_refused_by_name(cast: Cast) -> None:
    power = Power(id="CW-01", code="CW-01", unit="CW", name="付款", posts=(_part("XX"),))
    with pytest.raises(UnknownPlace) as refused:
        store(cast, Register(powers=(power,)))
    assert "XX" in str(refused.value)
    assert load(cast.organisation, ON).powers == ()


def test_a_locked_unit_refuses_and_an_open_one_does_not(cast: Cast) -> None:
    locked = lock(unit=cast.units["CW"], reason="已报送", by=None, at=AT)
    power = Power(id="CW-01", code="CW-01", unit="CW", name="付款")
    other = Power(id="PS-01", code="PS-01", unit="PS", name="评审")
    with pytest.raises(RegisterLocked):
        store(cast, Register(powers=(power,)))
    assert store(cast, Register(powers=(other,))).added == 1
    release(lock=locked, by=None, at=AT)
    assert store(cast, Register(powers=(power,))).added == 1


def _part(post: str) -> PowerPost:
    return PowerPost(post=post, role=Role.DECIDES)


@pytest.mark.parametrize("rows", [1, 20])
def test_loading_asks_as_much_whatever_is_stored(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    powers = tuple(
        Power(id=f"CW-{n:02}", code=f"CW-{n:02}", unit="CW", name=f"付款{n}", posts=(_part("CWC"),))
        for n in range(rows)
    )
    store(cast, Register(powers=powers))
    # units, posts, regulations; powers, bases, parts, steps, arrows; risks, posts,
    # manifestations, measures; holders; findings, staff
    with django_assert_num_queries(15):
        found = load(cast.organisation, ON)
    assert len(found.powers) == rows
