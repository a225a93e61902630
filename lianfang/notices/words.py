"""What notices say: that there is something, never what or about whom."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Promise | str] = {
    "org.calendar_missing": _("明年的工作日历还没有装入"),
    "duties.due": _("有履责任务即将到期或已到期"),
    "duties.overdue": _("有履责任务已逾期"),
    "duties.pressed": _("上级催办：有履责任务已逾期"),
    "surveys.invited": _("有一份测评请您作答"),
    "surveys.published": _("有一份测评结果可以查看"),
    "casework.item": _("有一项需要您本人办理的事项"),
    "alerts.waiting": _("有一件事项等您办理"),
    "alerts.told": _("有一件事项请您知悉"),
    "alerts.correction": _("有一份通知书请您的单位办理"),
    "alerts.overdue": _("有一件事项已逾期"),
    "leads.waiting": _("有一件工作等您处理"),
    "assessment.to_do": _("年度检查考核有一张考核表请您自评"),
    "assessment.published": _("年度检查考核的结果可以查看"),
    "learning.attendance_undone": _("您的一条学习签到已被撤销"),
}
ACTIONS: dict[str, Promise | str] = {
    "notices.notice.told": _("发出通知"),
    "notices.notice.seen": _("阅读通知"),
    "notices.channel.set": pgettext_lazy("log", "设置通知渠道"),
    "notices.channel.tested": pgettext_lazy("log", "发送测试消息"),
    "notices.preference.set": pgettext_lazy("log", "设置通知方式"),
    "notices.message.planned": pgettext_lazy("log", "安排消息"),
    "notices.message.sent": pgettext_lazy("log", "发出消息"),
    "notices.message.dropped": pgettext_lazy("log", "不再发送消息"),
    "notices.message.put_off": pgettext_lazy("log", "推迟消息"),
    "notices.message.given_up": pgettext_lazy("log", "放弃消息"),
    "notices.message.retried": pgettext_lazy("log", "重新发送消息"),
}
FIELDS: dict[str, Promise | str] = {
    "kind": _("类型"),
    "is_on": _("启用"),
    "host": _("邮件服务器"),
    "port": _("端口"),
    "security": _("加密"),
    "username": _("登录名"),
    "sender": _("发件地址"),
    "sealed": _("已存密码或密钥"),
    "daily_at": _("每日发送时间"),
    "why": _("原因"),
    "email": _("邮箱"),
    "digest": _("发送"),
}
