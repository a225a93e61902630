"""C1, powers complete: flows that begin, go on and end, in steps that say what is done."""

from collections.abc import Iterator

from lianfang.checks.check import Hit, check, hit
from lianfang.checks.finding import Severity
from lianfang.checks.index import Index
from lianfang.checks.naming import of_power, of_step
from lianfang.checks.steps import joined_acts
from lianfang.checks.things import the_power, the_step
from lianfang.common.text import Text, bare
from lianfang.register.model import Fact


@check(
    code="C109",
    slug="flow-without-start",
    severity=Severity.ERROR,
    field="steps",
    clause="五（一）1",
    needs=(Fact.STEPS,),
    title=Text("流程没有起点", "A flow without a start"),
    why=Text("没有起点，就不知道事情由谁发起。", "Without a start nobody knows who sets it going."),
    message=Text(
        "{unit}的职权“{power}”的流程没有起点。",
        "The flow of power “{power}” of {unit} has no start.",
    ),
    mend=Text("标明从哪个环节开始。", "Mark the step at which it begins."),
    flagged=Text("审核 → 审批 → 审核，首尾相接", "review → approve → review, a closed circle"),
    clean=Text("受理（起点）→ 审核 → 审批", "accept (start) → review → approve"),
)
def flow_without_start(index: Index) -> Iterator[Hit]:
    for power, flow in index.flows:
        if not flow.starts:
            yield hit(the_power(power), of_power(index, power))


@check(
    code="C110",
    slug="flow-without-end",
    severity=Severity.ERROR,
    field="steps",
    clause="五（一）1",
    needs=(Fact.STEPS,),
    title=Text("流程没有终点", "A flow without an end"),
    why=Text("没有终点，就不知道何时算办完。", "Without an end nobody knows when it is done."),
    message=Text(
        "{unit}的职权“{power}”的流程没有终点。", "The flow of power “{power}” of {unit} has no end."
    ),
    mend=Text("标明到哪个环节结束。", "Mark the step at which it ends."),
    flagged=Text("受理（起点）→ 审核 → 补正 → 审核", "accept (start) → review → correct → review"),
    clean=Text("受理（起点）→ 审核 → 办结（终点）", "accept (start) → review → conclude (end)"),
)
def flow_without_end(index: Index) -> Iterator[Hit]:
    for power, flow in index.flows:
        if not flow.ends:
            yield hit(the_power(power), of_power(index, power))


@check(
    code="C111",
    slug="step-unreachable",
    severity=Severity.ERROR,
    field="arrows",
    clause="五（一）1",
    needs=(Fact.STEPS,),
    title=Text("环节到达不了", "A step that nothing leads to"),
    why=Text(
        "到达不了的环节不会发生，它的制约形同虚设。",
        "A step that is never reached never happens, nor does its control.",
    ),
    message=Text(
        "职权“{power}”的环节“{step}”从起点走不到。",
        "Step “{step}” of power “{power}” can't be reached from the start.",
    ),
    mend=Text("补上通向它的箭头，或删去该环节。", "Draw the arrow that leads to it, or drop it."),
    flagged=Text("“复核”没有箭头指入", "No arrow leads to “second check”"),
    clean=Text("“审核”之后箭头指向“复核”", "An arrow leads from “review” to “second check”"),
)
def step_unreachable(index: Index) -> Iterator[Hit]:
    for power, flow in index.flows:
        for step in flow.unreachable():
            yield hit(the_step(step), of_step(power, step))


@check(
    code="C112",
    slug="step-dead-end",
    severity=Severity.ERROR,
    field="arrows",
    clause="五（一）1",
    needs=(Fact.STEPS,),
    title=Text("环节走不下去", "A dead end"),
    why=Text(
        "事情停在不是终点的环节，去向不明。",
        "What stops at a step that is no end goes nobody knows where.",
    ),
    message=Text(
        "职权“{power}”的环节“{step}”之后没有去向，又不是终点。",
        "Nothing follows step “{step}” of power “{power}”, and it is no end.",
    ),
    mend=Text("补上下一环节，或标为终点。", "Draw what comes next, or mark it as an end."),
    flagged=Text("“退回补正”之后没有箭头", "Nothing leads on from “return for correction”"),
    clean=Text("“退回补正”箭头回到“受理”", "“Return for correction” leads back to “accept”"),
)
def step_dead_end(index: Index) -> Iterator[Hit]:
    for power, flow in index.flows:
        for step in flow.dead_ends():
            yield hit(the_step(step), of_step(power, step))


