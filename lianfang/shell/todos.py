"""What somebody has to do: every room's own to-dos, in an explicit tuple, most urgent first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.org.queries.calendar import loaded_years
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

Urgency = Literal["overdue", "soon", "month"]


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One thing to do: its kind with icon, title, reason with clause, due day, and the act."""

    kind: Promise | str
    icon: str
    title: str
    reason: str
    clause: str
    due: date
    act: Promise | str
    url: str


@dataclass(frozen=True, kw_only=True)
class TodoGroup:
    """The to-dos of one urgency, soonest first."""

    urgency: Urgency
    todos: tuple[Todo, ...]


def calendar_to_load(standing: Standing) -> tuple[Todo, ...]:
    """Ask the system administrator for next year's work calendar from the scheme's day on (六)."""
    if not standing.has(Role.SYSTEM_ADMINISTRATOR):
        return ()
    rules = written_scheme(standing.scheme).calendar
    month, day = map(int, rules.warn_from.split("-"))
    coming = standing.on.year + 1
    if standing.on < date(standing.on.year, month, day):
        return ()
    if any(year.year == coming for year in loaded_years(standing.organisation_id)):
        return ()
    return (
        Todo(
            kind=_("工作日历"),
            icon="calendar",
            title=gettext("装入 %(year)s 年的工作日历") % {"year": coming},
            reason=gettext("没有它，跨年的期限只能按周一至周五暂算。"),
            clause=rules.clause.section,
            due=date(standing.on.year, 12, 31),
            act=_("去装入"),
            url=reverse("org:calendar"),
        ),
    )


TODOS: tuple[Callable[[Standing], tuple[Todo, ...]], ...] = (calendar_to_load,)
SOON_DAYS = 5


def todos_for(standing: Standing) -> tuple[TodoGroup, ...]:
    """Return what somebody has to do, by urgency; groups without any are left out."""
    found = sorted((todo for of in TODOS for todo in of(standing)), key=lambda todo: todo.due)
    groups = {
        urgency: tuple(todo for todo in found if _urgency(todo.due, standing.on) == urgency)
        for urgency in _ORDER
    }
    return tuple(
        TodoGroup(urgency=urgency, todos=todos) for urgency, todos in groups.items() if todos
    )


_ORDER: tuple[Urgency, ...] = ("overdue", "soon", "month")


def _urgency(due: date, on: date) -> Urgency:
    if due < on:
        return "overdue"
    return "soon" if (due - on).days <= SOON_DAYS else "month"
