"""What a source had no place for: said once for each fact, instead of once for each row."""

from collections.abc import Iterable, Iterator

from lianfang.checks.catalogue import CATALOGUE, NOTE_SLUG
from lianfang.checks.check import Check
from lianfang.checks.finding import REGISTER, Finding, Severity
from lianfang.common.text import Text
from lianfang.register.model import Fact, Register

_LABELS = {
    Fact.UNITS: Text("单位", "units"),
    Fact.POSTS: Text("岗位", "posts"),
    Fact.POST_DUTIES: Text("岗位职责", "duties of posts"),
    Fact.HOLDERS: Text("任职人员", "holders of posts"),
    Fact.FINDERS: Text("各人查找风险的数量", "how many risks each member of staff found"),
    Fact.TOTALS: Text("封面合计", "totals on a cover sheet"),
    Fact.POWERS: Text("职权", "powers"),
    Fact.CATEGORIES: Text("职权类别", "categories of powers"),
    Fact.BASES: Text("行使依据", "bases of powers"),
    Fact.STEPS: Text("运行流程", "flows of steps"),
    Fact.POWER_POSTS: Text("职权的决定、执行、监督岗位", "the posts of powers"),
    Fact.LIMITS: Text("岗位权限", "limits of authority"),
    Fact.RISKS: Text("风险点", "risk points"),
    Fact.RISK_POSTS: Text("风险点所在岗位", "the posts of risk points"),
    Fact.ASPECTS: Text("风险类别", "aspects of risk points"),
    Fact.MANIFESTATIONS: Text("表现形式", "manifestations"),
    Fact.LEVELS: Text("风险等级", "levels"),
    Fact.SCORES: Text("评分", "scores"),
    Fact.MEASURES: Text("防控措施", "measures"),
    Fact.PHASES: Text("措施的阶段（前期、中期、后期）", "phases of measures"),
    Fact.RESPONSIBLE: Text("措施的责任岗位", "who carries out measures"),
    Fact.FREQUENCIES: Text("措施的频次或期限", "when or how often measures are carried out"),
    Fact.EVIDENCE: Text("措施的凭证", "evidence of measures"),
    Fact.REGULATIONS: Text("制度", "regulations"),
}
_WITHIN = {
    Fact.POST_DUTIES: Fact.POSTS,
    Fact.HOLDERS: Fact.POSTS,
    Fact.CATEGORIES: Fact.POWERS,
    Fact.BASES: Fact.POWERS,
    Fact.STEPS: Fact.POWERS,
    Fact.POWER_POSTS: Fact.POWERS,
    Fact.LIMITS: Fact.POWER_POSTS,
    Fact.RISK_POSTS: Fact.RISKS,
    Fact.ASPECTS: Fact.RISKS,
    Fact.MANIFESTATIONS: Fact.RISKS,
    Fact.LEVELS: Fact.RISKS,
    Fact.SCORES: Fact.LEVELS,
    Fact.MEASURES: Fact.RISKS,
    Fact.PHASES: Fact.MEASURES,
    Fact.RESPONSIBLE: Fact.MEASURES,
    Fact.FREQUENCIES: Fact.MEASURES,
    Fact.EVIDENCE: Fact.MEASURES,
}
_MESSAGE = Text(
    "来源没有记载{fact}，没有做与此有关的 {count} 项检查（{codes}）。",
    "The source records no {fact}; {count} checks about it were not made ({codes}).",
)
_MEND = Text(
    "要做这些检查，请在表中增加这一栏，或在系统中补填。",
    "For these checks add the column to the table, or enter the facts in the system.",
)


def label(fact: Fact) -> Text:
    """Return the words for a fact."""
    return _LABELS[fact]


def home(fact: Fact) -> str:
    """Return the group of the first check that needs a fact; notes about it stand there."""
    return next((check.group for check in CATALOGUE if fact in check.needs), "C1")


def unknown_facts(register: Register) -> frozenset[Fact]:
    """Return the facts a Register can't hold: named absent, or within one that is."""
    unknown = set(register.absent)
    optional = (
        (Fact.HOLDERS, register.holders),
        (Fact.FINDERS, register.finders),
        (Fact.TOTALS, register.totals),
    )
    unknown |= {fact for fact, part in optional if part is None}
    while more := {fact for fact, whole in _WITHIN.items() if whole in unknown} - unknown:
        unknown |= more
    return frozenset(unknown)


def notes(checks: Iterable[Check], unknown: frozenset[Fact]) -> Iterator[Finding]:
    """Yield one note for each unknown fact that a check needs, save those within another."""
    asked: dict[Fact, list[str]] = {}
    for check in checks:
        for fact in check.needs:
            if fact in unknown:
                asked.setdefault(fact, []).append(check.code)
    for fact in Fact:
        if fact in asked and _WITHIN.get(fact) not in asked:
            yield _note(fact, asked[fact])


def _note(fact: Fact, codes: list[str]) -> Finding:
    group = home(fact)
    return Finding(
        code=f"{group}00",
        slug=NOTE_SLUG,
        severity=Severity.NOTE,
        subject=REGISTER,
        field=fact.value,
        message=_MESSAGE.filled(fact=_LABELS[fact], count=len(codes), codes=", ".join(codes)),
        mend=_MEND,
        clause="六（二）",
    )
