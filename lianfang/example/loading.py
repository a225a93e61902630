"""Loads the example institution through the doors that everybody uses, with a past of its own.

What a person would have done step by step is done in that order and at such times, by the logins
that may do it; the log of the example reads like one of a real institution.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from lianfang.accounts import actions as accounts
from lianfang.accounts.models import User
from lianfang.common.collecting import paused_collection
from lianfang.common.progress import Report
from lianfang.example.alerts import deeds_of_alerts
from lianfang.example.assessed import deeds_of_assessment
from lianfang.example.deeds import do
from lianfang.example.delivered import deliver
from lianfang.example.duties_done import deeds_of_duties
from lianfang.example.duties_reports import deeds_of_reports
from lianfang.example.entering import Kind, example_logins
from lianfang.example.filing import deeds_of_register
from lianfang.example.guard import example, require_example_only
from lianfang.example.inspected import deeds_of_inspections
from lianfang.example.last_year import deeds_of_last_year
from lianfang.example.last_year_duties import deeds_of_last_year_duties
from lianfang.example.leads import deeds_of_leads
from lianfang.example.learning import deeds_of_learning
from lianfang.example.moments import FOUNDED, LISTED, Calendar, calendar_at
from lianfang.example.reading import rows_of, workbook_of
from lianfang.example.sealed import deeds_of_sealed_reports
from lianfang.example.shown import deeds_of_showing
from lianfang.example.since import deeds_since
from lianfang.example.staff import deeds_of_staff
from lianfang.example.surveys import deeds_of_surveys
from lianfang.example.talks import deeds_of_talks
from lianfang.example.year import deeds_of_the_year
from lianfang.org import actions as org
from lianfang.org.actions.roster import apply_roster, open_roster
from lianfang.org.actions.setup import change_organisation
from lianfang.org.exchange.calendar import departures_of, known_years
from lianfang.org.exchange.roster.looking import roster_of
from lianfang.org.models import Organisation, Person
from lianfang.org.rules.roster.model import Sheet

Step = Callable[[Organisation, dict[str, User], Calendar], None]

CODE = "mec"
_STAFF_LIST = (Sheet.UNITS, Sheet.POSTS, Sheet.PEOPLE, Sheet.SEATS, Sheet.PORTFOLIOS)


def load_example(*, at: datetime, report: Report | None = None) -> Organisation:
    """Load the example as it is at a moment, and return it; one that is there stays as it is.

    Raises HoldsSomethingElse for a database with anything else in it. One transaction.
    """
    require_example_only()
    loaded = example()
    if loaded is not None:
        return loaded
    with transaction.atomic(), paused_collection():
        return _load(calendar_at(at), report)


@transaction.atomic
def load_staff(*, at: datetime) -> Organisation:
    """Load the example's units, posts and people as they are at a moment, and nothing they did.

    Raises HoldsSomethingElse for a database with anything in it.
    """
    require_example_only()
    return _load(calendar_at(at), None, (*_STAFF, _change_staff))


def _load(
    calendar: Calendar, report: Report | None, steps: tuple[Step, ...] | None = None
) -> Organisation:
    organisation = _founded(calendar)
    logins = {login.username: login for login in _administrators(organisation, calendar)}
    every = steps or (*_STAFF, _happen, deliver)
    for done, step in enumerate(every, start=1):
        step(organisation, logins, calendar)
        if report is not None:
            report(done, len(every))
    return organisation


def _change_staff(organisation: Organisation, logins: dict[str, User], calendar: Calendar) -> None:
    """Let people come, move and go since the staff list was imported."""
    do(deeds_of_staff(organisation, logins, calendar))


def _happen(organisation: Organisation, logins: dict[str, User], calendar: Calendar) -> None:
    """Let the year since then go by, and the weeks of this one."""
    do(
        [
            *deeds_of_staff(organisation, logins, calendar),
            *deeds_of_register(organisation, logins, calendar),
            *deeds_of_last_year(organisation, logins, calendar),
            *deeds_of_last_year_duties(organisation, logins, calendar),
            *deeds_since(organisation, logins, calendar),
            *deeds_of_the_year(organisation, logins, calendar),
            *deeds_of_reports(organisation, logins, calendar),
            *deeds_of_talks(organisation, logins, calendar),
            *deeds_of_surveys(organisation, logins, calendar),
            *deeds_of_duties(organisation, logins, calendar),
            *deeds_of_inspections(organisation, logins, calendar),
            *deeds_of_learning(organisation, logins, calendar),
            *deeds_of_showing(organisation, logins, calendar),
            *deeds_of_sealed_reports(organisation, logins, calendar),
            *deeds_of_alerts(organisation, logins, calendar),
            *deeds_of_leads(organisation, logins, calendar),
            *deeds_of_assessment(organisation, logins, calendar),
        ]
    )


def _founded(calendar: Calendar) -> Organisation:
    root = rows_of("units")[0]
    organisation = org.create_organisation(
        code=CODE,
        root_code=root["代码"],
        name=root["名称"],
        name_en=root["英文名称"],
        is_example=True,
        at=calendar.moment(FOUNDED, 9),
    )
    return change_organisation(
        organisation=organisation,
        values={
            "superior_name": "示范主管机关",
            "superior_name_en": "Model Supervising Authority",
        },
        by=None,
        at=calendar.moment(FOUNDED, 9, 5),
    )


def _administrators(organisation: Organisation, calendar: Calendar) -> list[User]:
    at = calendar.moment(FOUNDED, 9, 10)
    made = []
    for each in example_logins():
        if each.kind in (Kind.SYSTEM, Kind.SECURITY, Kind.AUDIT):
            login = _login(each.username, organisation, by=None, at=at)
            org.appoint_administrator(
                organisation=organisation,
                login=login,
                kind=each.kind,
                name=each.name.zh,
                name_en=each.name.en,
                by=None,
                at=at,
            )
            made.append(login)
    return made


def _login(username: str, organisation: Organisation, *, by: User | None, at: datetime) -> User:
    """Return a new login without a password: it is entered with one click."""
    return accounts.create_login(
        username=username,
        password=None,
        must_change_password=False,
        organisation=organisation.pk,
        by=by,
        at=at,
    )


def _load_calendars(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> None:
    wanted = range(calendar.on.year - 2, calendar.on.year + 2)
    for minute, year in enumerate(sorted(set(wanted) & set(known_years()))):
        org.load_calendar(
            organisation=organisation,
            year=year,
            departures=departures_of(year),
            source=f"国务院办公厅关于 {year} 年部分节假日安排的通知",
            by=logins["system"],
            at=calendar.moment(LISTED, 9, minute),
        )


def _import_staff(organisation: Organisation, logins: dict[str, User], calendar: Calendar) -> None:
    _import(
        organisation,
        "示范评价中心名册.xlsx",
        _STAFF_LIST,
        calendar,
        by=logins["system"],
        at=calendar.moment(LISTED, 14),
    )


def _seat_bodies(organisation: Organisation, logins: dict[str, User], calendar: Calendar) -> None:
    """Import who sits in which body, which is for the security administrator: it grants roles."""
    _import(
        organisation,
        "领导小组和机构成员.xlsx",
        (Sheet.MEMBERS,),
        calendar,
        by=logins["security"],
        at=calendar.moment(LISTED - 1, 10),
    )


def _import(
    organisation: Organisation,
    name: str,
    sheets: tuple[Sheet, ...],
    calendar: Calendar,
    *,
    by: User,
    at: datetime,
) -> None:
    content = workbook_of(sheets, title=name.removesuffix(".xlsx"), on=calendar.on, as_of=at.date())
    opened = open_roster(organisation=organisation, chunks=[content], name=name, by=by, at=at)
    apply_roster(
        organisation=organisation,
        roster=roster_of(opened),
        source=opened,
        may_seat=Sheet.MEMBERS in sheets,
        by=by,
        at=at,
    )


def _give_logins(organisation: Organisation, logins: dict[str, User], calendar: Calendar) -> None:
    people = {person.code: person for person in Person.objects.filter(organisation=organisation)}
    security = logins["security"]
    for minute, each in enumerate(example_logins()):
        if each.person:
            at = calendar.moment(LISTED - 1, 15, minute)
            login = _login(each.username, organisation, by=security, at=at)
            org.attach_login(person=people[each.person], login=login, by=security, at=at)
            logins[each.username] = login


def _record_qualifications(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> None:
    people = {person.code: person for person in Person.objects.filter(organisation=organisation)}
    for minute, row in enumerate(rows_of("qualifications")):
        org.record_qualification(
            person=people[row["工号"]],
            name=row["资格"],
            number=row["证书编号"],
            valid_to=calendar.day(row["有效期至"]) if row["有效期至"] else None,
            by=logins["system"],
            at=calendar.moment(LISTED - 2, 9, minute),
        )


_STAFF: tuple[Step, ...] = (
    _load_calendars,
    _import_staff,
    _seat_bodies,
    _give_logins,
    _record_qualifications,
)
