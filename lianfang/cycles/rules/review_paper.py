"""The running review of a year as a notice to all units, with its corrective tasks (六（五）)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.cycles.rules.improving import YearFigures
from lianfang.cycles.rules.papers import House
from lianfang.documents.writing.official import (
    Block,
    BlockKind,
    Kind,
    OfficialPaper,
    day_in_words,
)


@dataclass(frozen=True, kw_only=True)
class Charged:
    """A task as a notice tells of it; `post` is empty where the unit's head answers for it."""

    unit: str
    post: str
    what: str
    due_on: date


def review_notice(
    house: House,
    mark: str,
    *,
    year: int,
    ran: str,
    adjust: str,
    figures: YearFigures,
    levels: Sequence[tuple[str, int]],
    recorded_on: date,
    tasks: Sequence[Charged],
    on: date,
) -> OfficialPaper:
    """Return the notice of how a year ran and what units put right.

    `levels` are the words of the levels with the number of risk points; `recorded_on` is the day
    of the figures.
    """
    return OfficialPaper(
        kind=Kind.NOTICE,
        issuer=f"{house.organisation}文件",
        number=mark,
        title=f"{house.organisation}关于{year}年度\n廉政风险防控运行评价和整改任务的通知",
        on=on,
        addressee="各单位",
        body=(
            Block("一、运行情况", BlockKind.FIRST),
            Block(_counted(figures, levels, recorded_on)),
            *_paragraphs(ran),
            Block("二、需要调整的事项", BlockKind.FIRST),
            *_paragraphs(adjust),
            Block("三、整改任务", BlockKind.FIRST),
            *_charged(tasks),
        ),
        signed_by=house.organisation,
        printed_by=house.office,
        printed_on=on,
    )


def _counted(figures: YearFigures, levels: Sequence[tuple[str, int]], on: date) -> str:
    told = "、".join(f"{word}{count}个" for word, count in levels)
    return (
        f"截至{day_in_words(on)}，{figures.units}个单位中{figures.published}个已发布版本，"
        f"{figures.late}个逾期未报；登记风险点{figures.all_risks}个，其中{told}；"
        f"审核意见{figures.remarks}条，未办结{figures.remarks_open}条；"
        f"待年度复核的风险点{figures.waiting}个。"
    )


def _paragraphs(text: str) -> list[Block]:
    return [Block(line.strip()) for line in text.splitlines() if line.strip()]


def _charged(tasks: Sequence[Charged]) -> list[Block]:
    if not tasks:
        return [Block("本年度没有下达整改任务。")]
    return [
        Block(f"{place}.{_charge(task)}，于{day_in_words(task.due_on)}前完成。")
        for place, task in enumerate(tasks, 1)
    ]


def _charge(task: Charged) -> str:
    post = f"（{task.post}）" if task.post else ""
    return f"{task.unit}{post}：{task.what.rstrip('。')}"
