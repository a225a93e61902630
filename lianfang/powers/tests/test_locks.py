"""What a lock closes, and what of it is open all the same."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.powers.actions.locks import (
    RegisterLocked,
    close_part,
    lock,
    open_part,
    release,
    require_open,
)
from lianfang.powers.models import EditLock
from lianfang.powers.queries.locks import Touched, lock_on, unit_lock, was_ever_closed
from lianfang.powers.tests.making import power

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def in_force(cast: Cast) -> EditLock:
    """Return the lock of finance, which has one power, CW-01."""
    power(cast)
    kind = EditLock.Kind.IN_FORCE
    return lock(unit=cast.units["CW"], reason="版本 2026-1", kind=kind, by=None, at=LATER)


def is_closed(cast: Cast, code: str = "", unit: str = "CW") -> bool:
    touched = [Touched(cast.units[unit].pk, code)]
    return lock_on(cast.organisation.pk, touched) is not None


def test_a_locked_unit_is_closed_but_for_a_power_opened_in_it(
    cast: Cast, in_force: EditLock
) -> None:
    assert is_closed(cast, "CW-01")
    assert is_closed(cast)
    assert not is_closed(cast, unit="PS")
    opening = open_part(
        lock=in_force, power=in_force.unit.powers.get(code="CW-01"), by=None, at=LATER
    )
    assert not is_closed(cast, "CW-01")
    assert is_closed(cast)
    assert is_closed(cast, "CW-02")
    close_part(opening=opening, by=None, at=LATER)
    assert is_closed(cast, "CW-01")


def test_the_rest_is_what_is_new_and_what_hangs_on_no_power_of_before(
    cast: Cast, in_force: EditLock
) -> None:
    open_part(lock=in_force, power=None, by=None, at=LATER)
    assert not is_closed(cast)
    assert is_closed(cast, "CW-01")
    new = power(cast)
    type(new).objects.filter(pk=new.pk).update(created_at=LATER)
    assert not is_closed(cast, new.code)
    # a power of another unit on which a risk point of this one hangs
    assert not is_closed(cast, "BG-01")


def test_one_closed_part_closes_all_that_is_touched_with_it(cast: Cast, in_force: EditLock) -> None:
    unit = cast.units["CW"].pk
    open_part(lock=in_force, power=None, by=None, at=LATER)
    with pytest.raises(RegisterLocked, match="版本 2026-1"):
        require_open(
            organisation=cast.organisation.pk, touched=[Touched(unit), Touched(unit, "CW-01")]
        )


def test_a_lock_of_a_power_closes_it_whatever_is_open_in_its_unit(
    cast: Cast, in_force: EditLock
) -> None:
    made = in_force.unit.powers.get(code="CW-01")
    open_part(lock=in_force, power=made, by=None, at=LATER)
    lock(unit=made.unit, power=made, reason="审核中", by=None, at=LATER)
    assert is_closed(cast, "CW-01")


def test_opening_and_closing_twice_writes_once(cast: Cast, in_force: EditLock) -> None:
    made = in_force.unit.powers.get(code="CW-01")
    opening = open_part(lock=in_force, power=made, by=None, at=LATER)
    assert open_part(lock=in_force, power=made, by=None, at=LATER) == opening
    close_part(opening=opening, by=None, at=LATER)
    close_part(opening=opening, by=None, at=LATER)
    events = Event.objects.filter(action__in=["powers.lock.opened", "powers.lock.closed"])
    assert events.count() == 2


def test_what_was_sent_in_once_is_nobodys_draft_any_more(cast: Cast, in_force: EditLock) -> None:
    unit = cast.units["CW"].pk
    release(lock=in_force, by=None, at=LATER)
    assert unit_lock(unit) is None
    assert was_ever_closed(unit, AT)
    assert not was_ever_closed(unit, LATER + timedelta(days=1))


def test_reading_costs_one_statement_where_nothing_is_locked_and_three_where_it_is(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = power(cast)
    touched = [Touched(made.unit_id, made.code)]
    with django_assert_num_queries(1):  # locks
        assert lock_on(cast.organisation.pk, touched) is None
    held = lock(unit=made.unit, reason="审核中", by=None, at=LATER)
    open_part(lock=held, power=None, by=None, at=LATER)
    with django_assert_num_queries(3):  # locks, openings, powers of before
        assert lock_on(cast.organisation.pk, touched) == held
