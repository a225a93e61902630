"""Splits a cell into the items it numbers, and tells numbering from digits that belong to a text.

Known habits: 1. 1、 １． （1） 1) ① （一） 一、 1.1, at a line's start or in running text. An
item's own numbering stays inside it. A cell that does not number is one item.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

_DIGIT = "[0-9０-９]"
_CHINESE = "[一二三四五六七八九十]"
_MARKER = re.compile(
    rf"(?P<decimal>{_DIGIT}{{1,2}}[.．]{_DIGIT}{{1,2}}(?![0-9０-９.．%％万亿元米倍]))[.．、]?"
    rf"|(?P<number>{_DIGIT}{{1,2}})\s*(?:[.．](?!{_DIGIT})|[、)）])"
    rf"|[（(]\s*(?P<bracketed>{_DIGIT}{{1,2}})\s*[)）]"
    rf"|[（(](?P<bracketed_chinese>{_CHINESE}{{1,3}})[)）]"
    rf"|(?P<chinese>{_CHINESE}{{1,3}})[、.．](?!{_CHINESE})"
    r"|(?P<circled>[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿])"
)
_CIRCLED_ONES = [ord(one) for one in "❶㈠⒈⑴①"]
_CHINESE_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
# What may stand before a number in running text without making it part of the text.
_BREAKS = frozenset("；;。.，,：: \t\u3000\xa0！!？?)）】”")
# What makes the number after it part of the text: 第2、 不超过3. 共5、
_BINDING = frozenset("、第约超过达至到共为按满每近前后余不于有占-—~～×xX*＊<>≤≥=＝+%％《〔[［")
_PLAIN_MARK = re.compile(
    r"(?:^|(?<=[；;。\n]))\s*([0-9]{1,2})(?:[.．](?![0-9０-９])|[、)）](?![0-9]))"
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_IN_ORDER = [str(number) for number in range(1, 100)]
# A cell numbers only if it opens with a number or has a first item somewhere.
_FIRST_ITEM = re.compile(r"[1１]\s*[.．、)）]|[（(]\s*[1１一]\s*[)）]|一[、.．]|[①⑴⒈㈠❶]")
_OPENING = frozenset("0123456789０１２３４５６７８９（(一二三四五六七八九十")
_EDGES = " \t\r\n\u3000\xa0"
_CLOSING = _EDGES + "；;"
_MOST_SKIPPED = 3

_HEADING = (
    r"(?:^|(?<=[\s；;。.:：文号》）)])|(?=[【\[]))\s*"
    r"(?:[一二三四五12345][、.．]|[（(][一二三四五12345][)）]|[【\[])?\s*"
)
_HEADED = r"(?:\s*[】\]]\s*[：:]?|\s*[：:])"
_BASIS_PART = re.compile(_HEADING + r"(?:制度|法律|政策|法规|主要)?依据" + _HEADED)
_MEASURES_PART = re.compile(_HEADING + r"(?:具体|主要|防控|防范|预防|风险防控|监控)?措施" + _HEADED)


class Item(Struct, frozen=True, gc=False):
    """One item; `number` is what the cell numbered it, None in a cell without numbering."""

    text: str
    number: int | None = None


class Items(Struct, frozen=True, gc=False):
    """A cell's items; `in_order` is False where the numbers repeat or skip."""

    items: tuple[Item, ...]
    in_order: bool = True

    @property
    def numbered(self) -> bool:
        """Whether the cell numbers its items."""
        return bool(self.items) and self.items[-1].number is not None


class _Mark(Struct, frozen=True, gc=False):
    style: str
    number: int
    group: int
    start: int
    end: int


_NOTHING = Items(())


def split_items(text: str) -> Items:
    """Return the items of `text` without their numbers; nothing for a blank cell."""
    text = text.strip(_EDGES)
    if not text:
        return _NOTHING
    if text[0] == "1" and (plain := _plainly_numbered(text)) is not None:
        return plain
    may_number = text[0] in _OPENING or _FIRST_ITEM.search(text) is not None
    marks = _sequence(text) if may_number else []
    if not marks:
        return Items((Item(text.rstrip(_CLOSING) or text),))
    lead = text[: marks[0].start].strip(_CLOSING)
    items = [Item(lead)] if lead and lead[-1] not in "：:" else []
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        item = text[mark.end : end].strip(_CLOSING)
        if item:
            items.append(Item(item, mark.number))
    return Items(tuple(items), _in_order(marks)) if items else Items((Item(text),))


