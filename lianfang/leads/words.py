"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "leads.lead.opened": pgettext_lazy("log", "登记线索"),
    "leads.lead.people_named": pgettext_lazy("log", "补充线索涉及人员"),
    "leads.lead.struck": pgettext_lazy("log", "作废线索"),
    "leads.lead.looked_at": pgettext_lazy("log", "查看线索"),
    "leads.lead.taken_up": pgettext_lazy("log", "重新启用线索"),
    "leads.lead.concluded": pgettext_lazy("log", "登记线索结论"),
    "leads.lead.noted": pgettext_lazy("log", "补充线索情况"),
    "leads.lead.recused": pgettext_lazy("log", "登记线索回避"),
    "leads.lead.closed": pgettext_lazy("log", "办结线索"),
    "leads.access.given": pgettext_lazy("log", "给予线索知悉权限"),
    "leads.access.ended": pgettext_lazy("log", "终止线索知悉权限"),
    "leads.proposal.made": pgettext_lazy("log", "提出线索审批事项"),
    "leads.proposal.withdrawn": pgettext_lazy("log", "撤回线索审批事项"),
    "leads.proposal.approved": pgettext_lazy("log", "批准线索审批事项"),
    "leads.proposal.returned": pgettext_lazy("log", "退回线索审批事项"),
    "leads.outcome.followed_up": pgettext_lazy("log", "登记回访"),
    "leads.letter.issued": pgettext_lazy("log", "印发线索文书"),
    "leads.leads.exported": pgettext_lazy("log", "导出线索清单或统计"),
}
FIELDS: dict[str, Promise | str] = {
    "mark": _("编号"),
    "people": _("涉及人员"),
    "person": _("人员"),
    "handlers": _("承办人"),
    "kind": _("类别"),
    "code": _("方式"),
    "decider": _("审批"),
    "part": _("职责"),
    "reason": _("理由"),
    "until_on": _("截止日期"),
    "said": _("内容"),
    "text": _("补充情况"),
    "answer": _("审批意见"),
    "decided_on": _("决定日期"),
    "decided_body": _("作出决定的机关"),
    "decided_mark": _("决定文号"),
    "followed_on": _("回访日期"),
    "followed": _("回访结果"),
    "breach": _("登记违规"),
    "what": _("内容"),
}
