"""What duties ask of somebody, with why each is due (五（五）, 七（二）)."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.common.http import language_now
from lianfang.common.text import Text
from lianfang.duties.access import duties_of
from lianfang.duties.models import Duty
from lianfang.duties.queries.duties import rule_labels
from lianfang.duties.queries.todos import DutiesDue, due_of
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.standing import Standing
from lianfang.shell.telling import told
from lianfang.shell.todo import Todo

# how far ahead the desk looks; the calendar looks further
_AHEAD = timedelta(days=31)
_SHORT = 60
Kind = Duty.Kind
_ICONS: Mapping[str, str] = {
    Kind.TALK: "talk",
    Kind.REPORT: "paper",
    Kind.INSPECTION: "eye",
    Kind.SURVEY: "chart",
    Kind.STATEMENT: "people",
    Kind.DISCLOSURE: "globe",
    Kind.ROTATION: "clock",
    Kind.VISIT: "eye",
    Kind.UNIT_REPORT: "paper",
    Kind.MEASURE: "check",
    Kind.LEARNING: "book",
}
_ACTS: Mapping[str, Promise | str] = {
    Kind.TALK: _("去谈话"),
    Kind.REPORT: _("去报告"),
    Kind.INSPECTION: _("去检查"),
    Kind.STATEMENT: _("去说明"),
    Kind.DISCLOSURE: _("去公开"),
    Kind.ROTATION: _("去安排"),
    Kind.VISIT: _("去检查"),
    Kind.UNIT_REPORT: _("去报告"),
    Kind.MEASURE: _("去确认"),
    Kind.LEARNING: _("去学习"),
}


def duties_to_do(standing: Standing) -> tuple[Todo, ...]:
    """Ask whoever is to act for the duties of the next weeks, and those that are late."""
    return owed_by(standing, standing.on + _AHEAD)


def owed_by(standing: Standing, until: date | None) -> tuple[Todo, ...]:
    """Return the duties that somebody is to do by a day, or whenever. Two statements at most."""
    if not standing.is_staff:
        return ()
    labels = rule_labels(written_scheme(standing.scheme))
    return tuple(_todo(due, labels) for due in due_of(duties_of(standing), standing.on, until))


def _todo(due: DutiesDue, labels: Mapping[str, Text]) -> Todo:
    kind = Kind(due.kind)
    label = labels[due.rule].in_(language_now()) if due.rule in labels else str(kind.label)
    duty = due.duty
    return Todo(
        kind=kind.label,
        icon=_ICONS[kind],
        title=_title(duty, label) if duty else _many(label, due.count),
        reason=_reason(duty) if duty else gettext("其中最早一项的期限如右；可在清单里逐项办理。"),
        clause=due.clause,
        due=due.due_on,
        act=_ACTS.get(kind, _("查看")),
        url=reverse("duties:duty", args=[duty.pk]) if duty else _page_of(due),
        level=duty.level if duty else "",
    )


def _many(label: str, count: int) -> str:
    return gettext("%(label)s：%(n)s 项") % {"label": label, "n": count}


def _page_of(due: DutiesDue) -> str:
    return f"{reverse('duties:duties')}?view=list&mine=1&kind={due.kind}"


def _title(duty: Duty, label: str) -> str:
    if duty.measure:
        text = duty.measure.text
        about = text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
    elif duty.person and duty.actor_role != Duty.ActorRole.HOLDER:
        about = duty.person.shown_name
        if duty.post:
            about = gettext("%(person)s（%(post)s）") % {
                "person": about,
                "post": duty.post.shown_name,
            }
    elif duty.person:
        return label
    else:
        about = duty.unit.shown_name
    return gettext("%(about)s：%(label)s") % {"about": about, "label": label}


def _reason(duty: Duty) -> str:
    """Say why a duty is due: in which post, since when, by which edition, for how many hours."""
    said = [duty.unit.shown_name]
    if duty.post and duty.actor_role == Duty.ActorRole.HOLDER:
        said.append(duty.post.shown_name)
    if duty.held_since:
        said.append(gettext("%(day)s起任职") % {"day": _day(duty.held_since)})
    if duty.level_since:
        said.append(gettext("%(day)s起为该等级") % {"day": _day(duty.level_since)})
    if duty.edition:
        said.append(gettext("版本 %(number)s") % {"number": duty.edition})
    if duty.hours:
        said.append(gettext("%(hours)g 学时") % {"hours": duty.hours})
    return gettext("，").join(said)


def _day(day: date) -> str:
    return str(told(day.isoformat()))
