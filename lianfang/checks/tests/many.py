"""Makes large Registers with varied wording and planted faults, to measure and to order."""

from collections.abc import Iterator
from random import Random

from lianfang.register.model import (
    Fact,
    Manifestation,
    Measure,
    Power,
    Register,
    RiskPoint,
    Subject,
    SubjectKind,
    Unit,
)


def _words(text: str) -> list[str]:
    return text.split()


WHO = _words(
    "经办人 审核人 处长 评审组长 采购员 出纳 验收员 项目负责人 档案员 窗口人员 库管员 招标代理"
)
WHEN = _words(
    "受理 初审 现场评审 合同签订 付款 验收 招标文件编制 名单确定 公示 结算 归档 抽样 立项 报销"
)
WHAT = _words(
    "申请材料 评审组名单 技术参数 工程量清单 供应商报价 检验报告 差旅票据 会议费用 人员档案"
)
HOW = _words("故意拖延不报 只看复印件 照单全收 私下透露 擅自更改 拆分办理 凭印象打分 绕过会签")
WHY = _words("为熟人行方便 收受礼金 谋取回扣 掩盖超支 照顾关系单位 逃避招标 应付检查 替人说情")
DOES = _words("逐件核对原件 随机抽取两人办理 在系统内登记 由两名人员到场 报分管领导签字")
OFTEN = _words("每月底 每季度 每半年 每次办理前 办结后三个工作日内 年度终了时")
LEAVES = _words("留存核对表 形成会议纪要 填写台账 附现场照片 归入卷宗 出具书面意见")
SLOGANS = ("加强学习，提高认识", "强化管理，严格执行各项规定", "加强廉政教育，增强责任意识")
LEVELS = ("high", "medium", "low", None)
ROWS_A_UNIT = 200
COPIED = 0.02


def many(rows: int, *, seed: int, copied: float = COPIED) -> Register:
    """Return a Register of `rows` risk points, one power for four, two or three measures each."""
    random = Random(seed)
    units = [Unit(id=f"u{n}", name=f"第{n}处") for n in range(rows // ROWS_A_UNIT + 2)]
    powers = [
        Power(id=f"p{n}", unit=units[n % len(units)].id, name=f"{_pick(random, WHAT)}{n}审批")
        for n in range(rows // 4 + 1)
    ]
    return Register(
        units=tuple(units),
        powers=tuple(powers),
        risks=tuple(_risks(rows, random, powers, copied)),
        absent=(Fact.POSTS, Fact.STEPS, Fact.REGULATIONS),
    )


def _pick(random: Random, words: list[str]) -> str:
    return random.choice(words)


def _risks(rows: int, random: Random, powers: list[Power], copied: float) -> Iterator[RiskPoint]:
    shown = _shown(random)
    for n in range(rows):
        power = powers[n // 4]
        if random.random() >= copied:
            shown = _shown(random)
        yield RiskPoint(
            id=f"r{n}",
            unit=power.unit,
            about=Subject(kind=SubjectKind.POWER, id=power.id),
            title=f"{_pick(random, WHEN)}{_pick(random, HOW)}",
            manifestations=(Manifestation(text=shown),),
            level=random.choice(LEVELS),
            measures=tuple(_measures(n, random)),
        )


def _shown(random: Random) -> str:
    return (
        f"{_pick(random, WHO)}在{_pick(random, WHEN)}环节对{_pick(random, WHAT)}"
        f"{_pick(random, HOW)}，{_pick(random, WHY)}，{_number(random)}"
    )


def _number(random: Random) -> str:
    """Return six characters of no vocabulary, as names and places are in real tables."""
    return "".join(chr(0x4E00 + random.randrange(3000)) for _ in range(6))


def _measures(row: int, random: Random) -> Iterator[Measure]:
    for place in range(random.choice((2, 3))):
        slogan = random.random() < 0.1
        yield Measure(
            id=f"m{row}.{place}",
            text=random.choice(SLOGANS) if slogan else _does(random),
            phase=random.choice(("early", "during", "after", None)),
            responsible=random.choice(("", "处长")),
        )


def _does(random: Random) -> str:
    return (
        f"{_pick(random, WHO)}{_pick(random, OFTEN)}对{_pick(random, WHAT)}{_pick(random, DOES)}，"
        f"{_pick(random, LEAVES)}，{_number(random)}"
    )
