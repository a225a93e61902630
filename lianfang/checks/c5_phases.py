"""C5, measures effective and workable: each risk has measures, in the phases its level asks."""

from collections.abc import Collection, Iterator

from lianfang.checks.check import Hit, check, hit
from lianfang.checks.finding import Severity
from lianfang.checks.index import Index
from lianfang.checks.naming import listed, of_risk
from lianfang.checks.things import the_risk
from lianfang.common.text import Text
from lianfang.register.model import Fact, RiskPoint


@check(
    code="C501",
    slug="risk-without-measure",
    severity=Severity.ERROR,
    field="measures",
    clause="五（四）",
    needs=(Fact.RISKS, Fact.MEASURES),
    title=Text("风险点没有防控措施", "A risk point without a measure"),
    why=Text(
        "查出风险而不防控，等于没有查。", "A risk found and left alone might as well not be found."
    ),
    message=Text(
        "{unit}的风险点“{risk}”没有任何防控措施。",
        "Risk point “{risk}” of {unit} has no measure at all.",
    ),
    mend=Text(
        "按前期预防、中期监控、后期处置制定措施。",
        "Set measures: to prevent it, to watch for it, to deal with it.",
    ),
    flagged=Text("“民工工资发放”，措施空白", "“Paying wages”, measures blank"),
    clean=Text(
        "“民工工资发放”：工资由银行代发到本人卡", "“Paying wages”: paid by bank to each card"
    ),
)
def risk_without_measure(index: Index) -> Iterator[Hit]:
    treated = {row.risk.id for row in index.measure_rows if row.text}
    for risk in index.register.risks:
        if risk.id not in treated:
            yield hit(the_risk(risk), of_risk(index, risk))


def _lacking(index: Index, rank: int, asked: int) -> Iterator[Hit]:
    """Yield the risk points of a rank with measures in fewer phases than asked.

    A measure not yet sorted may belong to any phase and stands in for one.
    """
    phases = {phase.code: phase.label for phase in index.yardstick.scheme.phases}
    for risk in index.register.risks:
        if index.rank(risk) != rank or not risk.measures:
            continue
        sorted_into = {m.phase for m in risk.measures if m.phase in phases}
        unsorted = sum(measure.phase not in phases for measure in risk.measures)
        if len(sorted_into) + unsorted < min(asked, len(phases)):
            yield hit(the_risk(risk), _phase_words(index, risk, sorted_into, phases))


def _phase_words(
    index: Index, risk: RiskPoint, sorted_into: Collection[str | None], phases: dict[str, Text]
) -> dict[str, object]:
    missing = [label for code, label in phases.items() if code not in sorted_into]
    return of_risk(index, risk) | {
        "level": index.yardstick.label(index.level(risk)),
        "count": len(sorted_into),
        "phases": listed(missing, len(missing)),
    }


@check(
    code="C502",
    slug="high-risk-lacks-phase",
    severity=Severity.ERROR,
    field="measures",
    clause="五（四）",
    needs=(Fact.RISKS, Fact.LEVELS, Fact.MEASURES, Fact.PHASES),
    limits=("phases_high",),
    title=Text("高等级风险缺少一个阶段的措施", "A high risk without measures in a phase"),
    why=Text(
        "高等级风险前、中、后三个阶段都要有措施。",
        "A high risk needs measures before, during and after.",
    ),
    message=Text(
        "{unit}的风险点“{risk}”评为“{level}”，缺少{phases}措施。",
        "Risk point “{risk}” of {unit} is rated “{level}” but has no measure for {phases}.",
    ),
    mend=Text("补上所缺阶段的措施。", "Add a measure for each missing phase."),
    flagged=Text("高等级，只有前期、中期措施", "High, measures early and during only"),
    clean=Text("高等级，前期、中期、后期各有措施", "High, measures early, during and after"),
)
def high_risk_lacks_phase(index: Index) -> Iterator[Hit]:
    yardstick = index.yardstick
    return _lacking(index, yardstick.highest, yardstick.whole("phases_high"))


@check(
    code="C503",
    slug="medium-risk-lacks-phase",
    severity=Severity.WARNING,
    field="measures",
    clause="五（四）",
    needs=(Fact.RISKS, Fact.LEVELS, Fact.MEASURES, Fact.PHASES),
    limits=("phases_medium",),
    title=Text("中等级风险只有一个阶段的措施", "A medium risk with measures in one phase only"),
    why=Text(
        "只防前面不管后面，出了问题没有办法。", "Prevention alone leaves nothing for when it fails."
    ),
    message=Text(
        "{unit}的风险点“{risk}”评为“{level}”，只有 {count} 个阶段有措施，缺少{phases}措施。",
        "Risk point “{risk}” of {unit} is rated “{level}” but has measures in {count} phase(s)"
        " only, none for {phases}.",
    ),
    mend=Text("至少再补一个阶段的措施。", "Add a measure for at least one more phase."),
    flagged=Text("中等级，只有一条前期措施", "Medium, one early measure"),
    clean=Text("中等级，前期、中期各一条措施", "Medium, one early and one during"),
)
def medium_risk_lacks_phase(index: Index) -> Iterator[Hit]:
    yardstick = index.yardstick
    between = [
        level.rank
        for level in yardstick.scheme.levels
        if yardstick.lowest < level.rank < yardstick.highest
    ]
    for rank in between:
        yield from _lacking(index, rank, yardstick.whole("phases_medium"))
