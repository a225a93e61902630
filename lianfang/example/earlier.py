"""The register of the example as its first units filed it, a year before the one it has now.

What was found since is not in it; some things were written otherwise.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from lianfang.register.model import Measure, Power, Register, RiskPoint

# the units whose first edition is a year old
FIRST_UNITS = (
    *("LD", "RSC", "CWC", "BGS-CG", "FZC-GJ", "ZLC", "ZLC-TS", "JSC"),
    *("SLC", "SY1", "SY2", "JGC", "PDC"),
)
# how measures read then
_TEXTS: Mapping[str, str] = {
    "R-ZLC-05-2": "每项发现由审核组长一人签认，撤销须处长批准",
    "R-ZLC-10-2": "改进要求由质量管理处自行试填一周",
    "R-ZLC-TS-02-2": "每季度抽三天通话记录与登记表比对",
    "R-JSC-07-1": "口头答复由处长记录，处内备查",
    "R-JSC-15-2": "每场宣讲后收集听众意见表",
    "R-PDC-06-1": "秘书岗会后整理少数意见并签名",
    "R-PDC-12-2": "领用由秘书岗登记，剩余每周退还",
    "R-FZC-GJ-07-2": "每半年由本科自行清点礼品",
    "R-SLC-03-2": "形式审查时留意材料雷同的段落，发现后报告处长",
    "R-JGC-05-1": "每份样本核对人日和收费两项",
}
# what was rated otherwise: level and why
_LEVELS: Mapping[str, tuple[str, str]] = {
    "R-ZLC-01": ("high", "首次梳理时运行数据由一人汇总，没有复核，从严评定。"),
    "R-FZC-GJ-02": ("high", "首次梳理时接待没有单独的审批，从严评定。"),
}
# how often powers were exercised
_OFTEN: Mapping[str, str] = {
    "PDC-01": "每年约 1,500 件",
    "ZLC-02": "每年一次集中审核",
    "JSC-01": "每年约 16 件",
    "SLC-01": "每年约 560 件",
}
# measures that were dropped since: of which risk point, and what they said
_DROPPED: Mapping[str, str] = {
    "R-PDC-15": "申辩材料由评定岗本人转交处长",
    "R-JSC-13": "汇总表由编制岗打印一份存档",
}
# risk points whose measure afterwards did not say until when before the filing was returned
UNDATED: Mapping[str, tuple[str, ...]] = {
    "SY2": ("R-SY2-02", "R-SY2-07"),
    "RSC": ("R-RSC-03", "R-RSC-06"),
}
_UNDATED_FREQUENCY = "事后"
_DROPPED_FREQUENCY = "每季度"


def earlier(register: Register, on: date) -> Register:
    """Return what the first units had on record on an earlier day, of what is governed now."""
    return replace(
        register,
        powers=tuple(_power(power) for power in register.powers if power.unit in FIRST_UNITS),
        risks=tuple(_risks(register, on)),
    )


def _power(power: Power) -> Power:
    return replace(power, frequency=_OFTEN.get(power.code, power.frequency))


def _risks(register: Register, on: date) -> Iterator[RiskPoint]:
    for risk in register.risks:
        if risk.unit in FIRST_UNITS and risk.found_on is not None and risk.found_on <= on:
            yield _risk(risk)


def _risk(risk: RiskPoint) -> RiskPoint:
    level, reason = _LEVELS.get(risk.id, (risk.level, risk.reason))
    return replace(
        risk,
        level=level,
        reason=reason,
        confirmed=level if risk.confirmed else None,
        measures=(*(_measure(risk, each) for each in risk.measures), *_dropped(risk)),
    )


def _measure(risk: RiskPoint, measure: Measure) -> Measure:
    is_undated = measure.phase == "after" and risk.id in UNDATED.get(risk.unit, ())
    return replace(
        measure,
        text=_TEXTS.get(measure.id, measure.text),
        frequency=_UNDATED_FREQUENCY if is_undated else measure.frequency,
    )


def _dropped(risk: RiskPoint) -> Iterator[Measure]:
    text = _DROPPED.get(risk.id)
    if text is not None:
        yield Measure(
            id=f"{risk.id}-9",
            text=text,
            phase="during",
            post=risk.posts[0],
            frequency=_DROPPED_FREQUENCY,
            evidence="存档记录",
        )
