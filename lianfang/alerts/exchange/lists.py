"""Alerts as tables to take away: what kind, where, how far; never whom or what was noticed."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO

from django.utils.translation import gettext as _

from lianfang.alerts.queries.board import Card
from lianfang.common.http import language_now
from lianfang.documents.writing.cells import neutral
from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook


def list_workbook(*, title: str, on: date, lines: Sequence[Card]) -> bytes:
    """Return the .xlsx. Raises CellRefused for a text that no cell can hold."""
    sheet = TextSheet(
        title=_("预警"),
        columns=[TextColumn(header=header, width=width) for header, width in _headers()],
        rows=list(_rows(lines)),
    )
    return text_workbook(title=title, day=on, sheets=[sheet], stop="")


def list_csv(lines: Sequence[Card]) -> bytes:
    """Return the .csv, with a mark so that spreadsheets read it as UTF-8."""
    found = StringIO()
    writer = csv.writer(found)
    writer.writerow([header for header, _width in _headers()])
    writer.writerows([[neutral(text) for text in row] for row in _rows(lines)])
    return found.getvalue().encode("utf-8-sig")


def _headers() -> tuple[tuple[str, int], ...]:
    return (
        (_("编号"), 18),
        (_("发现日期"), 12),
        (_("渠道"), 12),
        (_("情形"), 36),
        (_("轻重"), 8),
        (_("单位"), 18),
        (_("岗位"), 18),
        (_("状态"), 10),
        (_("去向"), 18),
        (_("期限"), 12),
        (_("办结日期"), 12),
        (_("结果"), 14),
    )


def _rows(lines: Sequence[Card]) -> Iterator[list[str]]:
    language = language_now()
    for line in lines:
        alert = line.alert
        yield [
            alert.mark,
            alert.noticed_on.isoformat(),
            line.channel.in_(language),
            line.trigger.in_(language),
            line.gravity.in_(language),
            alert.unit.shown_name if alert.unit else "",
            alert.post.shown_name if alert.post else "",
            str(alert.get_state_display()),
            str(alert.get_way_display()) if alert.way else "",
            line.due_on.isoformat() if line.due_on else "",
            alert.closed_on.isoformat() if alert.closed_on else "",
            line.outcome,
        ]
