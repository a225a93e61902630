"""What stands in a column, as evidence for what the column is."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from lianfang.common.text import bare, squeezed
from lianfang.documents.items import split_items
from lianfang.documents.levels import LevelReader
from lianfang.documents.model import Field
from lianfang.scheme.model import Scheme

_SAMPLE = 60
_SERIAL = re.compile(r"^[（(]?\d{1,5}(?:[-.]\d{1,3})*[）).、]?$")
_PERSON = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,2}(?:某某?|×{1,2}|[xX]{1,2}|\*{1,2})|[\u4e00-\u9fff]{2,4})$"
)
_REGULATION = re.compile(r"《[^》]+》|第[一二三四五六七八九十百\d]+条")
_UNIT = re.compile(r"(?:科|处|室|部|局|院|中心|公司|办|办公室|站|所|队|支部|庭|系|馆|会|厅|组|委)$")
_ACT = re.compile(
    r"加强|建立|健全|严格|完善|实行|落实|定期|公开|监督|检查|审核|复核|制定|规范|强化|双人|公示|培训"
)
_LONG_TEXT = 12


class Vocabulary(Struct, frozen=True):
    """The scheme's words for cells whose column has few possible values."""

    levels: LevelReader
    categories: frozenset[str]
    aspects: frozenset[str]


def vocabulary(scheme: Scheme, levels: LevelReader) -> Vocabulary:
    """Return the words by which `scheme` recognises levels, categories and aspects in cells."""
    return Vocabulary(
        levels=levels,
        categories=frozenset(
            bare(word)
            for entry in (*scheme.categories, *scheme.kinds)
            for word in (entry.label.zh, *entry.aliases)
        ),
        aspects=frozenset(
            bare(word) for entry in scheme.aspects for word in (entry.label.zh, *entry.aliases)
        ),
    )


def support(field: Field, cells: Sequence[str], words: Vocabulary) -> float:
    """Return how far the cells speak for `field`: from -1 (against) over 0 (silent) to 1."""
    test = _TESTS.get(field)
    filled = [cell for cell in cells[:_SAMPLE] if cell.strip()]
    if test is None or not filled:
        return 0.0
    share = sum(test(cell, words) for cell in filled) / len(filled)
    return 2 * share - 1


def _is_level(cell: str, words: Vocabulary) -> bool:
    return words.levels.read(cell).code is not None


def _is_category(cell: str, words: Vocabulary) -> bool:
    key = bare(cell)
    return key in words.categories or any(word in key for word in words.categories if len(word) > 1)


def _is_aspect(cell: str, words: Vocabulary) -> bool:
    key = bare(cell).removesuffix("风险").removesuffix("类")
    return key in words.aspects or bare(cell) in words.aspects


def _is_measure(cell: str, _: Vocabulary) -> bool:
    return len(_ACT.findall(cell)) > 1 or (
        _ACT.search(cell) is not None and (split_items(cell).numbered or len(cell) > _LONG_TEXT)
    )


_TESTS: dict[Field, Callable[[str, Vocabulary], bool]] = {
    Field.LEVEL: _is_level,
    Field.CATEGORY: _is_category,
    Field.ASPECT: _is_aspect,
    Field.MEASURES: _is_measure,
    Field.SEQ: lambda cell, _: _SERIAL.match(squeezed(cell)) is not None,
    Field.HOLDER: lambda cell, _: _PERSON.match(squeezed(cell)) is not None,
    Field.BASIS: lambda cell, _: _REGULATION.search(cell) is not None,
    Field.UNIT: lambda cell, _: _UNIT.search(squeezed(cell)) is not None,
    Field.MANIFESTATION: lambda cell, _: len(squeezed(cell)) > _LONG_TEXT,
    Field.RISK: lambda cell, _: len(squeezed(cell)) <= 2 * _LONG_TEXT,
}
