"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "duties.duties.reconciled": pgettext_lazy("log", "更新履责义务"),
    "duties.duty.done": pgettext_lazy("log", "履行义务"),
    "duties.duty.waived": pgettext_lazy("log", "免除义务"),
    "duties.reminders.sent": pgettext_lazy("log", "发出履责提醒"),
    "duties.measures.taken_up": pgettext_lazy("log", "列入在行措施"),
}
FIELDS: dict[str, Promise | str] = {
    "opened": _("新产生的义务数"),
    "digest": _("义务清单摘要"),
    "state": _("状态"),
    "lapse": _("失效原因"),
    "closed_on": _("办结日期"),
    "evidence": _("凭证"),
    "waived_reason": _("免除理由"),
    "actor": _("履行人"),
    "actor_role": _("履行身份"),
    "unit": _("单位"),
    "measure": _("在行措施"),
    "opens_on": _("起"),
    "due_on": _("期限"),
    "level": _("岗位等级"),
    "level_since": _("等级起"),
    "held_since": _("任职起"),
    "edition": _("版本"),
    "override": _("等级上调"),
    "form": _("说明形式"),
    "hours": _("学时"),
    "clause": _("条款"),
    "kind": _("种类"),
    "measures": _("列入的措施数"),
    "measures_ended": _("不再列入的措施数"),
    "reminder": _("提醒"),
}
