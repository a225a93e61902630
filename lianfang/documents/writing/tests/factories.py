"""An invented Register (示例) as rich as a real one, and requests for it."""

from datetime import date
from typing import Any

from lianfang.documents.writing.request import Request
from lianfang.register.model import (
    Arrow,
    Basis,
    Holder,
    Manifestation,
    Measure,
    Post,
    Power,
    PowerPost,
    Register,
    Regulation,
    RegulationState,
    RiskPoint,
    Role,
    Step,
    StepKind,
    Subject,
    SubjectKind,
    Unit,
    UnitKind,
)
from lianfang.scheme.model import Scheme

DAY = date(2026, 5, 14)
EARLY, DURING, AFTER = "early", "during", "after"
DECIDES, EXECUTES, SUPERVISES = Role.DECIDES, Role.EXECUTES, Role.SUPERVISES

UNITS = (
    Unit(id="unit-1", name="示例评价中心", kind=UnitKind.ORGANISATION),
    Unit(id="unit-2", name="评审员管理处", parent="unit-1"),
    Unit(id="unit-3", name="财务处", parent="unit-1"),
)
POSTS = (
    Post(id="post-1", unit="unit-2", name="评审选派岗"),
    Post(id="post-2", unit="unit-2", name="注册管理岗"),
    Post(id="post-3", unit="unit-2", name="综合管理岗"),
    Post(id="post-4", unit="unit-2", name="处长", unit_head=True),
    Post(id="post-5", unit="unit-1", name="分管领导", leadership=True),
    Post(id="post-6", unit="unit-3", name="报销审核岗"),
    Post(id="post-7", unit="unit-3", name="财务处处长", unit_head=True),
)
HOLDERS = tuple(
    Holder(post=f"post-{place}", person=person)
    for place, person in enumerate(("许明澜", "何以宁", "孟清和", "陈砚秋", "周允中", "温如故"), 1)
)
RULES = (
    Regulation(id="regulation-1", title="评审员管理办法", number="示评〔2024〕7号"),
    Regulation(id="regulation-2", title="经费支出管理办法"),
    Regulation(
        id="regulation-3",
        title="评审员回避管理办法",
        state=RegulationState.DRAFTING,
        owner="post-4",
    ),
)


def measure(
    place: int, phase: str | None, text: str, post: str | None = None, **more: Any
) -> Measure:
    return Measure(id=f"measure-{place}", phase=phase, text=text, post=post, **more)


def _risk(place: int, about: Subject, title: str, shown: str, **more: Any) -> RiskPoint:
    return RiskPoint(
        id=f"risk-{place}",
        unit=more.pop("unit", "unit-2"),
        about=about,
        title=title,
        manifestations=tuple(Manifestation(text=text) for text in shown.split("|") if text),
        **more,
    )


def _about(kind: SubjectKind, made: str) -> Subject:
    return Subject(kind=kind, id=made)


def _flow(*steps: tuple[str, str, int]) -> tuple[Step, ...]:
    last = len(steps) - 1
    return tuple(
        Step(
            id=f"step-{place}",
            name=name,
            kind=(
                StepKind.START if place == 0 else StepKind.END if place == last else StepKind.STEP
            ),
            post=post,
            days=days,
            arrows=(Arrow(to=f"step-{place + 1}"),) if place < last else (),
        )
        for place, (name, post, days) in enumerate(steps)
    )


