"""Leads and their statistics as workbooks."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook
from lianfang.leads.queries.figures import Statistics
from lianfang.leads.queries.listing import Line
from lianfang.leads.rules.counting import LEAST


def list_workbook(*, title: str, on: date, lines: Sequence[Line]) -> bytes:
    """Return the .xlsx of a list: numbers, dates, states, outcome; neither people nor content."""
    headers = (
        (_("编号"), 20),
        (_("来源"), 14),
        (_("收到日期"), 12),
        (_("处置期限"), 12),
        (_("状态"), 14),
        (_("处置方式"), 14),
        (_("处置日期"), 12),
        (pgettext("lead statistics", "结论"), 22),
        (_("结论日期"), 12),
        (_("办结日期"), 12),
    )
    sheet = TextSheet(
        title=_("问题线索"),
        columns=[TextColumn(header=header, width=width) for header, width in headers],
        rows=[_row(line) for line in lines],
    )
    return text_workbook(title=title, day=on, sheets=[sheet], stop="")


def statistics_workbook(*, title: str, on: date, found: Statistics) -> bytes:
    """Return the .xlsx of a year's statistics, small numbers hidden as on the page."""
    sheet = TextSheet(
        title=_("统计"),
        columns=[
            TextColumn(header=_("统计项"), width=24),
            TextColumn(header=_("类别"), width=34),
            TextColumn(header=_("件数"), width=12),
        ],
        rows=list(_figures(found)),
    )
    return text_workbook(title=title, day=on, sheets=[sheet], stop="")


def _figures(found: Statistics) -> Iterator[list[str]]:
    for table in found.tables:
        for row in table.rows:
            yield [table.title, row.label, _count(row.count)]
        yield [table.title, _("合计"), _count(table.total)]
    yield [_("从收到到处置的天数"), _("中位数"), "—" if found.days is None else str(found.days)]
    hidden = _("少于 %(least)s 件的不显示，能推算出来的一并不显示。") % {"least": LEAST}
    yield [_("说明"), hidden, ""]


def _count(count: int | None) -> str:
    return "*" if count is None else str(count)


def _row(line: Line) -> list[str]:
    lead = line.lead
    days = (lead.disposed_on, lead.concluded_on, lead.closed_on)
    disposed, concluded, closed = (day.isoformat() if day else "" for day in days)
    return [
        lead.mark,
        lead.get_origin_display(),
        lead.received_on.isoformat(),
        lead.due_on.isoformat(),
        lead.get_state_display(),
        lead.get_disposal_display() if lead.disposal else "",
        disposed,
        lead.get_result_display() if lead.result else "",
        concluded,
        closed,
    ]