@check(
    code="C113",
    slug="decision-with-one-exit",
    severity=Severity.ERROR,
    field="arrows",
    clause="五（一）1",
    needs=(Fact.STEPS,),
    title=Text("判断只有一个出口", "A decision with one exit"),
    why=Text(
        "只有“通过”没有“不通过”，等于没有把关。",
        "Where there is only “passed” and no “refused”, nothing is decided.",
    ),
    message=Text(
        "职权“{power}”的判断“{step}”只有一个出口。",
        "Decision “{step}” of power “{power}” has only one way out.",
    ),
    mend=Text(
        "画出另一种结果的去向，或改为普通环节。",
        "Draw where the other outcome leads, or make it a plain step.",
    ),
    flagged=Text("“是否合格”只画了“是”", "“Fit?” with only “yes” drawn"),
    clean=Text("“是否合格”，是 → 发证，否 → 退回", "“Fit?”: yes → certificate, no → return"),
)
def decision_with_one_exit(index: Index) -> Iterator[Hit]:
    for power, flow in index.flows:
        for step in flow.forced_decisions():
            yield hit(the_step(step), of_step(power, step))


@check(
    code="C114",
    slug="step-name-vague",
    severity=Severity.WARNING,
    field="name",
    clause="五（一）1",
    needs=(Fact.STEPS,),
    words=("vague_steps",),
    title=Text("环节名称空泛", "A vague step name"),
    why=Text(
        "“办理”“处理”看不出做什么事，也就看不出风险。",
        "“Handle” doesn't say what is done, nor what can go wrong.",
    ),
    message=Text(
        "职权“{power}”有一个环节只写“{step}”，没有说明做什么。",
        "A step of power “{power}” is called just “{step}”; it doesn't say what is done.",
    ),
    mend=Text("写明对什么做什么，例如“核对票据”。", "Say what is done to what: “check receipts”."),
    flagged=Text("环节“办理”", "Step “handle”"),
    clean=Text("环节“核对申请材料原件”", "Step “compare the application with its originals”"),
)
def step_name_vague(index: Index) -> Iterator[Hit]:
    vague = index.yardstick.words("vague_steps")
    for power, flow in index.flows:
        for step in flow.steps:
            if bare(step.name) in vague:
                yield hit(the_step(step), of_step(power, step))


@check(
    code="C115",
    slug="step-joins-acts",
    severity=Severity.WARNING,
    field="name",
    clause="五（一）2",
    needs=(Fact.STEPS,),
    words=("act_joints",),
    pairs=("incompatible_acts",),
    title=Text("不相容的动作合在一个环节", "Incompatible acts in one step"),
    why=Text(
        "申请与审批、采购与验收合为一步，就没有人把关。",
        "Where applying and approving, or buying and accepting, are one step, nobody checks.",
    ),
    message=Text(
        "职权“{power}”的环节“{step}”把“{one}”和“{other}”合在一起。",
        "Step “{step}” of power “{power}” joins “{one}” and “{other}”.",
    ),
    mend=Text("分成两个环节，由不同岗位承担。", "Make two steps of it, at different posts."),
    flagged=Text("环节“采购、验收”", "Step “buy and accept”"),
    clean=Text(
        "环节“采购”“验收”分列；“审批采购申请”", "Steps “buy” and “accept”; “approve a request”"
    ),
)
def step_joins_acts(index: Index) -> Iterator[Hit]:
    joined = joined_acts(index.yardstick)
    for power, flow in index.flows:
        for step in flow.steps:
            acts = joined(step.name)
            if acts:
                words = of_step(power, step) | {"one": acts[0], "other": acts[1]}
                yield hit(the_step(step), words)
