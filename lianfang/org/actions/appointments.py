"""Who holds which post, and which leader has which unit: begun, ended, withdrawn (三)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.text import Text
from lianfang.org.actions.changing import (
    NotHere,
    Taken,
    add,
    change,
    require_going_on,
    require_one_organisation,
    require_order,
    withdraw,
)
from lianfang.org.models import Appointment, Person, Portfolio, Post, Unit, holding

CLAUSE_POST = "五（一）2"
CLAUSE_PORTFOLIO = "三"


@transaction.atomic
def appoint(
    *,
    person: Person,
    post: Post,
    from_on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    kind: str = Appointment.Kind.FULL,
    to_on: date | None = None,
    document: str = "",
) -> Appointment:
    """Record that somebody holds a post from a day on; the appointing body has decided.

    Raises NotHere for a retired post or somebody who has left, Taken where the same person holds
    the post on that day already.
    """
    require_one_organisation(person.organisation_id, post)
    require_order(from_on, to_on)
    person = Person.objects.select_for_update().get(pk=person.pk)
    post = Post.objects.get(pk=post.pk)
    _require_in_use(person, post, from_on)
    again = Text(
        f"{person.name}在 {from_on} 已任“{post.name}”，请核对起止日期。",
        f"{person.name} holds {post.name} on {from_on} already; check the dates.",
    )
    if Appointment.objects.filter(holding(from_on), person=person, post=post).exists():
        raise Taken(again)
    appointment = Appointment(
        organisation_id=person.organisation_id,
        person=person,
        post=post,
        kind=kind,
        from_on=from_on,
        to_on=to_on,
        document=document,
    )
    return add(
        appointment,
        organisation=person.organisation_id,
        by=by,
        at=at,
        action="org.appointment.recorded",
        taken=again,
        told={
            "person": person.name,
            "post": post.name,
            "kind": str(kind),
            "from_on": from_on.isoformat(),
            "to_on": to_on.isoformat() if to_on else "",
            "document": document,
        },
        rule=CLAUSE_POST,
    )


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, on: date, by: AbstractBaseUser | None, at: datetime
) -> Appointment:
    """Record the last day of an appointment. Raises WrongDates."""
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    require_going_on(appointment, on)
    return change(
        appointment,
        {"to_on": on},
        organisation=appointment.organisation_id,
        by=by,
        at=at,
        action="org.appointment.ended",
        taken=_odd(),
        rule=CLAUSE_POST,
    )


@transaction.atomic
def withdraw_appointment(
    *, appointment: Appointment, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Appointment:
    """Withdraw an appointment entered by mistake; the entry stays and is marked."""
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    withdraw(appointment, reason=reason, by=by, at=at, action="org.appointment.withdrawn")
    return appointment


@transaction.atomic
def give_portfolio(
    *,
    leader: Person,
    unit: Unit,
    from_on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    to_on: date | None = None,
) -> Portfolio:
    """Put a unit into a leader's portfolio; an earlier portfolio of the unit ends the day before.

    Raises NotHere unless the leader sits in the leadership on that day.
    """
    require_one_organisation(leader.organisation_id, unit)
    require_order(from_on, to_on)
    if not Appointment.objects.filter(
        holding(from_on), person=leader, post__is_leadership=True
    ).exists():
        raise NotHere(
            Text(
                f"{leader.name}在 {from_on} 不是班子成员，不能分管单位。请先登记其班子任职。",
                f"{leader.name} is no member of the leadership on {from_on}, so can't have a "
                "portfolio. Record the appointment first.",
            )
        )
    for earlier in Portfolio.objects.select_for_update().filter(holding(from_on), unit=unit):
        end_portfolio(
            portfolio=earlier,
            on=max(earlier.from_on, date.fromordinal(from_on.toordinal() - 1)),
            by=by,
            at=at,
        )
    portfolio = Portfolio(
        organisation_id=leader.organisation_id,
        leader=leader,
        unit=unit,
        from_on=from_on,
        to_on=to_on,
    )
    return add(
        portfolio,
        organisation=leader.organisation_id,
        by=by,
        at=at,
        action="org.portfolio.given",
        taken=Text(
            f"“{unit.name}”已有之后开始的分管安排，请先撤回。",
            f"{unit.name} has a portfolio that begins later; withdraw it first.",
        ),
        told={
            "leader": leader.name,
            "unit": unit.name,
            "from_on": from_on.isoformat(),
            "to_on": to_on.isoformat() if to_on else "",
        },
        rule=CLAUSE_PORTFOLIO,
    )


@transaction.atomic
def end_portfolio(
    *, portfolio: Portfolio, on: date, by: AbstractBaseUser | None, at: datetime
) -> Portfolio:
    """Record the last day of a portfolio. Raises WrongDates."""
    portfolio = Portfolio.objects.select_for_update().get(pk=portfolio.pk)
    require_going_on(portfolio, on)
    return change(
        portfolio,
        {"to_on": on},
        organisation=portfolio.organisation_id,
        by=by,
        at=at,
        action="org.portfolio.ended",
        taken=_odd(),
        rule=CLAUSE_PORTFOLIO,
    )


@transaction.atomic
def withdraw_portfolio(
    *, portfolio: Portfolio, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Portfolio:
    """Withdraw a portfolio entered by mistake; the entry stays and is marked."""
    portfolio = Portfolio.objects.select_for_update().get(pk=portfolio.pk)
    withdraw(portfolio, reason=reason, by=by, at=at, action="org.portfolio.withdrawn")
    return portfolio


def _require_in_use(person: Person, post: Post, on: date) -> None:
    if not post.in_use(on):
        raise NotHere(
            Text(
                f"岗位“{post.name}”已于 {post.retired_on} 停用，请另选岗位。",
                f"The post {post.name} was retired on {post.retired_on}; choose another one.",
            )
        )
    if person.left_on is not None and person.left_on <= on:
        raise NotHere(
            Text(
                f"{person.name}已于 {person.left_on} 离开，不能任职。",
                f"{person.name} left on {person.left_on} and can't be appointed.",
            )
        )


def _odd() -> Text:
    return Text(
        "与已有记录冲突，请核对起止日期。", "This clashes with another entry; check the dates."
    )
