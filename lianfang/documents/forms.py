"""One form per power (or post): labels with their values beside them, lists inside.

A form's labels are its columns, in order; it is one row, or, where it holds a list (办理环节,
责任事项, 责任科室), a row for each line of the list with the form's other values repeated.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from lianfang.common.text import bare
from lianfang.documents.grids import Grid
from lianfang.documents.headers import Header
from lianfang.documents.sheets import Kind
from lianfang.documents.spellings import guesses, is_label

_LEAST_LABELS = 3
_LEAST_SHARE = 0.6
_LONGEST_LABEL = 16
_LIKELY = 0.7
_LEAST_LIST_LABELS = 2
# Rows after which a sheet has shown whether it is laid out as forms.
_SEARCHED = 200


class Form(Struct, frozen=True):
    """A form: its headings, and lines of (0-based row, values by heading index).

    `cells` are all texts of the form's rows, by row.
    """

    headers: tuple[Header, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    rows: tuple[int, ...]
    loose: tuple[tuple[int, Kind], ...] = ()


class _Cell(Struct, frozen=True):
    row: int
    column: int
    text: str
    height: int
    width: int = 1


def is_form(grid: Grid) -> bool:
    """Tell whether a grid is laid out as forms: labels down the left, values beside them."""
    pairs, strangers, excused = [], 0, False
    for cells in islice(_cell_rows(grid), _SEARCHED):
        labelled = _is_label(cells[0].text)
        if len(cells) == 1:
            continue
        if labelled and all(_is_label(cell.text) for cell in cells if cell.text.strip()):
            # The head of a list: the lines under it need no label.
            excused = True
        elif labelled:
            pairs.append(bare(cells[0].text))
            excused = cells[0].height > 1
        elif not excused:
            strangers += 1
    share = len(pairs) / max(len(pairs) + strangers, 1)
    return len(set(pairs)) >= _LEAST_LABELS and share >= _LEAST_SHARE


def find_forms(grid: Grid) -> tuple[Form, ...]:
    """Return the forms of a grid; the first label coming again begins the next form."""
    starts: list[list[list[_Cell]]] = []
    first = ""
    for cells in _cell_rows(grid):
        label = bare(cells[0].text)
        if not starts or (label == first and len(cells) > 1):
            if not starts and not _opens_form(cells):
                continue
            first = first or label
            starts.append([])
        starts[-1].append(cells)
    return tuple(_form(rows) for rows in starts)


def _opens_form(cells: Sequence[_Cell]) -> bool:
    """Tell a form's first label from a title above it."""
    beside = any(cell.text.strip() for cell in cells[1:])
    return is_label(cells[0].text) or (beside and _is_label(cells[0].text))


def _cell_rows(grid: Grid) -> Iterator[list[_Cell]]:
    """Yield each row's own cells: filled ones, and blank ones that a label may stand before."""
    sizes = {(m.top, m.left): (m.bottom - m.top + 1, m.right - m.left + 1) for m in grid.merges}
    covered = {
        (row, column)
        for m in grid.merges
        for row in range(m.top, min(m.bottom + 1, len(grid.rows)))
        for column in range(m.left, m.right + 1)
        if (row, column) != (m.top, m.left)
    }
    for row, line in enumerate(grid.rows):
        cells = [
            _Cell(row, column, text, *sizes.get((row, column), (1, 1)))
            for column, text in enumerate(line)
            if (row, column) not in covered
        ]
        while cells and not cells[-1].text.strip() and not _is_label_before(cells):
            cells.pop()
        if any(cell.text.strip() for cell in cells):
            yield cells


def _is_label_before(cells: Sequence[_Cell]) -> bool:
    return len(cells) > 1 and _is_label(cells[-2].text)


def _is_label(text: str) -> bool:
    plain = text.strip().rstrip("：:")
    if not plain or len(bare(plain)) > _LONGEST_LABEL:
        return False
    found = guesses(plain)
    return bool(found) and found[0].confidence >= _LIKELY


