"""Recomputes a draw sheet and says exactly what in it does not hold.

Source: 质检认纪〔2012〕1号 五（五）.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import zip_longest

from msgspec import Struct

from lianfang.common.text import Text
from lianfang.inspections.rules.drawing import (
    Picked,
    Result,
    Stratum,
    commitment_to,
    draw,
    mixed,
)
from lianfang.inspections.rules.plan import Entry, Inspector, line_digest, plan_digest
from lianfang.inspections.rules.sheet import Sheet, to_bytes

_HEX = frozenset("0123456789abcdef")
_DIGITS = 64


class Place(StrEnum):
    """What of a sheet does not hold."""

    ENTRY = "entry"
    INSPECTOR = "inspector"
    PLAN = "plan"
    ANNOUNCED = "announced"
    SEED = "seed"
    VALUE = "value"
    STRATUM = "stratum"
    DRAWN = "drawn"
    INSPECTORS = "inspectors"
    BYTES = "bytes"


class Fault(Struct, frozen=True):
    """Something that does not hold: what, the line or number of it, and a sentence."""

    place: Place
    line: int
    text: Text


def faults_in(
    sheet: Sheet, content: bytes, *, digest: str | None = None, commitment: str | None = None
) -> list[Fault]:
    """Return what does not hold; nothing for a sheet that is as it was made.

    `digest` and `commitment` are those announced before the draw. Where what was fixed does not
    hold, the draw is not recomputed: it would differ everywhere.
    """
    fixed = [*_of_lines(sheet), *_of_plan(sheet, digest), *_of_secret(sheet, commitment)]
    if fixed:
        return fixed
    result = draw(sheet.plan, sheet.mixed)
    found = [*_of_strata(sheet, result), *_of_drawn(sheet, result)]
    if not found and to_bytes(sheet) != content:
        found.append(
            Fault(
                Place.BYTES,
                0,
                Text(
                    "内容都对得上，但文件被别的程序另存过，写法与导出时不同。请用原文件。",
                    "All of it holds, but another program has saved the file anew. Use the "
                    "exported file.",
                ),
            )
        )
    return found


def _of_lines(sheet: Sheet) -> Iterator[Fault]:
    for number, entry in enumerate(sheet.plan.entries, 1):
        if entry.line != number or entry.digest != line_digest(entry):
            yield Fault(Place.ENTRY, number, _changed_entry(number, entry))
    for number, one in enumerate(sheet.plan.inspectors, 1):
        if one.line != number or one.digest != line_digest(one):
            yield Fault(Place.INSPECTOR, number, _changed_inspector(number, one))


def _changed_entry(number: int, entry: Entry) -> Text:
    told = (
        f"{entry.level} {entry.unit} {entry.unit_name} {entry.post} {entry.post_name} "
        f"{entry.person} {entry.person_name}"
    )
    return Text(
        f"名单第 {number} 行（{told}）与这一行的摘要不符：等级、单位、岗位、姓名或检查机构被改动。",
        f"Line {number} of the list ({told}) does not agree with its digest: level, unit, post, "
        "name or inspecting body was changed.",
    )


def _changed_inspector(number: int, one: Inspector) -> Text:
    told = f"{one.body} {one.person} {one.person_name}"
    return Text(
        f"检查人员名单第 {number} 行（{told}）与这一行的摘要不符：姓名或回避范围被改动过。",
        f"Line {number} of the inspectors ({told}) does not agree with its digest: the name or "
        "what recuses them was changed.",
    )


def _of_plan(sheet: Sheet, digest: str | None) -> Iterator[Fault]:
    found = plan_digest(sheet.plan)
    if found != sheet.plan_digest:
        yield Fault(
            Place.PLAN,
            0,
            Text(
                f"名单和办法的摘要应为 {found}，单上写的是 {sheet.plan_digest}：增减过行，或改动过"
                "比例、公开数值的来源和日期、每组人数、期限，或改动了摘要本身。",
                f"The digest of the list and the method is {found}, not {sheet.plan_digest} as "
                "written: lines were added or dropped, the shares, source, day, team or date were "
                "changed, or the digest itself.",
            ),
        )
    if digest is not None and digest.strip().lower() != sheet.plan_digest:
        yield _unlike_announced(
            "名单和办法的摘要", "digest of the list and the method", sheet.plan_digest, digest
        )


def _of_secret(sheet: Sheet, commitment: str | None) -> Iterator[Fault]:
    if commitment is not None and commitment.strip().lower() != sheet.commitment:
        yield _unlike_announced("种子承诺", "commitment", sheet.commitment, commitment)
    is_seed = len(sheet.seed) == _DIGITS and _HEX.issuperset(sheet.seed)
    if not is_seed or commitment_to(sheet.seed) != sheet.commitment:
        yield Fault(
            Place.SEED,
            0,
            Text(
                f"种子 {sheet.seed} 与承诺 {sheet.commitment} 不符：种子或承诺被改动过。",
                f"The seed {sheet.seed} is not the one committed to by {sheet.commitment}: one of "
                "them was changed.",
            ),
        )
    elif mixed(sheet.seed, sheet.plan_digest, sheet.value) != sheet.mixed:
        yield Fault(
            Place.VALUE,
            0,
            Text(
                f"公开数值“{sheet.value}”与种子、名单摘要混合后不是 {sheet.mixed}：公开数值或混合值"
                "被改动过。",
                f"The public value “{sheet.value}”, mixed with seed and digest, does not give "
                f"{sheet.mixed}: the value or the mixed one was changed.",
            ),
        )


def _unlike_announced(zh: str, en: str, stated: str, announced: str) -> Fault:
    return Fault(
        Place.ANNOUNCED,
        0,
        Text(
            f"单上的{zh}是 {stated}，与事先公布的 {announced.strip()} 不同：抽取前后换过内容。",
            f"The {en} on the sheet is {stated}, not {announced.strip()} as announced before the "
            "draw: something was exchanged.",
        ),
    )


def _of_strata(sheet: Sheet, result: Result) -> Iterator[Fault]:
    for number, (stated, found) in enumerate(zip_longest(sheet.strata, result.strata), 1):
        if stated != found:
            yield Fault(
                Place.STRATUM,
                number,
                Text(
                    f"分层第 {number} 行应为 {_stratum(found)}，单上写的是 {_stratum(stated)}。",
                    f"Stratum {number} is {_stratum(found)}, not {_stratum(stated)} as written.",
                ),
            )


def _of_drawn(sheet: Sheet, result: Result) -> Iterator[Fault]:
    for number, (stated, found) in enumerate(zip_longest(sheet.drawn, result.drawn), 1):
        if stated == found:
            continue
        if _who(stated) != _who(found):
            yield Fault(
                Place.DRAWN,
                number,
                Text(
                    f"抽中的第 {number} 人应为 {_who(found)}，单上写的是 {_who(stated)}。",
                    f"Number {number} of those drawn is {_who(found)}, not {_who(stated)}.",
                ),
            )
            continue
        yield Fault(
            Place.INSPECTORS,
            number,
            Text(
                f"第 {number} 人（{_who(found)}）的检查人员应为 {_by(found)}，"
                f"单上写的是 {_by(stated)}。",
                f"Those who inspect number {number} ({_who(found)}) are {_by(found)}, not "
                f"{_by(stated)}.",
            ),
        )


def _stratum(stratum: Stratum | None) -> str:
    if stratum is None:
        return "—"
    return f"{stratum.level} {stratum.unit} {stratum.sample}/{stratum.population}"


def _who(picked: Picked | None) -> str:
    if picked is None:
        return "—"
    return f"{picked.level} {picked.unit} {picked.post} {picked.person} {picked.person_name}"


def _by(picked: Picked | None) -> str:
    return "、".join(picked.inspectors) if picked is not None and picked.inspectors else "—"
