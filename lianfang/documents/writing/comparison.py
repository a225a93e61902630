"""What changed between two registers, part by part, before beside after.

Source: 质检认纪〔2012〕1号 六（五）.
"""

from collections.abc import Iterator

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.documents.writing.facing import facts, footer, signatures
from lianfang.documents.writing.flows import changed_flows
from lianfang.documents.writing.paper import A4_LANDSCAPE, Cell, Column, Row, TablePaper, Tone
from lianfang.documents.writing.request import Request
from lianfang.documents.writing.words import Words, in_line, shown
from lianfang.register.difference import Change, ChangeKind, FieldChange, Part, difference
from lianfang.register.model import Register

CODE = "comparison"
TITLE = Text("登记册版本对照表", "Comparison of Two Editions")

_COLUMNS = (
    (Column(code="seq", width=9, centred=True), Text("序号", "No.")),
    (Column(code="kind", width=16, centred=True), Text("变动", "Change")),
    (Column(code="part", width=20, centred=True), Text("种类", "Kind")),
    (Column(code="name", width=58), Text("内容", "What")),
    (Column(code="field", width=24), Text("项目", "Field")),
    (Column(code="before", width=70), Text("原为", "Before")),
    (Column(code="after", width=70), Text("改为", "After")),
)
_SHARED = 4
_KINDS = {
    ChangeKind.ADDED: ("◎", Text("新增", "Added"), Tone.GREY),
    ChangeKind.REMOVED: ("×", Text("删除", "Removed"), Tone.DARK),
    ChangeKind.CHANGED: ("◇", Text("改动", "Changed"), Tone.PLAIN),
    ChangeKind.MOVED: ("→", Text("移动", "Moved"), Tone.PLAIN),
}
_PARTS = {
    Part.UNIT: Text("单位", "Unit"),
    Part.POST: Text("岗位", "Post"),
    Part.REGULATION: Text("制度", "Rule"),
    Part.POWER: Text("职权", "Power"),
    Part.STEP: Text("流程环节", "Step"),
    Part.RISK: Text("风险点", "Risk point"),
    Part.MEASURE: Text("防控措施", "Measure"),
}
_FIELDS = {
    "name": Text("名称", "Name"),
    "title": Text("名称", "Title"),
    "text": Text("内容", "Text"),
    "level": Text("拟定等级", "Proposed level"),
    "confirmed": Text("确认等级", "Confirmed level"),
    "computed": Text("计算等级", "Computed level"),
    "reason": Text("理由", "Reason"),
    "category": Text("类别", "Category"),
    "kind": Text("种类", "Kind"),
    "code": Text("编号", "Code"),
    "bases": Text("行使依据", "Bases"),
    "posts": Text("岗位", "Posts"),
    "post": Text("岗位", "Post"),
    "aspects": Text("方面", "Aspects"),
    "focus": Text("重点", "Focus area"),
    "manifestations": Text("表现形式", "How it shows"),
    "phase": Text("阶段", "Phase"),
    "responsible": Text("责任人", "Responsible"),
    "frequency": Text("频次", "How often"),
    "due_on": Text("期限", "Due"),
    "evidence": Text("留痕", "Evidence"),
    "method": Text("方式", "Method"),
    "indicator": Text("指标", "Indicator"),
    "regulation": Text("所依制度", "Rule it rests on"),
    "matters": Text("事项", "Weighty matters"),
    "public": Text("公开", "Public"),
    "limit": Text("权限", "Limit"),
    "scores": Text("评分", "Scores"),
    "residual": Text("剩余评分", "Residual scores"),
    "steps": Text("流程", "Flow"),
    "days": Text("时限", "Time limit"),
    "term": Text("时限", "Time limit"),
    "lane": Text("承办", "Lane"),
    "output": Text("产出", "Output"),
    "arrows": Text("去向", "Next steps"),
    "duties": Text("职责", "Duties"),
    "people": Text("人员", "People"),
    "state": Text("状态", "State"),
    "owner": Text("责任岗位", "Responsible post"),
    "place": Text("所在", "Stands in"),
}
_FACT = Text("对照：{before} → {after}", "Compared: {before} → {after}")
_COUNT = Text(
    "共 {all} 处：新增 {added}，删除 {removed}，改动 {changed}，移动 {moved}。",
    "{all} changes: {added} added, {removed} removed, {changed} changed, {moved} moved.",
)
_EMPTY = Text("两个版本没有差别。", "The two editions do not differ.")
_ONE = Text("原版本", "earlier edition")
_OTHER = Text("新版本", "later edition")


