""".docx tables, read straight from the XML: vMerge and gridSpan as they are written.

python-docx finds the cells of a row in time that grows with the table; the raw XML does not.
"""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from lianfang.documents import limits
from lianfang.documents.formats import packages
from lianfang.documents.grids import Grid, Merge, Opened

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DOCUMENT = "word/document.xml"
_DEEPEST_TABLE = 5


def open_docx(path: Path) -> Opened:
    """Return each table of a .docx file as a grid, with the paragraphs above it.

    A table inside a cell comes after the table that holds it. Raises FileRefused.
    """
    with packages.open_package(path) as package:
        if _DOCUMENT not in package.namelist():
            raise packages.broken(path.name)
        body = _body(path.name, package)
        return Opened(tuple(_grids(path.name, body)), packages.inert_parts(package))


def _body(file: str, package: ZipFile) -> etree._Element:
    text = package.read(_DOCUMENT).replace(_STRICT[1:-1].encode(), _W[1:-1].encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        body = etree.fromstring(text, parser).find(f"{_W}body")
    except etree.XMLSyntaxError as error:
        raise packages.broken(file) from error
    if body is None:
        raise packages.broken(file)
    return body


def _grids(file: str, body: etree._Element) -> Iterator[Grid]:
    caption: list[str] = []
    follows = False
    number = 0
    for element in _blocks(body):
        if element.tag == f"{_W}p":
            text = _paragraph(element)
            if text.strip():
                caption.append(text)
                follows = False
        else:
            number += 1
            grid = _table(file, element, name=str(number), caption=tuple(caption), follows=follows)
            yield grid
            yield from _inner(file, element, grid.name)
            caption, follows = [], True


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and outer tables in order, also those in content controls and the like."""
    for element in body:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(element)


def _inner(file: str, table: etree._Element, name: str, depth: int = 1) -> Iterator[Grid]:
    if depth > _DEEPEST_TABLE:
        return
    for number, inner in enumerate(_tables_in_cells(table), 1):
        grid = _table(file, inner, name=f"{name}.{number}", caption=(), follows=False)
        yield grid
        yield from _inner(file, inner, grid.name, depth + 1)


def _tables_in_cells(table: etree._Element) -> Iterator[etree._Element]:
    for row in _children(table, "tr"):
        for cell in _children(row, "tc"):
            yield from _children(cell, "tbl")


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield children of a kind, seeing through content controls and tracked insertions."""
    for child in parent:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child, tag)


def _table(
    file: str, table: etree._Element, *, name: str, caption: tuple[str, ...], follows: bool
) -> Grid:
    rows: list[tuple[str, ...]] = []
    merges: list[Merge] = []
    open_merges: dict[int, Merge] = {}
    for top, row in enumerate(_children(table, "tr")):
        texts, still_open = _row(row, top, open_merges)
        merges += [m for left, m in open_merges.items() if not _goes_on(m, still_open.get(left))]
        open_merges = still_open
        rows.append(tuple(texts))
        limits.require_grid_size(file, name, rows=len(rows), columns=len(texts))
    merges += open_merges.values()
    return Grid(name, rows, _real(merges), caption, follows)


def _goes_on(merge: Merge, below: Merge | None) -> bool:
    return below is not None and below.top == merge.top


def _real(merges: list[Merge]) -> tuple[Merge, ...]:
    real = [merge for merge in merges if (merge.top, merge.left) != (merge.bottom, merge.right)]
    return tuple(sorted(real, key=lambda merge: (merge.top, merge.left)))


def _row(
    row: etree._Element, top: int, above: dict[int, Merge]
) -> tuple[list[str], dict[int, Merge]]:
    """Return a row's texts, blank where a merge covers, and the merges that may go on below."""
    texts = [""] * _skipped(row)
    still_open: dict[int, Merge] = {}
    for cell in _children(row, "tc"):
        left, width = len(texts), _span(cell)
        right = left + width - 1
        texts += [""] * width
        merge = _vertical(cell)
        continued = above.get(left) if merge == "continue" else None
        if continued is not None:
            still_open[left] = Merge(continued.top, left, top, continued.right)
            continue
        texts[left] = _cell(cell)
        if merge is not None or width > 1:
            still_open[left] = Merge(top, left, top, right)
    return texts, still_open


def _skipped(row: etree._Element) -> int:
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    return _number(before) if before is not None else 0


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return max(_number(span), 1) if span is not None else 1


def _number(element: etree._Element) -> int:
    value = element.get(f"{_W}val") or "0"
    return min(int(value), limits.COLUMNS + 1) if value.isascii() and value.isdigit() else 0


def _vertical(cell: etree._Element) -> str | None:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return None if merge is None else (merge.get(f"{_W}val") or "continue")


def _cell(cell: etree._Element) -> str:
    return "\n".join(_paragraph(paragraph) for paragraph in _paragraphs(cell)).strip("\n")


def _paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    """Yield a cell's own paragraphs; those of a table inside it belong to that table."""
    yield from _children(cell, "p")


def _paragraph(paragraph: etree._Element) -> str:
    parts: list[str] = []
    for element in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}cr", f"{_W}tab", f"{_W}noBreakHyphen"):
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag == f"{_W}tab":
            parts.append("\t")
        elif element.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        else:
            parts.append("\n")
    return "".join(parts)
