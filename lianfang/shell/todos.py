"""What somebody has to do: every room's own to-dos, in an explicit tuple, most urgent first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.queries import todos as year
from lianfang.cycles.queries.todos import FilingDue
from lianfang.duties.access import reports
from lianfang.duties.queries.reports import waiting
from lianfang.duties.queries.talks import talks_to_confirm
from lianfang.intake.access import may_import
from lianfang.intake.queries.pages import papers_waiting
from lianfang.org.queries.calendar import loaded_years
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.risks.queries import todos as register
from lianfang.risks.queries.todos import Due
from lianfang.shell.owed import duties_to_do, owed_by
from lianfang.shell.todo import Todo

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
    return _of_register(
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
    return _of_register(
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
    return _of_register(
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
    return _of_register(
        Due(count=count, on=register.end_of_filling(standing)),
        kind=_("导入表格"),
        icon="upload",
        title=gettext("确认上传的表格：%(n)s 份待导入") % {"n": _many(count)},
        reason=gettext("看过会改什么再导入；不要的可以放弃。"),
        clause="六（一）",
        act=_("去确认"),
        url=reverse("intake:deliveries"),
    )


def filings_to_send(standing: Standing) -> tuple[Todo, ...]:
    """Ask a unit head to file, and to mend what was returned (六（一）)."""
    if not standing.is_staff:
        return ()
    return tuple(
        Todo(
            kind=_("年度填报"),
            icon="paper",
            title=gettext("%(unit)s %(filing)s：%(state)s，等待报送")
            % {
                "unit": due.filing.unit.shown_name,
                "filing": due.filing.title,
                "state": due.filing.get_state_display(),
            },
            reason=gettext("单位负责人报送；报送后内容锁定，等待审核。"),
            clause="六（一）",
            due=due.on,
            act=_("去填报"),
            url=reverse("cycles:filing", args=[due.filing.pk]),
        )
        for due in year.to_file(standing)
    )


def filings_to_check(standing: Standing) -> tuple[Todo, ...]:
    """Ask the office to check what was submitted (六（二）)."""
    if not standing.is_staff:
        return ()
    return _of_filings(
        year.to_check(standing),
        standing,
        kind=_("审核填报"),
        icon="check",
        title=gettext("审核各单位的填报：%(n)s 份等待办理"),
        reason=gettext("本人任职的单位由他人审核。"),
        clause="六（二）",
        act=_("去审核"),
        url=reverse("cycles:reviews"),
    )


def filings_named_to_check(standing: Standing) -> tuple[Todo, ...]:
    """Ask somebody whom the office named to check a unit's filing (六（二）)."""
    if not standing.is_staff:
        return ()
    return tuple(
        Todo(
            kind=_("审核填报"),
            icon="check",
            title=gettext("%(unit)s：%(state)s，指定由您审核")
            % {"unit": due.filing.unit.shown_name, "state": due.filing.get_state_display()},
            reason=gettext("由领导小组办公室指定；在被审单位任职的须回避。"),
            clause="六（二）",
            due=due.on,
            act=_("去审核"),
            url=reverse("cycles:review", args=[due.filing.pk]),
        )
        for due in year.to_check_by_name(standing)
    )


def checkers_to_name(standing: Standing) -> tuple[Todo, ...]:
    """Ask the office to name a checker where all of it stays out of a filing (六（二）)."""
    if not standing.is_staff:
        return ()
    return _of_filings(
        year.to_name(standing),
        standing,
        kind=_("指定审核人"),
        icon="person",
        title=gettext("为 %(n)s 份填报指定其他单位的审核人"),
        reason=gettext("办公室人员都在这些单位任职，须回避。"),
        clause="六（二）",
        act=_("去指定"),
        url=reverse("cycles:reviews"),
    )


def filings_to_publish(standing: Standing) -> tuple[Todo, ...]:
    """Ask the office to publish what was approved (六（三）)."""
    if not standing.is_staff:
        return ()
    return _of_filings(
        year.to_publish(standing),
        standing,
        kind=_("发布版本"),
        icon="check",
        title=gettext("发布审议通过的填报：%(n)s 份"),
        reason=gettext("发布后形成版本，等级和措施从施行日起算。"),
        clause="六（三）",
        act=_("去发布"),
        url=reverse("cycles:board"),
    )


