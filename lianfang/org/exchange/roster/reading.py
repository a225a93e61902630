"""Reads a staff list from a file, or from rows of text such as those of CSV files."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from lianfang.common.text import Text, bare
from lianfang.documents.grids import OWN_SHEET, Grid
from lianfang.documents.opening import open_file
from lianfang.documents.writing.cells import meant
from lianfang.org.exchange.roster.cells import CellWrong, read_cell
from lianfang.org.exchange.roster.columns import COLUMNS, SHEET_NAMES, sheet_named
from lianfang.org.exchange.roster.simple import staff_rows
from lianfang.org.exchange.roster.tables import Cells, Table, recognise
from lianfang.org.rules.roster.model import (
    AnyRow,
    MemberRow,
    Origin,
    PersonRow,
    PortfolioRow,
    PostRow,
    Problem,
    Roster,
    SeatRow,
    Sheet,
    StaffRow,
    UnitRow,
)

ROWS = 100_000
_KIND: Mapping[Sheet, type[AnyRow]] = {
    Sheet.UNITS: UnitRow,
    Sheet.POSTS: PostRow,
    Sheet.PEOPLE: PersonRow,
    Sheet.SEATS: SeatRow,
    Sheet.PORTFOLIOS: PortfolioRow,
    Sheet.MEMBERS: MemberRow,
    Sheet.STAFF: StaffRow,
}
_KEPT_NAME = 60


def read_roster(name: str, content: bytes) -> Roster:
    """Return the staff list in a file called `name`. Raises FileRefused for what is no table.

    .xlsx, .xls, .csv and tables of .docx; what is wrong in it stands in the list's `problems` and
    in the faults of its rows.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _plain(name)
        path.write_bytes(content)
        opened = open_file(path)
    roster = roster_from_rows(
        {grid.name: _filled_down(grid) for grid in opened.grids if grid.name != OWN_SHEET}
    )
    aside = tuple(Problem(text=problem.message) for problem in opened.problems)
    return replace(roster, problems=(*aside, *roster.problems))


def roster_from_rows(sheets: Mapping[str, Sequence[Cells]]) -> Roster:
    """Return the staff list in rows of text by sheet; a header stands over them."""
    tables = [(name, rows, recognise(name, rows)) for name, rows in sheets.items()]
    found = [table for _, _, table in tables if table is not None]
    full = [table for table in found if table.sheet is not Sheet.STAFF]
    used = full or found
    problems = list(_sheet_problems(tables, used))
    if sum(len(table.rows) for table in used) > ROWS:
        return Roster(problems=(*problems, _too_many()))
    rows: dict[Sheet, list[Any]] = {sheet: [] for sheet in Sheet}
    for table in used:
        problems += _column_problems(table)
        listed = staff_rows(table, problems) if table.sheet is Sheet.STAFF else table.body()
        for number, cells in listed:
            rows[table.sheet].append(_row(table.sheet, table.name, number, cells))
    return Roster(
        **{sheet.value: tuple(found_rows) for sheet, found_rows in rows.items()},
        sheets=frozenset(table.sheet for table in used),
        problems=tuple(problems),
    )


def _row(sheet: Sheet, name: str, number: int, cells: Mapping[str, str]) -> AnyRow:
    said: dict[str, Any] = {}
    faults: list[Text] = []
    doubts: list[Text] = []
    for column in COLUMNS[sheet]:
        cell = cells.get(column.field, "").strip()
        try:
            value, doubt = read_cell(column, cell) if cell else (None, None)
        except CellWrong as wrong:
            faults.append(wrong.text)
            continue
        if value not in (None, ""):
            said[column.field] = value
        elif column.needed:
            faults.append(_empty(column.header))
        doubts += [doubt] if doubt else []
    if sheet is Sheet.STAFF and said.get("post") and not said.get("unit"):
        faults.append(_empty(Text("单位", "Unit")))
    return _KIND[sheet](
        origin=Origin(sheet, name, number), faults=tuple(faults), doubts=tuple(doubts), **said
    )


