"""The scheme as the checks use it: limits, compiled word lists and ranks of levels.

Lists whose name ends in `_patterns` hold regular expressions, all others plain words. Both meet
texts in NFKC without white space (`common.text.squeezed`).
"""

import re
from collections.abc import Callable, Iterable

from lianfang.common.errors import Refused
from lianfang.common.text import Text, squeezed
from lianfang.scheme.model import Scheme

PATTERNS = "_patterns"


class WordListRefused(Refused):
    """A word list of the scheme that no text can be compared with."""


class Yardstick:
    """Answers what a scheme says, compiling each list once."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._ranks = {level.code: level.rank for level in scheme.levels}
        self._labels = {level.code: level.label for level in scheme.levels}
        self._searches: dict[str, re.Pattern[str]] = {}
        self._sets: dict[str, frozenset[str]] = {}

    def limit(self, name: str) -> float:
        """Return a threshold. Raises SchemeRefused when the scheme has none of that name."""
        return self.scheme.checks.limit(name)

    def whole(self, name: str) -> int:
        """Return a threshold that counts things."""
        return int(self.scheme.checks.limit(name))

    def words(self, name: str) -> frozenset[str]:
        """Return the words of a list, squeezed, for comparing whole texts."""
        if name not in self._sets:
            self._sets[name] = frozenset(map(squeezed, self.scheme.checks.words(name)))
        return self._sets[name]

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the pairs of a list. Raises SchemeRefused when there is none of that name."""
        return self.scheme.checks.pairs(name)

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return one expression for a whole list; the longest of its words wins.

        Raises WordListRefused when an item is no regular expression.
        """
        if name not in self._searches:
            self._searches[name] = _compiled(name, self.scheme.checks.words(name))
        return self._searches[name]

    def searcher(self, name: str) -> Callable[[str], re.Match[str] | None]:
        """Return the search for any item of a list in a squeezed text."""
        return self.pattern(name).search

    def rank(self, level: str | None) -> int:
        """Return how high a level stands; 0 for None and for a code the scheme lacks."""
        return 0 if level is None else self._ranks.get(level, 0)

    def label(self, level: str | None) -> Text:
        """Return the words for a level, for "not rated" where there is none."""
        return self._labels.get(level, self.scheme.unrated) if level else self.scheme.unrated

    @property
    def lowest(self) -> int:
        """The rank of the lowest level."""
        return min(self._ranks.values(), default=0)

    @property
    def highest(self) -> int:
        """The rank of the highest level."""
        return max(self._ranks.values(), default=0)


def _compiled(name: str, items: Iterable[str]) -> re.Pattern[str]:
    if not name.endswith(PATTERNS):
        longest_first = sorted(
            {squeezed(item) for item in items} - {""}, key=lambda w: (-len(w), w)
        )
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    for item in items:
        try:
            re.compile(item)
        except re.error as wrong:
            raise WordListRefused(
                Text(
                    f"checks.yaml 中 words.{name} 的“{item}”不是正则表达式，请改正。",
                    f"“{item}” under words.{name} in checks.yaml is no regular expression;"
                    " correct it.",
                )
            ) from wrong
    return re.compile("|".join(f"(?:{item})" for item in items) or r"(?!)")