class ComparisonRefused(Refused):
    """There is nothing to compare with."""


def comparison_table(request: Request) -> TablePaper:
    """Return the changes from the request's earlier register to its register.

    Raises ComparisonRefused when it has no earlier register.
    """
    if request.before is None:
        raise ComparisonRefused(
            Text(
                "对照表要有两个版本。请再指明一个要对照的版本。",
                "A comparison needs two editions. Name the one to compare with.",
            )
        )
    words = Words(request)
    changes = changes_in(request, request.before)
    return TablePaper(
        code=CODE,
        language=request.language,
        on=request.on,
        title=words.say(TITLE),
        sheet=words.say(Text("版本对照", "Comparison")),
        page=A4_LANDSCAPE,
        columns=tuple(column for column, _ in _COLUMNS),
        head=(tuple(Cell(text=words.say(head)) for _, head in _COLUMNS),),
        rows=tuple(_rows(changes, words)),
        facts=(*facts(request, words), _compared(request, words)),
        notes=(_counts(changes, words),),
        signatures=signatures(words),
        footer=footer(request, words, "六（三）", "六（五）"),
        empty=words.say(_EMPTY),
        plates=changed_flows(request, words),
    )


def changes_in(request: Request, before: Register) -> tuple[Change, ...]:
    """Return the changes but those of other units and their posts, where one unit is asked for.

    A unit's register holds the units and posts that its parts mention: those are others' to change.
    """
    return tuple(_concerning(request, before, difference(before, request.register)))


def _concerning(
    request: Request, before: Register, changes: tuple[Change, ...]
) -> Iterator[Change]:
    posts = (*before.posts, *request.register.posts)
    own = {post.id for post in posts if post.unit == request.unit}
    for change in changes:
        is_foreign = (change.part is Part.UNIT and change.id != request.unit) or (
            change.part is Part.POST and change.id not in own
        )
        if not (request.unit and is_foreign):
            yield change


def _compared(request: Request, words: Words) -> str:
    return words.say(_FACT).format(
        before=request.before_edition or words.say(_ONE),
        after=request.edition or words.say(_OTHER),
    )


def _rows(changes: tuple[Change, ...], words: Words) -> Iterator[Row]:
    values = _Values(words)
    for number, change in enumerate(changes, 1):
        lines = tuple(values.lines(change))
        front = _front(number, change, len(lines), words)
        for place, line in enumerate(lines):
            before = front if place == 0 else (None,) * _SHARED
            cells = (*before, *(Cell(text=text) for text in line))
            yield Row(key=f"{change.part}:{change.id}#{place}", cells=cells)


def _front(number: int, change: Change, rows: int, words: Words) -> tuple[Cell, ...]:
    mark, label, tone = _KINDS[change.kind]
    return (
        Cell(text=str(number), rows=rows),
        Cell(mark=mark, text=words.say(label), tone=tone, rows=rows),
        Cell(text=words.say(_PARTS[change.part]), rows=rows),
        Cell(text=in_line(change.name), note=in_line(change.place), rows=rows),
    )


class _Values:
    """Puts what changed into words; codes of the scheme into its labels."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._labels = {
            **{code: words.level_cell(code).whole for code in words.levels},
            **words.categories,
            **words.aspects,
            **words.matters,
            **words.phases,
            **words.labels(words.scheme.focus_areas),
        }

    def lines(self, change: Change) -> Iterator[tuple[str, str, str]]:
        """Yield field, before and after; a whole part as one line."""
        name = in_line(change.name)
        if change.kind is ChangeKind.ADDED:
            yield "", "", name
        elif change.kind is ChangeKind.REMOVED:
            yield "", name, ""
        if change.kind is ChangeKind.MOVED:
            moved = in_line(change.place_before), in_line(change.place)
            yield (self._words.say(_FIELDS["place"]), *moved)
        for field in change.fields:
            yield self._field(field)

    def _field(self, field: FieldChange) -> tuple[str, str, str]:
        known = _FIELDS.get(field.field)
        name = field.field if known is None else self._words.say(known)
        return name, self._value(field.before), self._value(field.after)

    def _value(self, told: str) -> str:
        parts = (self._labels.get(part, part) for part in told.split("；"))
        return shown("；".join(parts)) or "—"


def _counts(changes: tuple[Change, ...], words: Words) -> str:
    counted = {kind: sum(change.kind is kind for change in changes) for kind in ChangeKind}
    return words.say(_COUNT).format(
        all=len(changes), **{str(kind): number for kind, number in counted.items()}
    )
