"""C5, measures effective and workable: the rules on which measures rest or that they ask for."""

from collections.abc import Iterator

from lianfang.checks.check import Hit, check, hit
from lianfang.checks.finding import Severity
from lianfang.checks.index import Index
from lianfang.checks.naming import cut, of_measure
from lianfang.checks.things import the_measure
from lianfang.common.text import Text
from lianfang.register.model import Fact, Measure, Regulation, RegulationState, RiskPoint

_STATES = {
    RegulationState.REPEALED: Text("已经废止", "repealed"),
    RegulationState.TO_BE_MADE: Text("尚未制定", "not yet made"),
    RegulationState.DRAFTING: Text("还在起草", "still being drafted"),
}


@check(
    code="C511",
    slug="measure-rests-on-dead-rule",
    severity=Severity.ERROR,
    field="regulation",
    clause="五（四）",
    needs=(Fact.MEASURES, Fact.REGULATIONS),
    title=Text("措施依据的制度不在执行", "A measure that rests on a rule not in force"),
    why=Text(
        "制度没有生效或已经废止，措施就没有依据。",
        "With the rule repealed or not yet made, the measure rests on nothing.",
    ),
    message=Text(
        "风险点“{risk}”的措施“{measure}”依据的《{rule}》{state}。",
        "Measure “{measure}” of risk point “{risk}” rests on “{rule}”, which is {state}.",
    ),
    mend=Text(
        "改为现行制度；要新定制度的，写明责任岗位和期限。",
        "Cite a rule in force; if one is to be made, name who makes it and by when.",
    ),
    flagged=Text("依据《车辆管理暂行规定》（已废止）", "Rests on Vehicle Rules (repealed)"),
    clean=Text("依据《公务用车管理办法》（有效）", "Rests on Vehicle Rules (in force)"),
)
def measure_rests_on_dead_rule(index: Index) -> Iterator[Hit]:
    for risk, measure, _ in index.measures:
        rule = index.regulations.get(measure.regulation or "")
        if rule is None or rule.state is RegulationState.IN_FORCE:
            continue
        if not measure.asks_rule or rule.state is RegulationState.REPEALED:
            words = {"rule": cut(rule.title.strip("《》")), "state": _STATES[rule.state]}
            yield hit(the_measure(measure), of_measure(risk, measure) | words)


@check(
    code="C512",
    slug="rule-without-owner-or-date",
    severity=Severity.WARNING,
    field="text",
    clause="五（四）",
    needs=(Fact.MEASURES, Fact.RESPONSIBLE, Fact.FREQUENCIES),
    words=("rule_demand_patterns", "actors", "measured_patterns"),
    title=Text("要立制度而没有责任人或期限", "A rule asked for without an owner or a date"),
    why=Text(
        "没有人起草、没有期限的制度不会出台。", "A rule with no author and no date is never made."
    ),
    message=Text(
        "风险点“{risk}”的措施“{measure}”要求制定制度，但没有写明{lacking}。",
        "Measure “{measure}” of risk point “{risk}” asks for a rule but names no {lacking}.",
    ),
    mend=Text(
        "写明由哪个岗位起草、何时印发。", "Name the post that drafts it and when it is issued."
    ),
    flagged=Text(
        "“制定车辆管理制度”，责任、期限空白", "“Make vehicle rules”, owner and date blank"
    ),
    clean=Text(
        "“制定车辆管理制度”，办公室主任，6 月底前", "“Make vehicle rules”: office head, by June"
    ),
)
def rule_without_owner_or_date(index: Index) -> Iterator[Hit]:
    is_demand = index.yardstick.searcher("rule_demand_patterns")
    for risk, measure, text in index.measures:
        if not measure.asks_rule and not is_demand(text):
            continue
        rule = index.regulations.get(measure.regulation or "")
        owner = _has_owner(index, risk, measure, rule, text)
        date = _has_date(index, measure, rule, text)
        if not (owner and date):
            words = of_measure(risk, measure) | {"lacking": _lacking(owner, date)}
            yield hit(the_measure(measure), words)


def _has_owner(
    index: Index, risk: RiskPoint, measure: Measure, rule: Regulation | None, text: str
) -> bool:
    stated = measure.post or measure.responsible.strip() or (rule and rule.owner)
    in_text = index.yardstick.searcher("actors")(text) is not None
    return bool(stated) or risk.id in index.owned or in_text


def _has_date(index: Index, measure: Measure, rule: Regulation | None, text: str) -> bool:
    stated = measure.due_on or measure.frequency.strip() or (rule and rule.due_on)
    return bool(stated) or index.yardstick.searcher("measured_patterns")(text) is not None


def _lacking(owner: bool, date: bool) -> Text:
    if owner:
        return Text("期限", "date")
    return Text("责任人", "owner") if date else Text("责任人和期限", "owner and no date")
