"""One way to write a text, so that what only looks different is not taken for a change."""

import re
from collections.abc import Callable, Iterable, Mapping

from lianfang.common.text import bare
from lianfang.org.rules.roster.books import PersonEntry, PostEntry

# What no cell, no page and no database holds: control and invisible marks, half characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BREAKS = re.compile(r"[^\S\n]*(?:\r\n?|\n)\s*")
_SPACES = re.compile(r"\s+")
_LETTER = re.compile(r"[A-Za-z]")


def tidy_line(text: str) -> str:
    """Return a text on one line, with single spaces and nothing unseen."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def tidy_lines(text: str) -> str:
    """Return a text with its lines parted by LF and nothing unseen."""
    return _BREAKS.sub("\n", _UNSEEN.sub("", text)).strip()


def tidy_name(text: str) -> str:
    """Return somebody's name; spaces that only stretch a Chinese name are taken out."""
    line = tidy_line(text)
    return line if _LETTER.search(line) else line.replace(" ", "")


_OF_FIELD: Mapping[tuple[type, str], Callable[[str], str]] = {
    (PostEntry, "duties"): tidy_lines,
    (PostEntry, "duties_en"): tidy_lines,
    (PostEntry, "qualifications"): tidy_lines,
    (PersonEntry, "name"): tidy_name,
}


def tidy(of: type, field: str, value: object) -> object:
    """Return a field's value as it is compared; only texts have more than one way."""
    if not isinstance(value, str):
        return value
    return _OF_FIELD.get((of, field), tidy_line)(value)


class Codes:
    """The spelling of each code on the books; case, width and marks between don't matter.

    Two codes on the books that differ in nothing else are told apart by their exact spelling.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._exact = set(known)
        self._loose: dict[str, str | None] = {}
        for code in self._exact:
            self._note(code)

    def known(self, code: str) -> str | None:
        """Return the spelling on the books, None for a code that is not there."""
        if code in self._exact:
            return code
        return self._loose.get(bare(code))

    def settled(self, code: str) -> str:
        """Return the spelling on the books; a new code is put there."""
        found = self.known(code)
        if found is not None:
            return found
        self._exact.add(code)
        self._note(code)
        return code

    def _note(self, code: str) -> None:
        loose = bare(code)
        if loose:
            self._loose[loose] = None if loose in self._loose else code
