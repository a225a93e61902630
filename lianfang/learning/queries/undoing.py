"""What undoing an entry would do."""

from lianfang.duties.models import Duty
from lianfang.learning.models import Attendance, HoursReached
from lianfang.learning.queries.hours import taken_in
from lianfang.learning.rules.hours import Progress, total


def opens_again(attendance: Attendance) -> Progress | None:
    """Return how far somebody would be without an entry, where their duty opens again by it.

    None where it does not. Two statements at most.
    """
    year, person = attendance.activity.plan.year, attendance.person_id
    reached = HoursReached.objects.filter(person=person, year=year).select_related("duty").first()
    if reached is None or reached.duty.state != Duty.State.DONE:
        return None
    taken = taken_in(reached.organisation_id, year, [person]).get(person, [])
    left = total(each for each in taken if each.activity != attendance.activity_id)
    progress = Progress(done=left, asked=reached.duty.hours)
    return None if progress.is_reached else progress
