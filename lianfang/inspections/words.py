"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "inspections.draw.planned": pgettext_lazy("log", "拟定抽取"),
    "inspections.draw.changed": pgettext_lazy("log", "修改抽取"),
    "inspections.draw.frozen": pgettext_lazy("log", "固定名单并承诺种子"),
    "inspections.draw.drawn": pgettext_lazy("log", "抽取"),
    "inspections.draw.closed": pgettext_lazy("log", "结束抽取"),
    "inspections.draw.dropped": pgettext_lazy("log", "作废抽取"),
    "inspections.record.started": pgettext_lazy("log", "填写检查记录"),
    "inspections.record.written": pgettext_lazy("log", "修改检查记录"),
    "inspections.record.confirmed": pgettext_lazy("log", "确认检查记录"),
    "inspections.finding.corrected": pgettext_lazy("log", "报告整改情况"),
    "inspections.finding.accepted": pgettext_lazy("log", "复核通过"),
    "inspections.finding.returned": pgettext_lazy("log", "退回整改"),
}
FIELDS: dict[str, Promise | str] = {
    "title": _("名称"),
    "year": _("年份"),
    "levels": _("等级"),
    "team": _("每组检查人数"),
    "source": _("公开数值的来源"),
    "public_on": _("公开数值的日期"),
    "due_on": _("期限"),
    "plan_digest": _("名单和办法的摘要"),
    "commitment": _("种子承诺"),
    "population": _("名单人数"),
    "seed": _("种子"),
    "value": _("公开数值"),
    "sheet_digest": _("抽取单摘要"),
    "drawn": _("抽中人数"),
    "closed_on": _("结束日期"),
    "state": _("状态"),
    "dropped_reason": _("作废理由"),
    "held_on": _("检查日期"),
    "inspectors": _("检查人员"),
    "changed_reason": _("更换检查人员的理由"),
    "number": _("编号"),
    "found": _("问题数"),
    "remark": _("总体意见"),
    "answers": _("措施检查"),
    "findings": _("检查发现"),
    "text": _("整改情况"),
    "comment": _("复核意见"),
    "file": _("文件"),
    "file_digest": _("文件摘要"),
}
