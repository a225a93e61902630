"""Writes a table paper as Word: a native table, its head repeated, cells really merged."""

from lianfang.common.text import Text
from lianfang.documents.writing.paper import MARGIN, Cell, Cells, Row, TablePaper, Tone
from lianfang.documents.writing.wordxml import (
    Section,
    Style,
    field,
    package,
    paragraph,
    run,
    twips,
)

_FILLS = {Tone.HEAD: "EFEEEA", Tone.GREY: "D6D5D0", Tone.DARK: "111111"}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TOP, _BOTTOM, _FOOT = 14.0, 15.0, 7.0
_CENTRE = '<w:jc w:val="center"/>'
_WHITE = '<w:color w:val="FFFFFF"/>'
_STYLES = (
    Style(id="a", name="Normal", font="宋体", size=9),
    Style(
        id="Title",
        name="Title",
        font="方正小标宋简体",
        size=18,
        based_on="a",
        paragraph='<w:spacing w:after="120"/><w:jc w:val="center"/>',
    ),
    Style(
        id="Facts",
        name="表头说明",
        font="宋体",
        size=10.5,
        based_on="a",
        paragraph='<w:spacing w:after="60"/>',
    ),
    Style(id="Entry", name="表格文字", font="宋体", size=8, based_on="a"),
    Style(
        id="Note",
        name="表格小字",
        font="宋体",
        size=7,
        based_on="a",
        run='<w:color w:val="555555"/>',
    ),
    Style(
        id="EntryHead",
        name="表格标题行",
        font="黑体",
        size=8.5,
        based_on="a",
        paragraph='<w:jc w:val="center"/>',
        run="<w:b/>",
    ),
    Style(
        id="Remark",
        name="表下说明",
        font="宋体",
        size=8,
        based_on="a",
        paragraph='<w:spacing w:before="40"/>',
    ),
)
_PAGES = (Text("第 ", "Page "), Text(" 页，共 ", " of "), Text(" 页", ""))


def to_docx(paper: TablePaper) -> bytes:
    """Return the paper as a Word file."""
    body = [
        paragraph(run(paper.title), "Title"),
        _spread(paper.facts, paper),
        _table(paper),
        *(paragraph(run(note), "Remark") for note in paper.notes),
        paragraph("", "Remark"),
        _signatures(paper),
        # Word wants a paragraph after a table.
        paragraph("", "Note"),
    ]
    return package(
        title=paper.title,
        on=paper.on,
        language=paper.language,
        styles=_STYLES,
        body="".join(body),
        section=Section(
            width=paper.page.width,
            height=paper.page.height,
            top=_TOP,
            bottom=_BOTTOM,
            left=MARGIN,
            right=MARGIN,
            foot=_FOOT,
            feet={"default": _foot(paper)},
        ),
    )


def _room(paper: TablePaper) -> int:
    return twips(paper.page.width - 2 * MARGIN)


def _spread(facts: tuple[str, ...], paper: TablePaper) -> str:
    """Return the facts spread over the line by tab stops: left, centred, right."""
    room, last = _room(paper), max(len(facts) - 1, 1)
    stops = "".join(
        f'<w:tab w:val="{"right" if place == last else "center"}" w:pos="{room * place // last}"/>'
        for place in range(1, len(facts))
    )
    runs = "<w:r><w:tab/></w:r>".join(run(fact) for fact in facts)
    return paragraph(runs, "Facts", f"<w:tabs>{stops}</w:tabs>" if stops else "")


def _foot(paper: TablePaper) -> str:
    before, between, after = (text.in_(paper.language) for text in _PAGES)
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{_room(paper)}"/></w:tabs>'
    pages = run(before) + field("PAGE") + run(between) + field("NUMPAGES") + run(after)
    return paragraph(run(paper.footer) + "<w:r><w:tab/></w:r>" + pages, "Note", stop)


def _table(paper: TablePaper) -> str:
    widths = [twips(mm) for mm in paper.widths()]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    centred = [column.centred for column in paper.columns]
    head = _Rows(widths, [True] * len(widths), "EntryHead")
    rows = _Rows(widths, centred, "Entry")
    told = [head.row(cells, head=True) for cells in paper.head]
    told += [rows.row(row.cells, band=row.band) for row in _rows_of(paper)]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/>'
        '<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(told)}</w:tbl>"
    )


def _rows_of(paper: TablePaper) -> tuple[Row, ...]:
    if paper.rows:
        return paper.rows
    empty = Cell(text=paper.empty, columns=len(paper.columns))
    return (Row(cells=(empty, *[None] * (len(paper.columns) - 1)), band=True),)


class _Rows:
    """Writes rows from the top down, remembering which cells reach on from above."""

    def __init__(self, widths: list[int], centred: list[bool], style: str) -> None:
        self._widths = widths
        self._centred = centred
        self._style = style
        self._reach = [0] * len(widths)

    def row(self, cells: Cells, *, head: bool = False, band: bool = False) -> str:
        """Return one row; a cell spanning columns stands for the ones it covers."""
        told, place = [], 0
        while place < len(cells):
            cell = cells[place]
            if cell is None:
                told.append(self._continued(place))
                place += 1
                continue
            told.append(self._cell(place, cell, band=band))
            self._reach[place] = cell.rows - 1
            place += cell.columns
        header = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(told)}</w:tr>"

    def _continued(self, place: int) -> str:
        self._reach[place] -= 1
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{self._widths[place]}" w:type="dxa"/><w:vMerge/></w:tcPr>'
            f"{paragraph('', self._style)}</w:tc>"
        )

    def _cell(self, place: int, cell: Cell, *, band: bool) -> str:
        width = sum(self._widths[place : place + cell.columns])
        settings = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
        if cell.columns > 1:
            settings.append(f'<w:gridSpan w:val="{cell.columns}"/>')
        if cell.rows > 1:
            settings.append('<w:vMerge w:val="restart"/>')
        fill = Tone.HEAD if self._style == "EntryHead" else cell.tone
        if fill is not Tone.PLAIN:
            settings.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{_FILLS[fill]}"/>')
        centred = self._centred[place] and not band
        if centred:
            settings.append('<w:vAlign w:val="center"/>')
        return f"<w:tc><w:tcPr>{''.join(settings)}</w:tcPr>{self._told(cell, centred)}</w:tc>"

    def _told(self, cell: Cell, centred: bool) -> str:
        marks = ("<w:b/>" if cell.strong else "") + (_WHITE if cell.tone is Tone.DARK else "")
        place = _CENTRE if centred else ""
        text = f"{cell.mark}\n{cell.text}" if cell.mark else cell.text
        told = paragraph(run(text, marks), self._style, place)
        return told + paragraph(run(cell.note), "Note", place) if cell.note else told


def _signatures(paper: TablePaper) -> str:
    """Return the places for signatures, side by side over a line each."""
    count = len(paper.signatures)
    if not count:
        return ""
    gap = twips(8)
    width = (_room(paper) - gap * (count - 1)) // count
    cells, grid = [], []
    line = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:color="000000"/></w:tcBorders>'
    for place, text in enumerate(paper.signatures):
        if place:
            grid.append(gap)
            cells.append(_bare_cell(gap, "", ""))
        grid.append(width)
        cells.append(_bare_cell(width, text, line))
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in grid)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr></w:tbl>"
    )


def _bare_cell(width: int, text: str, borders: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}</w:tcPr>'
        f"{paragraph(run(text) if text else '', 'Facts')}</w:tc>"
    )