POWERS = (
    Power(
        id="power-1",
        unit="unit-2",
        name="评审组选派",
        code="PW-0402",
        category="execution",
        matters=("major_work",),
        frequency="每年约600次",
        bases=(
            Basis(text="《评审员管理办法》第十二条、第十五条", regulation="regulation-1"),
            Basis(text="《评审公正性管理规定》第八条"),
        ),
        posts=(
            PowerPost(post="post-1", role=EXECUTES, limit="仅限系统抽取名单内组合"),
            PowerPost(post="post-4", role=DECIDES, limit="审批评审组方案，不直接点名"),
            PowerPost(post="post-5", role=DECIDES, limit="连续三次以上选派的例外"),
            PowerPost(post="post-1", role=SUPERVISES),
        ),
        steps=_flow(
            ("接收评审任务", "post-1", 0),
            ("系统抽取候选评审员", "post-1", 1),
            ("核查利益关系", "post-1", 2),
            ("审批评审组方案", "post-4", 1),
            ("通知机构并公示", "post-1", 1),
        ),
        public=True,
    ),
    Power(
        id="power-2",
        unit="unit-2",
        name="评审员注册审批",
        code="PW-0403",
        category="decision",
        frequency="每月",
        bases=(Basis(text="《评审员管理办法》第六条至第九条", regulation="regulation-1"),),
        posts=(
            PowerPost(post="post-2", role=EXECUTES),
            PowerPost(post="post-4", role=DECIDES),
            PowerPost(post="post-3", role=SUPERVISES),
        ),
        public=True,
    ),
    Power(
        id="power-3",
        unit="unit-2",
        name="评审员投诉处理",
        code="PW-0406",
        category="supervision",
        bases=(Basis(text="《评审公正性管理规定》第十五条"),),
        posts=(PowerPost(post="post-3", role=SUPERVISES),),
    ),
    Power(
        id="power-4",
        unit="unit-3",
        name="培训经费报销审核",
        code="PW-0701",
        category="execution",
        matters=("large_sums",),
        frequency="每周",
        bases=(Basis(text="《经费支出管理办法》第二十一条", regulation="regulation-2"),),
        posts=(
            PowerPost(post="post-6", role=EXECUTES, amount=5_000, limit="单笔"),
            PowerPost(post="post-7", role=DECIDES, amount=50_000),
        ),
    ),
)
RISKS = (
    _risk(
        1,
        _about(SubjectKind.STEP, "step-2"),
        "利益关系核查走过场",
        "只看本人声明，未与咨询登记比对|临近派出才核查，来不及更换",
        posts=("post-1",),
        aspects=("rules", "oversight"),
        level="high",
        confirmed="high",
        measures=(
            measure(
                1,
                EARLY,
                "选派前由系统比对咨询登记，命中即锁定",
                "post-3",
                frequency="每次",
                evidence="比对结果单",
            ),
            measure(
                2,
                DURING,
                "随机复核10%的利益关系声明，结果报处长",
                "post-3",
                frequency="每月",
                evidence="复核表",
            ),
            measure(
                3,
                AFTER,
                "撤换评审员，暂停注册一年并通报",
                "post-4",
                due_on=date(2026, 12, 31),
                evidence="处理决定",
            ),
        ),
    ),
    _risk(
        2,
        _about(SubjectKind.POWER, "power-1"),
        "固定搭配",
        "组长与成员长期同组，结论互相照应",
        posts=("post-1",),
        aspects=("power_setup",),
        level="medium",
        measures=(
            measure(4, EARLY, "方案须含两名以上首次搭档", "post-3"),
            measure(5, DURING, "连续三次搭配由系统提示并计入月报", "post-3", frequency="每月"),
            measure(6, DURING, "处长抽看搭配月报", "post-4", frequency="每季"),
            measure(7, AFTER, "超过五次的拆组，处长书面说明", "post-4"),
        ),
    ),
    _risk(
        3,
        _about(SubjectKind.POWER, "power-1"),
        "例外变成常规",
        "以专业稀缺为由长期批准连续评审",
        posts=("post-5", "post-4"),
        aspects=("power_setup", "oversight"),
        level="high",
        measures=(
            measure(8, EARLY, "例外须写明稀缺专业与已询人数", "post-4"),
            measure(9, DURING, "例外率超过5%自动预警", responsible="纪检监察室"),
            measure(10, AFTER, "撤销例外，另派评审组复评，5个工作日内报告", "post-4"),
        ),
    ),
    _risk(
        4,
        _about(SubjectKind.POWER, "power-2"),
        "把关不严",
        "业绩材料未核验原件即通过",
        posts=("post-2",),
        aspects=("conduct",),
        level="medium",
        measures=(
            measure(11, EARLY, "材料清单双人核验", "post-4"),
            measure(12, DURING, "抽查5%的档案", "post-4", frequency="每季", evidence="抽查记录"),
            measure(13, AFTER, "撤销注册，按规定处理经办人", "post-4"),
        ),
    ),
    _risk(
        5,
        _about(SubjectKind.POWER, "power-2"),
        "泄露个人信息",
        "向机构提供评审员联系方式",
        posts=("post-3",),
        aspects=("conduct", "environment"),
        level="low",
        measures=(
            measure(14, EARLY, "名册分级授权", "post-4"),
            measure(15, DURING, "调阅留痕，每半年核对", "post-4", frequency="每半年"),
        ),
    ),
    _risk(
        6,
        _about(SubjectKind.POWER, "power-4"),
        "超范围列支",
        "将会议餐费、礼品列入培训费",
        unit="unit-3",
        posts=("post-6",),
        aspects=("oversight",),
        measures=(
            measure(16, EARLY, "预算分项下达，超项系统拦截", "post-7"),
            measure(17, DURING, "逐笔复核，按月通报", "post-7", frequency="每月"),
            measure(18, AFTER, "追回款项，按规定追究审批人", "post-7"),
        ),
    ),
    _risk(
        7,
        _about(SubjectKind.POST, "post-4"),
        "在岗时间过长",
        "处长同一岗位任职超过五年，与机构往来密切",
        posts=("post-4",),
        aspects=("conduct",),
        level="medium",
        measures=(measure(19, EARLY, "任满五年轮岗", "post-5"),),
    ),
)


