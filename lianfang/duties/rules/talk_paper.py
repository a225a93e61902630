"""The printed record of a talk, 廉政谈话记录."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lianfang.documents.writing.official import Entry, RecordForm, day_in_words

TITLE = "廉政谈话记录"


@dataclass(frozen=True, kw_only=True)
class TalkTold:
    """A talk as its record tells it; moments are in the organisation's time zone.

    `kind` and `reasons` name their clauses.
    """

    organisation: str
    mark: str
    kind: str
    person: str
    unit: str
    post: str
    talker: str
    second: str
    starts_at: datetime
    minutes: int | None
    place: str
    reasons: Sequence[str]
    points: Sequence[str]
    notes: str
    commitments: str
    follow_up_on: date | None
    late_reason: str
    confirmed_at: datetime | None
    by_scan: bool
    supplements: Sequence[str]


def record_of(told: TalkTold) -> RecordForm:
    """Return the record of a talk to be printed and signed."""
    content = [f"{place}．{text}" for place, text in enumerate(told.points, 1)]
    content += [line.strip() for line in told.notes.splitlines() if line.strip()]
    return RecordForm(
        organisation=told.organisation,
        title=TITLE,
        number=told.mark,
        on=told.starts_at.date(),
        entries=(
            Entry("谈话对象", told.person),
            Entry("岗位", f"{told.unit}　{told.post}"),
            Entry("谈话人", told.talker),
            Entry("记录人", told.second or (told.talker if told.mark else "")),
            Entry("时间", _when(told.starts_at, told.minutes)),
            Entry("地点", told.place),
            Entry("事由", "、".join(told.reasons) or told.kind, wide=True),
            Entry("谈话内容", "\n".join(content), wide=True, lines=6),
            Entry("本人表态", told.commitments, wide=True, lines=3),
            Entry("后续安排", _follow_up(told), wide=True),
            *(Entry("补充", text, wide=True) for text in told.supplements),
        ),
        signatures=("谈话对象（签字）", "谈话人（签字）", "记录人（签字）", "日期"),
        remark=_remark(told),
    )


def _when(at: datetime, minutes: int | None) -> str:
    lasted = f"，{minutes}分钟" if minutes else ""
    return f"{day_in_words(at.date())} {at:%H:%M}{lasted}"


def _follow_up(told: TalkTold) -> str:
    if told.follow_up_on is not None:
        return f"再次谈话，不晚于{day_in_words(told.follow_up_on)}"
    return "无" if told.mark else ""


def _remark(told: TalkTold) -> str:
    said = [f"逾期说明：{told.late_reason.rstrip('。')}。"] if told.late_reason else []
    if told.confirmed_at is not None:
        on = day_in_words(told.confirmed_at.date())
        said.append(f"签字原件已于{on}存档。" if told.by_scan else f"本人已于{on}在系统中确认。")
    return "".join(said)
