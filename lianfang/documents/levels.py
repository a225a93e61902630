"""Reads the words in which tables write a level into the scheme's codes.

Numbered scales (一级, Ⅱ, 3级, A, ★) have no agreed direction: 1 is taken as the highest unless the
caller says otherwise, and the reading is marked so that somebody looks. 五（三）
"""

import re
from functools import lru_cache

from msgspec import Struct

from lianfang.common.text import bare, squeezed
from lianfang.documents.model import Direction
from lianfang.scheme.model import Scheme

_COUNTED = re.compile(r"(\d{1,3})(?:个|项|处)?")
_BRACKETS = re.compile(r"[（(\[【]([^（()）\[\]【】]*)[)）\]】]")
_NOT_RATED = frozenset({"", "无", "/", "-", "--", "—", "——", "未评定", "待定", "未定", "暂无"})


class LevelReading(Struct, frozen=True):
    """A level cell: the code or None, whether the scale's direction was assumed, how many each.

    `counts` is filled for cells such as “1中2低”: pairs of code and number in the order written;
    `code` is then the highest of them. `unknown` marks a text that is no level.
    """

    code: str | None = None
    numbered: bool = False
    counts: tuple[tuple[str, int], ...] = ()
    unknown: bool = False


class LevelReader:
    """Reads level cells by one scheme and one direction; answers are kept, cells repeat."""

    def __init__(self, scheme: Scheme, direction: Direction) -> None:
        self._scheme = scheme
        self._words = {
            bare(word): level.code
            for level in scheme.levels
            for word in (level.code, level.label.zh, level.label.en, *level.aliases)
        }
        self._scaled = _scaled_words(scheme, direction)
        self._known = sorted({*self._words, *self._scaled}, key=len, reverse=True)
        self.read = lru_cache(maxsize=4_096)(self._read)

    def _read(self, text: str) -> LevelReading:
        plain = squeezed(text)
        if plain in _NOT_RATED:
            return LevelReading()
        return (
            self._one(plain.rpartition(":")[2])
            or self._counted(plain)
            or self._bracketed(plain)
            or self._within(plain)
            or LevelReading(unknown=True)
        )

    def _one(self, plain: str) -> LevelReading | None:
        key = bare(plain)
        if code := self._words.get(key):
            return LevelReading(code)
        if code := self._scaled.get(key or plain):
            return LevelReading(code, numbered=True)
        return None

    def _counted(self, plain: str) -> LevelReading | None:
        """Read “1中2低”, “高2 中1”, “高、中”: several levels in one cell."""
        counts: list[tuple[str, int]] = []
        for part in re.findall(r"\d+[^\d]+|[^\d]+\d*|[^\d]+", plain):
            number = _COUNTED.search(part)
            for word in re.split(r"[、,，/;；]", _COUNTED.sub("", part)):
                reading = self._one(word) if word else None
                if word and (reading is None or reading.code is None):
                    return None
                if reading is not None and reading.code is not None:
                    counts.append((reading.code, int(number[1]) if number else 1))
        if not counts:
            return None
        return LevelReading(self._highest([code for code, _ in counts]), counts=tuple(counts))

    def _bracketed(self, plain: str) -> LevelReading | None:
        """Read “一级（高）”: the note in brackets may say what the number leaves open."""
        outer = _BRACKETS.sub("", plain)
        readings = [self._one(part) for part in (*_BRACKETS.findall(plain), outer) if part]
        found = [reading for reading in readings if reading is not None]
        if outer == plain or not found:
            return None
        return next((reading for reading in found if not reading.numbered), found[0])

    def _within(self, plain: str) -> LevelReading | None:
        """Read a level word inside a short text, “风险等级：高”."""
        if len(plain) > 12:
            return None
        key = bare(plain)
        hits = [word for word in self._known if len(word) > 1 and word in key]
        return self._one(hits[0]) if hits else None

    def _highest(self, codes: list[str]) -> str:
        return max(codes, key=self._scheme.rank)


def _scaled_words(scheme: Scheme, direction: Direction) -> dict[str, str]:
    """Map every word of the numbered scales to a level's code, in the direction given.

    A scale with more steps than the scheme has levels gives its surplus to the lowest.
    """
    words: dict[str, str] = {}
    for scale in scheme.level_scales:
        steps = scale.words
        levels = [level.code for level in scheme.levels]
        if scale.numbered and direction is Direction.LOW_FIRST:
            levels.reverse()
        for place, spellings in enumerate(steps):
            code = levels[min(place, len(levels) - 1)]
            for word in spellings:
                words.setdefault(bare(word) or squeezed(word), code)
    return words