def register(**more: Any) -> Register:
    """Return the invented register, with or without changes."""
    parts: dict[str, Any] = {
        "scheme": "cnas-2012",
        "organisation": "示例评价中心",
        "units": UNITS,
        "posts": POSTS,
        "regulations": RULES,
        "powers": POWERS,
        "risks": RISKS,
        "holders": HOLDERS,
    }
    return Register(**{**parts, **more})


def request(scheme: Scheme, **more: Any) -> Request:
    """Return a request for the invented register of a fixed day."""
    parts: dict[str, Any] = {"register": register(), "scheme": scheme, "on": DAY}
    return Request(**{**parts, **more})


def many(rows: int) -> Register:
    """Return a register of so many risk points, three to a power, for measuring."""
    powers = tuple(_many_power(number) for number in range(0, rows, 3))
    return register(powers=powers, risks=tuple(_many_risk(number) for number in range(rows)))


def _many_power(number: int) -> Power:
    return Power(
        id=f"power-{number // 3 + 1}",
        unit="unit-2",
        name=f"评审员注册审批第{number}类",
        code=f"PW-{number:04}",
        category="decision",
        bases=(Basis(text=f"《评审员管理办法》第{number}条至第{number + 3}条"),),
    )


def _many_risk(number: int) -> RiskPoint:
    first = number * 3 + 1
    return _risk(
        number + 1,
        _about(SubjectKind.POWER, f"power-{number // 3 + 1}"),
        f"第{number}类把关不严，核查走过场",
        "业绩材料未核验原件即通过，只看本人声明，没有与登记信息比对",
        posts=(f"post-{number % 4 + 1}",),
        aspects=("rules", "oversight"),
        level=("high", "medium", "low", None)[number % 4],
        measures=(
            measure(first, EARLY, f"材料清单双人核验第{number}号", "post-3", frequency="每次"),
            measure(first + 1, DURING, "抽查5%的档案，结果报处长", "post-4", frequency="每季"),
            measure(first + 2, AFTER, "撤销注册，按规定处理经办人并通报", "post-4"),
        ),
    )
