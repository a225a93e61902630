"""C3, risks all found: every power, key step, leader, aspect and member of staff looked at."""

from collections import defaultdict
from collections.abc import Iterator

from lianfang.checks.check import Hit, check, hit
from lianfang.checks.finding import Severity
from lianfang.checks.index import Index
from lianfang.checks.naming import cut, listed, named, of_power, of_step, unit_name
from lianfang.checks.steps import key_act
from lianfang.checks.things import the_post, the_power, the_step, the_unit
from lianfang.common.text import Text, squeezed
from lianfang.register.model import Fact, Finder, RiskPoint, SubjectKind


@check(
    code="C301",
    slug="power-without-risk",
    severity=Severity.ERROR,
    field="risks",
    clause="五（二）",
    needs=(Fact.POWERS, Fact.RISKS),
    title=Text("职权没有风险点", "A power without a risk point"),
    why=Text(
        "每项职权都要查找风险；一个也没有，说明没有查。",
        "Risks are to be looked for in every power; none at all means nobody looked.",
    ),
    message=Text(
        "{unit}的职权“{power}”及其环节没有查出任何风险点。",
        "No risk point was found in power “{power}” of {unit} or its steps.",
    ),
    mend=Text(
        "从权力设置、制度机制、监督制约、思想道德、外部环境等方面逐一查找。",
        "Look at how it is set up, its rules, its oversight, conduct and outside environment.",
    ),
    flagged=Text("“合同审签”名下没有风险点", "“Signing contracts” without a risk point"),
    clean=Text(
        "“合同审签”：先施工后补签合同", "“Signing contracts”: work starts before the contract"
    ),
)
def power_without_risk(index: Index) -> Iterator[Hit]:
    for power in index.register.powers:
        if next(index.risks_of_power(power), None) is None:
            yield hit(the_power(power), of_power(index, power))


@check(
    code="C302",
    slug="key-step-without-risk",
    severity=Severity.WARNING,
    field="risks",
    clause="五（二）",
    needs=(Fact.STEPS, Fact.RISKS),
    words=("key_acts",),
    title=Text("关键环节没有风险点", "A key step without a risk point"),
    why=Text(
        "审批、验收、付款等环节最容易出问题。",
        "Approval, acceptance and payment are where things go wrong first.",
    ),
    message=Text(
        "职权“{power}”的关键环节“{step}”没有查出风险点，该职权的其他风险点也没有涉及“{act}”。",
        "Key step “{step}” of power “{power}” has no risk point, and no other of its risk"
        " points speaks of “{act}”.",
    ),
    mend=Text(
        "针对该环节查找风险，写明会怎样出问题。", "Look at this step and say how it may go wrong."
    ),
    flagged=Text(
        "“付款审批”没有风险点，其他风险点只讲选型", "“Payment”: no risk; others speak of selection"
    ),
    clean=Text("“付款审批”：未达进度提前付款", "“Payment”: paid before the work is done"),
)
def key_step_without_risk(index: Index) -> Iterator[Hit]:
    for power, flow in index.flows:
        risks = list(index.risks_of_power(power))
        if not risks:
            continue
        told = squeezed("\n".join(map(_wording, risks)))
        for step in flow.steps:
            act = key_act(index, step)
            if not act or (SubjectKind.STEP, step.id) in index.risks_about:
                continue
            if act not in told and squeezed(step.name) not in told:
                yield hit(the_step(step), of_step(power, step) | {"act": act})


def _wording(risk: RiskPoint) -> str:
    return "\n".join((risk.title, *(shown.text for shown in risk.manifestations)))


