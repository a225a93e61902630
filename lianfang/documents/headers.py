"""Decides which field each column of a table is: spelling first, then likeness, then content."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from lianfang.common.text import Text, squeezed
from lianfang.documents.contents import Vocabulary, support
from lianfang.documents.letters import column_letter
from lianfang.documents.meanings import MEANINGS
from lianfang.documents.model import Column, Field, Problem, ProblemCode
from lianfang.documents.spellings import KNOWN, POSSIBLE, Guess, guesses

# A guess this sure needs no help from the cells and brings no question to the user.
SURE = 0.8
_LIKELY = 0.65
_CONTENT_WEIGHT = 0.15
_CONTENT_ONLY_FROM = 0.75
_CONTENT_ONLY_WORTH = 0.5
_LEAST = 0.4
_BY_PLACE = 0.45
_LONGEST_NAME = 24
# A person's word outweighs every spelling and every cell.
_CORRECTED = 2.0


# Words in a heading over others that say nothing of what stands below.
_VAGUE = re.compile(r"查找|排查|情况|内容|信息|评估|落实|基本|及其?|和|相关|有关|管理")


class Header(Struct, frozen=True):
    """One column's heading: its lowest cell, and all cells from the top down, joined."""

    index: int
    lowest: str
    joined: str


class _Claim(Struct, frozen=True):
    column: int
    field: Field | None
    confidence: float


def header_guesses(header: Header) -> tuple[Guess, ...]:
    """Return what a heading of one or more rows may mean, surest first."""
    whole = guesses(header.joined)
    if header.lowest == header.joined:
        return whole
    part = guesses(header.lowest)
    above = header.joined.removesuffix(header.lowest)
    whole = max(
        (whole, guesses(_VAGUE.sub("", above) + header.lowest)),
        key=lambda found: found[0].confidence if found else 0,
    )
    if part and part[0].confidence > POSSIBLE:
        # “岗位” over “职责”: the whole wins only where it is surer than its part.
        return whole if whole and whole[0].confidence > part[0].confidence else part
    if whole and whole[0].confidence >= _LIKELY:
        return whole
    return part or whole or tuple(Guess(g.field, g.confidence * POSSIBLE) for g in guesses(above))


def match_columns(
    headers: Sequence[Header],
    columns: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    corrections: Mapping[str, Field | None] | None = None,
) -> tuple[tuple[Column, ...], tuple[Problem, ...]]:
    """Give each heading at most one field, each field at most one column, the surest first.

    `columns` holds sample cells of each heading's column, in the same order; `corrections` say
    what a heading (as `squeezed`) means, whatever it looks like.
    """
    claims = [
        claim
        for header, cells in zip(headers, columns, strict=True)
        for claim in _corrected(header, corrections or {}) or _claims(header, cells, vocabulary)
    ]
    settled = _settle(claims)
    _place_power(settled, headers, columns)
    matched: list[Column] = []
    problems: list[Problem] = []
    for header, cells in zip(headers, columns, strict=True):
        claim = settled.get(header.index)
        column = Column(
            header.index,
            header.lowest,
            claim.field if claim else None,
            round(claim.confidence, 2) if claim else 0.0,
        )
        matched.append(column)
        if any(cells):
            problems += _doubts(column, claim, contested=bool(header_guesses(header)))
    return tuple(matched), tuple(problems)


def _corrected(header: Header, corrections: Mapping[str, Field | None]) -> list[_Claim]:
    for text in (squeezed(header.joined), squeezed(header.lowest)):
        if text in corrections:
            return [_Claim(header.index, corrections[text], _CORRECTED)]
    return []


def _claims(header: Header, cells: Sequence[str], vocabulary: Vocabulary) -> list[_Claim]:
    found = header_guesses(header)
    if not found:
        return _content_claims(header, cells, vocabulary)
    claims: list[_Claim] = []
    for guess in found:
        weight = 0.0
        if guess.field is not None:
            weight = support(guess.field, cells, vocabulary) * _CONTENT_WEIGHT
            if guess.confidence == KNOWN:
                # Cells may confirm a plain heading, never deny it.
                weight = max(weight, 0.0)
        claims.append(_Claim(header.index, guess.field, guess.confidence + weight))
    return claims


def _content_claims(header: Header, cells: Sequence[str], vocabulary: Vocabulary) -> list[_Claim]:
    """Claim a column without a known heading by what stands in it, only where that is telling."""
    return [
        _Claim(header.index, field, _CONTENT_ONLY_WORTH * strength)
        for field in (Field.LEVEL, Field.CATEGORY, Field.ASPECT, Field.SEQ, Field.MEASURES)
        if (strength := support(field, cells, vocabulary)) >= _CONTENT_ONLY_FROM
    ]


def _settle(claims: list[_Claim]) -> dict[int, _Claim]:
    settled: dict[int, _Claim] = {}
    taken: set[Field] = set()
    for claim in sorted(claims, key=lambda claim: (-claim.confidence, claim.column)):
        if claim.column in settled or claim.field in taken or claim.confidence < _LEAST:
            continue
        settled[claim.column] = _Claim(claim.column, claim.field, min(claim.confidence, 1.0))
        if claim.field is not None:
            taken.add(claim.field)
    return settled


def _place_power(
    settled: dict[int, _Claim], headers: Sequence[Header], columns: Sequence[Sequence[str]]
) -> None:
    """Take an unknown column right before the risks for the powers, where nothing else names them.

    What a table lists directly before its risk points, and is no post or unit, is what the
    risks are about.
    """
    fields = {claim.field: column for column, claim in settled.items()}
    risks = fields.get(Field.RISK, fields.get(Field.MANIFESTATION))
    if risks is None or not fields.keys().isdisjoint({Field.POWER, Field.STEP}):
        return
    before = [place for place, h in enumerate(headers) if h.index < risks]
    if not before or headers[before[-1]].index in settled:
        return
    cells = {squeezed(cell) for cell in columns[before[-1]] if cell.strip()}
    if len(cells) > 1 and all(len(cell) <= _LONGEST_NAME for cell in cells):
        index = headers[before[-1]].index
        settled[index] = _Claim(index, Field.POWER, _BY_PLACE)


def _doubts(column: Column, claim: _Claim | None, *, contested: bool) -> list[Problem]:
    name = squeezed(column.header) or column_letter(column.index)
    if claim is None and contested:
        return [
            Problem(
                ProblemCode.COLUMN_TWICE,
                Text(
                    f"“{name}”列与另一列含义相同，内容原样保留，没有归入字段。如需归入，请指定它的含义。",
                    f"Column “{name}” means the same as another one; its cells are kept as they "
                    "are, under no field. Name its meaning if it has one.",
                ),
                column=column.index,
            )
        ]
    if column.field is None:
        return [
            Problem(
                ProblemCode.COLUMN_UNKNOWN,
                Text(
                    f"“{name}”列不对应任何字段，内容原样保留。如需归入，请指定它的含义。",
                    f"Column “{name}” fits no field; its cells are kept as they are. "
                    "Name its meaning if it has one.",
                ),
                column=column.index,
            )
        ]
    if column.confidence < SURE:
        meaning = MEANINGS[column.field]
        return [
            Problem(
                ProblemCode.COLUMN_GUESSED,
                Text(
                    f"“{name}”列是按近似写法或内容猜的"
                    f"（{meaning.zh}，把握 {column.confidence:.0%}），请确认。",
                    f"Column “{name}” was guessed from a similar spelling or from its cells "
                    f"({meaning.en}, {column.confidence:.0%} sure). Please confirm.",
                ),
                column=column.index,
            )
        ]
    return []
