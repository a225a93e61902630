"""What a spreadsheet's cell may hold: no text that it would take for a formula, none too long."""

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.documents.limits import CELL_CHARACTERS

_FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")
QUOTE = "'"


class CellRefused(Refused):
    """A text is longer than a cell can hold."""


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before it."""
    if _is_formula(text.lstrip(QUOTE)):
        text = QUOTE + text
    if len(text) > CELL_CHARACTERS:
        raise CellRefused(
            Text(
                f"“{text[:20]}…”有 {len(text)} 个字，一个单元格最多 {CELL_CHARACTERS} 个。"
                "请缩短后再导出。",
                f"“{text[:20]}…” has {len(text)} characters; a cell holds {CELL_CHARACTERS}. "
                "Shorten it, then export again.",
            )
        )
    return text


def meant(text: str) -> str:
    """Return what a neutral text means."""
    if text[:1] == QUOTE and _is_formula(text.lstrip(QUOTE)):
        return text[1:]
    return text


def _is_formula(text: str) -> bool:
    return text[:1] in _FORMULA_STARTS and bool(text[1:])
