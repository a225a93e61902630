"""What the C2 checks must flag and must not."""

from lianfang.checks.tests.factories import (
    Case,
    holder,
    part,
    post,
    power,
    register,
    step,
)
from lianfang.register.model import HolderKind, Register, Role, StepKind

DECIDES, EXECUTES, SUPERVISES = Role.DECIDES, Role.EXECUTES, Role.SUPERVISES
POSTS = (post(1, "处长"), post(2, "采购岗"), post(3, "内审岗"))
THREE = (part(1, DECIDES), part(2, EXECUTES), part(3, SUPERVISES))


def shared(*parts: object, name: str = "物资领用", holders: tuple[object, ...] = ()) -> Register:
    return register(*POSTS, power(name=name, posts=parts), *holders)


def stepped(name: str, kind: StepKind = StepKind.STEP, **more: str) -> Register:
    return register(*POSTS, power(steps=(step(1, name, kind=kind, **more),)))


CASES = (
    Case(
        "C201",
        flagged=tuple(
            stepped(name) for name in ("到货验收", "处长审批", "支付货款", "组织招标", "现场核查")
        ),
        clean=(
            stepped("到货验收", post="#post-2"),
            stepped("到货验收", lane="仓储管理岗"),
            stepped("登记台账"),
            stepped("决定", StepKind.END),
        ),
    ),
    Case(
        "C202",
        flagged=(register(post()), register(post(), holder(1, "  "))),
        clean=(register(post(), holder(1, "林静")), register(power())),
    ),
    Case(
        "C203",
        flagged=(register(post(), holder(1, "周敏"), holder(1, "何平")),),
        clean=(
            register(post(), holder(1, "周敏"), holder(1, "何平", kind=HolderKind.ACTING)),
            register(post(), holder(1, "周敏"), holder(1, "周 敏")),
        ),
    ),
    Case(
        "C204",
        flagged=(shared(*THREE[1:]),),
        clean=(shared(*THREE), shared()),
    ),
    Case(
        "C205",
        flagged=(shared(THREE[0], THREE[2]),),
        clean=(shared(*THREE), shared()),
    ),
    Case(
        "C206",
        flagged=(shared(*THREE[:2]),),
        clean=(shared(*THREE), shared()),
    ),
    Case(
        "C207",
        flagged=(shared(part(1, DECIDES), part(1, EXECUTES)),),
        clean=(shared(*THREE), shared(part(1, DECIDES), part(1, SUPERVISES))),
    ),
    Case(
        "C208",
        flagged=(shared(part(1, DECIDES), part(2, EXECUTES), part(2, SUPERVISES)),),
        clean=(shared(*THREE),),
    ),
    Case(
        "C209",
        flagged=(shared(*THREE, holders=(holder(1, "张远"), holder(2, "张 远"))),),
        clean=(
            shared(*THREE, holders=(holder(1, "张远"), holder(2, "李文"))),
            shared(*THREE, holders=(holder(1, "张某"), holder(2, "张某"))),
            shared(part(1, DECIDES), part(1, EXECUTES), holders=(holder(1, "张远"),)),
        ),
    ),
    Case(
        "C210",
        flagged=(shared(*THREE, holders=(holder(2, "李文"), holder(3, "李文"))),),
        clean=(
            shared(*THREE, holders=(holder(2, "李文"), holder(3, "王珊"))),
            shared(*THREE, holders=(holder(2, "李××"), holder(3, "李××"))),
        ),
    ),
    Case(
        "C211",
        flagged=(
            shared(*THREE, name="设备采购审批"),
            register(*POSTS, power(name="拨款", matters=("large_sums",), posts=THREE)),
        ),
        clean=(
            shared(part(1, DECIDES, limit="5万元以下"), name="设备采购审批"),
            shared(part(1, DECIDES, amount=50_000), name="设备采购审批"),
            shared(*THREE, name="档案借阅审批"),
            shared(part(2, EXECUTES), name="设备采购"),
        ),
    ),
)
