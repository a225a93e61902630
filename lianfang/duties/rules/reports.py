"""What a duty asks to be written, and the way of such a report (五（五）2, 五（五）3).

A written report and a unit's report are sent to somebody who reads them; a statement and a visit
are put on record; a disclosure is open inside the unit for a while. The tables are the whole truth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lianfang.common.text import Text
from lianfang.duties.rules.actors import Acting, Actors
from lianfang.duties.rules.facts import Holding
from lianfang.scheme.model import Actor, DutyKind


class State(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    PUBLISHED = "published"
    FILED = "filed"


class Act(StrEnum):
    """What moves a report on."""

    SEND = "send"
    RETURN = "return"
    ACCEPT = "accept"
    CLOSE = "close"


class Course(StrEnum):
    """The way of a kind of report: read by somebody, put on record, or disclosed."""

    READ = "read"
    RECORDED = "recorded"
    DISCLOSED = "disclosed"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section: its heading, what to write there, and whether something must be written."""

    code: str
    label: Text
    hint: Text
    is_required: bool = True


COURSES: Mapping[str, Course] = {
    DutyKind.REPORT.value: Course.READ,
    DutyKind.UNIT_REPORT.value: Course.READ,
    DutyKind.STATEMENT.value: Course.RECORDED,
    DutyKind.VISIT.value: Course.RECORDED,
    DutyKind.DISCLOSURE.value: Course.DISCLOSED,
}
NEXT: Mapping[tuple[Course, State, Act], State] = {
    (Course.READ, State.DRAFT, Act.SEND): State.SUBMITTED,
    (Course.READ, State.SUBMITTED, Act.RETURN): State.RETURNED,
    (Course.READ, State.SUBMITTED, Act.ACCEPT): State.ACCEPTED,
    # what was returned has to be sent again
    (Course.READ, State.RETURNED, Act.SEND): State.SUBMITTED,
    (Course.RECORDED, State.DRAFT, Act.SEND): State.FILED,
    (Course.DISCLOSED, State.DRAFT, Act.SEND): State.PUBLISHED,
    (Course.DISCLOSED, State.PUBLISHED, Act.CLOSE): State.FILED,
}
# still being written: only who writes it sees the words
WRITTEN = (State.DRAFT, State.RETURNED)
# kinds with a day on which something took place
HELD = (DutyKind.STATEMENT.value, DutyKind.VISIT.value)

