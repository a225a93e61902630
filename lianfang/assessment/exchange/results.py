"""Results for the appraisal system: stable columns, a row for each unit and person.

The columns and their order are told in docs/assessment.md and don't change with the language.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lianfang.assessment.models import AssessedSheet, Assessment
from lianfang.assessment.queries.results import ResultRow
from lianfang.assessment.queries.sheets import sheets_in
from lianfang.documents.writing.cells import neutral
from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook

COLUMNS = (
    "year", "kind", "unit_code", "unit_name", "person_code", "person_name", "post_code",
    "score", "band", "band_name", "capped", "rank", "confirmed_on",
)  # fmt: skip
_WIDTHS = (8, 10, 14, 22, 14, 14, 14, 9, 12, 10, 9, 7, 14)


def results_csv(
    assessment: Assessment, units: Sequence[ResultRow], people: Sequence[AssessedSheet]
) -> bytes:
    """Return the results as CSV: UTF-8 with a BOM, so that Excel reads it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([neutral(text) for text in row] for row in _rows(assessment, units, people))
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def results_workbook(
    assessment: Assessment,
    units: Sequence[ResultRow],
    people: Sequence[AssessedSheet],
    *,
    on: date,
) -> bytes:
    """Return the results as .xlsx. Raises CellRefused for a text that no cell can hold."""
    sheet = TextSheet(
        title="results",
        columns=[
            TextColumn(header=name, width=width)
            for name, width in zip(COLUMNS, _WIDTHS, strict=True)
        ],
        rows=list(_rows(assessment, units, people)),
    )
    return text_workbook(title=f"{assessment.year} results", day=on, sheets=[sheet], stop="")


def _rows(
    assessment: Assessment, units: Sequence[ResultRow], people: Sequence[AssessedSheet]
) -> Iterator[list[str]]:
    bands = {
        sheet.code: {band.code: band.label.zh for band in sheet.bands}
        for sheet in sheets_in(assessment)
    }
    day = assessment.confirmed_on.isoformat() if assessment.confirmed_on else ""
    for row in units:
        yield [
            f"{assessment.year}", "unit", row.unit.code, row.unit.name, "", "", "",
            f"{row.score}", row.band, bands["units"][row.band],
            _yes(is_so=row.is_capped), f"{row.rank}", day,
        ]  # fmt: skip
    for one in people:
        yield _person(assessment, one, bands["persons"], day)


def _person(
    assessment: Assessment, sheet: AssessedSheet, bands: Mapping[str, str], day: str
) -> list[str]:
    """Return the row of somebody; people have no rank."""
    return [
        f"{assessment.year}", "person", sheet.unit.code, sheet.unit.name,
        sheet.person.code if sheet.person else "", sheet.person.name if sheet.person else "",
        sheet.post.code if sheet.post else "",
        f"{sheet.score}", sheet.band, bands[sheet.band], _yes(is_so=bool(sheet.cap)), "", day,
    ]  # fmt: skip


def _yes(*, is_so: bool) -> str:
    return "yes" if is_so else "no"
