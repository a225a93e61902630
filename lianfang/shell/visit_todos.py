"""What inspections ask of somebody beyond their duties (五（五）)."""

from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.inspections import access
from lianfang.inspections.queries import todos
from lianfang.inspections.queries.findings import findings_waiting
from lianfang.org.standing import Standing
from lianfang.shell.todo import Todo


def draws_to_draw(standing: Standing) -> tuple[Todo, ...]:
    """Ask the discipline office to draw once the public value is known."""
    if not access.may_run(standing):
        return ()
    return tuple(
        _todo(
            gettext("抽取：%(title)s") % {"title": draw.title},
            gettext("公开数值已经公布，填入后抽取。"),
            draw.public_on,
            _("去抽取"),
            reverse("inspections:draw", args=[draw.pk]),
        )
        for draw in todos.draws_to_draw(access.draws_visible_to(standing), standing.on)
    )


def records_to_confirm(standing: Standing) -> tuple[Todo, ...]:
    """Ask those who made a visit to confirm its record."""
    if not access.inspects(standing):
        return ()
    rows = access.records_visible_to(standing)
    return tuple(
        _todo(
            gettext("确认检查%(name)s的记录") % {"name": record.person.shown_name},
            gettext("确认后归档，检查任务才算完成。"),
            record.duty.due_on,
            _("去确认"),
            reverse("inspections:record", args=[record.pk]),
        )
        for record in todos.records_to_confirm(rows, standing.person_id)
    )


def corrections_to_judge(standing: Standing) -> tuple[Todo, ...]:
    """Ask those who inspect to judge what units put right."""
    if not access.inspects(standing):
        return ()
    return tuple(
        _todo(
            gettext("复核整改：%(what)s") % {"what": one.what},
            gettext("%(unit)s已报告整改情况。") % {"unit": one.unit.shown_name},
            max(one.due_on, standing.on),
            _("去复核"),
            reverse("inspections:finding", args=[one.pk]),
        )
        for one in findings_waiting(access.findings_to_judge(standing))
    )


def findings_to_put_right(standing: Standing) -> tuple[Todo, ...]:
    """Ask a unit's head, or whoever's post answers for it, to put right what was found."""
    if not standing.is_staff:
        return ()
    return tuple(
        _todo(
            gettext("整改：%(what)s") % {"what": one.what},
            gettext("检查记录 %(mark)s 中的问题；整改后报告情况。") % {"mark": one.record.mark},
            one.due_on,
            _("去报告"),
            reverse("inspections:finding", args=[one.pk]),
        )
        for one in findings_waiting(access.findings_to_correct(standing))
    )


def _todo(title: str, reason: str, due: date, act: Promise | str, url: str) -> Todo:
    return Todo(
        kind=_("监督检查"),
        icon="eye",
        title=title,
        reason=reason,
        clause="五（五）",
        due=due,
        act=act,
        url=url,
    )
