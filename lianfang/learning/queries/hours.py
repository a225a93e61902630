"""Hours somebody learnt in a year, and the duty that asks for them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from lianfang.duties.models import Duty
from lianfang.learning.models import Activity, Attendance, QuizTry
from lianfang.learning.rules.hours import Taken, total

# while it runs and after, an activity gives hours
_GIVES = (Activity.State.OPEN, Activity.State.HELD)


def attendances_in(organisation: int, year: int) -> QuerySet[Any]:
    """Return who took part in what in a year, with `has_quiz` and `has_passed`."""
    passed = QuizTry.objects.filter(
        quiz__activity=OuterRef("activity"), person=OuterRef("person"), passed=True
    )
    return Attendance.objects.filter(
        undone_at=None,
        activity__organisation=organisation,
        activity__plan__year=year,
        activity__state__in=_GIVES,
    ).annotate(has_passed=Exists(passed))


def taken_in(
    organisation: int, year: int, people: Collection[int] | None = None
) -> Mapping[int, list[Taken]]:
    """Return what each person took part in in a year: all, or of some people. One statement."""
    rows = attendances_in(organisation, year)
    if people is not None:
        rows = rows.filter(person__in=people)
    columns = rows.order_by("activity__starts_at", "activity").values_list(
        "person", "activity", "activity__hours", "activity__quiz", "has_passed"
    )
    found: dict[int, list[Taken]] = {}
    for person, activity, hours, quiz, has_passed in columns:
        taken = Taken(
            activity=activity, hours=hours, passed=has_passed if quiz is not None else None
        )
        found.setdefault(person, []).append(taken)
    return found


def hours_of(organisation: int, person: int, year: int) -> float:
    """Return the hours of somebody in a year. One statement."""
    return total(taken_in(organisation, year, [person]).get(person, ()))


def learning_duties(organisation: int, year: int) -> QuerySet[Duty]:
    """Return what a year asks everybody to learn; what lapsed asks for nothing."""
    return Duty.objects.filter(
        organisation=organisation, kind=Duty.Kind.LEARNING, due_on__year=year
    ).exclude(state=Duty.State.LAPSED)


def duty_of(organisation: int, person: int, year: int) -> Duty | None:
    """Return what a year asks somebody to learn, an open duty first. One statement."""
    rows = learning_duties(organisation, year).filter(actor=person).order_by("pk")
    found = list(rows)
    opened = (duty for duty in found if duty.state == Duty.State.OPEN)
    return next(opened, found[-1] if found else None)
