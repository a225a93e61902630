"""Cuts texts into what a search finds: pairs of Chinese characters, and words of letters.

No dictionary is needed, any two characters that stand side by side are found, and both databases
index the same words. Each run of Chinese characters ends with its last character alone, so that
a single character is found as the beginning of a word.
"""

import re
import unicodedata
from dataclasses import dataclass

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
LONGEST = 60
MOST = 10_000


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Words that follow each other; the last one may be only the beginning of a word."""

    words: tuple[str, ...]
    is_open: bool


def words_of(*texts: str) -> str:
    """Return the words of the texts, in order, with a space between: lower case, full forms."""
    found: list[str] = []
    # a line break ends every run, so that no word reaches from one text into the next
    for run in _runs("\n".join(texts)):
        found += _whole(run)
    return " ".join(found[:MOST])


def phrases_of(asked: str) -> tuple[Phrase, ...]:
    """Return what a text has to hold to be found: a phrase for each part between spaces.

    None where nothing of it can be looked for.
    """
    return tuple(_phrase(runs) for part in asked.split() if (runs := _runs(part)))


def _phrase(runs: list[str]) -> Phrase:
    words = [word for run in runs[:-1] for word in _whole(run)]
    last = runs[-1]
    if _IS_HAN.match(last) and len(last) > 1:
        return Phrase(words=(*words, *_pairs(last)), is_open=False)
    return Phrase(words=(*words, last[:LONGEST]), is_open=True)


def _runs(text: str) -> list[str]:
    return _RUNS.findall(unicodedata.normalize("NFKC", text).casefold())


def _whole(run: str) -> list[str]:
    return [*_pairs(run), run[-1]] if _IS_HAN.match(run) else [run[:LONGEST]]


def _pairs(run: str) -> list[str]:
    return [*map(str.__add__, run, run[1:])]
