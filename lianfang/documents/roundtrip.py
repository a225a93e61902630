"""Reads a form back that this program wrote and somebody filled in offline.

What the form was written from is carried in it unseen. A cell that still says what was written
changes nothing; only a changed cell is read. So what comes back is the same Register plus exactly
the changes, and a word that can't be understood is a problem, never a guess.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

from msgspec import Struct

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.documents.grids import OWN_SHEET, Grid, Opened
from lianfang.documents.limits import FileRefused
from lianfang.documents.opening import open_file
from lianfang.documents.writing.answers import AnswerRefused
from lianfang.documents.writing.cells import meant
from lianfang.documents.writing.enclosing import Enclosure, changed, disclose
from lianfang.documents.writing.filling import Filling
from lianfang.documents.writing.measures import CODE, NEW, POWER_COLUMNS, measures_table
from lianfang.documents.writing.paper import Row, TablePaper
from lianfang.documents.writing.request import Request
from lianfang.documents.writing.sheetxml import address
from lianfang.documents.writing.words import Words, shown
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme


class ReturnCode(StrEnum):
    """What can be in doubt about a filled-in cell."""

    UNREAD = "cell-unread"
    EMPTIED = "cell-emptied"
    NO_RISK = "row-without-risk"
    NO_MEASURE = "responsible-without-measure"
    POST_NEW = "post-new"
    COPIED = "row-copied"
    REMOVED = "row-removed"
    LOCKED = "cell-locked"


class ReturnProblem(Struct, frozen=True, kw_only=True):
    """A doubt about a place in a filled-in form; `row` is 1-based, `column` 0-based.

    `taken` says whether what the cell says was taken all the same.
    """

    code: ReturnCode
    message: Text
    row: int | None
    column: int | None = None
    taken: bool = False


class Returned(Struct, frozen=True):
    """A form come back: what it was written from, what it says now, and the doubts.

    `rows` are the 1-based rows of the sheet in which risk points and new powers stand, by id.
    """

    base: Register
    register: Register
    problems: tuple[ReturnProblem, ...]
    rows: Mapping[str, int] = {}


class SchemeDiffers(Refused):
    """A form was written under another scheme than the one it is read with."""


def is_ours(path: Path) -> bool:
    """Tell whether a file is a form written by this program for filling in."""
    try:
        return is_form_of_ours(open_file(path))
    except FileRefused:
        return False


def is_form_of_ours(opened: Opened) -> bool:
    """Tell whether grids are those of a form written by this program for filling in."""
    return any(grid.name == OWN_SHEET for grid in opened.grids)


def read_back(path: Path, scheme: Scheme) -> Returned:
    """Return the register of a filled-in form. Linear in its rows.

    Raises FileRefused for what is no readable file, EnclosureRefused where the form's own part is
    missing or changed, SchemeDiffers for a form of another scheme.
    """
    opened = open_file(path)
    enclosure = disclose(_enclosed(opened))
    if enclosure.form != CODE:
        raise changed()
    if enclosure.scheme != scheme.name:
        raise _other_scheme(enclosure.scheme, scheme.name)
    base = enclosure.opened()
    request = _request(enclosure, base, scheme)
    grid = next((grid for grid in opened.grids if grid.name != OWN_SHEET), None)
    if grid is None:
        raise changed()
    reader = _Reader(base, Words(request), measures_table(request))
    reader.read(grid)
    return Returned(base, reader.filling.register(), tuple(reader.problems), reader.rows)


def _enclosed(opened: Opened) -> bytes:
    for grid in opened.grids:
        if grid.name == OWN_SHEET:
            pieces = takewhile(bool, (row[0] if row else "" for row in grid.rows))
            return "".join(pieces).encode()
    raise changed()


def _request(enclosure: Enclosure, base: Register, scheme: Scheme) -> Request:
    return Request(
        register=base,
        scheme=scheme,
        on=enclosure.on,
        language=enclosure.language,
        edition=enclosure.edition,
        fillable=True,
    )


def _other_scheme(theirs: str, ours: str) -> SchemeDiffers:
    return SchemeDiffers(
        Text(
            f"这张表按方案“{theirs}”编制，现在用的是“{ours}”。请换用原方案，或重新下载表格填写。",
            f"This table was written under the scheme {theirs}; in use is {ours}. "
            "Use that scheme, or download the table again.",
        )
    )


_Change = Callable[[], None]


class _Line(Struct, frozen=True):
    """A row of the returned sheet: its number from 0, its key, its cells as plain texts."""

    number: int
    key: str
    cells: tuple[str, ...]


class _Reader:
    """Goes down a returned sheet and compares it with what was written."""

    def __init__(self, base: Register, words: Words, paper: TablePaper) -> None:
        self.filling = Filling(base, words)
        self.problems: list[ReturnProblem] = []
        self.rows: dict[str, int] = {}
        self._columns = [column.code for column in paper.columns]
        self._written = {shown(row.key): row for row in paper.rows}
        self._keys = {
            shown(key): key for key in (*(row.key for row in paper.rows), *self.filling.groups)
        }
        self._group_of = dict(self._groups())
        self._group: str | None = None
        self._unit = ""
        self._seen: set[str] = set()

    def _groups(self) -> Iterator[tuple[str, str]]:
        for key, group in self.filling.groups.items():
            yield key, key
            for risk in group.risks:
                yield f"risk:{risk.id}", key

    def read(self, grid: Grid) -> None:
        """Take every row between the first and the last that this program wrote."""
        for line in self._lines(grid):
            if line.key and line.key not in self._seen:
                self._seen.add(line.key)
                self._known(line, self._written[line.key])
            else:
                if line.key:
                    self._say(ReturnCode.COPIED, _COPIED, line, None, taken=True)
                self._added(line)
        self._removed()

    def _lines(self, grid: Grid) -> Iterator[_Line]:
        width = len(self._columns)
        lines = []
        for number, row in enumerate(grid.rows):
            padded = (*row, *[""] * (width + 1 - len(row)))
            key = shown(padded[width])
            cells = tuple(shown(meant(cell)) for cell in padded[:width])
            lines.append(_Line(number, key if key in self._written else "", cells))
        keyed = [line.number for line in lines if line.key]
        if not keyed and self._written:
            raise changed()
        if not keyed:
            return iter(())
        return iter(lines[keyed[0] : keyed[-1] + 1])

    # rows that were written

    def _known(self, line: _Line, row: Row) -> None:
        kind, _, made = row.key.partition(":")
        if kind == "band":
            self._unit, self._group = made, None
        elif kind == f"{NEW}new":
            self._unit = made.rpartition("#")[0]
            self._added(line, self._unit)
        elif kind.startswith(NEW):
            self._group = row.key.removeprefix(NEW).rpartition("#")[0]
            self._unit = self.filling.groups[self._group].unit
            self._added(line)
        else:
            self._group = self._group_of[row.key]
            self._unit = self.filling.groups[self._group].unit
            self._compare(line, row, made if kind == "risk" else None)

    def _compare(self, line: _Line, row: Row, risk: str | None) -> None:
        """Take the changed cells of a power or risk point that was written."""
        changes = {
            place: text
            for place, text in enumerate(line.cells)
            if (cell := row.cells[place]) is not None and text != shown(meant(cell.whole))
        }
        group = self.filling.groups[self._group or ""]
        self.rows.setdefault(group.about.id, line.number + 1)
        if risk is not None:
            self.rows[risk] = line.number + 1
        for place in [place for place in changes if place < POWER_COLUMNS]:
            self._change_power(line, row, place, changes.pop(place), group.power is not None)
        if risk is None:
            if any(changes.values()):
                self._new_risk(line)
            return
        if changes and not any(line.cells[POWER_COLUMNS:]):
            self._say(ReturnCode.EMPTIED, _ROW_EMPTIED, line, None)
            return
        for place, text in changes.items():
            self._change_risk(line, place, text, risk)

    def _change_power(self, line: _Line, row: Row, place: int, text: str, is_power: bool) -> None:
        column = self._columns[place]
        if column == "seq":
            return
        if not is_power:
            self._say(ReturnCode.LOCKED, _LOCKED, line, place)
        elif column == "power" and not text:
            self._say(ReturnCode.EMPTIED, _NAME_EMPTIED, line, place)
        else:
            self._put_power(line, place)

    def _put_power(self, line: _Line, place: int) -> None:
        made = (self._group or "").partition(":")[2]
        column, text = self._columns[place], line.cells[place]
        self._try(line, place, lambda: self.filling.change_power(made, column, text))

    def _change_risk(self, line: _Line, place: int, text: str, risk: str) -> None:
        column = self._columns[place]
        if column == "risk" and not text:
            self._say(ReturnCode.EMPTIED, _NAME_EMPTIED, line, place)
        elif column == "responsible" and text and not self.filling.measures_of(risk):
            self._say(ReturnCode.NO_MEASURE, _NO_MEASURE, line, place)
        else:
            self._try(line, place, lambda: self.filling.change_risk(risk, column, text))

    # rows that were added

    def _added(self, line: _Line, unit: str | None = None) -> None:
        """Take a row that was filled in or put in: of a new power, or of the one above it."""
        if not any(line.cells[1:]):
            return
        name = line.cells[self._columns.index("power")]
        if name:
            self._group = self.filling.add_power(unit or self._unit, name)
            self.rows.setdefault(self._group.partition(":")[2], line.number + 1)
            for place in range(2, POWER_COLUMNS):
                if line.cells[place]:
                    self._put_power(line, place)
        if any(line.cells[POWER_COLUMNS:]):
            self._new_risk(line)

    def _new_risk(self, line: _Line) -> None:
        title_place = self._columns.index("risk")
        title = line.cells[title_place]
        if not title or self._group is None:
            self._say(ReturnCode.NO_RISK, _NO_RISK, line, title_place)
            return
        made = self.filling.add_risk(self._group, title)
        self.rows[made] = line.number + 1
        for place in range(POWER_COLUMNS, len(self._columns)):
            if line.cells[place] and place != title_place:
                self._change_risk(line, place, line.cells[place], made)
        self.filling.finish_new(made)

    # rows that are gone

    def _removed(self) -> None:
        """Take out what no row speaks of any more: first risk points, then powers left bare."""
        gone = [row.key for key, row in self._written.items() if key not in self._seen]
        for key in gone:
            kind, _, made = key.partition(":")
            if kind == "risk":
                title = self.filling.remove_risk(made).title
                self._say_removed(Text(f"风险点“{title}”", f"the risk point “{title}”"))
        gone_keys = set(gone)
        for key, group in list(self.filling.groups.items()):
            own = {f"risk:{risk.id}" for risk in group.risks} or {key}
            if group.power is not None and own <= gone_keys and self._no_blank_left(key):
                made = group.power.id
                if not self.filling.has_risks_about(made):
                    name = self.filling.remove_power(made).name
                    self._say_removed(Text(f"职权“{name}”", f"the power “{name}”"))

    def _no_blank_left(self, group: str) -> bool:
        """Tell whether a power's blank rows are gone with the rest: then it was meant."""
        return not any(key.startswith(f"{NEW}{group}#") for key in self._seen)

    # problems

    def _try(self, line: _Line, place: int, change: _Change) -> None:
        known = len(self.filling.newcomers.posts)
        try:
            change()
        except AnswerRefused as refused:
            self._say(ReturnCode.UNREAD, refused.text, line, place)
        for post in self.filling.newcomers.posts[known:]:
            self._say(
                ReturnCode.POST_NEW, _POST_NEW.filled(name=post.name), line, place, taken=True
            )

    def _say(
        self,
        code: ReturnCode,
        message: Text,
        line: _Line,
        place: int | None,
        *,
        taken: bool = False,
    ) -> None:
        at = address(line.number, place or 0)
        where = Text(f"单元格 {at}：", f"Cell {at}: ")
        if place is None:
            where = Text(f"第 {line.number + 1} 行：", f"Row {line.number + 1}: ")
        self.problems.append(
            ReturnProblem(
                code=code,
                message=Text(where.zh + message.zh, where.en + message.en),
                row=line.number + 1,
                column=place,
                taken=taken,
            )
        )

    def _say_removed(self, what: Text) -> None:
        self.problems.append(
            ReturnProblem(
                code=ReturnCode.REMOVED,
                message=_REMOVED.filled(what=what),
                row=None,
                taken=True,
            )
        )


