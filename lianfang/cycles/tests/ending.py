"""The end of a year for the tests: its last stage open, a review, tasks, who does them."""

from datetime import date

from lianfang.cycles.actions import cycle as stages
from lianfang.cycles.actions.improving import File, do_task, record_review, set_task
from lianfang.cycles.models import CorrectiveTask, Cycle, CycleStage, RunningReview
from lianfang.cycles.tests.year import SCHEME, opened
from lianfang.org.tests.cast import AT, ON, Cast

DUE = date(2026, 12, 20)


def improving(cast: Cast) -> Cycle:
    """Open the year and its last stage, and return the year."""
    made = opened(cast)
    stages.open_stage(stage=made.stages.get(code="improve"), reason="演练", on=ON, by=None, at=AT)
    return made


def reviewed(cast: Cast, cycle: Cycle, ran: str = "措施基本落实", **more: object) -> RunningReview:
    return record_review(
        cycle=cycle,
        ran=ran,
        adjust="调整两项职权的措施",
        scheme=SCHEME,
        on=ON,
        by=cast.logins["office"],
        at=AT,
        **more,  # type: ignore[arg-type]
    )


def charged(cast: Cast, review: RunningReview, unit: str = "CW", **more: object) -> CorrectiveTask:
    values: dict[str, object] = {"post": None, "what": "补写付款复核的时限", "due_on": DUE}
    return set_task(
        review=review,
        unit=cast.units[unit],
        on=ON,
        by=cast.logins["office"],
        at=AT,
        **{**values, **more},  # type: ignore[arg-type]
    )


def done(cast: Cast, task: CorrectiveTask, file: File | None = None) -> CorrectiveTask:
    return do_task(task=task, outcome="已补写并培训", file=file, by=cast.logins["head"], at=AT)


def closed(cast: Cast, cycle: Cycle) -> CycleStage:
    return stages.close_stage(
        stage=cycle.stages.get(code="improve"),
        reason="提前",
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )
