"""The tasks that came of a year's check."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianfang.assessment.models import Assessment, AssessmentTask


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task, and whether it is past its day."""

    task: AssessmentTask
    is_late: bool


def tasks_in(rows: QuerySet[AssessmentTask], assessment: Assessment, on: date) -> list[TaskLine]:
    """Return the tasks of units in a year, by unit. One statement."""
    found = rows.filter(sheet__assessment=assessment, sheet__person=None).select_related(
        "sheet__unit"
    )
    return [
        TaskLine(task=task, is_late=task.state == AssessmentTask.State.OPEN and task.due_on < on)
        for task in found.order_by("sheet__unit__order", "sheet__unit__code", "pk")
    ]