def _sheet_problems(
    tables: Sequence[tuple[str, Sequence[Cells], Table | None]], used: Sequence[Table]
) -> Iterator[Problem]:
    if not used:
        yield Problem(text=_nothing_found(), stops=True)
        return
    taken = {id(table) for table in used}
    for name, rows, table in tables:
        known = sheet_named(name)
        if table is not None and id(table) in taken:
            if known not in (None, table.sheet) and table.sheet is not Sheet.STAFF:
                yield Problem(sheet=name, text=_lacking(known), stops=True)
        elif known is not None and _is_filled(rows):
            yield Problem(sheet=name, text=_lacking(known), stops=True)
        elif _is_filled(rows):
            yield Problem(
                sheet=name,
                text=Text(
                    "这张工作表不是名册的一部分，没有读取。",
                    "This sheet is no part of the staff list; it was not read.",
                ),
            )


def _column_problems(table: Table) -> Iterator[Problem]:
    row = table.header + 1
    if table.ignored:
        yield Problem(
            sheet=table.name,
            row=row,
            text=Text(
                f"没有读取这些列：{'、'.join(table.ignored)}。",
                f"These columns were not read: {', '.join(table.ignored)}.",
            ),
        )
    for header in table.repeated:
        yield Problem(
            sheet=table.name,
            row=row,
            column=header,
            text=Text(
                f"“{header}”一列不止一次出现，只读了第一列。",
                f"The column “{header}” stands there more than once; the first was read.",
            ),
        )


def _filled_down(grid: Grid) -> list[list[str]]:
    """Return what a grid's cells mean, with what is merged downwards written in every row."""
    rows = [[meant(cell) for cell in row] for row in grid.rows]
    for merge in grid.merges:
        if merge.bottom == merge.top or merge.left >= len(rows[merge.top]):
            continue
        text = rows[merge.top][merge.left]
        for number in range(merge.top + 1, min(merge.bottom + 1, len(rows))):
            if merge.left < len(rows[number]):
                rows[number][merge.left] = text
    return rows


def _is_filled(rows: Sequence[Cells]) -> bool:
    return any(cell.strip() for row in rows for cell in row)


def _plain(name: str) -> str:
    """Return a file's name as one that can be written to any folder."""
    path = PurePath(name.replace("\\", "/").replace("\0", ""))
    kept = "".join(char for char in path.stem if char.isprintable() and char != "/")
    suffix = bare(path.suffix)[:5]
    return f"{kept[:_KEPT_NAME] or 'file'}.{suffix}" if suffix else kept[:_KEPT_NAME] or "file"


def _empty(header: Text) -> Text:
    return Text(f"“{header.zh}”空着，请写上。", f"“{header.en}” is empty; write it.")


def _lacking(sheet: Sheet) -> Text:
    wanted = [column.header for column in COLUMNS[sheet] if column.needed]
    zh = "、".join(header.zh for header in wanted)
    en = ", ".join(header.en for header in wanted)
    return Text(
        f"这张工作表缺少必需的列（{zh}），请补上后重新上传。可以下载模板对照。",
        f"This sheet lacks columns that are needed ({en}). Add them and upload it again; the "
        "template shows how.",
    )


def _nothing_found() -> Text:
    zh = "、".join(name.zh for name in SHEET_NAMES.values())
    en = ", ".join(name.en for name in SHEET_NAMES.values())
    return Text(
        f"没有认出名册。请用模板（工作表：{zh}），或用有“姓名、单位、岗位”列的花名册。",
        f"No staff list was recognised. Use the template (sheets: {en}), or a list with the "
        "columns 姓名, 单位 and 岗位 (name, unit, post).",
    )


def _too_many() -> Problem:
    return Problem(
        text=Text(
            f"名册超过 {ROWS} 行，请拆成几个文件。",
            f"The list has more than {ROWS} rows; split it into several files.",
        ),
        stops=True,
    )
