"""A level with the computation behind it, line by line, for a page, a terminal or a print."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from lianfang.common.text import Text
from lianfang.scheme.model import Clause, Scheme

COMMA = Text("，", ", ")
SEMICOLON = Text("；", "; ")
PLUS = Text(" + ", " + ")
UNCHANGED = Text("不变", "unchanged")


class Kind(StrEnum):
    """What a line of an explanation computes."""

    CARRIED = "carried"
    MISSING = "missing"
    MEAN = "mean"
    LEAST_LIKELIHOOD = "least_likelihood"
    LIKELIHOOD = "likelihood"
    IMPACT = "impact"
    PRODUCT = "product"
    COUNT = "count"
    MATTER = "matter"
    LEVEL = "level"
    TRIGGER = "trigger"
    FLOOR = "floor"
    RAISE = "raise"
    FINAL = "final"


class Line(Struct, frozen=True, kw_only=True):
    """One step of the computation.

    `level` is the level reached with this line, None before there is one; `changed` says that a
    trigger, floor or raise moved it. `about` is the code of what the line is about, "" where
    that is the whole. `default` marks ◇.
    """

    kind: Kind
    what: Text
    value: Text
    rule: Text
    clause: Clause
    default: bool
    level: str | None = None
    changed: bool = False
    about: str = ""


class Cell(Struct, frozen=True, kw_only=True):
    """The place in the matrix."""

    likelihood: int
    impact: int


class Found(Struct, frozen=True, kw_only=True):
    """What a family of rules makes of the answers, before floors and raises."""

    level: str | None
    lines: tuple[Line, ...]
    cell: Cell | None = None


class Rated(Struct, frozen=True, kw_only=True):
    """The level, None for "not rated", and how it came about; the last line says the level.

    `cell` is None outside the matrix family and where answers are missing.
    """

    level: str | None
    lines: tuple[Line, ...]
    cell: Cell | None = None


def exact(value: float) -> Fraction:
    """Return the number as it is written in the scheme, without binary rounding."""
    return Fraction(str(value))


def number(value: Fraction) -> Text:
    """Return the number exactly: as a decimal where it has an end, else as a fraction."""
    ending = value.denominator
    for prime in (2, 5):
        while ending % prime == 0:
            ending //= prime
    if ending > 1:
        return plain(f"{value.numerator}/{value.denominator}")
    return plain(format(Decimal(value.numerator) / Decimal(value.denominator), "f"))


def plain(value: object) -> Text:
    """Return what is written alike in both languages."""
    return Text(str(value), str(value))


def joined(texts: Iterable[Text], between: Text) -> Text:
    """Return the texts one after the other."""
    parts = tuple(texts)
    return Text(
        between.zh.join(part.zh for part in parts), between.en.join(part.en for part in parts)
    )


def level_label(level: str | None, scheme: Scheme) -> Text:
    """Return how the scheme calls a level, or its word for "not rated"."""
    return scheme.unrated if level is None else scheme.level(level).label