@check(
    code="C303",
    slug="leadership-post-without-risk",
    severity=Severity.ERROR,
    field="risks",
    clause="五（二）",
    needs=(Fact.POSTS, Fact.RISKS, Fact.RISK_POSTS),
    title=Text("领导岗位没有风险点", "A leadership post without a risk point"),
    why=Text(
        "领导班子要带头查找重大决策、干部任免、重大工作和大额资金方面的风险。",
        "Leaders look first: at major decisions, appointments, major work and large sums.",
    ),
    message=Text(
        "{unit}的领导岗位“{post}”没有查出任何风险点。",
        "Leadership post “{post}” of {unit} has no risk point.",
    ),
    mend=Text(
        "由该岗位人员查找并填写。", "Let the holder of the post look for them and enter them."
    ),
    flagged=Text("“副主任”没有风险点", "“Deputy director” without a risk point"),
    clean=Text(
        "“副主任”：干预分管处室的评审员选派", "“Deputy director”: meddles in assigning assessors"
    ),
)
def leadership_post_without_risk(index: Index) -> Iterator[Hit]:
    for post in index.register.posts:
        if (post.leadership or post.leadership_head) and post.id not in index.posts_at_risk:
            words = {"unit": unit_name(index, post.unit), "post": named(post.name)}
            yield hit(the_post(post), words)


@check(
    code="C304",
    slug="aspect-unexamined",
    severity=Severity.WARNING,
    field="aspects",
    clause="五（二）",
    needs=(Fact.RISKS, Fact.ASPECTS),
    limits=("aspect_risks",),
    title=Text("有的方面没有人查", "An aspect that nobody looked at"),
    why=Text(
        "风险要从各个方面查找，只查一两个方面会漏。",
        "Risks are looked for on every side; looking at one or two misses the rest.",
    ),
    message=Text(
        "“{unit}”有 {count} 个风险点，没有一个涉及{aspects}。",
        "“{unit}” has {count} risk points, none of them about {aspects}.",
    ),
    mend=Text(
        "就这些方面再查一遍；确实没有的，写明已经查过。",
        "Look at these aspects again; if there is nothing, say so.",
    ),
    flagged=Text("12 个风险点全是“思想道德”", "Twelve risk points, all about conduct"),
    clean=Text("各方面至少有一个风险点", "At least one risk point for each aspect"),
)
def aspect_unexamined(index: Index) -> Iterator[Hit]:
    for unit in index.register.units:
        risks = [risk for risk in index.risks_of.get(unit.id, ()) if risk.aspects]
        if len(risks) < index.yardstick.limit("aspect_risks"):
            continue
        seen = {aspect for risk in risks for aspect in risk.aspects}
        missing = [a.label for a in index.yardstick.scheme.aspects if a.code not in seen]
        if missing:
            words = {
                "unit": named(unit.name),
                "count": len(risks),
                "aspects": listed(missing, len(missing)),
            }
            yield hit(the_unit(unit), words)


@check(
    code="C305",
    slug="staff-found-none",
    severity=Severity.WARNING,
    field="finders",
    clause="五（二）",
    needs=(Fact.UNITS, Fact.FINDERS),
    limits=("places_named",),
    title=Text("有人没有查找风险", "Staff who have found nothing"),
    why=Text(
        "要求人人参与查找、人人找出风险。", "Everyone is to take part, and everyone to find some."
    ),
    message=Text(
        "“{unit}”有 {count} 人还没有查出风险点：{people}。",
        "{count} of the staff of “{unit}” have found no risk point yet: {people}.",
    ),
    mend=Text(
        "请他们对照自己的岗位查找后补报。", "Ask them to look at their own posts and report."
    ),
    flagged=Text("财务处：何平 0 个", "Finance: He Ping, 0"),
    clean=Text("财务处：何平 2 个", "Finance: He Ping, 2"),
)
def staff_found_none(index: Index) -> Iterator[Hit]:
    idle: dict[str, list[Finder]] = defaultdict(list)
    for finder in index.register.finders or ():
        if finder.found <= 0:
            idle[finder.unit].append(finder)
    for unit in index.register.units:
        people = [cut(finder.person) for finder in idle.get(unit.id, ())]
        if people:
            shown = listed(people, index.yardstick.whole("places_named"))
            words = {"unit": named(unit.name), "count": len(people), "people": shown}
            yield hit(the_unit(unit), words)
