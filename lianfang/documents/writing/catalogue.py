"""The power catalogue: every power with category, basis, posts, flow and public mark.

Source: 质检认纪〔2012〕1号 五（一）.
"""

from collections.abc import Iterator

from lianfang.common.text import Text
from lianfang.documents.writing.facing import facts, footer, signatures
from lianfang.documents.writing.paper import (
    A4_LANDSCAPE,
    Cell,
    Column,
    Row,
    TablePaper,
    heading_row,
)
from lianfang.documents.writing.request import Request
from lianfang.documents.writing.words import Words, in_line, shown
from lianfang.register.model import Power, PowerPost

CODE = "catalogue"
TITLE = Text("职权目录", "Power Catalogue")

_COLUMNS = (
    (Column(code="seq", width=9, centred=True), Text("序号", "No.")),
    (Column(code="code", width=18, centred=True), Text("编号", "Code")),
    (Column(code="power", width=28), Text("职权名称", "Power")),
    (Column(code="category", width=18, centred=True), Text("类别", "Category")),
    (Column(code="matters", width=22), Text("事项", "Weighty matters")),
    (Column(code="frequency", width=18), Text("行使频率", "How often")),
    (Column(code="basis", width=45), Text("行使依据", "Basis")),
    (Column(code="posts", width=48), Text("岗位、职责与权限", "Posts, roles and limits")),
    (Column(code="flow", width=51), Text("运行流程", "Flow")),
    (Column(code="public", width=14, centred=True), Text("公开", "Public")),
)
_YES = Text("是", "Yes")
_NO = Text("否", "No")
_AT_ONCE = Text("即办", "at once")
_DAYS = Text("{days}个工作日", "{days} working days")
_AMOUNT = Text("不超过{amount}元", "up to CNY {amount}")
_COUNT = Text(
    "共 {powers} 项职权：{parts}。",
    "{powers} powers: {parts}.",
)
_UNSORTED = Text("未分类", "no category")
_EMPTY = Text("本目录没有职权。", "This catalogue has no powers.")


def catalogue_table(request: Request) -> TablePaper:
    """Return the catalogue of a register's powers, unit by unit."""
    words = Words(request)
    return TablePaper(
        code=CODE,
        language=request.language,
        on=request.on,
        title=words.say(TITLE),
        sheet=words.say(TITLE),
        page=A4_LANDSCAPE,
        columns=tuple(column for column, _ in _COLUMNS),
        head=(tuple(Cell(text=words.say(head)) for _, head in _COLUMNS),),
        rows=tuple(_rows(request, words)),
        facts=facts(request, words),
        notes=(_counts(request, words),),
        signatures=signatures(words),
        footer=footer(request, words, "五（一）1", "五（一）2"),
        empty=words.say(_EMPTY),
    )


def role_labels(words: Words) -> dict[str, str]:
    """Return the scheme's labels of what posts do in powers."""
    return words.labels(words.scheme.roles)


def _rows(request: Request, words: Words) -> Iterator[Row]:
    by_unit: dict[str, list[Power]] = {unit.id: [] for unit in request.register.units}
    for power in request.register.powers:
        by_unit.setdefault(power.unit, []).append(power)
    held = {unit: powers for unit, powers in by_unit.items() if powers}
    roles = role_labels(words)
    number = 0
    for unit, powers in held.items():
        if len(held) > 1:
            name = words.units.get(unit, shown(unit))
            yield heading_row(f"band:{unit}", name, len(_COLUMNS))
        for power in powers:
            number += 1
            cells = (str(number), *_cells(power, words, roles))
            yield Row(key=f"power:{power.id}", cells=tuple(Cell(text=text) for text in cells))


def _cells(power: Power, words: Words, roles: dict[str, str]) -> tuple[str, ...]:
    return (
        in_line(power.code),
        in_line(power.name),
        words.categories.get(power.category or "", shown(power.category or power.kind)),
        "\n".join(words.matters.get(code, code) for code in power.matters),
        shown(power.frequency),
        words.basis_lines(power.bases),
        "\n".join(_part(part, words, roles) for part in power.posts),
        _flow(power, words),
        words.say(_YES if power.public else _NO),
    )


def limits(part: PowerPost, words: Words) -> str:
    """Return how far a post's part in a power reaches: in words, and as a sum."""
    told = [in_line(part.limit)]
    if part.amount is not None:
        told.append(words.say(_AMOUNT).format(amount=f"{part.amount:,}"))
    return "；".join(filter(None, told))


def _part(part: PowerPost, words: Words, roles: dict[str, str]) -> str:
    role, told = roles.get(part.role, part.role), limits(part, words)
    return f"{role}：{words.post(part.post)}" + (f"，{told}" if told else "")


def _flow(power: Power, words: Words) -> str:
    """Return the steps in order, each with its post and time limit."""
    told = []
    for step in power.steps:
        who = words.posts.get(step.post or "", in_line(step.lane))
        when = in_line(step.term)
        if step.days is not None:
            when = words.say(_DAYS if step.days else _AT_ONCE).format(days=step.days)
        beside = "，".join(filter(None, (who, when)))
        told.append(f"{in_line(step.name)}（{beside}）" if beside else in_line(step.name))
    return " → ".join(told)


def _counts(request: Request, words: Words) -> str:
    counted: dict[str, int] = dict.fromkeys(words.categories.values(), 0)
    for power in request.register.powers:
        label = words.categories.get(power.category or "", words.say(_UNSORTED))
        counted[label] = counted.get(label, 0) + 1
    space = " " if words.language == "en" else ""
    parts = "、".join(f"{label}{space}{number}" for label, number in counted.items())
    return words.say(_COUNT).format(powers=len(request.register.powers), parts=parts)
