"""The JSON of a reading: the contract of docs/reading.md, for programs and for scoring."""

import msgspec

from lianfang.common.text import Language
from lianfang.documents.model import (
    MEASURE_PHASES,
    Field,
    MeasureItem,
    Problem,
    Reading,
    Row,
    Table,
)
from lianfang.documents.phases import suggested_phase
from lianfang.scheme.model import Scheme


def reading_json(reading: Reading, scheme: Scheme, language: Language) -> bytes:
    """Return a reading as UTF-8 JSON; problem messages are in `language`."""
    return msgspec.json.encode(
        {
            "file": reading.file,
            "tables": [_table(table, scheme, language) for table in reading.tables],
            "loose": [
                {"row": row.number, "kind": row.kind, "cells": row.cells} for row in reading.loose
            ],
            "problems": [_problem(problem, language) for problem in reading.problems],
        }
    )


def _table(table: Table, scheme: Scheme, language: Language) -> dict[str, object]:
    return {
        "title": table.title,
        "sheet": table.sheet,
        **({"layout": "form"} if table.form else {}),
        **({"unit": table.unit} if table.unit else {}),
        "columns": [
            {
                "index": column.index,
                "header": column.header,
                "field": column.field,
                "confidence": column.confidence,
            }
            for column in table.columns
        ],
        "rows": [_row(table, row, scheme) for row in table.rows],
        "loose": [
            {"row": row.number, "kind": row.kind, "cells": row.cells}
            for row in (*table.header_rows, *table.loose)
        ],
        "problems": [_problem(problem, language) for problem in table.problems],
    }


def _row(table: Table, row: Row, scheme: Scheme) -> dict[str, object]:
    values: dict[str, object] = {"row": row.number}
    for field, value in zip(table.fields, row.values, strict=True):
        if field is Field.LEVEL:
            values["level"], values["level_raw"] = row.level, value
        elif field in MEASURE_PHASES:
            values["measures"] = [_measure(measure, scheme) for measure in row.measures]
        else:
            values[field] = value
    other = {
        column.header: row.cells[column.index]
        for column in table.columns
        if column.field is None and column.index < len(row.cells) and row.cells[column.index]
    }
    return {**values, "other": other} if other and not table.form else values


def _measure(measure: MeasureItem, scheme: Scheme) -> dict[str, str | None]:
    plain = {"phase": measure.phase, "text": measure.text}
    if measure.phase is not None:
        return plain
    return {**plain, "suggested": suggested_phase(measure.text, scheme)}


def _problem(problem: Problem, language: Language) -> dict[str, object]:
    return {
        "row": problem.row,
        "column": problem.column,
        "code": problem.code,
        "message": problem.message.in_(language),
    }
