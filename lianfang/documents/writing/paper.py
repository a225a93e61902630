"""What a table on paper is, before anybody knows in which format.

A form makes a `TablePaper` of a Register; a writer makes a file of a `TablePaper`. Neither knows
the other.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from lianfang.common.text import Language
from lianfang.documents.drawing.flow import Chart, Node


class Tone(StrEnum):
    """How dark a cell is printed; the order of levels survives a grey print."""

    PLAIN = "plain"
    HEAD = "head"
    GREY = "grey"
    DARK = "dark"


class Cell(Struct, frozen=True, kw_only=True, gc=False):
    """A cell; `mark` is a shape over the text, `note` a smaller line under it.

    `rows` and `columns` say how far it spans. `open` cells may be filled in.
    """

    text: str = ""
    mark: str = ""
    note: str = ""
    rows: int = 1
    columns: int = 1
    tone: Tone = Tone.PLAIN
    strong: bool = False
    open: bool = False

    @property
    def whole(self) -> str:
        """The cell as one text, as a spreadsheet holds it."""
        text = f"{self.mark}{self.text}"
        return f"{text}\n{self.note}" if self.note else text


Cells = tuple[Cell | None, ...]


class Row(Struct, frozen=True, kw_only=True, gc=False):
    """A row with a cell for each column, None where one from above or the left reaches over.

    `key` says what it is about, for reading a filled-in form back; `band` marks a heading, `total`
    a sum at the end, which no filter takes away.
    """

    cells: Cells
    key: str = ""
    band: bool = False
    total: bool = False


def heading_row(key: str, text: str, columns: int) -> Row:
    """Return a row that is a heading over the rows after it."""
    heading = Cell(text=text, columns=columns, strong=True, tone=Tone.HEAD)
    return Row(key=key, band=True, cells=(heading, *[None] * (columns - 1)))


class Column(Struct, frozen=True, kw_only=True):
    """A column; `choices` are the words to choose from, `strict` when no other may be written.

    A spreadsheet can reckon with what stands in a column of `figures`.
    """

    code: str
    width: float
    centred: bool = False
    figures: bool = False
    choices: tuple[str, ...] = ()
    strict: bool = False


class Plate(Struct, frozen=True, kw_only=True):
    """Two flowcharts side by side, each with its caption; None where one side has no flow."""

    name: str
    code: str
    captions: tuple[str, str]
    charts: tuple[Chart | None, Chart | None]

    def texts(self) -> Iterator[str]:
        """Yield every text of the plate."""
        yield from (self.name, self.code, *self.captions)
        for chart in self.charts:
            if chart is not None:
                yield from (chart.title, *chart.notes)
                yield from (text for lane in chart.lanes for text in (lane.name, lane.note))
                yield from (text for one in chart.nodes for text in _words_of(one))
                yield from (link.condition for link in chart.links)


def _words_of(node: Node) -> tuple[str, ...]:
    marks = (mark.reference for mark in node.marks)
    return (node.name, node.limit, node.output, *marks)


class Page(Struct, frozen=True, kw_only=True):
    """Paper in millimetres, as it lies on the desk."""

    name: str
    width: float
    height: float


A4_LANDSCAPE = Page(name="a4", width=297, height=210)
A4_PORTRAIT = Page(name="a4", width=210, height=297)
A3_LANDSCAPE = Page(name="a3", width=420, height=297)
MARGIN = 12.0


class TablePaper(Struct, frozen=True, kw_only=True):
    """A whole table paper.

    `facts` stand spread over the table, `notes` and `signatures` under it, `footer` on each page
    beside the page numbers. `enclosed` is kept unseen in a spreadsheet; `empty` is said where
    there is no row. Widths of columns are shares of the page's. `plates` follow the table where
    there can be drawings.
    """

    code: str
    language: Language
    on: date
    title: str
    sheet: str
    page: Page
    columns: tuple[Column, ...]
    head: tuple[Cells, ...]
    rows: tuple[Row, ...]
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    footer: str = ""
    empty: str = ""
    enclosed: bytes | None = None
    plates: tuple[Plate, ...] = ()

    def widths(self) -> list[float]:
        """Return the columns' widths in millimetres, filling the page between its margins."""
        total = sum(column.width for column in self.columns)
        room = self.page.width - 2 * MARGIN
        return [column.width * room / total for column in self.columns]

    def texts(self) -> Iterator[str]:
        """Yield every text of the paper, to look for characters that can't be printed."""
        yield from (self.title, self.footer, self.empty)
        yield from (*self.facts, *self.notes, *self.signatures)
        for cells in (*self.head, *(row.cells for row in self.rows)):
            for cell in cells:
                if cell is not None:
                    yield cell.whole
        for plate in self.plates:
            yield from plate.texts()
