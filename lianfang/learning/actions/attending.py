"""Who took part is noted: by the code on the screen, by the organiser; and undone (二)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from lianfang.common.clock import day_in
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.learning.actions.counting import count_hours, uncount_hours
from lianfang.learning.actions.parts import (
    locked_activity,
    locked_organisation,
    note,
    require_act,
)
from lianfang.learning.models import Activity, Attendance
from lianfang.learning.rules.codes import is_right
from lianfang.learning.rules.states import REMOTE, ActivityAct
from lianfang.notices.actions import tell
from lianfang.org.models import Person

UNDONE = "learning.attendance_undone"


class WrongCode(Refused):
    """A code that no open activity shows now."""


class OwnAttendance(Refused):
    """An organiser notes or undoes that they took part themself."""


class NobodyChosen(Refused):
    """An organiser notes nobody."""


class UndoneAlready(Refused):
    """An attendance that was undone before."""


class NotHereYet(Refused):
    """Somebody is noted before the activity began."""


@transaction.atomic
def sign_in(
    *, person: Person, typed: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Attendance:
    """Note that somebody is where the code is shown; done again, it writes nothing.

    The code says which activity it is. Raises WrongCode.
    """
    organisation = locked_organisation(person.organisation_id)
    rows = Activity.objects.filter(organisation=organisation, state=Activity.State.OPEN)
    shown = next(
        (
            activity
            for activity in rows.exclude(kind__in=REMOTE).order_by("pk")
            if is_right(activity.secret, typed, at)
        ),
        None,
    )
    if shown is None:
        raise WrongCode(
            Text(
                "签到码不对，或已经过期。请照屏幕上现在的数字再输一次。",
                "The code is wrong, or has run out. Type the digits that the screen shows now.",
            )
        )
    activity = locked_activity(shown)
    require_act(activity, ActivityAct.COME)
    return attend(activity, person, Attendance.Way.CODE, on, by, at)


@transaction.atomic
def note_attendance(
    *,
    activity: Activity,
    people: Iterable[Person],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> list[Attendance]:
    """Note the people who took part, as the organiser saw; those noted before stay as they are.

    All or none. Raises ActivityMovedOn, NobodyChosen, NotHereYet, and OwnAttendance for whoever
    notes it: they come by the code or the quiz.
    """
    locked_organisation(activity.organisation_id)
    activity = locked_activity(activity)
    require_act(activity, ActivityAct.NOTE)
    chosen = list(people)
    if not chosen:
        raise NobodyChosen(
            Text("没有选择人员。请至少选择一人。", "Nobody was chosen. Choose at least one.")
        )
    if any(person.login_id is not None and by and person.login_id == by.pk for person in chosen):
        raise _own()
    if activity.starts_at > at:
        raise NotHereYet(
            Text(
                f"“{activity.title}”还没有开始，不能登记到场人员。",
                f"“{activity.title}” has not begun, so nobody has come yet.",
            )
        )
    return [attend(activity, person, Attendance.Way.LIST, on, by, at) for person in chosen]


@transaction.atomic
def undo_attendance(
    *, attendance: Attendance, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Attendance:
    """Undo a wrong entry for a reason; hours that are too few then open the duty again.

    The person is told of it. Raises UndoneAlready, ActivityMovedOn, OwnAttendance.
    """
    locked_organisation(attendance.activity.organisation_id)
    activity = locked_activity(attendance.activity)
    require_act(activity, ActivityAct.NOTE)
    rows = Attendance.objects.select_for_update(of=("self",)).select_related("person__login")
    found = rows.get(pk=attendance.pk)
    if found.undone_at is not None:
        raise UndoneAlready(
            Text(
                "这条签到已经撤销。请刷新页面。",
                "This entry was undone already. Reload the page.",
            )
        )
    if by is not None and found.person.login_id == by.pk:
        raise _own()
    found.undone_at, found.undone_reason = at, reason
    found.save(update_fields=["undone_at", "undone_reason"])
    told = {"person": (found.person.name, None), "undone_reason": (None, reason)}
    note("attendance.undone", activity, activity.organisation_id, by, at, told)
    uncount_hours(person=found.person, year=activity.plan.year, reason=reason, by=by, at=at)
    if found.person.login is not None:
        tell(recipient=found.person.login, kind=UNDONE, url=reverse("learning:mine"), at=at, by=by)
    return found


def attend(
    activity: Activity,
    person: Person,
    way: Attendance.Way,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Attendance:
    """Note that somebody took part in a locked activity, and count the hours."""
    known = Attendance.objects.filter(activity=activity, person=person, undone_at=None).first()
    if known is not None:
        return known
    made = Attendance.objects.create(
        activity=activity,
        person=person,
        way=way,
        noted_by_id=by.pk if by else None,
        noted_at=at,
    )
    told = {"person": (None, person.name), "way": (None, way.value)}
    note("attendance.noted", activity, activity.organisation_id, by, at, told)
    count_hours(
        person=person,
        year=activity.plan.year,
        done_on=day_of(activity, at),
        on=on,
        by=by,
        at=at,
    )
    return made


def day_of(activity: Activity, at: datetime) -> date:
    """Return the day on which something counts: its last day, or today where that is earlier."""
    return day_in(activity.organisation.time_zone, min(at, activity.ends_at))


def _own() -> OwnAttendance:
    return OwnAttendance(
        Text(
            "组织者不能登记或撤销自己的到场。请用签到码签到，或请另一位组织者办理。",
            "Organisers neither note nor undo that they took part themselves. Sign in by the "
            "code, or ask another organiser.",
        )
    )
