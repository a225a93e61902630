"""What the C4 checks must flag and must not."""

from typing import Any

from lianfang.checks.tests.factories import (
    OTHER,
    UNIT,
    Case,
    about_power,
    part,
    post,
    power,
    register,
    risk,
    total,
    unit,
)
from lianfang.register.model import Manifestation, Register, RiskPoint, Role

APART = (unit(1), unit(2))
SHOWN = "用公务车接送家人，油费在单位报销"


def rated(*levels: str | None) -> list[RiskPoint]:
    return [risk(n, level=level) for n, level in enumerate(levels, 1)]


def twice(one: str, other: str, title: str = "公车私用", shown: str = SHOWN) -> Register:
    return register(
        *APART,
        risk(1, title, SHOWN, level=one),
        risk(2, title, shown, level=other, unit=OTHER),
    )


def named(name: str, level: str, **more: Any) -> Register:
    return register(power(name=name), risk(level=level, **more))


def united(level: str, *roles: Role) -> Register:
    return register(post(), power(posts=tuple(part(1, role) for role in roles)), risk(level=level))


CASES = (
    Case(
        "C401",
        flagged=(register(risk()), register(risk(level="severe"))),
        clean=(
            register(risk(level="low")),
            register(risk(confirmed="high")),
            register(
                RiskPoint(
                    id="#risk-1",
                    unit=UNIT,
                    about=risk().about,
                    title="选单位",
                    manifestations=(Manifestation(text="选择没有资质的单位", level="low"),),
                )
            ),
        ),
    ),
    Case(
        "C402",
        flagged=(register(risk(level="medium", computed="high")),),
        clean=(
            register(risk(level="medium", computed="high", reason="已有系统拦截")),
            register(risk(level="high", computed="high")),
            register(risk(level="high")),
        ),
    ),
    Case(
        "C403",
        flagged=(
            named("大额资金使用审批", "low"),
            register(power(matters=("appointments",)), risk(level="low")),
        ),
        clean=(
            named("大额资金使用审批", "medium"),
            named("大额资金使用审批", "low", reason="当年没有大额支出"),
            named("档案借阅", "low"),
        ),
    ),
    Case(
        "C404",
        flagged=(united("low", *Role),),
        clean=(united("high", *Role), united("low", Role.DECIDES, Role.EXECUTES)),
    ),
    Case(
        "C405",
        flagged=(twice("high", "low"),),
        clean=(
            twice("high", "high"),
            register(
                risk(1, "公车私用", SHOWN, level="high"), risk(2, "公车私用", SHOWN, level="low")
            ),
            register(
                *APART,
                power(1, "车辆调度"),
                power(2, "车辆维修", unit=OTHER),
                risk(1, "审核不严", SHOWN, level="high"),
                risk(
                    2, "审核不严", "不核对就签字付款", level="low", unit=OTHER, about=about_power(2)
                ),
            ),
        ),
    ),
    Case(
        "C406",
        flagged=(register(*rated(*["low"] * 9)),),
        clean=(
            register(*rated(*["low"] * 8, "high")),
            register(*rated(*["low"] * 5)),
            register(*rated(*[None] * 9)),
        ),
    ),
    Case(
        "C407",
        flagged=(
            register(*rated("high", "low"), total("risks", 3)),
            register(*rated("high", "low"), total("high", 2, UNIT)),
            register(power(), total("powers", 2)),
        ),
        clean=(
            register(*rated("high", "low"), total("risks", 2), total("high", 1, UNIT)),
            register(
                unit(1),
                unit(2, parent=UNIT),
                risk(unit=OTHER, level="low"),
                total("low", 1, UNIT),
            ),
            register(*rated("high"), total("staff", 40)),
        ),
    ),
)
