"""What the C5 checks must flag and must not."""

from datetime import date
from typing import Any

from lianfang.checks.tests.factories import (
    OTHER,
    UNIT,
    Case,
    measure,
    post,
    register,
    risk,
    rule,
    unit,
)
from lianfang.register.model import Charge, ChargeRole, Register, RegulationState

APART = (unit(1), unit(2))
LONG = (
    "评审组名单确定前由综合处在系统中随机抽取两名候选人，"
    "处长签字后通知申请机构，抽取记录随卷归档备查"
)
SWAPPED = LONG.replace("综合处", "业务处")
POSTS = (post(1, "采购岗"), post(2, "处长"))
OWNER = Charge(risk="#risk-1", role=ChargeRole.OWNER, name="科室主要负责人")


def one(text: str = "每月由处长抽查档案并登记", **more: Any) -> Register:
    return register(*POSTS, risk(measures=(measure(1, text, **more),), posts=("#post-1",)))


def phased(level: str, *phases: str | None) -> Register:
    made = [measure(n, f"措施{n}", phase=phase) for n, phase in enumerate(phases, 1)]
    return register(risk(level=level, measures=made))


def spread(count: int, text: str, title: str = "事项{n}") -> Register:
    return register(*(risk(n, title.format(n=n), measures=(text,)) for n in range(1, count + 1)))


def copies(one_text: str, other: str, unit_of_other: str = OTHER) -> Register:
    return register(
        *APART,
        risk(1, "选派", measures=(one_text,)),
        risk(2, "评审", measures=(other,), unit=unit_of_other),
    )


def resting(state: RegulationState, **more: Any) -> Register:
    made = measure(1, "按办法执行", regulation="#rule-1", **more)
    return register(rule(state=state), risk(measures=(made,)))


SLOGANS = (
    "加强学习，提高认识",
    "加强提醒教育",
    "加强培训,提高业务水平",
    "加强业务学习,规范操作。",
    "强化管理检查,及时发现并纠正不规范行为。",
    "严格执行廉洁自律规定",
    "强化审批",
    "加强合同管理，确保资金安全",
    "树立正确的权力观，筑牢拒腐防变思想防线",
    "进一步增强责任意识，做到公开透明",
    "加强全过程监督管理，严肃查处违规行为",
)
CONCRETE = (
    "严格执行“三重一大”集体决策制度,规范决策程序。",
    "严格按照《招标投标法》第五条公开招标",
    "加强过程管理,每月核对汇总并公示,接受监督。",
    "认真参加验收,现场签字确认。",
    "两人以上同时到场监督",
    "制定加油、维修和车辆管理制度",
    "每季度抽查 5% 的档案",
    "加强培训，每年组织两次业务考试",
    "严查票据,不全或弄虚作假不报销。",
    "按实际需求设计;实行设计会审。",
    "付款前由审计处复核",
    "说情登记备案。",
    "",
)

CASES = (
    Case(
        "C501",
        flagged=(register(risk()), register(risk(measures=("  ",)))),
        clean=(one(),),
    ),
    Case(
        "C502",
        flagged=(phased("high", "early", "during"), phased("high", "early", "early", "early")),
        clean=(
            phased("high", "early", "during", "after"),
            phased("high", "early", "during", None),
            phased("medium", "early"),
            phased("high"),
        ),
    ),
    Case(
        "C503",
        flagged=(phased("medium", "early", "early"),),
        clean=(
            phased("medium", "early", "after"),
            phased("medium", "early", None),
            phased("low", "early"),
            phased("high", "early"),
        ),
    ),
    Case(
        "C504",
        flagged=(one("每月抽查 5 份档案"),),
        clean=(
            one("每月抽查 5 份档案", post="#post-2"),
            one("每月抽查 5 份档案", responsible="综合处处长"),
            one("付款前由财务处复核"),
            register(risk(measures=("每月抽查 5 份档案",)), charges=(OWNER,)),
        ),
    ),
    Case(
        "C505",
        flagged=(one("抽查评审档案"), one("定期抽查评审档案")),
        clean=(
            one("抽查评审档案", frequency="每季度"),
            one("抽查评审档案", due_on=date(2026, 6, 30)),
            one("每季度抽查评审档案"),
            one("付款前由财务处复核"),
            one("发现违规的，责令退还"),
        ),
    ),
    Case(
        "C506",
        flagged=(one("两人同时到场"),),
        clean=(one("两人同时到场", evidence="监督记录"), one("两人到场并签字")),
    ),
    Case(
        "C507",
        flagged=tuple(one(text) for text in SLOGANS),
        clean=(
            *(one(text) for text in CONCRETE),
            one("加强业务学习", frequency="每月一次", evidence="学习记录"),
        ),
    ),
    Case(
        "C508",
        flagged=(spread(5, "强化管理检查，及时发现并纠正不规范行为"),),
        clean=(
            spread(3, "强化管理检查，及时发现并纠正不规范行为"),
            spread(5, "实行两人复核"),
            spread(5, "强化管理检查，及时发现并纠正不规范行为", title="资料审核"),
        ),
    ),
    Case(
        "C509",
        flagged=(copies(LONG, SWAPPED), copies(LONG, LONG)),
        clean=(
            copies(LONG, "评审结束后五个工作日内，由监督员电话回访被评审机构，填写回访表并归档"),
            copies("结果公示五个工作日", "结果公示五个工作日"),
            copies(LONG, SWAPPED, UNIT),
        ),
    ),
    Case(
        "C510",
        flagged=(one(post="#post-1"), one(responsible="采购岗")),
        clean=(one(post="#post-2"), one(responsible="处长"), one()),
    ),
    Case(
        "C511",
        flagged=(
            resting(RegulationState.REPEALED),
            resting(RegulationState.DRAFTING),
            resting(RegulationState.REPEALED, asks_rule=True),
        ),
        clean=(
            resting(RegulationState.IN_FORCE),
            resting(RegulationState.TO_BE_MADE, asks_rule=True),
            one(regulation="#rule-9"),
        ),
    ),
    Case(
        "C512",
        flagged=(
            one("制定加油、维修和车辆管理制度"),
            one("制定车辆管理制度", post="#post-2"),
            one("制定车辆管理制度", due_on=date(2026, 6, 30)),
            one("明确派车权限", asks_rule=True),
        ),
        clean=(
            one("制定车辆管理制度", post="#post-2", due_on=date(2026, 6, 30)),
            one("由办公室主任在6月底前制定车辆管理制度"),
            one("严格执行车辆管理制度"),
            register(
                rule(owner="#post-2", due_on=date(2026, 6, 30)),
                risk(measures=(measure(1, "明确派车权限", regulation="#rule-1", asks_rule=True),)),
            ),
        ),
    ),
)
