"""The spellings of columns, from columns.yaml: what a header may mean, and how surely."""

import re
from functools import cache, lru_cache
from pathlib import Path

import yaml
from msgspec import Struct, convert
from rapidfuzz import fuzz, process

from lianfang.common.text import bare
from lianfang.documents.model import Field

_FILE = Path(__file__).with_name("columns.yaml")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

KNOWN = 1.0
POSSIBLE = 0.8
_TRIMMED = 0.85
_LIKENESS_FROM = 72
_LIKENESS_WORTH = 0.75
_LONGEST_HEADER = 40

_NOTE = re.compile(r"[（(\[【<〈《{][^（）()\[\]【】<>〈〉《》{}]*[）)\]】>〉》}]")
_COUNT_NOTE = re.compile(r"[（(](?:个|数量?|项|处|单位[:：]?个)[）)]")
_PREFIX = re.compile(
    r"^(?:主要|具体|相关|有关|廉政|廉洁|腐败|存在的?|可能|潜在的?|对应的?|现有|拟定?的?|所在|所属|本|各|该"
    r"|廉洁从业|岗位|职权|权力|行政|业务|工作|内部|重点|关键|排查|查找|拟采取的?)+"
)
_SUFFIX = re.compile(r"(?:情况|名称|一览|建议|要求|栏|及其他|等|明细)+$")
_JOINT = re.compile(r"[/／、及和或与\\|]")


class Guess(Struct, frozen=True):
    """What a header may mean; `field` None is a known column that fits no field."""

    field: Field | None
    confidence: float


class Spellings(Struct, frozen=True):
    """The content of columns.yaml, ready to look up by `bare` text."""

    known: dict[str, tuple[Guess, ...]]
    rules: tuple[tuple[re.Pattern[str], Field | None, float], ...]


class _FieldSpellings(Struct, forbid_unknown_fields=True):
    names: list[str]
    perhaps: list[str] = []


class _Unfit(Struct, forbid_unknown_fields=True):
    names: list[str]


class _File(Struct, forbid_unknown_fields=True):
    fields: dict[Field, _FieldSpellings]
    unfit: _Unfit
    rules: list[tuple[str, Field | None, float]]


@cache
def spellings() -> Spellings:
    """Return the spellings of columns.yaml, read once."""
    source = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # a safe loader
    content = convert(source, _File)
    known: dict[str, list[Guess]] = {}
    for field, written in content.fields.items():
        for confidence, names in ((KNOWN, written.names), (POSSIBLE, written.perhaps)):
            for name in names:
                known.setdefault(bare(name), []).append(Guess(field, confidence))
    for name in content.unfit.names:
        known.setdefault(bare(name), []).append(Guess(None, KNOWN))
    rules = [(re.compile(pattern), field, worth) for pattern, field, worth in content.rules]
    return Spellings({name: tuple(guesses) for name, guesses in known.items()}, tuple(rules))


@lru_cache(maxsize=8_192)
def guesses(header: str) -> tuple[Guess, ...]:
    """Return what `header` may mean, surest first; nothing when it looks like nothing known."""
    if len(header) > _LONGEST_HEADER or not bare(header):
        return ()
    if _COUNT_NOTE.search(header) and "风险" in bare(header):
        return (Guess(Field.RISK_COUNT, KNOWN),)
    plain = bare(_NOTE.sub("", header)) or bare(header)
    found = (
        _known(bare(header))
        or _known(plain)
        or _known(_SUFFIX.sub("", plain), _TRIMMED)
        or _joined(_NOTE.sub("", header))
        or _known(_PREFIX.sub("", _SUFFIX.sub("", plain)), _TRIMMED)
        or _by_rule(plain)
        or _by_likeness(plain)
    )
    return tuple(sorted(found, key=lambda guess: -guess.confidence))


def _known(plain: str, worth: float = 1.0) -> tuple[Guess, ...]:
    found = spellings().known.get(plain, ())
    if worth == 1.0:
        return found
    return tuple(Guess(guess.field, guess.confidence * worth) for guess in found)


def _joined(header: str) -> tuple[Guess, ...]:
    """Read a double heading such as “风险点/表现形式”: the first part counts more."""
    parts = [bare(part) for part in _JOINT.split(header)]
    if len(parts) == 1 or not all(_known(part) for part in parts):
        return ()
    first, *rest = (_known(part, _TRIMMED) for part in parts)
    return first + tuple(
        Guess(guess.field, guess.confidence * POSSIBLE) for found in rest for guess in found
    )


def _by_rule(plain: str) -> tuple[Guess, ...]:
    for pattern, field, worth in spellings().rules:
        if pattern.search(plain):
            return (Guess(field, worth),)
    return ()


def _by_likeness(plain: str) -> tuple[Guess, ...]:
    if len(plain) < 2:
        return ()
    close = process.extractOne(
        plain, spellings().known.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS_FROM
    )
    if close is None:
        return ()
    name, score, _ = close
    worth = score / 100 * _LIKENESS_WORTH
    return tuple(Guess(guess.field, guess.confidence * worth) for guess in _known(name))


@lru_cache(maxsize=8_192)
def is_label(text: str) -> bool:
    """Tell whether `text` is a column heading as spelled in columns.yaml, notes aside. Cheap."""
    if len(text) > _LONGEST_HEADER:
        return False
    known = spellings().known
    return bare(text) in known or bare(_NOTE.sub("", text)) in known