def _plainly_numbered(text: str) -> Items | None:
    """Split “1.…；2.…；3.…” in one go; None where anything is less plain than that.

    Most numbered cells are of this kind, and it takes a third of the time.
    """
    _, *parts = _PLAIN_MARK.split(text)
    numbers, texts = parts[::2], parts[1::2]
    last = len(numbers)
    if last < 2 or numbers != _IN_ORDER[:last]:
        return None
    if _mark_of(last + 1).search(text):
        return None
    items = [
        Item(item, number) for number, part in enumerate(texts, 1) if (item := part.strip(_CLOSING))
    ]
    return Items(tuple(items))


@lru_cache(maxsize=128)
def _mark_of(number: int) -> re.Pattern[str]:
    """Return what finds a number as a mark, in either width."""
    plain = str(number)
    return re.compile(rf"(?:{plain}|{plain.translate(_FULL_WIDTH)})[.．、)）]")


def measure_part(text: str) -> str:
    """Return the part headed 措施 where a cell has a part headed 依据 as well; else all of it."""
    if "依据" not in text or "措施" not in text:
        return text
    measures = _MEASURES_PART.search(text)
    if measures is None:
        return text
    basis = _BASIS_PART.search(text)
    if basis is None:
        return text
    if basis.start() > measures.start():
        return text[measures.end() : basis.start()]
    return text[measures.end() :]


def basis_part(text: str) -> str:
    """Return the part headed 依据 of a cell that also has a part headed 措施; else nothing."""
    basis, measures = _BASIS_PART.search(text), _MEASURES_PART.search(text)
    if basis is None or measures is None:
        return ""
    end = measures.start() if measures.start() > basis.start() else len(text)
    return text[basis.end() : end].strip(_CLOSING)


def _sequence(text: str) -> list[_Mark]:
    """Return the marks of the outermost numbering, none where the cell does not number."""
    taken: list[_Mark] = []
    for mark in _marks(text):
        if not taken:
            if _may_begin(text, mark):
                taken.append(mark)
        elif mark.style == taken[0].style and _follows(text, taken[-1], mark):
            taken.append(mark)
    if len(taken) == 1 and not _stands_alone(text, taken[0]):
        return []
    return taken


def _marks(text: str) -> Iterator[_Mark]:
    for match in _MARKER.finditer(text):
        style = match.lastgroup or ""
        group, number = _numbers(style, match[style])
        yield _Mark(style, number, group, match.start(), match.end())


def _numbers(style: str, written: str) -> tuple[int, int]:
    """Return the group and the number that a mark writes; 1.2 is number 2 in group 1."""
    if style == "decimal":
        group, number = re.split(r"[.．]", written)
        return int(group), int(number)
    if style == "circled":
        return 0, ord(written) - next(one for one in _CIRCLED_ONES if one <= ord(written)) + 1
    if style.endswith("chinese"):
        return 0, _chinese_number(written)
    return 0, int(written)


def _chinese_number(written: str) -> int:
    """Return 1 for 一, 12 for 十二, 20 for 二十."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS.get(written[-1], 0)
    return 10 * _CHINESE_DIGITS.get(tens, 1) + _CHINESE_DIGITS.get(ones, 0)


def _at_line_start(text: str, mark: _Mark) -> bool:
    before = text[: mark.start].rstrip(" \t\u3000\xa0")
    return not before or before[-1] in "\r\n"


def _may_begin(text: str, mark: _Mark) -> bool:
    if _at_line_start(text, mark):
        return mark.start == 0 or mark.number == 1
    return mark.number == 1 and text[mark.start - 1] in _BREAKS


def _follows(text: str, last: _Mark, mark: _Mark) -> bool:
    if mark.style == "decimal":
        next_in_group = (mark.group, mark.number) == (last.group, last.number + 1)
        return next_in_group or (mark.group, mark.number) == (last.group + 1, 1)
    if _at_line_start(text, mark):
        return last.number <= mark.number <= last.number + _MOST_SKIPPED
    if mark.number != last.number + 1:
        return False
    before = text[mark.start - 1]
    return before in _BREAKS or not (before in _BINDING or before.isdigit())


def _stands_alone(text: str, mark: _Mark) -> bool:
    """A single number counts only where it opens the cell, or a line as “1”."""
    if text[mark.end : mark.end + 1].isdigit():
        return False
    return mark.start == 0 or (mark.number == 1 and _at_line_start(text, mark))


def _in_order(marks: list[_Mark]) -> bool:
    if marks[0].style == "decimal":
        return True
    return all(b.number == a.number + 1 for a, b in pairwise(marks))
