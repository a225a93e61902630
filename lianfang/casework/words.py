"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "casework.case.read": pgettext_lazy("log", "查阅举报"),
    "casework.case.studied": pgettext_lazy("log", "开始研判举报"),
    "casework.case.accepted": pgettext_lazy("log", "受理举报"),
    "casework.case.sent_out": pgettext_lazy("log", "决定移交举报"),
    "casework.case.handed_over": pgettext_lazy("log", "移交举报"),
    "casework.case.declined": pgettext_lazy("log", "不予受理举报"),
    "casework.case.completed": pgettext_lazy("log", "办结举报"),
    "casework.case.reopened": pgettext_lazy("log", "重新研判举报"),
    "casework.case.destroyed": pgettext_lazy("log", "销毁举报"),
    "casework.case.recused": pgettext_lazy("log", "举报回避"),
    "casework.case.answered": pgettext_lazy("log", "答复举报人"),
    "casework.case.step_noted": pgettext_lazy("log", "记录举报办理情况"),
    "casework.case.held": pgettext_lazy("log", "暂停销毁举报"),
    "casework.case.identity_asked": pgettext_lazy("log", "申请查看举报人身份"),
    "casework.case.identity_consented": pgettext_lazy("log", "同意查看举报人身份"),
    "casework.case.identity_refused": pgettext_lazy("log", "拒绝查看举报人身份"),
    "casework.case.identity_opened": pgettext_lazy("log", "查看举报人身份"),
}
FIELDS: dict[str, Promise | str] = {
    "state": _("状态"),
    "route": _("办理去向"),
    "same_as": _("并入"),
    "concern": _("移交原因"),
    "sent_to": _("接收机关"),
    "outcome": _("办理结果"),
    "kept_until": _("保存期限"),
    "held_until": _("暂停销毁至"),
    "held_reason": _("暂停销毁的理由"),
    "reason": _("理由"),
    "person": _("人员"),
    "what": _("内容"),
    "about": _("答复事项"),
    "kind": _("类型"),
    "done_on": _("日期"),
    "text": _("说明"),
    "asker": _("申请人"),
}
CLOCKS: dict[str, Promise | str] = {
    "triage": _("研判分流"),
    "acceptance_told": _("告知受理情况"),
    "result_told": _("反馈办理结果"),
    "sent_up": _("移交有权机关"),
    "completion": _("预警或线索已办结，办结举报"),
    "keeping": _("保存期满，办理销毁"),
}
ABOUT: dict[str, Promise | str] = {
    "acceptance": _("告知受理情况"),
    "result": _("反馈办理结果"),
    "other": _("询问或其他答复"),
}
