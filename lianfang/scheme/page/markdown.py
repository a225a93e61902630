"""Tables and labels in Markdown, both languages in one cell."""

from collections.abc import Callable, Iterable, Iterator

from lianfang.common.text import Language, Text
from lianfang.scheme.model import Quantity, Rule, Scheme
from lianfang.scheme.wording import clause, label, quantity

ZH, EN = Language.ZH, Language.EN

Row = Iterable[object]
Lines = Iterator[str]


def table(header: str, rows: Iterable[Row]) -> Lines:
    columns = header.split("|")
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(cell(value) for value in row)} |"


def cell(value: object) -> str:
    if isinstance(value, Text):
        value = value.zh if value.zh == value.en else f"{value.zh}<br>{value.en}"
    return str(value).replace("|", "\\|").replace("\n", " ")


def both(words: Callable[[Language], str]) -> Text:
    return Text(words(ZH), words(EN))


def labelled(items: object, code: str) -> Text:
    return both(lambda language: label(items, code, language))


def amount(value: Quantity | None) -> Text:
    return both(lambda language: quantity(value, language))


def named(rules: Iterable[Rule], scheme: Scheme) -> Lines:
    yield from table(
        "代码 Code|名称 Label|别名 Aliases|条款 Clause",
        (
            (f"`{r.code}`", r.label, "、".join(getattr(r, "aliases", ())), clause(r.clause, scheme))  # type: ignore[attr-defined]
            for r in rules
        ),
    )
