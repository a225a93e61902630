"""What stands in and on a box, and how large that makes it before any arrow is drawn.

All lengths are points at scale 1. The smallest text is `SMALL`.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lianfang.documents.drawing.flow import Chart, LevelLook, Node
from lianfang.documents.drawing.wrapping import width_em, wrapped
from lianfang.register.model import StepKind

NAME = 10.5
SMALL = 8.5
LABEL = 9.0
NAME_LEADING = 14.5
SMALL_LEADING = 11.5
LABEL_LEADING = 11.5
PAD_X = 9.0
PAD_Y = 7.0
TAG_PAD = 4.0
TAG_EM = 7.5
NUMBER_HEIGHT = 11.0
LABEL_EM = 6.5
LEAST_HEIGHT = 34.0
_SHORT = (4.0, 5.0, 7.0)
_LONG = (6.0, 8.0, 10.0, 13.0)


class Tag(NamedTuple):
    """A risk mark: its lines and size in points; `look` as in the chart."""

    look: int
    lines: tuple[str, ...]
    width: float
    height: float


class Face(NamedTuple):
    """The content of a box: `name` and `small` lines, and the strip above it."""

    width: float
    height: float
    name: tuple[str, ...]
    small: tuple[str, ...]
    number_width: float
    tags: tuple[Tag, ...]
    tags_width: float
    tags_height: float


def faces_of(chart: Chart, width: float) -> list[Face]:
    """Return the face of every node for boxes about `width` wide."""
    looks = chart.looks
    return [_face_of(node, looks, width) for node in chart.nodes]


def label_lines(condition: str) -> tuple[str, ...]:
    """Return the lines of an arrow's condition."""
    limit = LABEL_EM if width_em(condition) <= 4 * LABEL_EM else 2 * LABEL_EM
    return wrapped(condition, limit)


def label_size(condition: str) -> tuple[float, float]:
    """Return the width and height of an arrow's condition, 0 for none."""
    if not condition:
        return (0.0, 0.0)
    lines = label_lines(condition)
    return (max(map(width_em, lines), default=0.0) * LABEL, len(lines) * LABEL_LEADING)


def _face_of(node: Node, looks: tuple[LevelLook, ...], width: float) -> Face:
    asks = node.kind is StepKind.DECISION
    size = _diamond(node.name, node.limit, node.output, width) if asks else None
    wide, high, name, small = size or _box(node.name, node.limit, node.output, width)
    tags = tuple(_tags(node, looks))
    return Face(
        width=wide,
        height=high,
        name=name,
        small=small,
        number_width=width_em(node.number) * SMALL + 4 if node.number else 0.0,
        tags=tags,
        tags_width=max((tag.width for tag in tags), default=0.0),
        tags_height=sum(tag.height for tag in tags),
    )


_Size = tuple[float, float, tuple[str, ...], tuple[str, ...]]


@lru_cache(maxsize=16_384)
def _box(name: str, limit: str, output: str, width: float) -> _Size:
    """Return the size and lines of a plain box, wider than `width` for a long name."""
    for wide in (width, width * 1.25, width * 1.5):
        room = wide - 2 * PAD_X
        lines = wrapped(name, room / NAME)
        if len(lines) <= 4:
            break
    small = (*wrapped(limit, room / SMALL), *wrapped(output, room / SMALL))
    height = 2 * PAD_Y + _text_height(lines, small)
    return (wide, max(height, LEAST_HEIGHT), lines, small)


@lru_cache(maxsize=16_384)
def _diamond(name: str, limit: str, output: str, width: float) -> _Size:
    """Return the size and lines of a diamond: of several wrappings, the most compact one."""
    best: _Size | None = None
    cost = 0.0
    for em in _SHORT if width_em(name) <= 14 else _LONG:
        lines = wrapped(name, em)
        small = (*wrapped(limit, em * NAME / SMALL), *wrapped(output, em * NAME / SMALL))
        text_width = _text_width(lines, small) + 6
        text_height = _text_height(lines, small) + 4
        half = max(width / 2, text_width * 0.92)
        height = text_height / (1 - text_width / 2 / half)
        shape = half * 2 + 1.6 * height
        if best is None or shape < cost:
            best, cost = (2 * half, max(height, 44.0), lines, small), shape
        if len(lines) < 2 and len(small) < 2:
            break
    if best is None:
        return _box(name, limit, output, width)
    return best


def _text_width(lines: tuple[str, ...], small: tuple[str, ...]) -> float:
    widest = max(map(width_em, lines), default=0.0) * NAME
    return max(widest, max(map(width_em, small), default=0.0) * SMALL)


def _text_height(lines: tuple[str, ...], small: tuple[str, ...]) -> float:
    return len(lines) * NAME_LEADING + len(small) * SMALL_LEADING


def _tags(node: Node, looks: tuple[LevelLook, ...]) -> Iterator[Tag]:
    for mark in node.marks:
        look = looks[mark.look]
        yield _tag(mark.look, f"{look.shape}{look.label}", mark.reference)


@lru_cache(maxsize=16_384)
def _tag(look: int, level: str, reference: str) -> Tag:
    """Return a mark of one line, or with its reference under the level."""
    text = f"{level} {reference}".strip()
    one_line = width_em(text) <= TAG_EM
    lines = (text,) if one_line else (*wrapped(level, TAG_EM), *wrapped(reference, TAG_EM))
    width = max(map(width_em, lines), default=0.0) * SMALL + 2 * TAG_PAD
    return Tag(look, lines, width, len(lines) * 10.5 + 2.5)
