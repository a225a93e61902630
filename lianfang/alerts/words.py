"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "alerts.alert.recorded": pgettext_lazy("log", "记录预警"),
    "alerts.alert.triaged": pgettext_lazy("log", "分流预警"),
    "alerts.alert.begun": pgettext_lazy("log", "开始办理预警"),
    "alerts.alert.measured": pgettext_lazy("log", "采取措施"),
    "alerts.alert.lettered": pgettext_lazy("log", "发出预警文书"),
    "alerts.alert.added": pgettext_lazy("log", "补充预警情况"),
    "alerts.alert.recused": pgettext_lazy("log", "回避"),
    "alerts.alert.closed": pgettext_lazy("log", "办结预警"),
    "alerts.alert.sent_up": pgettext_lazy("log", "报送上级"),
    "alerts.alert.handed_over": pgettext_lazy("log", "转为问题线索"),
    "alerts.alert.lead_closed": pgettext_lazy("log", "线索办结"),
    "alerts.alert.followed_up": pgettext_lazy("log", "回访"),
    "alerts.alert.struck": pgettext_lazy("log", "注销预警"),
    "alerts.alert.looked_at": pgettext_lazy("log", "查看预警"),
    "alerts.alert.reminded": pgettext_lazy("log", "催办预警"),
    "alerts.letter.reminded": pgettext_lazy("log", "催办整改"),
    "alerts.list.exported": pgettext_lazy("log", "导出预警清单"),
    "alerts.letter.answered": pgettext_lazy("log", "报告整改情况"),
    "alerts.letter.accepted": pgettext_lazy("log", "整改通过"),
    "alerts.letter.returned": pgettext_lazy("log", "退回整改"),
}
FIELDS: dict[str, Promise | str] = {
    "number": _("编号"),
    "people": _("涉及人员"),
    "measure": _("措施"),
    "text": _("理由和说明"),
    "file": _("文件"),
    "file_digest": _("文件摘要"),
    "comment": _("复核意见"),
    "due_on": _("办理期限"),
    "rungs": _("逐级告知"),
    "kind": _("文种"),
}
# outcomes without a measure, and kinds of letters; measures are called as the scheme does
OUTCOMES: dict[str, Promise | str] = {
    "unfounded": pgettext_lazy("outcome", "查否"),
    "explained": pgettext_lazy("outcome", "情况已说明"),
    "corrected": pgettext_lazy("outcome", "已整改"),
    "sent_up": pgettext_lazy("outcome", "已报上级机关"),
}
