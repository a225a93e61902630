"""A duty is done by whoever is to act, waived by somebody else; both once."""

from datetime import timedelta

import pytest

from lianfang.audit.models import Event
from lianfang.duties import access
from lianfang.duties.actions.closing import (
    NotOpen,
    NotYetDone,
    OwnDuty,
    fulfil_duty,
    waive_duty,
)
from lianfang.duties.models import Duty
from lianfang.duties.tests.making import owed
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def fulfil(duty: Duty, cast: Cast, days: int = 0) -> Duty:
    return fulfil_duty(
        duty=duty,
        done_on=ON + timedelta(days=days),
        evidence="谈话记录一份",
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )


def test_a_duty_is_done_once_on_a_day_that_has_come(cast: Cast) -> None:
    made = owed(cast)
    with pytest.raises(NotYetDone):
        fulfil(made, cast, days=1)
    done = fulfil(made, cast, days=-1)
    assert (done.state, done.closed_on) == ("done", ON - timedelta(days=1))
    event = Event.objects.get(action="duties.duty.done")
    assert event.organisation == cast.organisation.pk
    with pytest.raises(NotOpen):
        fulfil(made, cast)


@pytest.mark.parametrize("part", ["head", "clerk"])
def test_nobody_waives_what_they_are_to_do_or_what_is_about_them(cast: Cast, part: str) -> None:
    made = owed(cast)
    with pytest.raises(OwnDuty):
        waive_duty(duty=made, reason="已调离", on=ON, by=cast.logins[part], at=AT)
    waived = waive_duty(duty=made, reason="已调离", on=ON, by=cast.logins["officer"], at=AT)
    assert (waived.state, waived.waived_reason) == ("waived", "已调离")


@pytest.mark.parametrize(
    ("part", "sees", "does", "waives"),
    [
        ("head", True, True, False),
        ("clerk", True, False, False),
        ("deputy", True, False, True),
        ("officer", True, False, True),
        ("secretary", True, False, True),
        ("office", True, False, False),
        ("colleague", False, False, False),
        ("system", False, False, False),
        ("audit", False, False, False),
    ],
)
def test_who_sees_does_and_waives_a_duty(
    cast: Cast, part: str, sees: bool, does: bool, waives: bool
) -> None:
    made, standing = owed(cast), cast.standing(part)
    assert access.duties_visible_to(standing).filter(pk=made.pk).exists() == sees
    assert access.may_do(standing, made) == does
    assert access.may_waive(standing, made) == waives
    assert access.duties_of(standing).filter(pk=made.pk).exists() == does


def test_a_body_acts_by_its_members_but_not_about_themselves(cast: Cast) -> None:
    role = Duty.ActorRole.DISCIPLINE_OFFICE
    of_clerk = owed(cast, actor=None, actor_role=role)
    of_officer = owed(cast, actor=None, actor_role=role, person=cast.people["officer"])
    officer = cast.standing("officer")
    assert access.may_do(officer, of_clerk)
    assert not access.may_do(officer, of_officer)
    assert list(access.duties_of(officer)) == [of_clerk]
