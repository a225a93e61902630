"""What is due day by day, and as a file for other calendars (七（二））."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.documents.writing.agenda import DueDay, agenda_file
from lianfang.files.sending import as_download
from lianfang.org.access import standing_for
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.rules.calendar import add_months
from lianfang.org.standing import Standing
from lianfang.shell.todo import Todo
from lianfang.shell.todos import all_todos


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day on which something is due."""

    day: date
    is_working: bool
    todos: tuple[Todo, ...]


@require_GET
def calendar(request: AppRequest) -> HttpResponse:
    """Show what falls due in a month, day by day."""
    standing = standing_for(request)
    month = _month(request.GET.get("month", ""), standing.on)
    todos = all_todos(standing)
    after = add_months(month, 1)
    context: dict[str, object] = {
        "month": month,
        "before": add_months(month, -1),
        "after": after,
        "on": standing.on,
        "days": list(_days((todo for todo in todos if month <= todo.due < after), standing)),
        "late": sum(todo.due < min(month, standing.on) for todo in todos),
    }
    return render_page(request, "shell/calendar.html", context)


@require_GET
def calendar_file(request: AppRequest) -> HttpResponseBase:
    """Give everything that is due as a calendar file."""
    standing = standing_for(request)
    days = [
        DueDay(
            key=f"{_key_of(todo, standing)}@{request.get_host()}",
            day=todo.due,
            title=todo.title,
            text=f"{todo.reason}\n{todo.clause}",
            url=request.build_absolute_uri(todo.url),
        )
        for todo in all_todos(standing)
    ]
    content = agenda_file(name=_("廉防到期事项"), days=days, at=request.at)
    name = _("到期事项-%(day)s.ics") % {"day": standing.on.isoformat()}
    response = as_download(content, name)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    return response


def _key_of(todo: Todo, standing: Standing) -> str:
    """Return what stays the same as long as the same thing is asked of the same login."""
    told = f"{standing.user_id} {todo.icon} {todo.url}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _month(text: str, on: date) -> date:
    """Return the first day of a month written YYYY-MM, of this month for anything else."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return on.replace(day=1)
    return found if 2000 <= found.year <= 2099 else on.replace(day=1)


def _days(todos: Iterable[Todo], standing: Standing) -> Iterator[Day]:
    working = calendar_of(standing.organisation_id)
    for day, due in groupby(todos, key=lambda todo: todo.due):
        yield Day(day=day, is_working=working.is_working(day), todos=tuple(due))
