"""A plan, activities, cases and duties of learning in the small organisation."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from lianfang.duties.models import Duty
from lianfang.duties.tests.making import owed
from lianfang.files.actions import issue_document
from lianfang.learning.actions.activities import Details, open_activity, plan_activity
from lianfang.learning.actions.attending import note_attendance
from lianfang.learning.actions.cases import Told, publish_case, write_case
from lianfang.learning.actions.materials import Sent, add_material
from lianfang.learning.actions.planning import LevelPlanned, publish_plan, write_plan
from lianfang.learning.actions.quizzes import write_quiz
from lianfang.learning.models import (
    Activity,
    Attendance,
    Certificate,
    LearningPlan,
    Material,
    WarningCase,
)
from lianfang.learning.rules.codes import code_at, step_of
from lianfang.learning.rules.warning import Kinds, kinds_of
from lianfang.org.models import Unit
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.risks.models import RiskPoint, RiskPost

BEGAN = AT - timedelta(hours=1)
QUIZ = "收到礼金怎么办？\n*退回并报告\n先收下\n\n哪些人要回避？\n*亲属\n*原单位同事\n陌生人"
ALL_RIGHT: list[list[int]] = [[0], [0, 1]]
ALL_WRONG: list[list[int]] = [[1], [2]]
FOCUS = kinds_of([], ["large_sums"], [])


def draft(cast: Cast, year: int = 2026) -> LearningPlan:
    """Return the draft of a plan."""
    return write_plan(
        organisation=cast.organisation,
        year=year,
        aim="先学后做",
        levels=[
            LevelPlanned(level="high", hours=12.0, topics="职权边界"),
            LevelPlanned(level="", hours=4.0, topics=""),
        ],
        by=cast.logins["office"],
        at=AT,
    )


def plan_of(cast: Cast) -> LearningPlan:
    """Return the published plan of 2026, made where there is none."""
    found = LearningPlan.objects.filter(organisation=cast.organisation, year=2026).first()
    return found or publish_plan(plan=draft(cast), by=cast.logins["office"], at=AT)


def details(**values: Any) -> Details:
    """Return a lecture of two hours that began an hour ago and lasts one more."""
    given: dict[str, Any] = {
        "title": "职权边界",
        "kind": "lecture",
        "starts_at": BEGAN,
        "ends_at": AT + timedelta(hours=1),
        "place": "三楼会议室",
        "trainer": "纪检监察室",
        "hours": 2.0,
        "about": "讲职权从哪里来",
    }
    return Details(**{**given, **values})


def planned(cast: Cast, unit: Unit | None = None, **values: Any) -> Activity:
    """Return an activity that is planned."""
    return plan_activity(
        plan=plan_of(cast), unit=unit, details=details(**values), by=cast.logins["office"], at=AT
    )


def opened(cast: Cast, unit: Unit | None = None, *, quiz: bool = False, **values: Any) -> Activity:
    """Return an activity that is open, with a quiz or without."""
    activity = planned(cast, unit, **values)
    if quiz:
        quizzed(cast, activity)
    return open_activity(activity=activity, by=cast.logins["office"], at=AT)


def quizzed(cast: Cast, activity: Activity, tries: int = 2) -> Activity:
    """Give an activity a quiz of two questions, both to be right."""
    write_quiz(
        activity=activity,
        text=QUIZ,
        pass_mark=100,
        tries=tries,
        by=cast.logins["office"],
        at=AT,
    )
    return activity


def code_of(activity: Activity, at: datetime = AT) -> str:
    """Return what the screen shows."""
    return code_at(activity.secret, step_of(at))


def noted(cast: Cast, activity: Activity, *parts: str) -> list[Attendance]:
    """Let the office note that some came."""
    return note_attendance(
        activity=activity,
        people=[cast.people[part] for part in parts],
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def to_learn(cast: Cast, part: str = "clerk", hours: float | None = 4.0, **values: Any) -> Duty:
    """Return somebody's open duty to learn in 2026."""
    given: dict[str, Any] = {
        "kind": Duty.Kind.LEARNING,
        "rule": "learning",
        "ground": f"learning:{part}",
        "period": date(2026, 1, 1),
        "clause": "二",
        "level": "",
        "person": cast.people[part],
        "actor": cast.people[part],
        "actor_role": Duty.ActorRole.HOLDER,
        "opens_on": date(2026, 1, 1),
        "due_on": date(2026, 12, 31),
        "hours": hours,
    }
    return owed(cast, **{**given, **values})


def told(kinds: Kinds = FOCUS, **values: Any) -> Told:
    """Return what a case tells."""
    given: dict[str, Any] = {
        "title": "拆分支付案",
        "text": "某单位出纳把一笔大额支出拆成几笔。",
        "lesson": "大额支出不得拆分。",
        "source": "虚构，供示范",
        "kinds": kinds,
    }
    return Told(**{**given, **values})


def written(cast: Cast, kinds: Kinds = FOCUS, **values: Any) -> WarningCase:
    """Return the draft of a case."""
    return write_case(
        organisation=cast.organisation,
        told=told(kinds, **values),
        by=cast.logins["officer"],
        at=AT,
    )


def published(cast: Cast, kinds: Kinds = FOCUS, **values: Any) -> WarningCase:
    """Return a case that is published."""
    case = written(cast, kinds, **values)
    return publish_case(case=case, by=cast.logins["officer"], at=AT)


def risk(
    cast: Cast, post: str = "CWG", *, focus: str = "large_sums", aspects: Sequence[str] = ()
) -> RiskPoint:
    """Return a risk point that a post carries."""
    made = RiskPoint.objects.create(
        organisation=cast.organisation,
        unit=cast.posts[post].unit,
        code=f"R-{RiskPoint.objects.count() + 1}",
        title="拆分大额支出",
        focus=focus,
        aspects=list(aspects),
        created_at=AT,
    )
    RiskPost.objects.create(risk=made, post=cast.posts[post], order=0)
    return made


def with_file(cast: Cast) -> Material:
    """Return a file beside a planned activity."""
    return add_material(
        activity=planned(cast),
        title="讲义",
        file=Sent(name="讲义.txt", chunks=["先学后做".encode()]),
        by=cast.logins["office"],
        at=AT,
    )


def certified(cast: Cast) -> Certificate:
    """Return a certificate of the clerk, whose file nobody printed."""
    document = issue_document(
        organisation=cast.organisation.pk,
        series="廉学",
        kind="learning",
        title="廉政学习证明",
        about=cast.people["clerk"],
        is_confined=True,
        make=lambda mark: (f"{mark}.txt", "证明".encode()),
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )
    return Certificate.objects.create(
        organisation=cast.organisation,
        person=cast.people["clerk"],
        year=2026,
        hours=4.0,
        document=document,
    )
