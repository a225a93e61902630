"""What happened in the example after the staff list was imported: histories have a course."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from lianfang.accounts.models import User
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.org import actions as org
from lianfang.org.models import Appointment, Organisation, Person, Post, Unit


def deeds_since(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> list[Deed]:
    """Set numbers of the scheme; let people leave and move, a duty and a portfolio change."""
    system, moment = logins["system"], calendar.moment
    return [
        *_set_numbers(organisation, logins["office"], calendar),
        Deed(moment(14, 9, 30), partial(_leave, organisation, system, calendar)),
        Deed(moment(9, 15), partial(_rotate, organisation, system, calendar)),
        Deed(moment(6, 14, 40), partial(_reword, organisation, system)),
        Deed(moment(5, 9), partial(_portion, organisation, system, calendar)),
    ]


def _set_numbers(organisation: Organisation, office: User, calendar: Calendar) -> Iterator[Deed]:
    for path, number, from_on, reason, at in _numbers(calendar):
        yield Deed(at, partial(_set_number, organisation, office, path, number, from_on, reason))


def _set_number(
    organisation: Organisation,
    office: User,
    path: str,
    number: float | None,
    from_on: date,
    reason: str,
    at: datetime,
) -> None:
    org.set_number(
        organisation=organisation,
        path=path,
        number=number,
        from_on=from_on,
        reason=reason,
        by=office,
        at=at,
    )


def _numbers(calendar: Calendar) -> tuple[tuple[str, float | None, date, str, datetime], ...]:
    talk, consultation = "duties.talk_regular_high.interval", "provisions.consultation.amount"
    half_year_ago, last_month = calendar.day("-7m@1"), calendar.day("-1m@1")
    next_year = date(calendar.on.year + 1, 1, 1)
    return (
        (
            *(talk, 5, half_year_ago, "领导小组会议决定：高等级岗位每五个月谈话一次。"),
            calendar.moment(245, 10),
        ),
        (
            *(consultation, 15, last_month, "职工代表建议延长征求意见的时间。"),
            calendar.moment(35, 10, 20),
        ),
        (
            *("duties.check_medium.share", 40, next_year, "明年起扩大中等级岗位的抽查面。"),
            calendar.moment(28, 16),
        ),
        (
            *(consultation, None, calendar.day("-10d"), "十个工作日已够，恢复方案原值。"),
            calendar.moment(16, 11),
        ),
    )


def _leave(organisation: Organisation, by: User, calendar: Calendar, at: datetime) -> None:
    """Let an application officer go to another institution."""
    org.record_departure(
        person=_person(organisation, "1810"),
        on=calendar.day("-12d"),
        by=by,
        at=at,
    )


def _rotate(organisation: Organisation, by: User, calendar: Calendar, at: datetime) -> None:
    """Move a purchasing officer into the place that became free."""
    person = _person(organisation, "1113")
    held = Appointment.objects.get(person=person, to_on=None)
    org.end_appointment(appointment=held, on=calendar.day("-8d"), by=by, at=at)
    org.appoint(
        person=person,
        post=_post(organisation, "SLC-SL"),
        from_on=calendar.day("-7d"),
        document=f"示评人〔{calendar.day('-9d').year}〕36号",
        by=by,
        at=at,
    )


def _reword(organisation: Organisation, by: User, at: datetime) -> None:
    """Add a duty to the description of the post that charges fees."""
    post = _post(organisation, "CWC-SF")
    org.change_post(
        post=post,
        values={
            "duties": f"{post.duties}\n每月公布减免和退费清单",
            "duties_en": f"{post.duties_en}\nPublishes waivers and refunds every month",
        },
        version=post.version,
        by=by,
        at=at,
    )


def _portion(organisation: Organisation, by: User, calendar: Calendar, at: datetime) -> None:
    """Put complaints into the portfolio of the secretary for discipline."""
    org.give_portfolio(
        leader=_person(organisation, "1006"),
        unit=Unit.objects.get(organisation=organisation, code="ZLC-TS"),
        from_on=calendar.day("-5d"),
        by=by,
        at=at,
    )


def _person(organisation: Organisation, code: str) -> Person:
    return Person.objects.get(organisation=organisation, code=code)


def _post(organisation: Organisation, code: str) -> Post:
    return Post.objects.get(organisation=organisation, code=code)
