"""Who may end a year: staff read its review, the office records it, a head does its tasks."""

from lianfang.cycles.models import CorrectiveTask, Cycle, CycleStage, RunningReview
from lianfang.files.actions import keep
from lianfang.org.tests.cast import AT, ON, Cast
from tests.access.cycles import OFFICE, year, year_under_way
from tests.access.parts import ADMINISTRATORS, EVERYBODY, STAFF, own_and_other, row


def reviewed(cast: Cast) -> int:
    """Return a year that has its running review, while its last stage is open."""
    year(cast)
    cycle = Cycle.objects.get(organisation=cast.organisation)
    CycleStage.objects.filter(cycle=cycle, code="improve").update(opened_on=ON)
    RunningReview.objects.get_or_create(
        cycle=cycle, defaults={"ran": "良好", "adjust": "无", "recorded_at": AT}
    )
    return cycle.year


def task(cast: Cast) -> int:
    """Return a task of finance that is to be done, with a file from an earlier try."""
    return _task(cast, CorrectiveTask.State.OPEN)


def task_done(cast: Cast) -> int:
    return _task(cast, CorrectiveTask.State.DONE)


def _task(cast: Cast, state: str) -> int:
    reviewed(cast)
    review = RunningReview.objects.get(cycle__organisation=cast.organisation)
    rows = CorrectiveTask.objects.filter(review=review, state=state)
    found = rows.first()
    if found is None:
        found = CorrectiveTask.objects.create(
            review=review,
            unit=cast.units["CW"],
            what="补写时限",
            due_on=ON,
            state=state,
            outcome="已补写",
            done_at=AT,
            evidence=keep(
                chunks=[b"%PDF-1.4\n%%EOF\n"],
                name="办法.pdf",
                organisation=cast.organisation.pk,
                by=None,
                at=AT,
            ),
        )
    return found.pk


def other_year(own: Cast, other: Cast) -> list[int]:
    """Return a year that nobody has."""
    reviewed(other)
    del own
    return [ON.year - 20]


IMPROVING = [
    row("cycles:running-review-now", STAFF, year_under_way, hidden=ADMINISTRATORS),
    row("cycles:running-review", STAFF, lambda own, _: [reviewed(own)], hidden=ADMINISTRATORS),
    row("cycles:running-review", set(), other_year, hidden=EVERYBODY, about="a year without work"),
    *(
        row(f"cycles:{name}", OFFICE, lambda own, _: [reviewed(own)], hidden=ADMINISTRATORS)
        for name in ("running-review-record", "running-review-paper", "task-add")
    ),
    *own_and_other("cycles:task-edit", OFFICE, task, hidden=ADMINISTRATORS),
    *own_and_other("cycles:task-do", {"head"}, task, hidden=ADMINISTRATORS),
    *own_and_other("cycles:task-confirm", OFFICE, task_done, hidden=ADMINISTRATORS, method="post"),
    *own_and_other("cycles:task-return", OFFICE, task_done, hidden=ADMINISTRATORS),
    *own_and_other("cycles:task-evidence", OFFICE | {"head"}, task_done, hidden=ADMINISTRATORS),
]
