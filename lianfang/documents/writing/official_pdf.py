"""Writes official papers as PDF/A by Typst, measured in GB/T 9704—2012's own grid."""

from typing import Any

import msgspec

from lianfang.documents.fonts import Face, FontSet, font_set
from lianfang.documents.writing.official import (
    CHARACTER_POINTS,
    LINE_POINTS,
    POINTS_PER_MM,
    Kind,
    OfficialPaper,
    RecordForm,
    day_in_words,
    mark_size,
    require_number,
    row_pairs,
)
from lianfang.documents.writing.pdf import typeset
from lianfang.documents.writing.words import shown

_LETTER_MARK_AT = 30.0
_UNDER_MARK = 4.0
_FIXED = "附件：抄送印发年月日—0123456789.（）。"


def official_pdf(paper: OfficialPaper) -> bytes:
    """Return a notice, letter or minutes. Raises NumberRefused, FontsRefused."""
    require_number(paper.number)
    fonts = _fonts_for("".join((*paper.texts(), _FIXED)))
    fonts.require(shown(paper.title + paper.issuer), Face.TITLE)
    size = mark_size(paper.issuer)
    content = {
        "kind": paper.kind,
        "mark": shown(paper.issuer),
        "mark-size": size,
        "rule-at": _LETTER_MARK_AT + size / POINTS_PER_MM + _UNDER_MARK,
        "line": LINE_POINTS,
        "character": CHARACTER_POINTS,
        "number": shown(paper.number),
        "title": shown(paper.title).split("\n"),
        "addressee": shown(paper.addressee).removesuffix("："),
        "body": [{"kind": block.kind, "text": shown(block.text)} for block in paper.body],
        "attachments": [shown(name) for name in paper.attachments],
        "attendance": [
            {"label": shown(entry.label), "names": shown(entry.names)} for entry in paper.attendance
        ],
        "signed-by": shown(paper.signed_by),
        "day": day_in_words(paper.on),
        "remark": shown(paper.remark),
        "copies-to": shown(paper.copies_to).removesuffix("。"),
        "printed-by": "" if paper.kind is Kind.LETTER else shown(paper.printed_by),
        "printed-on": day_in_words(paper.printed_on or paper.on),
        "secrecy": shown(paper.secrecy),
        "urgency": shown(paper.urgency),
    }
    return typeset("official", {"paper": _json(content, paper, fonts)}, fonts, paper.on)


def record_pdf(form: RecordForm) -> bytes:
    """Return a record form, filled in or blank. Raises NumberRefused, FontsRefused."""
    require_number(form.number)
    fonts = _fonts_for("".join((*form.texts(), _FIXED)))
    content = {
        "organisation": shown(form.organisation),
        "title": shown(form.title),
        "number": shown(form.number),
        "rows": [
            [
                {"label": shown(entry.label), "text": shown(entry.text), "lines": entry.lines}
                for entry in row
            ]
            for row in row_pairs(form.entries)
        ],
        "signatures": [shown(text) for text in form.signatures],
        "remark": shown(form.remark),
    }
    return typeset("record", {"paper": _json(content, form, fonts)}, fonts, form.on)


def _fonts_for(text: str) -> FontSet:
    fonts = font_set()
    fonts.require(shown(text), Face.FANGSONG)
    fonts.require(shown(text), Face.HEI)
    return fonts


def _json(content: dict[str, Any], paper: OfficialPaper | RecordForm, fonts: FontSet) -> str:
    on = [paper.on.year, paper.on.month, paper.on.day]
    return msgspec.json.encode({**content, "on": on, "fonts": fonts.families}).decode()
