"""What the C3 checks must flag and must not."""

from lianfang.checks.tests.factories import (
    OTHER,
    Case,
    about_step,
    about_unit,
    finder,
    post,
    power,
    register,
    risk,
    step,
    unit,
)
from lianfang.register.model import Register, Subject, SubjectKind

ASPECTS = ("power_setup", "rules", "oversight", "conduct", "environment")
LONG = (
    "评审前与申请机构人员私下接触，接受宴请和礼品，"
    "在评审中降低要求、放宽尺度，对发现的不符合不予记录"
)
SWAPPED = LONG.replace("申请机构", "供货单位")
APART = (unit(1), unit(2))
PAYMENT = power(name="设备采购", steps=(step(1, "货款支付"), step(2, "登记台账")))


def copies(one: str, other: str, unit_of_other: str = OTHER) -> Register:
    return register(
        *APART, risk(1, "私下接触", one), risk(2, "放宽尺度", other, unit=unit_of_other)
    )


def repeated(count: int, shown: str) -> Register:
    return register(*(risk(n, f"事项{n}", shown) for n in range(1, count + 1)))


CASES = (
    Case(
        "C301",
        flagged=(
            register(power()),
            register(power(), risk(about=about_unit())),
        ),
        clean=(
            register(power(), risk()),
            register(power(steps=(step(1, "受理"),)), risk(about=about_step(1))),
        ),
    ),
    Case(
        "C302",
        flagged=(register(PAYMENT, risk(1, "选型偏向", "为特定品牌设定技术参数")),),
        clean=(
            register(PAYMENT, risk(1, "提前付款", "未到进度就支付货款", about=about_step(1))),
            register(PAYMENT, risk(1, "提前付款", "未到进度就支付货款")),
            register(PAYMENT),
            register(power(steps=(step(2, "登记台账"),)), risk()),
        ),
    ),
    Case(
        "C303",
        flagged=(register(post(leadership=True), risk()),),
        clean=(
            register(post(leadership=True), risk(posts=("#post-1",))),
            register(
                post(leadership=True),
                risk(about=Subject(kind=SubjectKind.POST, id="#post-1")),
            ),
            register(post(), risk()),
        ),
    ),
    Case(
        "C304",
        flagged=(register(*(risk(n, aspects=("conduct",)) for n in range(1, 5))),),
        clean=(
            register(*(risk(n, aspects=(aspect,)) for n, aspect in enumerate(ASPECTS, 1))),
            register(risk(aspects=("conduct",))),
        ),
    ),
    Case(
        "C305",
        flagged=(register(finder("何平", 0), finder("周敏", 2)),),
        clean=(register(finder("周敏", 2)),),
    ),
    Case(
        "C306",
        flagged=(register(risk()), register(risk(shown="  。"))),
        clean=(register(risk(shown="收受礼金")),),
    ),
    Case(
        "C307",
        flagged=(register(risk(shown="代领、冒领。")), register(risk(shown="审核资料不够严格"))),
        clean=(
            register(risk(shown="班组长代领工资后截留一部分")),
            register(risk(shown=("收受礼金", "对发现的质量问题不签发整改通知"))),
            register(risk()),
        ),
    ),
    Case(
        "C308",
        flagged=(register(risk(1, "审核把关不严", "审核把关不严。")),),
        clean=(register(risk(1, "审核把关不严", "不核对原件即签字通过")),),
    ),
    Case(
        "C309",
        flagged=(
            register(risk(1, "XX处审批")),
            register(risk(shown="由【部门名称】负责审核")),
            register(risk(measures=("在…个工作日内办结",))),
            register(power(name="×××审批")),
            register(power(steps=(step(1, "____审核"),))),
            register(risk(measures=("（请填写）",))),
        ),
        clean=(
            register(risk(1, "审批", "依据财办〔2012〕1号和【2012】3号文件，5个工作日内办结")),
            register(risk(measures=("请两名专家评审并签字",))),
        ),
    ),
    Case(
        "C310",
        flagged=(repeated(6, "资料是否齐全，复印件与原件是否一致"),),
        clean=(
            repeated(4, "资料是否齐全，复印件与原件是否一致"),
            repeated(9, "收受礼金"),
            register(*(risk(n, shown=f"第{n}次抽查不到现场，凭照片填写结果") for n in range(1, 9))),
        ),
    ),
    Case(
        "C311",
        flagged=(copies(LONG, SWAPPED), copies(LONG, LONG)),
        clean=(
            copies(LONG, "收受申请机构礼金，泄露评审组成员名单和评审计划，影响评审公正性"),
            copies("收受礼金礼品消费卡", "收受礼金礼品消费卡"),
            copies(LONG, SWAPPED, "#unit-1"),
            copies(
                "违反《中华人民共和国招标投标法实施条例》《政府采购法》规定",
                "违反《中华人民共和国招标投标法实施条例》《政府采购法》规定",
            ),
        ),
    ),
)
