"""C5, measures effective and workable: who, when, with what evidence, and an act at all."""

from collections.abc import Iterator

from lianfang.checks.check import Hit, check, hit
from lianfang.checks.copies import (
    copied,
    copier,
    from_there,
    same_wording,
    told,
)
from lianfang.checks.finding import Severity
from lianfang.checks.index import Index, Row
from lianfang.checks.naming import named, of_measure, of_risk, post_name
from lianfang.checks.slogans import SLOGAN_WORDS, slogans
from lianfang.checks.things import the_measure
from lianfang.common.text import Text, bare
from lianfang.register.model import Fact, Measure, RiskPoint


@check(
    code="C504",
    slug="measure-without-who",
    severity=Severity.WARNING,
    field="responsible",
    clause="五（四）",
    needs=(Fact.MEASURES, Fact.RESPONSIBLE),
    words=("actors",),
    title=Text("措施没有责任人", "A measure with no who"),
    why=Text("没有人负责的措施不会落实。", "A measure that is nobody's is not carried out."),
    message=Text(
        "风险点“{risk}”的措施“{measure}”没有写由谁负责。",
        "Measure “{measure}” of risk point “{risk}” doesn't say who carries it out.",
    ),
    mend=Text("写明责任岗位。", "Name the responsible post."),
    flagged=Text("“每月抽查 5 份档案”，责任岗位空白", "“Check 5 files a month”, responsible blank"),
    clean=Text("“每月抽查 5 份档案”，责任岗位为处长", "“Check 5 files a month”, the head"),
)
def measure_without_who(index: Index) -> Iterator[Hit]:
    names_actor = index.yardstick.searcher("actors")
    for risk, measure, text in index.measures:
        if measure.post or measure.responsible.strip() or risk.id in index.owned:
            continue
        if text and not names_actor(text):
            yield hit(the_measure(measure), of_measure(risk, measure))


@check(
    code="C505",
    slug="measure-without-when",
    severity=Severity.WARNING,
    field="frequency",
    clause="五（四）",
    needs=(Fact.MEASURES, Fact.FREQUENCIES),
    words=("measured_patterns", "occasion_patterns"),
    title=Text("措施没有时间", "A measure with no when or how often"),
    why=Text(
        "不写何时做、多久做一次，就无法检查是否做了。",
        "Unless it says when or how often, nobody can check that it was done.",
    ),
    message=Text(
        "风险点“{risk}”的措施“{measure}”没有写何时做或多久做一次。",
        "Measure “{measure}” of risk point “{risk}” says neither when nor how often.",
    ),
    mend=Text("写明频次、期限或触发的情形。", "Give how often, by when, or on what occasion."),
    flagged=Text("“抽查评审档案”，频次空白", "“Check assessment files”, frequency blank"),
    clean=Text("“每季度抽查评审档案”；“付款前复核”", "“… every quarter”; “checked before payment”"),
)
def measure_without_when(index: Index) -> Iterator[Hit]:
    is_measured = index.yardstick.searcher("measured_patterns")
    is_occasion = index.yardstick.searcher("occasion_patterns")
    for risk, measure, text in index.measures:
        if measure.due_on or measure.frequency.strip() or not text:
            continue
        if not is_measured(text) and not is_occasion(text):
            yield hit(the_measure(measure), of_measure(risk, measure))


@check(
    code="C506",
    slug="measure-without-evidence",
    severity=Severity.WARNING,
    field="evidence",
    clause="五（四）",
    needs=(Fact.MEASURES, Fact.EVIDENCE),
    words=("evidence_words",),
    title=Text("措施没有凭证", "A measure with no evidence"),
    why=Text(
        "不留凭证，做没做都说不清。", "Where nothing is left behind nobody can tell if it was done."
    ),
    message=Text(
        "风险点“{risk}”的措施“{measure}”没有写留下什么凭证。",
        "Measure “{measure}” of risk point “{risk}” doesn't say what it leaves as evidence.",
    ),
    mend=Text(
        "写明记录、签字单、公示件等凭证。", "Name the record, signed sheet or notice it leaves."
    ),
    flagged=Text("“两人同时到场监督”，凭证空白", "“Two people attend”, evidence blank"),
    clean=Text("“两人同时到场监督”，凭证为现场监督记录", "“Two people attend”: signed record"),
)
def measure_without_evidence(index: Index) -> Iterator[Hit]:
    leaves_record = index.yardstick.searcher("evidence_words")
    for risk, measure, text in index.measures:
        if text and not measure.evidence.strip() and not leaves_record(text):
            yield hit(the_measure(measure), of_measure(risk, measure))


@check(
    code="C507",
    slug="measure-slogan",
    severity=Severity.WARNING,
    field="text",
    clause="五（四）",
    needs=(Fact.MEASURES,),
    words=SLOGAN_WORDS,
    title=Text("措施只是口号", "A slogan for a measure"),
    why=Text(
        "只有号召没有动作，防不住任何风险，也无法检查。",
        "A call without an act prevents nothing, and nobody can check it.",
    ),
    message=Text(
        "风险点“{risk}”的措施“{measure}”只是号召，没有写具体做什么。",
        "Measure “{measure}” of risk point “{risk}” only exhorts; it names no act.",
    ),
    mend=Text(
        "写明做什么、谁来做、何时做、留下什么凭证，例如“每季度由处长抽查 5% 的档案并记录”。",
        "Say what is done, by whom, when and with what evidence: “each quarter the head checks 5 %"
        " of the files and records it”.",
    ),
    flagged=Text("“加强学习，提高认识”", "“Strengthen learning, raise awareness”"),
    clean=Text(
        "“严格执行‘三重一大’集体决策制度”", "“Keep the rule of collective decision strictly”"
    ),
)
def measure_slogan(index: Index) -> Iterator[Hit]:
    is_slogan = slogans(index.yardstick)
    for risk, measure, text in index.measures:
        if measure.frequency.strip() and measure.evidence.strip():
            continue
        if is_slogan(text):
            yield hit(the_measure(measure), of_measure(risk, measure))


