"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "surveys.survey.planned": pgettext_lazy("log", "筹备测评"),
    "surveys.survey.invited": pgettext_lazy("log", "确定受邀人员"),
    "surveys.survey.opened": pgettext_lazy("log", "开放测评"),
    "surveys.survey.closed": pgettext_lazy("log", "结束测评并统计"),
    "surveys.survey.published": pgettext_lazy("log", "公布测评结果"),
    "surveys.survey.dropped": pgettext_lazy("log", "作废测评"),
}
FIELDS: dict[str, Promise | str] = {
    "title": _("名称"),
    "held_by": _("组织者"),
    "subjects": _("测评对象"),
    "about": _("测评对象"),
    "invited": _("受邀人"),
    "people": _("受邀人数"),
    "state": _("状态"),
    "closes_on": _("截止日期"),
    "answered": _("作答人数"),
    "figures": _("留存的数据项数"),
    "figures_digest": _("数据摘要"),
    "dropped_reason": _("作废原因"),
}
