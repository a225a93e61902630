"""The official papers of the year: minutes, the notice of publication, the letter to a late unit.

Values only; `documents.writing` knows how they look (GB/T 9704—2012).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.documents.writing.official import (
    Attendance,
    Block,
    BlockKind,
    Kind,
    OfficialPaper,
    day_in_words,
)

_ORDER = "一二三四五六七八九"


@dataclass(frozen=True, kw_only=True)
class House:
    """Who issues: the organisation, its leading group and the group's office, by name."""

    organisation: str
    group: str
    office: str


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a meeting decided about a unit: `outcome` in words, who stayed out of it."""

    unit: str
    outcome: str
    changes: str
    approving: int
    recused: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Published:
    """An edition as a notice tells of it: `digest` of the file in 64 hex digits."""

    unit: str
    number: str
    powers: int
    risks: int
    digest: str


def minutes_of(
    house: House,
    mark: str,
    *,
    year: int,
    held_on: date,
    place: str,
    present: Sequence[str],
    absent: Sequence[str],
    decided: Sequence[Decided],
    on: date,
) -> OfficialPaper:
    """Return the minutes of a meeting that decided about filings (六（三）)."""
    opening = (
        f"{day_in_words(held_on)}，{house.group}在{place}召开会议，"
        f"审议{len(decided)}个单位的{year}年度职权运行和廉政风险防控填报。议定如下："
    )
    attendance = [Attendance("出席", "、".join(present))]
    if absent:
        attendance.append(Attendance("请假", "、".join(absent)))
    return OfficialPaper(
        kind=Kind.MINUTES,
        issuer=f"{house.group}会议纪要",
        number=mark,
        title=f"关于审议{year}年度廉政风险防控填报的\n会议纪要",
        on=on,
        body=(Block(opening), *(_told(place, one) for place, one in enumerate(decided))),
        attendance=tuple(attendance),
        printed_by=house.office,
        printed_on=on,
    )


def notice_of(
    house: House,
    mark: str,
    *,
    year: int,
    effective_from: date,
    published: Sequence[Published],
    on: date,
) -> OfficialPaper:
    """Return the notice that editions are published and from when they hold (六（三）)."""
    lines = [
        f"{one.unit}，版本{one.number}，职权{one.powers}项、风险点{one.risks}个，"
        f"文件摘要{one.digest[:16]}…"
        for one in published
    ]
    return OfficialPaper(
        kind=Kind.NOTICE,
        issuer=f"{house.organisation}文件",
        number=mark,
        title=f"{house.organisation}关于发布{year}年度\n职权运行和廉政风险防控措施的通知",
        on=on,
        addressee="各单位",
        body=(
            Block("下列单位的职权运行和廉政风险防控措施已经领导小组审议通过，现予发布。"),
            Block("一、发布内容", BlockKind.FIRST),
            *(Block(f"{place}.{line}。") for place, line in enumerate(lines, 1)),
            Block("二、施行", BlockKind.FIRST),
            Block(
                f"自{day_in_words(effective_from)}起施行。各岗位按确认的等级履行防控职责，"
                "各项措施由责任岗位落实并留存记录。"
            ),
            Block("三、查阅和核对", BlockKind.FIRST),
            Block("全文在系统“编制审核—版本”中查阅；下载的文件可以按摘要核对是否被改动。"),
        ),
        signed_by=house.organisation,
        printed_by=house.office,
        printed_on=on,
    )


def letter_to(
    house: House, mark: str, *, unit: str, year: int, state: str, due_on: date, on: date
) -> OfficialPaper:
    """Return the letter that reminds a unit whose filing is late (六（一）, 七（四）)."""
    return OfficialPaper(
        kind=Kind.LETTER,
        issuer=house.organisation,
        number=mark,
        title=f"关于催报{year}年度廉政风险防控填报的函",
        on=on,
        addressee=unit,
        body=(
            Block(
                f"{year}年度职权运行和廉政风险防控填报应于{day_in_words(due_on)}前报送。"
                f"至今日，你单位的填报状态为“{state}”。"
            ),
            Block("请抓紧完成并报送；确有困难的，请由单位负责人书面说明原因和预计完成的日期。"),
        ),
        signed_by=house.office,
    )


def number_in_words(place: int) -> str:
    """Return the number of a paragraph, counted from 0: 一, 十, 十一, 二十, 二十一."""
    tens, ones = divmod(place + 1, 10)
    front = (_ORDER[tens - 1] if tens > 1 else "") + "十" if tens else ""
    return front + (_ORDER[ones - 1] if ones else "")


def _told(place: int, one: Decided) -> Block:
    number = number_in_words(place)
    words = [f"{number}、{one.unit}：{one.outcome}（{one.approving}人赞成）"]
    if one.recused:
        words.append(f"{'、'.join(one.recused)}回避")
    if one.changes:
        words.append(f"要求：{one.changes.rstrip('。')}")
    return Block("；".join(words) + "。")
