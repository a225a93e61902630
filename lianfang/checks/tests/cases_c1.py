"""What the C1 checks must flag and must not."""

from lianfang.checks.tests.factories import (
    OTHER,
    UNIT,
    Case,
    basis,
    part,
    post,
    power,
    register,
    rule,
    step,
    unit,
)
from lianfang.register.model import Power, RegulationState, Role, StepKind, UnitKind

START, END, DECISION = StepKind.START, StepKind.END, StepKind.DECISION
ROOT = unit(9, kind=UnitKind.ORGANISATION)


def flow(*steps: object) -> Power:
    return power(steps=steps)


def many(counts: tuple[int, ...]) -> tuple[object, ...]:
    units = [unit(n) for n in range(1, len(counts) + 1)]
    powers = [
        power(100 * n + m, f"职权{n}之{m}", unit=f"#unit-{n}")
        for n, count in enumerate(counts, 1)
        for m in range(count)
    ]
    return (*units, *powers)


CASES = (
    Case(
        "C101",
        flagged=(register(), register(unit(1), unit(2), power())),
        clean=(
            register(power()),
            register(ROOT, unit(1, parent="#unit-9"), power()),
            register(unit(1), unit(2, parent=UNIT), power(unit=OTHER)),
        ),
    ),
    Case(
        "C102",
        flagged=(register(power()), register(power(category=""))),
        clean=(register(power(category="decision")),),
    ),
    Case(
        "C103",
        flagged=(register(power()), register(power(bases=(basis("  "),)))),
        clean=(
            register(power(bases=(basis(),))),
            register(power(bases=(basis("", regulation="#rule-1"),)), rule()),
        ),
    ),
    Case("C104", flagged=(register(power()),), clean=(register(flow(step(1, "核对票据"))),)),
    Case(
        "C105",
        flagged=(register(power()),),
        clean=(register(post(), power(posts=(part(1, Role.EXECUTES),))),),
    ),
    Case(
        "C106",
        flagged=(
            register(
                power(bases=(basis(regulation="#rule-1"),)),
                rule(state=RegulationState.REPEALED),
            ),
        ),
        clean=(
            register(power(bases=(basis(regulation="#rule-1"),)), rule()),
            register(power(bases=(basis(regulation="#rule-7"),))),
        ),
    ),
    Case(
        "C107",
        flagged=(
            register(power(bases=(basis("《中华人民共和国档案法》"),))),
            register(power(bases=(basis("", regulation="#rule-1"),)), rule()),
        ),
        clean=(
            register(power(bases=(basis("《中华人民共和国档案法》第十四条第二款"),))),
            register(power(bases=(basis("评审员管理办法", article="8"),))),
            register(power(bases=(basis("程序文件 CX-07 4.2.1"),))),
            register(power()),
        ),
    ),
    Case(
        "C108",
        flagged=(
            register(post(duties=("负责废旧物资变卖",)), power(name="公章使用审批")),
            register(post(duties=("受理投诉举报", "公章使用管理")), power(name="公章使用审批")),
        ),
        clean=(
            register(post(duties=("负责公章使用的审批工作",)), power(name="公章使用审批")),
            register(post(duties=("完成领导交办的其他工作",)), power(name="公章使用审批")),
            register(post(duties=("负责废旧物资变卖",))),
        ),
    ),
    Case(
        "C109",
        flagged=(
            register(flow(step(1, "审核", 2), step(2, "审批", 1))),
            register(flow(step(1, "审核", 2), step(2, "办结", kind=END))),
        ),
        clean=(
            register(flow(step(1, "受理", 2, kind=START), step(2, "办结", kind=END))),
            register(flow(step(1, "受理", 2), step(2, "审核", 3), step(3, "审批"))),
            register(flow(step(1, "受理"), step(2, "审核"))),
            register(power()),
        ),
    ),
    Case(
        "C110",
        flagged=(
            register(flow(step(1, "受理", 2, kind=START), step(2, "审核", 3), step(3, "补正", 2))),
            register(flow(step(1, "受理", 2), step(2, "审核", 1))),
        ),
        clean=(
            register(flow(step(1, "受理", 2, kind=START), step(2, "办结", kind=END))),
            register(flow(step(1, "受理", 2), step(2, "审核"))),
        ),
    ),
    Case(
        "C111",
        flagged=(
            register(
                flow(
                    step(1, "受理", 3, kind=START),
                    step(2, "复核", 3),
                    step(3, "办结", kind=END),
                )
            ),
            register(
                flow(step(1, "受理", 2), step(2, "审核"), step(3, "复核", 4), step(4, "复核二", 3))
            ),
        ),
        clean=(
            register(
                flow(
                    step(1, "受理", 2, kind=START),
                    step(2, "合格？", 1, 3, kind=DECISION),
                    step(3, "办结", kind=END),
                )
            ),
            register(flow(step(1, "受理"), step(2, "审核"))),
        ),
    ),
    Case(
        "C112",
        flagged=(
            register(
                flow(
                    step(1, "受理", 2, 3, kind=START),
                    step(2, "退回补正"),
                    step(3, "办结", kind=END),
                )
            ),
            register(flow(step(1, "受理", 2, kind=START), step(2, "审核", 99))),
        ),
        clean=(
            register(flow(step(1, "受理", 2, kind=START), step(2, "办结", kind=END))),
            register(flow(step(1, "受理", 2, 3), step(2, "退回"), step(3, "审批"))),
        ),
    ),
    Case(
        "C113",
        flagged=(
            register(flow(step(1, "是否合格", 2, kind=DECISION), step(2, "发证", kind=END))),
            register(flow(step(1, "是否合格", 2, 2, kind=DECISION), step(2, "发证", kind=END))),
        ),
        clean=(
            register(
                flow(
                    step(1, "是否合格", 2, 3, kind=DECISION),
                    step(2, "发证", kind=END),
                    step(3, "退回", kind=END),
                )
            ),
        ),
    ),
    Case(
        "C114",
        flagged=tuple(register(flow(step(1, name))) for name in ("处理", "办 理", "管理。")),
        clean=tuple(
            register(flow(step(1, name))) for name in ("核对申请材料原件", "合同管理员登记", "受理")
        ),
    ),
    Case(
        "C115",
        flagged=tuple(
            register(flow(step(1, name)))
            for name in ("申请审批", "采购、验收", "组织招标并评标", "验收和结算", "申请/审批")
        ),
        clean=tuple(
            register(flow(step(1, name)))
            for name in (
                "审批采购申请",
                "采购申请审批",
                "验收",
                "受理申请",
                "物资采购验收",
                "审核、盖章",
            )
        ),
    ),
    Case(
        "C116",
        flagged=(register(*many((10, 12, 9, 11, 10, 2))),),
        clean=(
            register(*many((10, 12, 9, 11, 10, 6))),
            register(*many((10, 12, 2))),
            register(*many((3, 3, 4, 3, 3, 1))),
        ),
    ),
    Case(
        "C117",
        flagged=(register(power(1, "公章使用审批"), power(2, "公章 使用审批。")),),
        clean=(
            register(power(1, "公章使用审批"), power(2, "合同章使用审批")),
            register(unit(1), unit(2), power(1, "考勤"), power(2, "考勤", unit=OTHER)),
        ),
    ),
)
