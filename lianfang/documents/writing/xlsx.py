"""Writes a table paper as a spreadsheet: real merges, print set-up, lists to choose from, keys.

The column after the last holds each row's key, hidden and locked; the sheet `lianfang` holds what
the paper encloses and the lists. Protection has no password: it guards against slips, not people.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape, quoteattr

from msgspec.structs import replace

from lianfang.common.text import Language, Text
from lianfang.documents.grids import OWN_SHEET
from lianfang.documents.writing.cells import neutral
from lianfang.documents.writing.enclosing import pieces
from lianfang.documents.writing.paper import A3_LANDSCAPE, Cell, Column, Row, TablePaper, Tone
from lianfang.documents.writing.sheetxml import (
    MAIN,
    Look,
    Looks,
    Name,
    SheetPart,
    address,
    area,
    cell,
    column_name,
    figure,
    row,
    workbook,
)
from lianfang.documents.writing.words import shown

_FILLS = {Tone.PLAIN: "", Tone.HEAD: "EFEEEA", Tone.GREY: "D6D5D0", Tone.DARK: "111111"}
_LOCKED_FILL = "F5F3EE"
_LINE_POINTS = 12.0
_ROW_SPACE = 5.0
_PAGES = Text("第 &P 页，共 &N 页", "Page &P of &N")
_FOOTER_CHARACTERS = 200
_STOP = Text("请从下拉单中选。", "Choose from the list.")
_ALLOWED = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "autoFilter")
_TITLE_LOOK = Look(font="方正小标宋简体", size=18, centred=True)
_HEAD_LOOK = Look(font="黑体", bold=True, fill="EFEEEA", border="all", centred=True)
_SIGNED_LOOK = Look(border="bottom")
_FREE_COLUMNS = 2


def to_xlsx(paper: TablePaper, *more: TablePaper) -> bytes:
    """Return papers as one spreadsheet, each on a sheet of its own.

    Only the first may enclose something. Raises CellRefused for a text no cell can hold.
    """
    looks = Looks()
    writers = [_SheetWriter(one, looks, place) for place, one in enumerate((paper, *more))]
    tables = [writer.table() for writer in writers]
    hidden = [] if paper.enclosed is None else [writers[0].hidden(paper.enclosed)]
    return workbook(
        title=paper.title,
        day=paper.on.isoformat(),
        looks=looks,
        sheets=[*tables, *hidden],
        names=[name for writer in writers for name in writer.names],
    )


class _SheetWriter:
    """Writes one paper from the top down: rows and merges first, settings around them after."""

    def __init__(self, paper: TablePaper, looks: Looks, place: int) -> None:
        self._paper = paper
        self._looks = looks
        self._place = place
        self.names: list[Name] = []
        self._rows: list[str] = []
        self._merges: list[str] = []
        self._last = len(paper.columns) - 1
        self._chars = [max(4.0, (mm / 25.4 * 96 - 5) / 7) for mm in paper.widths()]
        self._locks = paper.enclosed is not None
        self._numbers: dict[tuple[bool, Tone, bool, bool, bool], int] = {}

    def table(self) -> SheetPart:
        """Return the sheet of the table; its names are known then."""
        paper = self._paper
        self._across(paper.title, _TITLE_LOOK, 30)
        self._across("　　".join(paper.facts), Look(), 18)
        top = len(self._rows)
        self._head()
        first = len(self._rows)
        self._body(first)
        end = len(self._rows) - 1 - sum(one.total for one in paper.rows)
        self._foot()
        self.names = self._named(top, first, end)
        return SheetPart(title=paper.sheet, xml=self._sheet(first, end))

    # rows

    def _across(self, text: str, look: Look, height: float) -> None:
        number = len(self._rows)
        style = self._looks.number(self._spoken(look))
        self._merge(number, 0, number, self._last)
        self._rows.append(row(number, cell(address(number, 0), neutral(text), style), height))

    def _head(self) -> None:
        style = self._looks.number(self._spoken(_HEAD_LOOK))
        for cells in self._paper.head:
            number = len(self._rows)
            told = []
            for place, one in enumerate(cells):
                told.append(cell(address(number, place), one.whole if one else "", style))
                if one is not None:
                    self._span(number, place, one)
            height = self._own_lines(Row(cells=cells)) * _LINE_POINTS + _ROW_SPACE
            self._rows.append(row(number, "".join(told), height))

    def _body(self, first: int) -> None:
        paper = self._paper
        if not paper.rows:
            self._across(paper.empty, Look(border="all", centred=True), 24)
        above = [0] * (self._last + 1)
        heights = self._heights()
        for number, one in enumerate(paper.rows, first):
            told = self._row_cells(number, one, above)
            if self._locks:
                told.append(cell(address(number, self._last + 1), shown(one.key), 0))
            self._rows.append(row(number, "".join(told), heights[number - first]))

    def _row_cells(self, number: int, one: Row, above: list[int]) -> list[str]:
        """Return a row's cells; covered ones look like what covers them."""
        told, columns, ordinal = [], self._paper.columns, number + 1
        for place, entry in enumerate(one.cells):
            at = f"{column_name(place)}{ordinal}"
            if entry is None:
                style = above[0] if one.band else above[place]
                told.append(f'<c r="{at}" s="{style}"/>')
                continue
            style = above[place] = self._style(columns[place], entry, one.band)
            told.append(self._told(at, columns[place], entry, style))
            self._span(number, place, entry)
        return told

    def _told(self, at: str, column: Column, one: Cell, style: int) -> str:
        if column.figures and one.text.isdecimal():
            return figure(at, int(one.text), style)
        return cell(at, neutral(one.whole), style)

    def _span(self, number: int, place: int, one: Cell) -> None:
        if one.rows > 1 or one.columns > 1:
            self._merge(number, place, number + one.rows - 1, place + one.columns - 1)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self._merges.append(f'<mergeCell ref="{area((top, left), (bottom, right))}"/>')

    def _foot(self) -> None:
        """Write notes and signatures."""
        self._rows.append(row(len(self._rows), ""))
        for note in self._paper.notes:
            lines = 1 + int(_wide(note) / sum(self._chars))
            self._across(note, Look(size=8.5), lines * _LINE_POINTS + 2)
        signatures, most = self._paper.signatures, len(self._chars)
        for start in range(0, len(signatures), most):
            self._signed(signatures[start : start + most])

    def _signed(self, signatures: Sequence[str]) -> None:
        """Write a row of signatures, no more than there are columns."""
        number = len(self._rows)
        style = self._looks.number(self._spoken(_SIGNED_LOOK))
        told = []
        shares = _shares(self._chars, len(signatures))
        for (start, end), text in zip(shares, signatures, strict=True):
            told.append(cell(address(number, start), text, style))
            told += [cell(address(number, place), "", style) for place in range(start + 1, end + 1)]
            self._merge(number, start, number, end)
        self._rows.append(row(number, "".join(told), 30))

    def _heights(self) -> list[float]:
        """Return a height for each row, so that merged cells, too, have the room they need."""
        rows = self._paper.rows
        lines = [self._own_lines(one) for one in rows]
        for place, one in enumerate(rows):
            for column, entry in enumerate(one.cells):
                if entry is not None and entry.rows > 1:
                    covered = lines[place : place + entry.rows]
                    lacking = self._lines(entry.whole, column) - sum(covered)
                    if lacking > 0:
                        lines[place + entry.rows - 1] += lacking
        return [count * _LINE_POINTS + _ROW_SPACE for count in lines]

    def _own_lines(self, one: Row) -> int:
        return max(
            (
                self._lines(entry.whole, column)
                for column, entry in enumerate(one.cells)
                if entry is not None and entry.rows == 1 and entry.columns == 1
            ),
            default=1,
        )

    def _lines(self, text: str, column: int) -> int:
        if not text:
            return 1
        room = self._chars[column] - 1
        return sum(1 + int((_wide(line) - 0.5) / room) for line in text.split("\n"))

    # looks

    def _style(self, column: Column, one: Cell, band: bool) -> int:
        free = one.open or not self._locks
        key = (column.centred and not band, one.tone, one.strong, free, column.figures)
        found = self._numbers.get(key)
        if found is None:
            centred, tone, strong, free, number = key
            look = Look(
                bold=strong,
                colour="FFFFFF" if tone is Tone.DARK else "",
                fill=_FILLS[tone] or ("" if free else _LOCKED_FILL),
                border="all",
                centred=centred,
                locked=not free,
                number=number,
            )
            found = self._numbers[key] = self._looks.number(self._spoken(look))
        return found

    def _spoken(self, look: Look) -> Look:
        """Return the look in a font that suits the paper's language."""
        if self._paper.language is Language.ZH:
            return look
        return replace(look, font="Times New Roman")

    # settings

    def _sheet(self, first: int, end: int) -> str:
        paper = self._paper
        widths = "".join(
            f'<col min="{n}" max="{n}" width="{width:.2f}" customWidth="1"/>'
            for n, width in enumerate(self._chars, 1)
        )
        if self._locks:
            key = self._last + 2
            widths += f'<col min="{key}" max="{key}" width="9" hidden="1" customWidth="1"/>'
        corner = address(first, _FREE_COLUMNS)
        size = 8 if paper.page is A3_LANDSCAPE else 9
        turned = "landscape" if paper.page.width > paper.page.height else "portrait"
        foot = escape(paper.footer.replace("&", "&&")[:_FOOTER_CHARACTERS])
        chosen = ' tabSelected="1"' if self._place == 0 else ""
        return (
            f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0"{chosen} showGridLines="0">'
            f'<pane xSplit="{_FREE_COLUMNS}" ySplit="{first}" topLeftCell="{corner}" '
            'activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols>'
            f"<sheetData>{''.join(self._rows)}</sheetData>{self._protection()}"
            f'<autoFilter ref="{area((first - 1, 0), (end, self._last))}"/>'
            f'<mergeCells count="{len(self._merges)}">{"".join(self._merges)}</mergeCells>'
            f"{self._validations(first, end)}"
            '<printOptions horizontalCentered="1"/><pageMargins left="0.47" right="0.47" '
            'top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            f'<pageSetup paperSize="{size}" orientation="{turned}" fitToWidth="1" fitToHeight="0"/>'
            f"<headerFooter><oddFooter>&amp;L&amp;8{foot}&amp;R&amp;8"
            f"{escape(_PAGES.in_(paper.language))}</oddFooter></headerFooter></worksheet>"
        )

    def _protection(self) -> str:
        if not self._locks:
            return ""
        allowed = " ".join(f'{act}="0"' for act in _ALLOWED)
        return f'<sheetProtection sheet="1" objects="1" scenarios="1" {allowed}/>'

    def _validations(self, first: int, end: int) -> str:
        if not self._locks:
            return ""
        told = [
            f'<dataValidation type="list" allowBlank="1" '
            f'errorStyle="{"stop" if column.strict else "information"}" '
            f'showErrorMessage="{int(column.strict)}" '
            f"error={quoteattr(_STOP.in_(self._paper.language))} "
            f'sqref="{area((first, place), (end, place))}">'
            f"<formula1>{OWN_SHEET}!"
            f"{area((0, list_), (len(column.choices) - 1, list_), fixed=True)}"
            "</formula1></dataValidation>"
            for list_, (place, column) in enumerate(self._with_choices(), 1)
        ]
        return f'<dataValidations count="{len(told)}">{"".join(told)}</dataValidations>'

    def _with_choices(self) -> Sequence[tuple[int, Column]]:
        return [(place, one) for place, one in enumerate(self._paper.columns) if one.choices]

    def _named(self, top: int, first: int, end: int) -> list[Name]:
        sheet, at = f"'{self._paper.sheet}'!", self._place
        last = len(self._rows) - 1
        filtered = area((first - 1, 0), (end, self._last), fixed=True)
        return [
            Name(name="_FilterDatabase", target=sheet + filtered, hidden=True, sheet=at),
            Name(
                name="Print_Area",
                target=sheet + area((0, 0), (last, self._last), fixed=True),
                sheet=at,
            ),
            Name(name="Print_Titles", target=f"{sheet}${top + 1}:${first}", sheet=at),
        ]

    def hidden(self, enclosed: bytes) -> SheetPart:
        """Return the sheet nobody sees: what the paper encloses, then the lists."""
        columns = [pieces(enclosed), *(column.choices for _, column in self._with_choices())]
        rows = []
        for number in range(max(map(len, columns))):
            told = [
                cell(address(number, place), entries[number], 0)
                for place, entries in enumerate(columns)
                if number < len(entries)
            ]
            rows.append(row(number, "".join(told)))
        return SheetPart(
            title=OWN_SHEET,
            hidden=True,
            xml=f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData>'
            '<sheetProtection sheet="1"/></worksheet>',
        )


def _wide(text: str) -> int:
    """Return how many half-width characters a text is wide, near enough."""
    return len(text.encode("gb18030"))


def _shares(widths: Sequence[float], parts: int) -> list[tuple[int, int]]:
    """Split columns among parts of about the same width: the first and last column of each.

    Each has a column at least; there are no more parts than columns.
    """
    reached = list(accumulate(widths))
    edges = [0]
    for part in range(1, parts + 1):
        goal = reached[-1] * part / parts
        open_ones = range(edges[-1], len(widths) - (parts - part))
        edges.append(1 + min(open_ones, key=lambda at: abs(reached[at] - goal)))
    return [(start, end - 1) for start, end in pairwise(edges)]