class _List:
    """A list inside a form: where its labels stand, and its lines."""

    def __init__(self, places: tuple[int, ...], columns: tuple[int, ...]) -> None:
        self.places = places
        self.columns = columns
        self.lines: list[tuple[int, list[str]]] = []

    def goes_on(self, cells: list[_Cell]) -> bool:
        """Tell a line of the list from a label and its value below the list."""
        if len(cells) == 1 and cells[0].width >= len(self.columns) > 1:
            return False  # a title across the page: the next form
        first = next(cell for cell in cells if cell.text.strip())
        same_shape = tuple(cell.column for cell in cells) == self.columns
        return not _is_label(first.text) or (same_shape and len(cells) > _LEAST_LIST_LABELS)

    def add(self, cells: list[_Cell]) -> None:
        texts = [""] * len(self.columns)
        for cell in cells:
            place = max(
                (i for i, left in enumerate(self.columns) if left <= cell.column), default=0
            )
            texts[place] = _joined(texts[place], cell.text)
        self.lines.append((cells[0].row, texts))


class _Builder:
    """Gathers one form's labels, values and lists, row by row."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.values: list[str] = []
        self.lists: list[_List] = []
        self.loose: list[tuple[int, Kind]] = []
        self._list: _List | None = None
        self._tall_until = -1

    def read(self, cells: list[_Cell], following: list[_Cell]) -> None:
        """Take one row of the form; `following` are the cells of the next one."""
        filled = [cell for cell in cells if cell.text.strip()]
        if cells[0].row <= self._tall_until:
            self.values[-1] = _joined(self.values[-1], *(cell.text for cell in filled))
        elif self._list is not None and self._list.goes_on(cells):
            self._list.add(cells)
        elif _opens_list(filled, following):
            places = tuple(self._label(cell.text) for cell in filled)
            self._list = _List(places, tuple(cell.column for cell in filled))
            self.lists.append(self._list)
        elif len(cells) == 1:
            self.loose.append((cells[0].row, Kind.ABOVE))
        else:
            self._list = None
            self._pairs(cells)

    def _label(self, label: str, *values: str) -> int:
        self.labels.append(label)
        self.values.append(_joined(*values))
        return len(self.labels) - 1

    def _pairs(self, cells: list[_Cell]) -> None:
        """Read label, value, label, value …; in an odd row the first label owns the rest."""
        if len(cells) % 2 == 0:
            for label, value in zip(cells[::2], cells[1::2], strict=True):
                if label.text.strip() or value.text.strip():
                    self._label(label.text, value.text)
        else:
            group, *rest = cells
            if group.height > 1 and _is_label(rest[0].text):
                self._label(rest[0].text, *(cell.text for cell in rest[1:]))
                return
            self._label(group.text, *(cell.text for cell in rest))
        if cells[0].height > 1 and len(cells) == 2:
            self._tall_until = cells[0].row + cells[0].height - 1


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text.strip())


def _form(rows: list[list[_Cell]]) -> Form:
    builder = _Builder()
    for place, cells in enumerate(rows):
        builder.read(cells, rows[place + 1] if place + 1 < len(rows) else [])
    headers = tuple(Header(i, label, label) for i, label in enumerate(builder.labels))
    every = tuple(cells[0].row for cells in rows)
    return Form(headers, _lines(builder, rows[0][0].row), every, tuple(builder.loose))


def _opens_list(filled: list[_Cell], following: list[_Cell]) -> bool:
    values = [cell for cell in following if cell.text.strip()]
    return (
        len(filled) >= _LEAST_LIST_LABELS
        and all(_is_label(cell.text) for cell in filled)
        and not all(_is_label(cell.text) for cell in values)
        and (len(values) >= len(filled) or not _is_label(values[0].text))
    )


def _lines(builder: _Builder, first_row: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    lines: list[tuple[int, tuple[str, ...]]] = []
    for listed in builder.lists:
        for row, texts in listed.lines:
            values = list(builder.values)
            for place, text in zip(listed.places, texts, strict=True):
                values[place] = text
            lines.append((row, tuple(values)))
    return tuple(lines) or ((first_row, tuple(builder.values)),)
