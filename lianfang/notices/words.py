"""What notices say: that there is something, never what or about whom."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise | str] = {
    "org.calendar_missing": _("明年的工作日历还没有装入"),
    "duties.due": _("有履责任务即将到期或已到期"),
    "duties.overdue": _("有履责任务已逾期"),
}
ACTIONS: dict[str, Promise | str] = {
    "notices.notice.told": _("发出通知"),
    "notices.notice.seen": _("阅读通知"),
}
FIELDS: dict[str, Promise | str] = {
    "kind": _("类型"),
}
