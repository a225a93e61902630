"""Who came, moved and left in the example since the staff list was imported."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from lianfang.accounts.models import User
from lianfang.duties.actions.appointing import confirm_appointment, confirm_end_of_appointment
from lianfang.example.deeds import Deed
from lianfang.example.moments import LISTED, Calendar, working_hour
from lianfang.example.reading import Row, rows_of
from lianfang.org import actions as org
from lianfang.org.models import Appointment, Organisation, Person, Post

_KINDS = {
    "专任": Appointment.Kind.FULL,
    "兼任": Appointment.Kind.CONCURRENT,
    "代理": Appointment.Kind.ACTING,
}
# how long before its first day an appointment is recorded, so that there is time to talk
_AHEAD = timedelta(days=9)
# Stands in a document's number for the year in which it was issued.
_YEAR = "{年}"


def deeds_of_staff(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> Iterator[Deed]:
    """Record appointments that began or ended since, who left, and relatives made known."""
    system, listed = logins["system"], calendar.moment(LISTED, 9).date()
    for row in rows_of("appointments"):
        begins = calendar.day(row["起"])
        if begins > listed:
            known = max(begins - _AHEAD, listed + timedelta(days=5))
            yield Deed(working_hour(known), partial(_begin, organisation, system, row, begins))
        if row["止"] and (ends := calendar.day(row["止"])) >= listed:
            yield Deed(working_hour(ends), partial(_end, organisation, system, row, ends))
    for row in rows_of("people"):
        if row["离开日期"] and (left := calendar.day(row["离开日期"])) >= listed:
            yield Deed(working_hour(left), partial(_leave, organisation, system, row, left))
    for row in rows_of("kinship"):
        known = max(calendar.day(row["登记日期"]), calendar.moment(LISTED - 4, 9).date())
        yield Deed(working_hour(known), partial(_relate, organisation, system, calendar, row))


def _person(organisation: Organisation, code: str) -> Person:
    return Person.objects.get(organisation=organisation, code=code)


def _begin(organisation: Organisation, by: User, row: Row, begins: date, at: datetime) -> None:
    confirm_appointment(
        person=_person(organisation, row["工号"]),
        post=Post.objects.get(organisation=organisation, code=row["岗位代码"]),
        from_on=begins,
        kind=_KINDS[row["方式"]],
        document=row["任命文号"].replace(_YEAR, str(begins.year)),
        on=at.date(),
        by=by,
        at=at,
    )


def _end(organisation: Organisation, by: User, row: Row, ends: date, at: datetime) -> None:
    held = Appointment.objects.select_related("post").get(
        person__code=row["工号"], post__code=row["岗位代码"], organisation=organisation, to_on=None
    )
    confirm_end_of_appointment(appointment=held, last_on=ends, on=at.date(), by=by, at=at)


def _leave(organisation: Organisation, by: User, row: Row, left: date, at: datetime) -> None:
    org.record_departure(person=_person(organisation, row["工号"]), on=left, by=by, at=at)


def _relate(
    organisation: Organisation, by: User, calendar: Calendar, row: Row, at: datetime
) -> None:
    relatives = Person.objects.filter(organisation=organisation, code=row["亲属工号"])
    org.record_kinship(
        person=_person(organisation, row["工号"]),
        relation=row["关系"],
        relative=relatives.first(),
        relative_name=row["亲属姓名"],
        note=row["说明"],
        on=calendar.day(row["登记日期"]),
        by=by,
        at=at,
    )
