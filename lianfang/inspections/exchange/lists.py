"""Inspections as a workbook, a row each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.common.http import language_now
from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook
from lianfang.inspections.queries.listing import Line
from lianfang.risks.words import VALUES

LEVELS: Mapping[str, object] = VALUES["level"]


def list_workbook(*, title: str, on: date, lines: Sequence[Line]) -> bytes:
    """Return the .xlsx. Raises CellRefused for a text that no cell can hold."""
    headers = (
        (_("期限"), 12),
        (_("任务"), 24),
        (_("被检查人"), 14),
        (_("岗位"), 24),
        (pgettext("column", "等级"), 8),
        (_("单位"), 18),
        (_("由来"), 10),
        (_("检查机构"), 20),
        (_("状态"), 12),
        (_("检查日期"), 12),
        (_("记录编号"), 18),
        (_("依据"), 12),
    )
    sheet = TextSheet(
        title=_("监督检查"),
        columns=[TextColumn(header=header, width=width) for header, width in headers],
        rows=list(_rows(lines)),
    )
    return text_workbook(title=title, day=on, sheets=[sheet], stop="")


def _rows(lines: Sequence[Line]) -> Iterator[list[str]]:
    for line in lines:
        duty, record = line.duty, line.record
        yield [
            duty.due_on.isoformat(),
            line.label.in_(language_now()) if line.label else duty.get_kind_display(),
            duty.person.shown_name if duty.person else "",
            duty.post.shown_name if duty.post else "",
            str(LEVELS.get(duty.level, "")),
            duty.unit.shown_name,
            duty.get_origin_display(),
            duty.get_actor_role_display(),
            line.look_label,
            record.held_on.isoformat() if record else "",
            record.mark if record else "",
            duty.clause,
        ]