_COPIED = Text(
    "这一行是复制来的，按新增的风险点读入。",
    "This row is a copy; it was read as a new risk point.",
)
_ROW_EMPTIED = Text(
    "这一行已清空但没有删除，未作改动。要删去这个风险点，请删除整行。",
    "The row was emptied but not deleted, so nothing was changed. "
    "To remove the risk point, delete the whole row.",
)
_NAME_EMPTIED = Text(
    "名称不能为空，仍用原来的名称。请补写；要删去，请删除整行。",
    "A name can't be empty; the former one stays. Write one, or delete the whole row.",
)
_LOCKED = Text(
    "这一格不能改，未作改动。请在登记册中修改。",
    "This cell can't be changed; nothing was. Change it in the register.",
)
_NO_MEASURE = Text(
    "写了责任岗位但没有防控措施，没有采用。请先写措施。",
    "A responsible post stands here without a measure; it was not taken. Write the measure first.",
)
_NO_RISK = Text(
    "这一行没有写廉政风险点，没有采用。请补写风险点名称，或清空这一行。",
    "This row names no risk point; it was not taken. Name one, or empty the row.",
)
_POST_NEW = Text(
    "登记册中没有岗位“{name}”，按本单位的新岗位登记。如是笔误请改正。",
    "The register has no post “{name}”; it was entered as a new post of the unit. "
    "Correct it if it is a slip.",
)
_REMOVED = Text(
    "表中已没有{what}，按删除处理。如是误删，请从原表找回这一行。",
    "The table no longer has {what}; it counts as removed. "
    "If that was a slip, take the row from the original table.",
)
