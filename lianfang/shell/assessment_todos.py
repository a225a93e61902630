"""What the yearly check asks of somebody: points, answers, confirmation, corrections (五（七）)."""

from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.assessment.access import waiting
from lianfang.assessment.access.waiting import SheetsDue
from lianfang.assessment.models import AssessedSheet
from lianfang.org.standing import Standing
from lianfang.shell.todo import Todo


def sheets_to_score(standing: Standing) -> tuple[Todo, ...]:
    """Ask for points: of oneself and one's unit, of the office, of the leadership."""
    if not standing.is_staff:
        return ()
    own = [
        _todo(
            gettext("自评：%(name)s") % {"name": _name(sheet)},
            gettext("%(year)s 年度检查考核，逐项自评并附证明材料。")
            % {"year": sheet.assessment.year},
            sheet.assessment.self_until or standing.on,
            _("去自评"),
            reverse("assessment:score", args=[sheet.pk, "self"]),
        )
        for sheet in waiting.to_score_oneself(standing)
    ]
    others = (
        (waiting.to_check(standing), gettext("考核评分"), "office"),
        (waiting.to_lead(standing), gettext("班子评分"), "leadership"),
    )
    return (*own, *(_of_many(due, what, party) for due, what, party in others if due))


def sheets_to_confirm(standing: Standing) -> tuple[Todo, ...]:
    """Ask the leading group to confirm what was scored."""
    due = waiting.to_confirm(standing)
    if due is None:
        return ()
    return (
        _todo(
            gettext("审定 %(year)s 年度考核表：%(n)s 张") % {"year": due.year.year, "n": due.count},
            gettext("评分已完成，没有待答复的异议。"),
            due.due_on,
            _("去审定"),
            reverse("assessment:confirm", args=[due.year.pk]),
        ),
    )


def objections_to_answer(standing: Standing) -> tuple[Todo, ...]:
    """Ask the office to answer objections in time."""
    return tuple(
        _todo(
            gettext("答复异议：%(name)s") % {"name": _name(objection.sheet)},
            gettext("异议成立的，重新评分。"),
            objection.due_on,
            _("去答复"),
            reverse("assessment:objection-answer", args=[objection.pk]),
        )
        for objection in waiting.objections_to_answer(standing)
    )


def checks_to_publish(standing: Standing) -> tuple[Todo, ...]:
    """Ask the office of the leading group to publish what was confirmed."""
    return tuple(
        _todo(
            gettext("通报 %(year)s 年度考核结果") % {"year": one.year},
            gettext("已全部审定，选定范围后印发通报。"),
            standing.on,
            _("去通报"),
            reverse("assessment:publish", args=[one.pk]),
        )
        for one in waiting.to_publish(standing)
    )


def tasks_to_put_right(standing: Standing) -> tuple[Todo, ...]:
    """Ask whoever is to put something right after the check."""
    if not standing.is_staff:
        return ()
    return tuple(
        _todo(
            gettext("考核整改：%(what)s") % {"what": task.what},
            task.sheet.unit.shown_name,
            task.due_on,
            _("去整改"),
            reverse("assessment:task", args=[task.pk]),
        )
        for task in waiting.tasks_to_do(standing)
    )


def tasks_to_judge(standing: Standing) -> tuple[Todo, ...]:
    """Ask the offices to confirm what was put right."""
    return tuple(
        _todo(
            gettext("确认考核整改：%(what)s") % {"what": task.what},
            gettext("%(unit)s已报告整改情况。") % {"unit": task.sheet.unit.shown_name},
            max(task.due_on, standing.on),
            _("去确认"),
            reverse("assessment:task", args=[task.pk]),
        )
        for task in waiting.tasks_to_judge(standing)
    )


def _of_many(due: SheetsDue, what: str, party: str) -> Todo:
    """Return the one thing to do, or all of a year as one."""
    if due.sheet is not None:
        title = gettext("%(what)s：%(name)s") % {"what": what, "name": _name(due.sheet)}
        url = reverse("assessment:score", args=[due.sheet.pk, party])
    else:
        title = gettext("%(what)s：%(n)s 张考核表") % {"what": what, "n": due.count}
        url = f"{reverse('assessment:board')}?year={due.year.year}"
    reason = gettext("%(year)s 年度检查考核。") % {"year": due.year.year}
    return _todo(title, reason, due.due_on, _("去评分"), url)


def _name(sheet: AssessedSheet) -> str:
    return sheet.person.shown_name if sheet.person else sheet.unit.shown_name


def _todo(title: str, reason: str, due: date, act: Promise | str, url: str) -> Todo:
    return Todo(
        kind=_("检查考核"),
        icon="chart",
        title=title,
        reason=reason,
        clause="五（七）1",
        due=due,
        act=act,
        url=url,
    )
