"""What somebody learnt in a year, one by one."""

from dataclasses import dataclass
from datetime import date

from lianfang.common.clock import day_in
from lianfang.duties.models import Duty
from lianfang.learning.models import Attendance, Certificate
from lianfang.learning.queries.hours import attendances_in, duty_of
from lianfang.learning.rules.certificate import Attended, Learnt
from lianfang.learning.rules.hours import Progress, Taken, total
from lianfang.org.models import Appointment, Organisation, Person, holding


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """An activity somebody took part in, and what it counts."""

    attendance: Attendance
    taken: Taken


@dataclass(frozen=True, kw_only=True)
class Record:
    """The learning of somebody in a year; `duty` is None where nothing is asked."""

    lines: tuple[RecordLine, ...]
    duty: Duty | None

    @property
    def progress(self) -> Progress:
        """How far it is."""
        done = total(line.taken for line in self.lines)
        return Progress(done=done, asked=self.duty.hours if self.duty else None)


def record_of(organisation: int, person: int, year: int) -> Record:
    """Return the learning of somebody in a year, first things first. Two statements."""
    rows = attendances_in(organisation, year).filter(person=person)
    found = rows.select_related("activity__quiz", "activity__unit").order_by(
        "activity__starts_at", "pk"
    )
    return Record(
        lines=tuple(RecordLine(attendance=row, taken=_taken(row)) for row in found),
        duty=duty_of(organisation, person, year),
    )


def certificates_of(person: int) -> list[Certificate]:
    """Return somebody's certificates, the latest first. One statement."""
    rows = Certificate.objects.filter(person=person, document__isnull=False)
    return list(rows.select_related("document").order_by("-year", "-pk"))


def learnt_in(organisation: Organisation, person: Person, year: int, on: date) -> Learnt:
    """Return what a certificate tells. Three statements."""
    record = record_of(organisation.pk, person.pk, year)
    seat = (
        Appointment.objects.filter(holding(on), person=person)
        .select_related("post__unit")
        .order_by("from_on", "pk")
        .first()
    )
    zone = organisation.time_zone
    return Learnt(
        organisation=organisation.name,
        person=person.name,
        code=person.code,
        unit=seat.post.unit.name if seat else "",
        post=seat.post.name if seat else "",
        year=year,
        done=record.progress.done,
        asked=record.progress.asked or 0.0,
        attended=[
            Attended(
                on=day_in(zone, line.attendance.activity.starts_at),
                title=line.attendance.activity.title,
                kind=str(line.attendance.activity.get_kind_display()),
                hours=line.taken.counts,
            )
            for line in record.lines
            if line.taken.counts
        ],
        on=on,
    )


def _taken(row: Attendance) -> Taken:
    activity = row.activity
    has_quiz = hasattr(activity, "quiz")
    passed: bool = getattr(row, "has_passed", False)
    return Taken(activity=activity.pk, hours=activity.hours, passed=passed if has_quiz else None)
