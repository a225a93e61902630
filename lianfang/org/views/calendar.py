"""The work calendar: what is loaded, what is provisional, and loading a year."""

import calendar as months
from datetime import date

from django.http import Http404, HttpResponse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, render_page
from lianfang.org import actions
from lianfang.org.access import KEEPS_DATA, require, require_staff, standing_for
from lianfang.org.exchange.calendar import (
    departures_of,
    empty_table,
    known_years,
    open_calendar,
)
from lianfang.org.forms.people import CalendarForm
from lianfang.org.queries.calendar import calendar_of, loaded_years, spans_of
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.queries.setup import organisation_of
from lianfang.org.rules.calendar import WorkCalendar, years_to_load
from lianfang.org.views.acting import to

_FIRST, _LAST = 2000, 2099


@require_GET
def calendar(request: AppRequest) -> HttpResponse:
    """Show a year of working days and holidays."""
    standing = standing_for(request)
    require_staff(standing, *KEEPS_DATA)
    year = _year(request.GET.get("year", ""), standing.on.year)
    found = calendar_of(standing.organisation_id)
    rules = written_scheme(standing.scheme).calendar
    wanted = years_to_load(found, standing.on, rules.warn_from)
    context = {
        "year": year,
        "weekdays": _weekdays(),
        "months": _months(year, found, standing.on),
        "spans": spans_of(standing.organisation_id, year),
        "loaded": loaded_years(standing.organisation_id),
        "is_loaded": year in found.years,
        "missing": wanted,
        "known": [wanted_year for wanted_year in wanted if wanted_year in known_years()],
        "rules": rules,
        "may_edit": standing.has(*KEEPS_DATA),
    }
    return render_page(request, "org/calendar.html", context)


@require_POST
def calendar_known(request: AppRequest, year: int) -> HttpResponse:
    """Load a year from the holidays that come with the program."""
    standing = standing_for(request)
    require(standing, *KEEPS_DATA)
    if year in known_years():
        actions.load_calendar(
            organisation=organisation_of(standing),
            year=year,
            departures=departures_of(year),
            source=_("随程序提供的国务院节假日安排"),
            by=request.user,
            at=request.at,
        )
    return go(request, f"{to('calendar')}?year={year}")


@both
def calendar_load(request: AppRequest) -> HttpResponse:
    """Load a year from a file."""
    standing = standing_for(request)
    require(standing, *KEEPS_DATA)
    form = CalendarForm(**bound(request))

    def deed() -> None:
        file = form.cleaned_data["file"]
        year, departures = open_calendar(file.name, file.read())
        actions.load_calendar(
            organisation=organisation_of(standing),
            year=year,
            departures=departures,
            source=file.name,
            by=request.user,
            at=request.at,
        )

    return act(request, form, deed, title=_("导入工作日历"), clause="六", then=to("calendar"))


@require_GET
def calendar_empty(request: AppRequest, year: int) -> HttpResponse:
    """Hand out a table of a year to fill in."""
    require(standing_for(request), *KEEPS_DATA)
    if not _FIRST <= year <= _LAST:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="calendar-{year}.csv"'}
    return HttpResponse(empty_table(year), content_type="text/csv; charset=utf-8", headers=headers)


def _year(asked: str, current: int) -> int:
    return int(asked) if asked.isdecimal() and _FIRST <= int(asked) <= _LAST else current


def _weekdays() -> list[tuple[str, str]]:
    """Return each day of the week, short for a narrow column and in full."""
    short = (
        pgettext("weekday", "一"),
        pgettext("weekday", "二"),
        pgettext("weekday", "三"),
        pgettext("weekday", "四"),
        pgettext("weekday", "五"),
        pgettext("weekday", "六"),
        pgettext("weekday", "日"),
    )
    return list(zip(short, map(str, WEEKDAYS.values()), strict=True))


def _months(year: int, found: WorkCalendar, on: date) -> list[dict[str, object]]:
    """Return the twelve months as weeks of days, each day with what it is."""
    grid = months.Calendar(firstweekday=0)
    return [
        {
            "first": date(year, month, 1),
            "weeks": [
                [_day(day, month, found, on) for day in week]
                for week in grid.monthdatescalendar(year, month)
            ],
        }
        for month in range(1, 13)
    ]


def _day(day: date, month: int, found: WorkCalendar, on: date) -> dict[str, object]:
    if day.month != month:
        return {"day": None}
    return {
        "day": day,
        "kind": "work" if found.is_working(day) else "rest",
        "departs": day in found.departures,
        "today": day == on,
    }
