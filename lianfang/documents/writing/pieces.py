"""Two wordings of one thing, piece by piece: what stayed, what is gone, what is new.

A lone character that two wordings happen to share between changes tells nobody anything, so it
counts as changed; wordings with little in common are shown whole, one after the other.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from msgspec import Struct
from rapidfuzz.distance import Indel

_TOKENS = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.DOTALL)
_ALIKE = 0.4
_SHORTEST = 2


class PieceKind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(Struct, frozen=True):
    """A stretch of text, and what became of it."""

    kind: PieceKind
    text: str


Row = tuple[Piece, ...]
_Run = tuple[PieceKind, list[str]]


def whole(kind: PieceKind, lines: Sequence[str]) -> tuple[Row, ...]:
    """Return lines that all had the same lot, a row each."""
    return tuple((Piece(kind, line),) for line in lines)


def rows_of(before: Sequence[str], after: Sequence[str]) -> tuple[Row, ...]:
    """Return two lists of lines as rows of pieces; lines in the same place are told apart inside.

    The time grows with the product of the lengths that differ.
    """
    rows: list[Row] = []
    for kind, lines in _runs(before, after):
        rows += whole(kind, lines)
    return tuple(_paired(rows))


def pieces_of(before: str, after: str) -> Row:
    """Return two wordings as pieces, in reading order. Joined, they give either wording back."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    runs = _without_chance(list(_runs(old, new)))
    kept = sum(len(tokens) for kind, tokens in runs if kind is PieceKind.SAME)
    if kept * 2 < _ALIKE * (len(old) + len(new)):
        runs = [(PieceKind.GONE, old), (PieceKind.NEW, new)]
    return tuple(Piece(kind, "".join(tokens)) for kind, tokens in runs if tokens)


def _paired(rows: list[Row]) -> Iterator[Row]:
    """Yield rows; as many gone as new ones in a stretch of changes are told piece by piece."""
    for is_same, stretch in groupby(rows, lambda row: row[0].kind is PieceKind.SAME):
        if is_same:
            yield from stretch
            continue
        changed = [row[0] for row in stretch]
        gone = [piece.text for piece in changed if piece.kind is PieceKind.GONE]
        new = [piece.text for piece in changed if piece.kind is PieceKind.NEW]
        if len(gone) == len(new):
            yield from (pieces_of(a, b) for a, b in zip(gone, new, strict=True))
        else:
            yield from (*whole(PieceKind.GONE, gone), *whole(PieceKind.NEW, new))


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            yield PieceKind.SAME, list(new[code.dest_start : code.dest_end])
        else:
            yield PieceKind.GONE, list(old[code.src_start : code.src_end])
            yield PieceKind.NEW, list(new[code.dest_start : code.dest_end])


def _without_chance(runs: list[_Run]) -> list[_Run]:
    """Return the runs with short shared ones between changes counted as changed, and merged."""
    merged: list[_Run] = []
    gone: list[str] = []
    new: list[str] = []
    last = len(runs) - 1
    for place, (kind, tokens) in enumerate(runs):
        if kind is PieceKind.SAME and (len(tokens) >= _SHORTEST or place in (0, last)):
            merged += [(PieceKind.GONE, gone), (PieceKind.NEW, new), (kind, tokens)]
            gone, new = [], []
            continue
        if kind is not PieceKind.NEW:
            gone = gone + tokens
        if kind is not PieceKind.GONE:
            new = new + tokens
    return [*merged, (PieceKind.GONE, gone), (PieceKind.NEW, new)]
