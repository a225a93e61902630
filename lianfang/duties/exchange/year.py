"""A year of duties as a workbook: a row a person, and a row a duty."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.common.http import language_now
from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook
from lianfang.duties.queries.listing import Line
from lianfang.duties.queries.marks import LOOKS, Mark, month_word
from lianfang.duties.queries.people import PersonRow
from lianfang.risks.words import VALUES

LEVELS = VALUES["level"]


def year_workbook(
    *, title: str, on: date, people: Sequence[PersonRow], lines: Sequence[Line]
) -> bytes:
    """Return the .xlsx; the sheet of people is left out where there are none.

    Raises CellRefused for a text that no cell can hold.
    """
    sheets = [_people(people)] if people else []
    return text_workbook(title=title, day=on, sheets=[*sheets, _list(lines)], stop="")


def _people(rows: Sequence[PersonRow]) -> TextSheet:
    months = [TextColumn(header=month_word(month), width=9) for month in range(1, 13)]
    return TextSheet(
        title=_("按人"),
        columns=[
            TextColumn(header=_("姓名"), width=12),
            TextColumn(header=_("岗位"), width=22),
            TextColumn(header=pgettext("column", "等级"), width=8),
            *months,
            TextColumn(header=_("已履行"), width=8),
            TextColumn(header=_("应履行"), width=8),
        ],
        rows=[_person(row) for row in rows],
    )


def _person(row: PersonRow) -> list[str]:
    posts = [seat.post.shown_name for seat in row.posts]
    if row.vacant is not None:
        name, posts = _("空缺"), [row.vacant.shown_name]
    else:
        name = row.person.shown_name if row.person else _("单位事项")
    return [
        name,
        _("、").join(posts),
        str(LEVELS.get(row.level, "")),
        *("\n".join(map(_mark, marks)) for marks in row.months.cells),
        str(row.months.done),
        str(row.months.owed),
    ]


def _mark(mark: Mark) -> str:
    many = f"×{mark.count}" if mark.count > 1 else ""
    return f"{mark.label}{many} {LOOKS[mark.look]}"


def _list(lines: Sequence[Line]) -> TextSheet:
    headers = (
        (_("期限"), 12),
        (_("任务"), 24),
        (_("对象"), 16),
        (_("岗位或措施"), 34),
        (_("单位"), 18),
        (_("履行人"), 16),
        (_("状态"), 14),
        (_("办结日期"), 12),
        (_("凭证"), 30),
        (_("依据"), 12),
    )
    return TextSheet(
        title=_("清单"),
        columns=[TextColumn(header=header, width=width) for header, width in headers],
        rows=list(_rows(lines)),
    )


def _rows(lines: Sequence[Line]) -> Iterator[list[str]]:
    for line in lines:
        duty = line.duty
        about = duty.measure.text if duty.measure else duty.post.shown_name if duty.post else ""
        yield [
            duty.due_on.isoformat(),
            line.label.in_(language_now()) if line.label else duty.get_kind_display(),
            duty.person.shown_name if duty.person else "",
            about,
            duty.unit.shown_name,
            duty.actor.shown_name if duty.actor else duty.get_actor_role_display(),
            line.look_label,
            duty.closed_on.isoformat() if duty.closed_on else "",
            duty.evidence,
            duty.clause,
        ]