def _first_words(risk: RiskPoint) -> str:
    shown = next((bare(s.text) for s in risk.manifestations), "")
    return bare(risk.title) or shown


def _unlike(rows: list[Row]) -> int:
    """Return on how many differently named risks a wording stands."""
    return len({_first_words(row.risk) for row in rows})


@check(
    code="C508",
    slug="measure-on-unlike-risks",
    severity=Severity.WARNING,
    field="text",
    clause="五（四）",
    needs=(Fact.RISKS, Fact.MEASURES),
    limits=("measure_risks", "measure_length", "places_named"),
    title=Text("不同风险用同一条措施", "Identical measures on unlike risks"),
    why=Text(
        "一条措施套用到各种风险，说明没有针对性。",
        "One measure put on all kinds of risks fits none of them.",
    ),
    message=Text(
        "措施“{measure}”一字不差地用在 {count} 个不同的风险点：{places}。",
        "Measure “{measure}” stands word for word on {count} unlike risk points: {places}.",
    ),
    mend=Text("按每个风险的表现形式分别制定。", "Set a measure for how each of the risks shows."),
    flagged=Text(
        "“强化管理检查，及时发现并纠正不规范行为”用于 7 个风险点",
        "One sentence on seven risk points",
    ),
    clean=Text("“两人复核”用于两个风险点", "“Second check” on two risk points"),
)
def measure_on_unlike_risks(index: Index) -> Iterator[Hit]:
    yardstick = index.yardstick
    least = yardstick.whole("measure_risks")
    for rows in same_wording(index.measure_rows, yardstick.limit("measure_length")):
        first = rows[0].measure
        if first and len(rows) >= least and _unlike(rows) >= least:
            yield hit(the_measure(first), told(index, rows) | {"measure": named(first.text)})


@check(
    code="C509",
    slug="measure-copied-from-unit",
    severity=Severity.WARNING,
    field="text",
    clause="五（四）",
    needs=(Fact.UNITS, Fact.RISKS, Fact.MEASURES),
    limits=("copied_length", "copied_likeness", "measure_risks", "places_named"),
    title=Text("措施与其他单位雷同", "A measure copied from another unit"),
    why=Text(
        "照抄其他单位的措施，未必适合本单位的岗位和流程。",
        "What another unit wrote hardly fits one's own posts and flow.",
    ),
    message=Text(
        "{unit}的风险点“{risk}”的措施“{measure}”与“{there}”几乎一样"
        "（共 {count} 个风险点、{units} 个单位）。",
        "Measure “{measure}” of risk point “{risk}” of {unit} is almost word for word that of"
        " “{there}” ({count} risk points in {units} units).",
    ),
    mend=Text(
        "结合本单位的岗位和流程重写；确需统一的，引用共同的制度。",
        "Write it anew for the unit's own posts; where it must be one, cite the common rule.",
    ),
    flagged=Text("两个处室的一段措施只差处室名称", "Two departments, one paragraph, names changed"),
    clean=Text(
        "两个处室都写“结果公示 5 个工作日”，其余不同", "Both publish for 5 days, all else differs"
    ),
)
def measure_copied_from_unit(index: Index) -> Iterator[Hit]:
    often = index.yardstick.whole("measure_risks")
    for rows in copied(index, index.measure_rows, told=often):
        row = copier(rows)
        if row.measure:
            words = told(index, rows) | of_risk(index, row.risk)
            words |= {"measure": named(row.measure.text), "there": from_there(index, rows)}
            yield hit(the_measure(row.measure), words)


@check(
    code="C510",
    slug="measure-kept-by-carrier",
    severity=Severity.WARNING,
    field="post",
    clause="五（四）",
    needs=(Fact.MEASURES, Fact.RESPONSIBLE, Fact.RISK_POSTS),
    title=Text("由带风险的岗位自己负责措施", "A measure kept by the post that carries the risk"),
    why=Text(
        "让有风险的岗位自己防自己，没有制约作用。",
        "Nobody is held in check by a measure of one's own.",
    ),
    message=Text(
        "风险点“{risk}”的措施“{measure}”由带有该风险的岗位“{post}”自己负责。",
        "Measure “{measure}” of risk point “{risk}” is kept by “{post}”, the post that carries it.",
    ),
    mend=Text(
        "改由上级岗位或监督岗位负责。", "Give it to the post above, or to one that supervises."
    ),
    flagged=Text("采购岗的风险，措施由采购岗负责", "A buyer's risk, the measure kept by the buyer"),
    clean=Text("采购岗的风险，措施由处长负责", "A buyer's risk, the measure kept by the head"),
)
def measure_kept_by_carrier(index: Index) -> Iterator[Hit]:
    for risk, measure, _ in index.measures:
        post = _carrier(index, risk, measure)
        if post is not None:
            words = of_measure(risk, measure) | {"post": post_name(index, post)}
            yield hit(the_measure(measure), words)


def _carrier(index: Index, risk: RiskPoint, measure: Measure) -> str | None:
    if measure.post:
        return measure.post if measure.post in risk.posts else None
    said = bare(measure.responsible)
    if not said:
        return None
    posts = (index.posts.get(post) for post in risk.posts)
    return next((post.id for post in posts if post and bare(post.name) == said), None)
