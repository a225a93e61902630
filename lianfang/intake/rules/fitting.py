"""Says which texts of a part are longer than the register keeps, before anything is written."""

from collections.abc import Iterator, Mapping

from lianfang.common.text import Text
from lianfang.register.model import Power, Regulation, RiskPoint

# Longest texts by field (`risk.title`), in characters.
Lengths = Mapping[str, int]

_NAMES = {
    "unit.name": Text("单位名称", "the name of the unit"),
    "post.name": Text("岗位名称", "the name of the post"),
    "person.name": Text("姓名", "the name"),
    "regulation.title": Text("制度名称", "the title of the regulation"),
    "power.name": Text("职权名称", "the name of the power"),
    "power.kind": Text("权力种类", "the kind of the power"),
    "basis.text": Text("行使依据", "a basis"),
    "basis.article": Text("依据条款", "the articles of a basis"),
    "step.name": Text("环节名称", "the name of a step"),
    "step.lane": Text("环节承担者", "who does a step"),
    "risk.title": Text("风险点名称", "the risk point"),
    "manifestation.text": Text("一条表现形式", "how the risk shows"),
    "measure.text": Text("一条措施", "a measure"),
    "measure.responsible": Text("措施的责任人", "who answers for a measure"),
    "measure.frequency": Text("措施的频次", "how often a measure is taken"),
    "measure.evidence": Text("措施的凭证", "the evidence of a measure"),
    "measure.method": Text("措施的方法", "the method of a measure"),
    "measure.indicator": Text("措施的指标", "the indicator of a measure"),
}
FIELDS = tuple(_NAMES)
_TOO_LONG = Text(
    "{what}有 {number} 字，最多 {most} 字：“{begin}…”。请在原表中缩短或分成几条后重新上传。",
    "{what} has {number} characters, at most {most} are kept: “{begin}…”. Shorten or split it in "
    "the file and upload that again.",
)


def misfits(texts: Iterator[tuple[str, str]], lengths: Lengths) -> tuple[Text, ...]:
    """Return a sentence for every text that is longer than its field."""
    return tuple(
        _TOO_LONG.filled(what=_NAMES[field], number=len(text), most=lengths[field], begin=text[:20])
        for field, text in texts
        if len(text) > lengths[field]
    )


def texts_of_power(power: Power) -> Iterator[tuple[str, str]]:
    """Yield the texts of a power with their fields."""
    yield "power.name", power.name
    yield "power.kind", power.kind
    for basis in power.bases:
        yield "basis.text", basis.text
        yield "basis.article", basis.article
    for step in power.steps:
        yield "step.name", step.name
        yield "step.lane", step.lane


def texts_of_risk(risk: RiskPoint) -> Iterator[tuple[str, str]]:
    """Yield the texts of a risk point and its measures with their fields."""
    yield "risk.title", risk.title
    for shown in risk.manifestations:
        yield "manifestation.text", shown.text
    for measure in risk.measures:
        yield "measure.text", measure.text
        yield "measure.responsible", measure.responsible
        yield "measure.frequency", measure.frequency
        yield "measure.evidence", measure.evidence
        yield "measure.method", measure.method
        yield "measure.indicator", measure.indicator


def texts_of_regulation(regulation: Regulation) -> Iterator[tuple[str, str]]:
    """Yield the texts of a regulation with their fields."""
    yield "regulation.title", regulation.title
