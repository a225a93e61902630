"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "portal.setup.made": pgettext_lazy("log", "启用举报入口"),
    "portal.setup.changed": pgettext_lazy("log", "修改举报设置"),
    "portal.key.enrolled": pgettext_lazy("log", "建立举报密钥"),
    "portal.key.rewrapped": pgettext_lazy("log", "更换密钥的通行短语"),
    "portal.key.ended": pgettext_lazy("log", "停用举报密钥"),
    "portal.envelopes.added": pgettext_lazy("log", "转授密钥信封"),
    "portal.envelopes.withdrawn": pgettext_lazy("log", "回避：撤回密钥信封"),
    "portal.report.answered": pgettext_lazy("log", "答复反映人"),
    "portal.report.status_set": pgettext_lazy("log", "告知反映人办理状态"),
    "portal.report.destroyed": pgettext_lazy("log", "销毁举报内容"),
    "portal.day.sealed": pgettext_lazy("log", "封存当日收件的根摘要"),
}
# what a sender is asked: the keys of `answers` in a body
QUESTIONS: dict[str, Promise | str] = {
    "what": _("发生了什么"),
    "who": _("涉及谁"),
    "unit": _("所在单位"),
    "when": _("时间"),
    "where": _("地点"),
    "known": _("您是怎样知道的"),
    "evidence": _("可以核实的线索"),
}
FIELDS: dict[str, Promise | str] = {
    "kind": _("类型"),
    "person": _("人员"),
    "public_key": _("公钥"),
    "reason": _("原因"),
    "envelopes": _("密钥信封"),
    "digest": _("摘要"),
    "status": _("办理状态"),
    "root": _("根摘要"),
    "on": _("日期"),
    "hotline": _("公开举报电话"),
    "hotline_site": _("公开举报网站"),
    "superior_channel": _("上级机关的举报渠道"),
    "superior_channel_en": _("上级机关的举报渠道（英文）"),
    "phone": _("监督电话"),
    "post_address": _("来信地址"),
    "most_files": _("附件个数上限"),
    "file_mb": _("单个附件上限（MB）"),
}
