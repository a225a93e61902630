"""The papers of the yearly check: the notice of its results, and letters of accountability.

Values only; `documents.writing` knows how they look (GB/T 9704—2012).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.documents.writing.official import (
    Block,
    BlockKind,
    Kind,
    OfficialPaper,
    day_in_words,
)


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Who issues: the organisation, and the office that prints, by name."""

    organisation: str
    office: str


@dataclass(frozen=True, kw_only=True)
class UnitTold:
    """The result of a unit as a notice tells it; `rank` is its place among all."""

    name: str
    score: str
    band: str
    rank: int


@dataclass(frozen=True, kw_only=True)
class TaskTold:
    """What a unit is to put right, until when."""

    unit: str
    what: str
    due_on: date


def notice_of(
    issuer: Issuer,
    mark: str,
    *,
    year: int,
    scope: str,
    units: Sequence[UnitTold],
    bands: Sequence[str],
    people: int,
    tasks: Sequence[TaskTold],
    on: date,
) -> OfficialPaper:
    """Return the notice of a year's results; it names units, never a person (五（七）1)."""
    counted = "，".join(
        f"{band}{number}个" for band in bands if (number := sum(u.band == band for u in units))
    )
    body = [
        Block(
            f"{year}年度职权运行和廉政风险防控检查考核已经领导小组审定。共考核{len(units)}个单位"
            f"（{counted}）和{people}名人员，现将单位结果通报如下；个人结果由本人在系统中查看。"
        ),
        Block("一、单位考核结果", BlockKind.FIRST),
        *(
            Block(f"{place}.{unit.name}：{unit.score}分，{unit.band}，第{unit.rank}名。")
            for place, unit in enumerate(units, 1)
        ),
    ]
    if tasks:
        body.append(Block("二、整改要求", BlockKind.FIRST))
        body += [
            Block(
                f"{place}.{one.unit}：{one.what.rstrip('。')}，{day_in_words(one.due_on)}前完成。"
            )
            for place, one in enumerate(tasks, 1)
        ]
    body.append(Block(f"{'三' if tasks else '二'}、结果运用", BlockKind.FIRST))
    body.append(Block("考核结果作为业绩评定、奖励惩处、选拔任用的依据，运用情况逐项登记。"))
    return OfficialPaper(
        kind=Kind.NOTICE,
        issuer=f"{issuer.organisation}文件",
        number=mark,
        title=f"{issuer.organisation}关于{year}年度\n廉政风险防控检查考核结果的通报",
        on=on,
        addressee=scope,
        body=tuple(body),
        signed_by=issuer.organisation,
        printed_by=issuer.office,
        printed_on=on,
    )


def letter_of(
    issuer: Issuer,
    mark: str,
    *,
    person: str,
    kind: str,
    clause: str,
    grounds: Sequence[str],
    facts: str,
    decision: str,
    effect: str,
    appeal: str,
    on: date,
) -> OfficialPaper:
    """Return the letter that tells somebody what was decided about them (五（七）2)."""
    body = [
        Block("一、事实", BlockKind.FIRST),
        Block(facts),
        Block("二、情形和依据", BlockKind.FIRST),
        Block(f"{'；'.join(grounds)}（{kind}，{clause}）。"),
        Block("三、决定", BlockKind.FIRST),
        Block(decision),
    ]
    if effect:
        body.append(Block(f"影响：{effect.rstrip('。')}。"))
    body += [Block("四、申诉", BlockKind.FIRST), Block(appeal)]
    return OfficialPaper(
        kind=Kind.LETTER,
        issuer=issuer.organisation,
        number=mark,
        title="责任追究决定书",
        on=on,
        addressee=person,
        body=tuple(body),
        signed_by=issuer.organisation,
    )
