"""The report of the five checks: every finding with its mend, by check and severity.

Source: 质检认纪〔2012〕1号 六（二）.
"""

from collections.abc import Iterator

from lianfang.checks.finding import Finding, Severity, ThingKind
from lianfang.common.text import Text
from lianfang.documents.writing.facing import facts, footer, signatures
from lianfang.documents.writing.paper import (
    A4_LANDSCAPE,
    Cell,
    Column,
    Row,
    TablePaper,
    Tone,
    heading_row,
)
from lianfang.documents.writing.request import Request
from lianfang.documents.writing.words import Words, in_line, shown
from lianfang.register.model import Register

CODE = "findings"
TITLE = Text("登记册检查意见", "Findings on the Register")

_COLUMNS = (
    (Column(code="seq", width=9, centred=True), Text("序号", "No.")),
    (Column(code="code", width=17, centred=True), Text("编码", "Code")),
    (Column(code="severity", width=18, centred=True), Text("程度", "Severity")),
    (Column(code="place", width=58), Text("对象", "About")),
    (Column(code="message", width=78), Text("问题", "What is wrong")),
    (Column(code="mend", width=62), Text("修改建议", "What would mend it")),
    (Column(code="clause", width=17, centred=True), Text("依据", "Clause")),
    (Column(code="answer", width=28), Text("处理情况", "Answer")),
)
_SEVERITIES = {
    Severity.ERROR: ("×", Text("须改", "Error"), Tone.DARK),
    Severity.WARNING: ("△", Text("提醒", "Warning"), Tone.GREY),
    Severity.NOTE: ("·", Text("说明", "Note"), Tone.PLAIN),
}
_COUNT = Text(
    "共 {all} 条：须改 {errors} 条，提醒 {warnings} 条，说明 {notes} 条。须改未清零不能报送。",
    "{all} findings: {errors} errors, {warnings} warnings, {notes} notes. Errors block submission.",
)
_EMPTY = Text("五项检查没有发现问题。", "The five checks found nothing.")
_WHOLE = Text("整个登记册", "The whole register")


def findings_table(request: Request) -> TablePaper:
    """Return the report of the request's findings, in their order."""
    words = Words(request)
    return TablePaper(
        code=CODE,
        language=request.language,
        on=request.on,
        title=words.say(TITLE),
        sheet=words.say(Text("检查意见", "Findings")),
        page=A4_LANDSCAPE,
        columns=tuple(column for column, _ in _COLUMNS),
        head=(tuple(Cell(text=words.say(head)) for _, head in _COLUMNS),),
        rows=tuple(_rows(request, words)),
        facts=facts(request, words),
        notes=(_counts(request, words),),
        signatures=signatures(words),
        footer=footer(request, words, "六（二）"),
        empty=words.say(_EMPTY),
    )


def _rows(request: Request, words: Words) -> Iterator[Row]:
    questions = {
        five.code: f"{five.code} {words.say(five.label)}" for five in request.scheme.checks.five
    }
    places = _places(request.register, words)
    group = ""
    for number, finding in enumerate(request.findings, 1):
        if finding.group != group:
            group = finding.group
            yield heading_row(f"band:{group}", questions.get(group, group), len(_COLUMNS))
        yield Row(key=f"finding:{finding.key}", cells=_cells(number, finding, places, words))


def _cells(
    number: int, finding: Finding, places: dict[tuple[ThingKind, str], str], words: Words
) -> tuple[Cell, ...]:
    mark, label, tone = _SEVERITIES[finding.severity]
    subject = finding.subject
    place = places.get((subject.kind, subject.id), shown(subject.id) or words.say(_WHOLE))
    return (
        Cell(text=str(number)),
        Cell(text=finding.code),
        Cell(mark=mark, text=words.say(label), tone=tone, strong=tone is Tone.DARK),
        Cell(text=place),
        Cell(text=shown(words.say(finding.message))),
        Cell(text=shown(words.say(finding.mend))),
        Cell(text=finding.clause),
        Cell(),
    )


def _places(register: Register, words: Words) -> dict[tuple[ThingKind, str], str]:
    """Return where each part of a register stands, in words: 评审组选派 / 核查走过场."""
    places: dict[tuple[ThingKind, str], str] = {}
    for kind, names in (
        (ThingKind.UNIT, words.units),
        (ThingKind.POST, words.posts),
        (ThingKind.REGULATION, words.regulations),
    ):
        places.update({(kind, made): name for made, name in names.items()})
    subjects: dict[str, str] = {}
    for power in register.powers:
        name = in_line(power.name)
        places[ThingKind.POWER, power.id] = subjects[power.id] = name
        for step in power.steps:
            subjects[step.id] = name
            places[ThingKind.STEP, step.id] = f"{name} / {in_line(step.name)}"
    for risk in register.risks:
        under = subjects.get(risk.about.id) or words.posts.get(risk.about.id, "")
        place = f"{under} / {in_line(risk.title)}" if under else in_line(risk.title)
        places[ThingKind.RISK, risk.id] = place
        for measure in risk.measures:
            places[ThingKind.MEASURE, measure.id] = f"{place} / {in_line(measure.text)[:40]}"
    return places


def _counts(request: Request, words: Words) -> str:
    counted = dict.fromkeys(Severity, 0)
    for finding in request.findings:
        counted[finding.severity] += 1
    return words.say(_COUNT).format(
        all=len(request.findings),
        errors=counted[Severity.ERROR],
        warnings=counted[Severity.WARNING],
        notes=counted[Severity.NOTE],
    )
