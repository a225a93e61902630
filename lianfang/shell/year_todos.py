"""What the year's work asks of somebody: filings, checks, revisions, corrective tasks (六)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.queries import todos as year
from lianfang.cycles.queries.todos import FilingDue
from lianfang.org.standing import Standing
from lianfang.risks.queries.todos import Due
from lianfang.shell.todo import Todo, of_register


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
    return of_register(
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


def _of_filings(
    due: Sequence[FilingDue], standing: Standing, *, title: str, **said: Any
) -> tuple[Todo, ...]:
    on = min((one.on for one in due), default=standing.on)
    return of_register(Due(count=len(due), on=on), title=title % {"n": len(due)}, **said)