def revisions_to_consider(standing: Standing) -> tuple[Todo, ...]:
    """Ask a unit head about what asks for a revision of the edition in force (六（五）)."""
    if not standing.is_staff:
        return ()
    proposals = year.to_revise(standing)
    due = min((one.found_on for one in proposals), default=standing.on) + _TO_CONSIDER
    return _of_register(
        Due(count=len(proposals), on=due),
        kind=_("动态调整"),
        icon="edit",
        title=gettext("现行版本可能要修订：%(n)s 项变动") % {"n": len(proposals)},
        reason=gettext("任职、机构、制度变动或发生违规；开始修订，或写明不需修订的理由。"),
        clause="六（五）",
        act=_("去处理"),
        url=reverse("cycles:revisions"),
    )


# how long a change may wait for a decision; the plan gives no number
_TO_CONSIDER = timedelta(days=30)
_ENDORSE = (Role.LEADERSHIP_HEAD, Role.LEADING_GROUP_OFFICE)


def tasks_to_do(standing: Standing) -> tuple[Todo, ...]:
    """Ask a unit's head, or whoever's post answers for it, to put something right (六（五）)."""
    if not standing.is_staff:
        return ()
    return tuple(
        Todo(
            kind=_("整改任务"),
            icon="edit",
            title=f"{task.unit.shown_name}：{task.what}",
            reason=gettext("被退回：%(why)s") % {"why": task.returned_for}
            if task.returned_for
            else gettext("%(year)s 年度运行评价下达；完成后报告情况，由办公室确认。")
            % {"year": task.review.cycle.year},
            clause="六（五）",
            due=task.due_on,
            act=_("去报告"),
            url=reverse("cycles:task-do", args=[task.pk]),
        )
        for task in year.tasks_to_do(standing)
    )


def review_to_end_with(standing: Standing) -> tuple[Todo, ...]:
    """Ask the office to review how the year ran, and to confirm what was put right (六（五）)."""
    found = []
    stage = year.review_to_record(standing)
    if stage is not None:
        found.append(
            Todo(
                kind=_("运行评价"),
                icon="paper",
                title=gettext("记录 %(year)s 年度运行评价") % {"year": stage.cycle.year},
                reason=gettext("记录之后才能结束改进提高阶段。"),
                clause="六（五）",
                due=stage.ends_on,
                act=_("去记录"),
                url=reverse("cycles:running-review-record", args=[stage.cycle.year]),
            )
        )
    found.extend(
        Todo(
            kind=_("整改任务"),
            icon="check",
            title=gettext("%(unit)s：整改已完成，等待确认") % {"unit": task.unit.shown_name},
            reason=task.what,
            clause="六（五）",
            due=max(task.due_on, standing.on),
            act=_("去确认"),
            url=reverse("cycles:running-review", args=[task.review.cycle.year]),
        )
        for task in year.tasks_to_confirm(standing)
    )
    return tuple(found)


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


def _of_filings(
    due: Sequence[FilingDue], standing: Standing, *, title: str, **said: Any
) -> tuple[Todo, ...]:
    on = min((one.on for one in due), default=standing.on)
    return _of_register(Due(count=len(due), on=on), title=title % {"n": len(due)}, **said)


def _of_register(due: Due, **said: Any) -> tuple[Todo, ...]:
    return (Todo(due=due.on, **said),) if due.count else ()


def _many(count: int) -> str:
    """Return a count, with more than a page said as such."""
    return f"{register.MANY - 1}+" if count >= register.MANY else str(count)


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
    reports_to_mend_and_read,
    talk_records,
    duties_to_do,
)
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


def all_todos(standing: Standing) -> tuple[Todo, ...]:
    """Return what somebody has to do however far off, soonest first."""
    near = [todo for of in TODOS if of is not duties_to_do for todo in of(standing)]
    return tuple(sorted([*near, *owed_by(standing, None)], key=lambda todo: todo.due))


_ORDER: tuple[Urgency, ...] = ("overdue", "soon", "month")


def _urgency(due: date, on: date) -> Urgency:
    if due < on:
        return "overdue"
    return "soon" if (due - on).days <= SOON_DAYS else "month"
