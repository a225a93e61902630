"""Breaks Chinese, English and mixed text into lines, by measured widths and the rules 避头尾.

Widths are in em and a little generous, so that a line never leaves its box with another font.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import east_asian_width

CLOSING = frozenset("，。、；：！？）》〉】〕」』”’…—·％‰℃,.;:!?)]}%°～－")
OPENING = frozenset("（《〈【〔「『“‘([{￥¥$№#")

_WIDE = "\u2e80-\U0010ffff" + "".join(
    letter for letter in map(chr, range(0x80, 0x2E80)) if east_asian_width(letter) in "WFA"
)
_OPEN, _CLOSE = (re.escape("".join(sorted(letters))) for letters in (OPENING, CLOSING))
# Where a line may end: not before a closing mark or a space, nor after an opening mark, but
# after a space, a hyphen or a stroke, and on both sides of a Chinese letter.
_BREAK = re.compile(f"(?![{_CLOSE} ])(?<![{_OPEN}])(?:(?<=[-/ {_WIDE}])|(?=[{_WIDE}]))")
_PAUSES = frozenset("，。、；：！？）》”,;:!?) ")

_NARROW = {
    0.23: " ",
    0.34: "!,.:;'|ijlI`",
    0.40: "()[]{}-/\\t",
    0.46: "rf",
    0.52: "*?sz",
    0.60: '0123456789#$+<=>^_~aceghkoqvxyLJYF"',
    0.65: "bdnpuXTVZES",
    0.70: "CABKRP",
    0.78: "DGHNOQU&",
    0.88: "Mw",
    0.98: "mW%@",
}
_EM = {letter: width for width, letters in _NARROW.items() for letter in letters}


@lru_cache(maxsize=16_384)
def letter_em(letter: str) -> float:
    """Return the width of one letter in em."""
    known = _EM.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn", "Cc"):
        return 0.0
    return 1.0


@lru_cache(maxsize=65_536)
def width_em(text: str) -> float:
    """Return the width of `text` on one line, in em."""
    return sum(map(letter_em, text))


@lru_cache(maxsize=65_536)
def wrapped(text: str, limit: float) -> tuple[str, ...]:
    """Return `text` in as few lines as `limit` em allow, of about equal width; none if blank.

    Where it costs no line, lines end at a pause. No line begins with closing or ends with
    opening punctuation, and no word or number is broken, as long as it fits a line by itself.
    Nothing is left out but the space at breaks.
    """
    words = " ".join(text.split())
    if width_em(words) <= limit:
        return (words,) if words else ()
    units = _units(words, limit)
    lines = _filled(units, limit)
    clauses = _clauses(units)
    if max([unit.trimmed for unit in clauses]) <= limit:
        by_clause = _filled(clauses, limit)
        if len(by_clause) == len(lines) and max(map(width_em, by_clause)) <= limit:
            return by_clause
    even = max(width_em(words) / len(lines) + 0.4, max([unit.trimmed for unit in units]))
    while even < limit:
        closer = _filled(units, even)
        if len(closer) == len(lines):
            return closer
        even += 0.6
    return lines


class _Unit(NamedTuple):
    """What stays together on a line; `trimmed` is its width at a line's end."""

    text: str
    width: float
    trimmed: float


@lru_cache(maxsize=65_536)
def _unit(text: str) -> _Unit:
    width = sum(map(letter_em, text))
    return _Unit(text, width, width - letter_em(" ") if text[-1] == " " else width)


def _units(text: str, limit: float) -> list[_Unit]:
    """Return the parts between which a line may end, none wider than `limit`."""
    units: list[_Unit] = []
    for part in filter(None, _BREAK.split(text)):
        unit = _unit(part)
        if unit.trimmed <= limit:
            units.append(unit)
        else:
            units += map(_unit, _cut(part, limit))
    return units


def _clauses(units: Sequence[_Unit]) -> list[_Unit]:
    """Return units joined up to where a reader pauses: after a comma, before a bracket."""
    clauses: list[_Unit] = []
    start = 0
    for at in range(1, len(units) + 1):
        if at == len(units) or units[at - 1].text[-1] in _PAUSES or units[at].text[0] in OPENING:
            text = "".join([unit.text for unit in units[start:at]])
            width = sum([unit.width for unit in units[start:at]])
            clauses.append(_Unit(text, width, width - units[at - 1].width + units[at - 1].trimmed))
            start = at
    return clauses


def _cut(part: str, limit: float) -> list[str]:
    """Return a word longer than a line in pieces that fit."""
    pieces: list[str] = []
    current, width = "", 0.0
    for letter in part:
        wide = letter_em(letter)
        if current and width + wide > limit:
            pieces.append(current)
            current, width = "", 0.0
        current += letter
        width += wide
    return [*pieces, current]


def _filled(units: Sequence[_Unit], limit: float) -> tuple[str, ...]:
    lines: list[str] = []
    start, width, most = 0, 0.0, limit + 1e-9
    for at, unit in enumerate(units):
        if width + unit.trimmed > most and at > start:
            lines.append("".join([part.text for part in units[start:at]]).rstrip())
            start, width = at, 0.0
        width += unit.width
    lines.append("".join([part.text for part in units[start:]]).rstrip())
    return tuple(line for line in lines if line)
