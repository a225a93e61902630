"""A preview is kept: every line of it, every original cell; or why a file can't be read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from msgspec import Struct
from msgspec.structs import replace

from lianfang.audit import actions as audit
from lianfang.common.bulk import insert
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.intake.models import Line, Paper, Row
from lianfang.intake.rules.judging import Judgement
from lianfang.intake.rules.lines import WRITES, PlanLine, Verdict
from lianfang.intake.rules.settings import Settings, from_json
from lianfang.intake.rules.understanding import Summary

CLAUSE = "六（一）"
BATCH = 500
_ENCODE = msgspec.json.Encoder(order="sorted").encode
ROW_COLUMNS = ("paper", "table", "number", "kind", "cells")


class RowLike(Protocol):
    """A row of the original."""

    @property
    def table(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def cells(self) -> tuple[str, ...]: ...


class LineRow(Struct, frozen=True, array_like=True):
    """A line as it is kept: its parts as JSON, an empty text for nothing."""

    kind: str
    verdict: str
    key: str
    unit: str
    code: str
    label: str
    table: int | None
    row: int | None
    rows: str
    taken: bool
    is_doubtful: bool
    changes: str
    reasons: str
    doubts: str
    needs: str
    said: str
    content: str
    before: str


class PaperMoved(Refused):
    """A file's settings were changed by somebody else meanwhile, or it was decided."""


@transaction.atomic
def keep_preview(
    *,
    paper: Paper,
    lines: Iterable[LineRow],
    counts: Mapping[str, int],
    rows: Iterable[RowLike],
    summary: Summary,
    judgement: Judgement,
    touched: Sequence[str],
    base: str,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Paper:
    """Keep the preview of a file in place of the one before.

    Raises ImportClosed for one that was decided meanwhile, PaperMoved where the settings it was
    made with are not the present ones. Statements: one for each 500 lines and rows.
    """
    read_as = paper.settings
    paper = locked(paper)
    files.require_open(files.locked(paper.opened))
    if _how_read(paper.settings) != _how_read(read_as):
        raise _moved()
    Line.objects.filter(paper=paper).delete()
    Row.objects.filter(paper=paper).delete()
    chosen = from_json(paper.settings).taken
    insert(Row, ROW_COLUMNS, _rows(paper, rows))
    insert(Line, LINE_COLUMNS, _lines(paper, lines, chosen))
    paper.state, paper.refusal = Paper.State.READY, []
    paper.summary, paper.findings = _ENCODE(summary).decode(), _ENCODE(judgement).decode()
    paper.is_form, paper.touched, paper.base = summary.is_form, list(touched), base
    paper.counts, paper.planned_at = dict(counts), at
    paper.version += 1
    paper.save()
    audit.record(
        at=at,
        by=by,
        action="intake.paper.read",
        subject=paper,
        organisation=paper.opened.organisation,
        changes={"counts": ({}, paper.counts)},
        rule=CLAUSE,
    )
    return paper


@transaction.atomic
def keep_refusal(
    *, paper: Paper, refusal: Text, by: AbstractBaseUser | None, at: datetime
) -> Paper:
    """Keep the sentence that says why a file can't be read; the file itself stays."""
    paper = locked(paper)
    files.require_open(files.locked(paper.opened))
    paper.state, paper.refusal = Paper.State.UNREADABLE, [refusal.zh, refusal.en]
    paper.planned_at = at
    paper.version += 1
    paper.save(update_fields=["state", "refusal", "planned_at", "version"])
    audit.record(
        at=at,
        by=by,
        action="intake.paper.unreadable",
        subject=paper,
        organisation=paper.opened.organisation,
        changes={"refusal": (None, refusal.zh)},
        rule=CLAUSE,
    )
    return paper


def locked(paper: Paper) -> Paper:
    """Return a file that nobody else decides about meanwhile."""
    return Paper.objects.select_for_update(of=("self",)).select_related("opened").get(pk=paper.pk)


def require_version(paper: Paper, version: int | None) -> None:
    """Raise PaperMoved unless the file is as it was when a page was shown."""
    if version is not None and paper.version != version:
        raise _moved()


def _moved() -> PaperMoved:
    return PaperMoved(
        Text(
            "在您查看之后，这份表又被读取或改过设置，没有做任何事。请看新的预览再决定。",
            "The file was read again or its settings were changed after you looked, so "
            "nothing was done. Look at the new preview, then decide.",
        )
    )


def _how_read(kept: str) -> Settings:
    """Return the settings but for the lines that are taken: those count whenever chosen."""
    return replace(from_json(kept), taken={})


LINE_COLUMNS = ("paper", "place", *LineRow.__struct_fields__)
_TAKEN = LineRow.__struct_fields__.index("taken")


def line_row(line: PlanLine) -> LineRow:
    """Return a line of a plan as it is kept."""
    table, row = line.rows[0] if line.rows else (None, None)
    return LineRow(
        kind=line.kind.value,
        verdict=line.verdict.value,
        key=line.key[:300],
        unit=line.unit[:100],
        code="" if line.verdict is Verdict.REFUSED else line.code[:100],
        label=line.label[:300],
        table=table,
        row=row,
        rows=_json(line.rows if len(line.rows) > 1 else ()),
        taken=line.writes and line.taken,
        is_doubtful=bool(line.doubts),
        changes=_json(line.changes),
        reasons=_json(line.reasons),
        doubts=_json(line.doubts),
        needs=_json(line.needs),
        said=_json(line.said),
        content=_json(line.content),
        before=_json(line.before),
    )


def _rows(paper: Paper, rows: Iterable[RowLike]) -> Iterator[tuple[object, ...]]:
    """Yield the columns of ROW_COLUMNS."""
    for row in rows:
        yield paper.pk, row.table, row.number, row.kind, _json(row.cells)


def _lines(
    paper: Paper, lines: Iterable[LineRow], chosen: Mapping[str, bool]
) -> Iterator[tuple[object, ...]]:
    """Yield the columns of LINE_COLUMNS; what somebody chose counts before what is proposed."""
    for place, line in enumerate(lines):
        values = list(msgspec.structs.astuple(line))
        if line.verdict in WRITES and line.key in chosen:
            values[_TAKEN] = chosen[line.key]
        yield paper.pk, place, *values


def _json(told: object) -> str:
    """Return a value as JSON, an empty text for nothing."""
    return _ENCODE(told).decode() if told else ""
