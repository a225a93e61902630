"""What the log's own actions and fields are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, Promise | str] = {
    "audit.part.erased": _("依法删除记录内容"),
    "audit.row.erased": _("依法删除批量行内容"),
    "audit.log.exported": _("导出审计日志"),
}
FIELDS: dict[str, Promise | str] = {
    "changes": _("变更内容"),
    "actor": _("操作人姓名"),
    "subject": _("对象名称"),
    "action": _("动作"),
    "begin": _("自"),
    "end": _("至"),
    "reason": _("理由"),
}
