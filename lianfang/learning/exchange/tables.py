"""Activities, who came, and hours as workbooks."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook
from lianfang.learning.models import Activity
from lianfang.learning.queries.activities import Comer
from lianfang.learning.queries.units import PersonLine, UnitLine
from lianfang.risks.words import VALUES

LEVELS = VALUES["level"]


def activities_workbook(activities: Iterable[Any], *, on: date, zone: ZoneInfo) -> bytes:
    """Return activities with how many came, a row each."""
    headers = (
        (_("开始"), 18), (_("主题"), 36), (_("形式"), 12), (_("组织单位"), 18), (_("地点"), 18),
        (_("主讲人"), 14), (_("学时"), 8), (_("状态"), 10), (_("参加人数"), 10),
    )  # fmt: skip
    rows = [
        [
            each.starts_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
            each.title,
            str(each.get_kind_display()),
            each.unit.shown_name if each.unit else _("全机构"),
            each.place,
            each.trainer,
            f"{each.hours:g}",
            str(each.get_state_display()),
            str(each.came),
        ]
        for each in activities
    ]
    return _workbook(_("学习活动"), on, headers, rows)


def people_workbook(activity: Activity, comers: Sequence[Comer], *, on: date) -> bytes:
    """Return who is to come and who came, with room to sign by hand."""
    headers = (
        (_("序号"), 6), (_("单位"), 20), (_("岗位"), 22), (_("姓名"), 14), (_("应到"), 8),
        (_("到场"), 18), (_("测验"), 10), (_("签名"), 20),
    )  # fmt: skip
    rows = [
        [
            str(place),
            each.post.unit.shown_name if each.post else "",
            each.post.shown_name if each.post else "",
            each.person.shown_name,
            _("是") if each.is_expected else "",
            str(each.attendance.get_way_display()) if each.attendance else "",
            _("合格") if each.has_passed else "",
            "",
        ]
        for place, each in enumerate(comers, 1)
    ]
    return _workbook(activity.title, on, headers, rows)


def units_workbook(*, units: Sequence[UnitLine], people: Sequence[PersonLine], on: date) -> bytes:
    """Return units, or the people of one, with how far they are."""
    if people:
        headers = (
            (_("姓名"), 14), (_("岗位"), 26), (pgettext("column", "等级"), 8),
            (_("已完成学时"), 12), (_("应完成学时"), 12), (_("参加次数"), 10), (_("达标"), 8),
        )  # fmt: skip
        return _workbook(_("学习学时"), on, headers, [_person(each) for each in people])
    unit_headers = (
        (_("单位"), 24), (_("人数"), 8), (_("应学人数"), 10), (_("达标人数"), 10),
        (_("学时合计"), 12),
    )  # fmt: skip
    rows = [
        [
            each.unit.shown_name,
            str(each.people),
            str(each.asked),
            str(each.reached),
            f"{each.hours:g}",
        ]
        for each in units
    ]
    return _workbook(_("学习学时"), on, unit_headers, rows)


def _person(line: PersonLine) -> list[str]:
    asked = line.progress.asked
    return [
        line.person.shown_name,
        _("、").join(post.shown_name for post in line.posts),
        str(LEVELS.get(line.level, "")),
        f"{line.progress.done:g}",
        f"{asked:g}" if asked is not None else "",
        str(line.activities),
        _("是") if line.progress.is_reached else _("否"),
    ]


def _workbook(
    title: str, on: date, headers: Iterable[tuple[str, float]], rows: Sequence[Sequence[str]]
) -> bytes:
    sheet = TextSheet(
        title=_("清单"),
        columns=[TextColumn(header=header, width=width) for header, width in headers],
        rows=rows,
    )
    return text_workbook(title=title, day=on, sheets=[sheet], stop="")
