"""The parts of a spreadsheet file written by hand: cells, styles, sheets, the package.

Written as text: a thousand rows through an object model take twice the time that is allowed.
Every text goes through `escaped` and stands in its cell as a string, never as a formula.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from lianfang.documents.writing.words import shown
from lianfang.documents.writing.zipping import (
    CORE_PART,
    CORE_TYPE,
    RELATIONS,
    core,
    relations,
    root_relations,
    zipped,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# What Excel would read as an escaped character: _x000D_.
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Look(Struct, frozen=True, kw_only=True):
    """How a cell looks; `border` is "", "all" or "bottom", colours are RRGGBB."""

    font: str = "宋体"
    size: float = 9
    bold: bool = False
    colour: str = ""
    fill: str = ""
    border: str = ""
    centred: bool = False
    locked: bool = True
    number: bool = False


class Looks:
    """The looks of a file by number, each written once."""

    def __init__(self) -> None:
        self._numbers: dict[Look, int] = {Look(): 0}

    def number(self, look: Look) -> int:
        """Return the number that cells carry for a look."""
        return self._numbers.setdefault(look, len(self._numbers))

    def xml(self) -> str:
        """Return the styles part."""
        looks = tuple(self._numbers)
        fonts = "".join(_font(look) for look in looks)
        plain = '<fill><patternFill patternType="none"/></fill>'
        grey = '<fill><patternFill patternType="gray125"/></fill>'
        fills = plain + grey + "".join(_fill(look.fill) for look in looks)
        borders = "".join(map(_border, ("", "all", "bottom")))
        forms = "".join(_form(look, place) for place, look in enumerate(looks))
        return (
            f'<styleSheet xmlns="{MAIN}"><fonts count="{len(looks)}">{fonts}</fonts>'
            f'<fills count="{len(looks) + 2}">{fills}</fills>'
            f'<borders count="3">{borders}</borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            f'</cellStyleXfs><cellXfs count="{len(looks)}">{forms}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        )


def _font(look: Look) -> str:
    bold = "<b/>" if look.bold else ""
    colour = f'<color rgb="FF{look.colour}"/>' if look.colour else ""
    return f'<font>{bold}<sz val="{look.size:g}"/>{colour}<name val="{look.font}"/></font>'


def _fill(colour: str) -> str:
    if not colour:
        return '<fill><patternFill patternType="none"/></fill>'
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def _border(kind: str) -> str:
    line = ' style="thin"><color auto="1"/></'
    sides = []
    for side in ("left", "right", "top", "bottom"):
        drawn = kind == "all" or kind == side
        sides.append(f"<{side}{line}{side}>" if drawn else f"<{side}/>")
    return f"<border>{''.join(sides)}<diagonal/></border>"


def _form(look: Look, place: int) -> str:
    border = ("", "all", "bottom").index(look.border)
    across = "center" if look.centred else "left"
    return (
        f'<xf numFmtId="{0 if look.number else 49}" fontId="{place}" '
        f'fillId="{place + 2 if look.fill else 0}" '
        f'borderId="{border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" '
        'applyBorder="1" applyAlignment="1" applyProtection="1">'
        f'<alignment horizontal="{across}" vertical="center" wrapText="1"/>'
        f'<protection locked="{int(look.locked)}"/></xf>'
    )


@lru_cache(maxsize=512)
def column_name(column: int) -> str:
    """Return A for 0, AA for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """Return A1 for row 0, column 0."""
    return f"{column_name(column)}{row + 1}"


def area(first: tuple[int, int], last: tuple[int, int], *, fixed: bool = False) -> str:
    """Return A1:B2 for the cells between two corners, with dollars where `fixed`."""
    if fixed:
        return ":".join(f"${column_name(column)}${row + 1}" for row, column in (first, last))
    return f"{address(*first)}:{address(*last)}"


def escaped(text: str) -> str:
    """Return a text as XML for a cell."""
    return escape(_ESCAPE_LIKE.sub("_x005F_", text)) if "_x" in text else escape(text)


def cell(at: str, text: str, look: int) -> str:
    """Return a cell with a text, or a blank one."""
    if not text:
        return f'<c r="{at}" s="{look}"/>'
    told = escaped(text)
    return f'<c r="{at}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{told}</t></is></c>'


def figure(at: str, number: int, look: int) -> str:
    """Return a cell with a number, which a spreadsheet can reckon with."""
    return f'<c r="{at}" s="{look}"><v>{number}</v></c>'


def row(number: int, cells: str, height: float | None = None) -> str:
    """Return a row; its height is a first guess, which editing a cell corrects."""
    tall = f' ht="{height:g}"' if height else ""
    return f'<row r="{number + 1}"{tall}>{cells}</row>'


class Name(Struct, frozen=True, kw_only=True):
    """A built-in name of a sheet, the first by default: what is printed, repeated, filtered."""

    name: str
    target: str
    hidden: bool = False
    sheet: int = 0


class SheetPart(Struct, frozen=True, kw_only=True):
    title: str
    xml: str
    hidden: bool = False


def workbook(
    *, title: str, day: str, looks: Looks, sheets: Sequence[SheetPart], names: Sequence[Name]
) -> bytes:
    """Return a whole spreadsheet file."""
    listed = "".join(
        f'<sheet name={quoteattr(sheet.title)} sheetId="{number}" '
        f'{"state=" + quoteattr("veryHidden") + " " if sheet.hidden else ""}r:id="rSheet{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    named = "".join(
        f'<definedName name="_xlnm.{name.name}" localSheetId="{name.sheet}"'
        f"{' hidden=' + quoteattr('1') if name.hidden else ''}>{escape(name.target)}</definedName>"
        for name in names
    )
    parts = {
        "_rels/.rels": root_relations("xl/workbook.xml"),
        CORE_PART: core(escape(shown(title)), day),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{listed}</sheets><definedNames>{named}</definedNames></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": relations(
            [
                ("rStyles", f"{RELATIONS}/styles", "styles.xml"),
                *(
                    (f"rSheet{n}", f"{RELATIONS}/worksheet", f"worksheets/sheet{n}.xml")
                    for n in range(1, len(sheets) + 1)
                ),
            ]
        ),
        "xl/styles.xml": looks.xml(),
    }
    for number, sheet in enumerate(sheets, 1):
        parts[_part(number)] = sheet.xml
    return zipped(parts, _types(len(sheets)))


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _types(sheets: int) -> dict[str, str]:
    """Return the content types of the file's parts."""
    return {
        "xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
        "xl/styles.xml": f"{_TYPE}.styles+xml",
        CORE_PART: CORE_TYPE,
        **{_part(number): f"{_TYPE}.worksheet+xml" for number in range(1, sheets + 1)},
    }
