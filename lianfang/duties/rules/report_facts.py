"""What the records say about a post or a unit, in sentences with which a report begins.

The record is Chinese, as are the names in it; what the author adds stands beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

_MOST = 20
_END, _STOP = "；", "。"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many of one sort of duties fell due: done, open, of these overdue, waived."""

    label: str
    done: int = 0
    open: int = 0
    late: int = 0
    waived: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return self.done + self.open + self.waived


@dataclass(frozen=True, kw_only=True)
class LevelChange:
    """A level that began in the period; `by` is the edition, empty where it was raised."""

    on: date
    level: str
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Records:
    """What is on record about a post, or a unit, on a day.

    `powers` are names with the post's part; `risks` titles with the word of their level; `levels`
    counts risk points by the word of their level; `measures` the words of those in force;
    `carried` and `duties` count what fell due in the period, or is overdue.
    """

    on: date
    edition: str = ""
    powers: Sequence[tuple[str, str]] = ()
    power_count: int = 0
    risks: Sequence[tuple[str, str]] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    changes: Sequence[LevelChange] = ()
    measures: Sequence[str] = ()
    carried: Counted = Counted(label="措施落实")
    duties: Sequence[Counted] = ()


def facts_for(code: str, records: Records) -> str:
    """Return what the records say in a section, empty where they say nothing there."""
    say = _SAYS.get(code)
    return say(records) if say else ""


def _powers(records: Records) -> str:
    if not records.powers:
        return _as_of(records, "没有登记本岗位的职权。")
    told = _END.join(f"{name}（{part}）" for name, part in records.powers[:_MOST])
    return _as_of(
        records, f"本岗位涉及职权{len(records.powers)}项：{told}{_more(records.powers)}。"
    )


def _risks(records: Records) -> str:
    if not records.risks:
        told = "没有登记本岗位的风险点。"
    else:
        listed = _END.join(f"{title}（{level}）" for title, level in records.risks[:_MOST])
        told = f"本岗位风险点{len(records.risks)}个：{listed}{_more(records.risks)}。"
    return _as_of(records, told) + "\n" + _changed(records)


def _changed(records: Records) -> str:
    if not records.changes:
        return "本期岗位等级没有变化。"
    told = _END.join(
        f"自{_day(one.on)}起为{one.level}（{f'版本{one.by}' if one.by else '等级上调'}）"
        for one in records.changes
    )
    return f"本期岗位等级：{told}。"


def _register(records: Records) -> str:
    edition = f"现行版本{records.edition}" if records.edition else "尚无现行版本"
    levels = "、".join(f"{word}{count}个" for word, count in records.levels.items())
    total = sum(records.levels.values())
    told = f"，其中{levels}" if levels else ""
    return _as_of(records, f"{edition}；职权{records.power_count}项，风险点{total}个{told}。")


def _measures(records: Records) -> str:
    if not records.measures:
        return _as_of(records, "没有在行措施。")
    told = _as_of(records, f"在行措施{len(records.measures)}项。")
    listed = "".join(
        f"\n{place}. {text.rstrip(_STOP)}{_STOP}"
        for place, text in enumerate(records.measures[:_MOST], 1)
    )
    rest = f"\n另有{len(records.measures) - _MOST}项。" if len(records.measures) > _MOST else ""
    return f"{told}{_count(records.carried)}{listed}{rest}"


def _duties(records: Records) -> str:
    found = [one for one in records.duties if one.all]
    if not found:
        return _as_of(records, "本期没有到期的履责任务。")
    return _as_of(records, "".join(_count(one) for one in found))


def _looked_at(records: Records) -> str:
    return f"{_register(records)}\n{_duties(records)}"


def _count(one: Counted) -> str:
    if not one.all:
        return ""
    late = f"（逾期{one.late}项）" if one.late else ""
    waived = f"，免除{one.waived}项" if one.waived else ""
    return f"{one.label}{one.all}项：已完成{one.done}项，未完成{one.open}项{late}{waived}。"


def _more(rows: Sequence[object]) -> str:
    return "等" if len(rows) > _MOST else ""


def _as_of(records: Records, told: str) -> str:
    return f"截至{_day(records.on)}，{told}"


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


_SAYS = {
    "powers": _powers,
    "work": _powers,
    "risks": _risks,
    "register": _register,
    "measures": _measures,
    "duties": _duties,
    "looked_at": _looked_at,
}
