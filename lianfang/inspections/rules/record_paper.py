"""The printed record of a visit, 廉政监督检查记录."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.documents.writing.official import Entry, RecordForm, day_in_words

TITLE = "廉政监督检查记录"


@dataclass(frozen=True, kw_only=True)
class LineTold:
    """A measure as it was found, in words."""

    code: str
    text: str
    answer: str
    seen: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class FoundTold:
    """Something found, who puts it right and until when."""

    what: str
    post: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class RecordTold:
    """A record as it is printed; `reason` is the rule with its clause, `mark` may be empty."""

    organisation: str
    mark: str
    held_on: date
    person: str
    unit: str
    post: str
    level: str
    inspectors: Sequence[str]
    changed_reason: str
    reason: str
    lines: Sequence[LineTold]
    findings: Sequence[FoundTold]
    remark: str


def form_of(told: RecordTold) -> RecordForm:
    """Return the record of a visit to be printed and signed."""
    changed = f"更换检查人员：{told.changed_reason.rstrip('。')}。" if told.changed_reason else ""
    return RecordForm(
        organisation=told.organisation,
        title=TITLE,
        number=told.mark,
        on=told.held_on,
        entries=(
            Entry("被检查人", told.person),
            Entry("岗位", f"{told.unit}　{told.post}"),
            Entry("检查日期", day_in_words(told.held_on)),
            Entry("岗位等级", told.level),
            Entry("检查人员", "、".join(told.inspectors)),
            Entry("依据", told.reason),
            Entry("防控措施落实情况", "\n".join(_lines(told.lines)), wide=True, lines=5),
            Entry("检查发现", "\n".join(_found(told.findings)), wide=True, lines=3),
            Entry("总体意见", told.remark, wide=True, lines=3),
        ),
        signatures=("被检查人（签字）", "检查人员（签字）", "单位负责人（签字）", "日期"),
        remark=changed,
    )


def _lines(lines: Sequence[LineTold]) -> list[str]:
    return [_line(place, line) for place, line in enumerate(lines, 1)] or ["本岗位没有在行措施"]


def _line(place: int, line: LineTold) -> str:
    told = f"{place}．{line.text}（{line.code}）：{line.answer or '未填写'}"
    seen = f"；查看{line.seen}" if line.seen else ""
    remark = f"；{line.remark}" if line.remark else ""
    return f"{told}{seen}{remark}"


def _found(findings: Sequence[FoundTold]) -> list[str]:
    if not findings:
        return ["无"]
    return [
        f"{place}．{one.what}（{one.post or '单位负责人'}，{day_in_words(one.due_on)}前整改）"
        for place, one in enumerate(findings, 1)
    ]
