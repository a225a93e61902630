"""The certificate of a year's learning as a form to be printed (二)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.documents.writing.official import Entry, RecordForm, day_in_words

TITLE = "廉政学习证明"


@dataclass(frozen=True, kw_only=True)
class Attended:
    """An activity that counts: when, what it was, for how many hours."""

    on: date
    title: str
    kind: str
    hours: float


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What somebody learnt in a year, as the certificate tells it."""

    organisation: str
    person: str
    code: str
    unit: str
    post: str
    year: int
    done: float
    asked: float
    attended: Sequence[Attended]
    on: date


def certificate_of(learnt: Learnt, mark: str) -> RecordForm:
    """Return the certificate under its number."""
    lines = [
        f"{place}．{day_in_words(one.on)}　{one.title}（{one.kind}，{one.hours:g}学时）"
        for place, one in enumerate(learnt.attended, 1)
    ]
    return RecordForm(
        organisation=learnt.organisation,
        title=TITLE,
        number=mark,
        on=learnt.on,
        entries=(
            Entry("姓名", learnt.person),
            Entry("工号", learnt.code),
            Entry("单位", learnt.unit),
            Entry("岗位", learnt.post),
            Entry("年度", f"{learnt.year}年"),
            Entry("学时", f"完成{learnt.done:g}学时，应完成{learnt.asked:g}学时"),
            Entry("参加的学习", "\n".join(lines), wide=True, lines=8),
            Entry(
                "证明",
                f"{learnt.person}同志{learnt.year}年度廉政学习已达到所任岗位等级规定的学时。",
                wide=True,
                lines=2,
            ),
        ),
        signatures=("经办人（签字）", "单位（盖章）", "日期"),
        remark=f"由系统于{day_in_words(learnt.on)}按签到和测验记录生成。",
    )
