"""The duties of the example since its first editions: followed, reminded of, done, some not."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from lianfang.accounts.models import User
from lianfang.duties.actions.judging import follow_reports
from lianfang.duties.actions.raising import confirm_breach
from lianfang.duties.actions.reconcile import reconcile
from lianfang.duties.actions.reminding import remind
from lianfang.example.deeds import Deed
from lianfang.example.duties_reports import TOLD
from lianfang.example.keeping import Keeping
from lianfang.example.moments import Calendar
from lianfang.notices.actions import mark_all_seen
from lianfang.org.models import Organisation, Post
from lianfang.org.queries.numbers import scheme_of

# from the days after the first editions until some days ago
_FIRST, _LAST = 355, 5
_STEP = 10
# nights after a number of the scheme was set, and after somebody left
_AFTER_CHANGES = (34, 13)
# nights of the last days, so that what happened lately is followed
_NIGHTS = (9, 7, 5, 4)
# mornings on which everybody looked at what they had been told
_LOOKED = (200, 100, 11)
# whose regular talk is overdue, so that all who stand above know
_LEFT = ("1901", "2104", "1306", "1203", "2007")
_BREACHED = "JSC-JW"


def deeds_of_last_year_duties(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> Iterator[Deed]:
    """Open every month what is owed, close some of it every ten days; one thing goes wrong."""
    moment, on = calendar.moment, calendar.on
    keeping = Keeping(
        organisation=organisation,
        office=logins["office"],
        officer=logins["officer"],
        spared=TOLD,
        left=_LEFT,
        spared_from=on - timedelta(days=45),
    )
    for days in range(_FIRST, _LAST, -1):
        if moment(days, 2).day == 1 or days in _AFTER_CHANGES:
            yield Deed(moment(days, 2), partial(_follow, organisation))
    for days in range(_FIRST, _LAST - 1, -_STEP):
        yield Deed(moment(days, 17, 30), keeping.close)
    for days in range(_FIRST - _STEP, max(_NIGHTS), -2 * _STEP):
        yield Deed(moment(days, 3), partial(_remind, organisation))
    for days in _LOOKED:
        yield Deed(moment(days, 8, 30), partial(_look, tuple(logins.values())))
    for days in _NIGHTS:
        yield Deed(moment(days, 2, 10), partial(_follow, organisation))
        yield Deed(moment(days, 3, 10), partial(_remind, organisation))
    yield Deed(moment(168, 11), partial(_find_breach, organisation, logins["officer"]))


def _follow(organisation: Organisation, at: datetime) -> None:
    """Do what the night does: what is owed follows, and so does what waits to be read."""
    reconcile(organisation=organisation, on=at.date(), by=None, at=at)
    follow_reports(organisation=organisation, on=at.date(), by=None, at=at)


def _remind(organisation: Organisation, at: datetime) -> None:
    remind(organisation=organisation, on=at.date(), by=None, at=at)


def _look(logins: Iterable[User], at: datetime) -> None:
    for login in logins:
        mark_all_seen(by=login, at=at)


def _find_breach(organisation: Organisation, officer: User, at: datetime) -> None:
    """Record a breach that raises a level until this year's edition takes it up."""
    confirm_breach(
        post=Post.objects.get(organisation=organisation, code=_BREACHED),
        power=None,
        what="表决前未核对回避名单，一名应回避的委员到会；已重新表决并批评教育。",
        reference="",
        found_on=at.date() - timedelta(days=4),
        scheme=scheme_of(organisation, at.date()),
        on=at.date(),
        by=officer,
        at=at,
    )