_PROBLEMS = Part(
    code="problems",
    label=Text("存在的问题", "Shortcomings"),
    hint=Text(
        "对照岗位风险点逐项检查，写具体的事，不写空话；没有发现问题也请说明检查了什么。",
        "Go through the risk points one by one and name particular things; where nothing was "
        "found, say what was looked at.",
    ),
)
_PLANS = Part(
    code="plans",
    label=Text("下一步打算", "What comes next"),
    hint=Text("写明做什么、由谁做、何时完成。", "Say what will be done, by whom, by when."),
)
PARTS: Mapping[str, tuple[Part, ...]] = {
    DutyKind.REPORT.value: (
        Part(
            code="powers",
            label=Text("岗位职权行使情况", "How the powers of the post were used"),
            hint=Text(
                "本期经办了哪些事项，有无超越权限、应回避未回避的情形。",
                "What was dealt with in the period; anything beyond authority, or done where one "
                "should have stood aside.",
            ),
        ),
        Part(
            code="risks",
            label=Text("岗位风险点和等级", "Risk points and their levels"),
            hint=Text(
                "风险有无变化、是否需要调整等级。",
                "Whether risks changed, and whether a level should be adjusted.",
            ),
            is_required=False,
        ),
        Part(
            code="measures",
            label=Text("防控措施落实情况", "Measures carried out"),
            hint=Text(
                "措施怎样执行、留下什么记录；未落实的说明原因。",
                "How measures were carried out and what shows it; reasons for those that were not.",
            ),
        ),
        Part(
            code="duties",
            label=Text("本期履责情况", "Duties of the period"),
            hint=Text(
                "谈话、学习等履责任务有需要说明的，写在这里。",
                "Anything to add about talks, learning and other duties.",
            ),
            is_required=False,
        ),
        _PROBLEMS,
        _PLANS,
    ),
    DutyKind.UNIT_REPORT.value: (
        Part(
            code="register",
            label=Text("单位职权和风险概况", "Powers and risks of the unit"),
            hint=Text("职权、岗位、风险有何变化。", "What changed in powers, posts and risks."),
            is_required=False,
        ),
        Part(
            code="measures",
            label=Text("防控措施落实情况", "Measures carried out"),
            hint=Text(
                "重点措施的落实和成效；未落实的说明原因。",
                "How the main measures went; reasons for those that were not carried out.",
            ),
        ),
        Part(
            code="duties",
            label=Text("履责情况", "Duties"),
            hint=Text(
                "谈话、报告、公开等是否按期完成；逾期的说明原因。",
                "Whether talks, reports, disclosures were on time; reasons for overdue ones.",
            ),
        ),
        _PROBLEMS,
        _PLANS,
    ),
    DutyKind.STATEMENT.value: (
        Part(
            code="risks",
            label=Text("岗位风险和等级变化", "Risks of the post and changes of level"),
            hint=Text("本期等级有变化的，说明原因。", "Where the level changed, say why."),
            is_required=False,
        ),
        Part(
            code="measures",
            label=Text("廉洁履责情况", "Integrity in duty"),
            hint=Text(
                "怎样履行防控责任、遵守廉洁纪律。",
                "How one's responsibility was met and the rules of integrity kept.",
            ),
        ),
        _PROBLEMS,
        Part(
            code="opinions",
            label=Text("会议意见和回应", "What the meeting said, and the answer"),
            hint=Text(
                "与会人员提出的意见，本人的回应和整改承诺。",
                "Opinions given at the meeting, one's answer and what one undertook.",
            ),
            is_required=False,
        ),
    ),
    DutyKind.DISCLOSURE.value: (
        Part(
            code="work",
            label=Text("重要工作内容", "Important work"),
            hint=Text(
                "本期重要事项：依据、过程、结果。不写涉密内容和他人个人信息。",
                "Important matters of the period: basis, course, result. No secrets, and nothing "
                "private about others.",
            ),
        ),
        Part(
            code="measures",
            label=Text("防控措施落实情况", "Measures carried out"),
            hint=Text(
                "这些事项中采取了哪些防控措施。", "Which measures were taken in these matters."
            ),
            is_required=False,
        ),
    ),
    DutyKind.VISIT.value: (
        Part(
            code="looked_at",
            label=Text("督促检查内容", "What was looked at"),
            hint=Text(
                "查看了哪些岗位、事项、记录，听取了谁的汇报。",
                "Which posts, matters and records were looked at, and who was heard.",
            ),
        ),
        Part(
            code="findings",
            label=Text("发现的情况", "What was found"),
            hint=Text(
                "做得好的和存在的问题；没有发现问题也请写明。",
                "What goes well and what does not; say so where nothing was found.",
            ),
        ),
        Part(
            code="asked",
            label=Text("提出的要求", "What was asked for"),
            hint=Text("要求谁在何时之前做什么。", "Who is to do what by when."),
        ),
    ),
}


def follows(kind: str, state: str, act: Act) -> State | None:
    """Return the state after an act, None where it is not done then."""
    return NEXT.get((COURSES[kind], State(state), act))


def missing_parts(kind: str, texts: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the sections in which something must be written and nothing is."""
    return tuple(
        part for part in PARTS[kind] if part.is_required and not texts.get(part.code, "").strip()
    )


def recipient_of(actors: Actors, kind: str, to: Actor | None, author: Holding) -> Acting:
    """Return who reads what an author sends: role and person, no person where a body does.

    Whoever the scheme names, else the control owner, or the discipline office for a unit's
    report; never the author, nor the office where the author sits in it. Source: 三, 五（五）2.
    """
    usual = Actor.DISCIPLINE_OFFICE if kind == DutyKind.UNIT_REPORT else Actor.CONTROL_OWNER
    return actors.above(to or usual, author)
