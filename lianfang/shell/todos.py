"""What somebody has to do: every room's own to-dos, in an explicit tuple, most urgent first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.queries.board import end_of_filling
from lianfang.duties.access import reports
from lianfang.duties.queries.reports import waiting
from lianfang.duties.queries.talks import talks_to_confirm, talks_to_follow
from lianfang.intake.access import may_import
from lianfang.intake.queries.pages import papers_waiting
from lianfang.learning import access as learning_access
from lianfang.learning.queries import todos as learning
from lianfang.org.queries.calendar import calendar_of, loaded_years
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.rules.calendar import working_days_between
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.risks.queries import todos as register
from lianfang.risks.queries.todos import Due
from lianfang.shell.alert_todos import alerts_to_act_on, answers_to_judge, notices_to_answer
from lianfang.shell.assessment_todos import (
    checks_to_publish,
    objections_to_answer,
    sheets_to_confirm,
    sheets_to_score,
    tasks_to_judge,
    tasks_to_put_right,
)
from lianfang.shell.casework_todos import (
    envelopes_to_share,
    identities_to_witness,
    sealed_reports,
)
from lianfang.shell.lead_todos import leads_to_decide, leads_to_do
from lianfang.shell.owed import duties_to_do, owed_by
from lianfang.shell.public_todos import catalogue_to_publish
from lianfang.shell.survey_todos import surveys_to_answer, surveys_to_move_on
from lianfang.shell.todo import Todo, of_register
from lianfang.shell.visit_todos import (
    corrections_to_judge,
    draws_to_draw,
    findings_to_put_right,
    records_to_confirm,
)
from lianfang.shell.year_todos import (
    checkers_to_name,
    filings_named_to_check,
    filings_to_check,
    filings_to_publish,
    filings_to_send,
    review_to_end_with,
    revisions_to_consider,
    tasks_to_do,
)

Urgency = Literal["overdue", "soon", "month"]


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


def risks_to_find(standing: Standing) -> tuple[Todo, ...]:
    """Ask a holder to look for the risks of each post of theirs, once a year (五（二）)."""
    if not standing.is_staff or not standing.posts:
        return ()
    due = register.posts_not_looked_at(standing)
    return of_register(
        due,
        kind=_("风险查找"),
        icon="eye",
        title=gettext("对照本人岗位查找风险：还有 %(n)s 个岗位") % {"n": due.count},
        reason=gettext("人人查找，没有发现风险也是回答。"),
        clause="五（二）",
        act=_("去查找"),
        url=reverse("risks:finding"),
    )


def risks_to_rate(standing: Standing) -> tuple[Todo, ...]:
    """Ask a holder to rate the risk points that name their posts (五（三）)."""
    if not standing.is_staff or not standing.posts:
        return ()
    due = register.risks_unrated(standing)
    return of_register(
        due,
        kind=_("等级评定"),
        icon="risk",
        title=gettext("评定本人岗位的风险点：%(n)s 个尚未提出等级") % {"n": _many(due.count)},
        reason=gettext("未评不等于低；由岗位人员提出，防控责任人审核。"),
        clause="五（三）",
        act=_("去评定"),
        url=reverse("risks:rating"),
    )


def levels_to_endorse(standing: Standing) -> tuple[Todo, ...]:
    """Ask a control owner to endorse the levels proposed to them (五（三）)."""
    above = standing.headed or standing.portfolio
    if not standing.is_staff or not (above or standing.has(*_ENDORSE)):
        return ()
    due = register.proposals_waiting(standing)
    return of_register(
        due,
        kind=_("等级审核"),
        icon="check",
        title=gettext("审核提出的等级：%(n)s 个") % {"n": _many(due.count)},
        reason=gettext("您是防控责任人；本人提出的由上一级审核。"),
        clause="五（三）",
        act=_("去审核"),
        url=reverse("risks:rating") + "?what=endorse",
    )


def tables_to_decide(standing: Standing) -> tuple[Todo, ...]:
    """Ask whoever sent tables in to look at the previews and to decide (六（一）)."""
    if not may_import(standing):
        return ()
    count = papers_waiting(standing)
    return of_register(
        Due(count=count, on=register.end_of_filling(standing)),
        kind=_("导入表格"),
        icon="upload",
        title=gettext("确认上传的表格：%(n)s 份待导入") % {"n": _many(count)},
        reason=gettext("看过会改什么再导入；不要的可以放弃。"),
        clause="六（一）",
        act=_("去确认"),
        url=reverse("intake:deliveries"),
    )


def reports_to_mend_and_read(standing: Standing) -> tuple[Todo, ...]:
    """Ask for reports that were returned to be sent again, and others to be read (五（五）2)."""
    mend = gettext("修改后再次报送，任务才算完成。"), _("去修改"), "duties:report-write"
    read = gettext("可以审阅通过，也可以写明意见退回。"), _("去审阅"), "duties:report"
    found = []
    for report in waiting(reports.reports_waiting_for(standing)):
        is_back = report.state == "returned"
        reason, act, page = mend if is_back else read
        words = {
            "unit": report.unit.shown_name,
            "who": report.author.shown_name if report.author else "",
            "state": report.get_state_display(),
        }
        found.append(
            Todo(
                kind=report.get_kind_display(),
                icon="paper",
                title=gettext("%(unit)s %(who)s：%(state)s") % words,
                reason=reason,
                clause=report.duty.clause,
                due=report.until_on if is_back else max(report.until_on, standing.on),
                act=act,
                url=reverse(page, args=[report.pk]),
            )
        )
    return tuple(found)


def talk_records(standing: Standing) -> tuple[Todo, ...]:
    """Ask whoever was talked to to confirm the record (五（五）)."""
    return tuple(
        Todo(
            kind=_("谈话"),
            icon="talk",
            title=gettext("确认谈话记录 %(mark)s") % {"mark": talk.mark},
            reason=gettext("%(name)s 与您的谈话已经记录，请核对后确认。")
            % {"name": talk.talker.shown_name},
            clause=talk.clause,
            due=standing.on,
            act=_("去确认"),
            url=reverse("duties:talk", args=[talk.pk]),
        )
        for talk in talks_to_confirm(standing)
    )


def talks_to_follow_up(standing: Standing) -> tuple[Todo, ...]:
    """Ask a talker to plan the talk that was to follow, once its day is near (五（五）)."""
    return tuple(
        Todo(
            kind=_("后续谈话"),
            icon="talk",
            title=talk.person.shown_name,
            reason=gettext("%(mark)s 写明要再次谈话，还没有安排。") % {"mark": talk.mark},
            clause=talk.clause,
            due=talk.follow_up_on,
            act=_("去安排"),
            url=f"{reverse('duties:talk-plan')}?after={talk.pk}",
        )
        for talk in talks_to_follow(standing)
        if talk.follow_up_on is not None
    )


def learning_to_do(standing: Standing) -> tuple[Todo, ...]:
    """Ask somebody to read the cases that warn them, to sign in, and to take quizzes (二)."""
    acts = {
        "case": (_("警示案例"), _("去阅读"), _("您的岗位有这个案例所警示的风险点。")),
        "come": (_("学习"), _("去参加"), _("这项学习正在进行，您在应参加之列。")),
        "quiz": (_("学习"), _("去答题"), _("您已签到；测验合格后计入学时。")),
    }
    return tuple(
        Todo(
            kind=acts[due.what][0],
            icon="book",
            title=due.title,
            reason=str(acts[due.what][2]),
            clause="二",
            due=due.due_on,
            act=acts[due.what][1],
            url=reverse(due.page, args=[due.key]),
        )
        for due in learning.todos_for(
            standing,
            learning_access.activities_visible_to(standing),
            learning_access.cases_published(standing),
        )
    )


def _many(count: int) -> str:
    """Return a count, with more than a page said as such."""
    return f"{register.MANY - 1}+" if count >= register.MANY else str(count)


_ENDORSE = (Role.LEADERSHIP_HEAD, Role.LEADING_GROUP_OFFICE)
TODOS: tuple[Callable[[Standing], tuple[Todo, ...]], ...] = (
    calendar_to_load,
    risks_to_find,
    risks_to_rate,
    levels_to_endorse,
    tables_to_decide,
    filings_to_send,
    filings_to_check,
    revisions_to_consider,
    tasks_to_do,
    review_to_end_with,
    filings_named_to_check,
    checkers_to_name,
    filings_to_publish,
    catalogue_to_publish,
    reports_to_mend_and_read,
    talk_records,
    talks_to_follow_up,
    surveys_to_answer,
    surveys_to_move_on,
    draws_to_draw,
    records_to_confirm,
    corrections_to_judge,
    findings_to_put_right,
    alerts_to_act_on,
    notices_to_answer,
    answers_to_judge,
    leads_to_do,
    leads_to_decide,
    learning_to_do,
    sealed_reports,
    envelopes_to_share,
    identities_to_witness,
    sheets_to_score,
    sheets_to_confirm,
    objections_to_answer,
    checks_to_publish,
    tasks_to_put_right,
    tasks_to_judge,
    duties_to_do,
)
# working days
SOON_DAYS = 3


def todos_for(standing: Standing) -> tuple[TodoGroup, ...]:
    """Return what somebody has to do, by urgency; groups without any are left out.

    Two statements for the work calendar beside those of the rooms, and one for the year's work
    where something is due when its first stage ends.
    """
    every = [todo for of in TODOS for todo in of(standing)]
    found = _counted(_dated(every, standing), standing)
    groups = {
        urgency: tuple(todo for todo in found if _urgency(todo, standing.on) == urgency)
        for urgency in _ORDER
    }
    return tuple(
        TodoGroup(urgency=urgency, todos=todos) for urgency, todos in groups.items() if todos
    )


def all_todos(standing: Standing) -> tuple[Todo, ...]:
    """Return what somebody has to do however far off, soonest first."""
    near = [todo for of in TODOS if of is not duties_to_do for todo in of(standing)]
    found = [*_dated(near, standing), *owed_by(standing, None)]
    return tuple(sorted(found, key=lambda todo: todo.due))


_ORDER: tuple[Urgency, ...] = ("overdue", "soon", "month")


def _dated(todos: list[Todo], standing: Standing) -> list[Todo]:
    """Return the to-dos, due as the year's work has its stages once it is opened (六（一）)."""
    if not any(todo.of_filling for todo in todos):
        return todos
    ends_on = end_of_filling(standing)
    if ends_on is None:
        return todos
    return [replace(todo, due=ends_on) if todo.of_filling else todo for todo in todos]


def _counted(todos: list[Todo], standing: Standing) -> list[Todo]:
    """Return the to-dos with their working days, soonest first. Two statements."""
    calendar = calendar_of(standing.organisation_id)
    return [
        replace(todo, days=working_days_between(calendar, standing.on, todo.due))
        for todo in sorted(todos, key=lambda todo: todo.due)
    ]


def _urgency(todo: Todo, on: date) -> Urgency:
    if todo.due < on:
        return "overdue"
    return "soon" if todo.days <= SOON_DAYS else "month"
