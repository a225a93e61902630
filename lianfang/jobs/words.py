"""What jobs, their outcomes and their actions in the log are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, Promise | str] = {
    "jobs.job.asked": _("提出后台任务"),
    "jobs.job.finished": _("后台任务完成"),
    "jobs.job.failed": _("后台任务未完成"),
    "jobs.job.cancelled": _("取消后台任务"),
    "jobs.sweep.finished": _("夜间任务完成"),
}
FIELDS: dict[str, Promise | str] = {
    "kind": _("类型"),
    "arguments": _("内容"),
    "outcome": _("结果"),
}
# The sentences of outcomes; other rooms have their own.
OUTCOMES: dict[str, Promise | str] = {
    "jobs.done": _("已办完。"),
    "jobs.broken": _(
        "程序出错，没有办成，也没有保存任何内容。"
        "可以再试一次；仍不行时，把编号 %(number)s 告诉系统管理员。"
    ),
    "jobs.stopped": _("办理中途系统停止，没有办成，也没有保存任何内容。可以再试一次。"),
    "jobs.cancelled": _("开始之前已取消，什么也没有做。"),
}
