"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, Promise | str] = {
    "files.attachment.kept": _("存入文件"),
    "files.document.issued": _("发出文件"),
    "files.document.voided": _("作废文件"),
    "files.import.opened": _("上传待导入的文件"),
    "files.import.applied": _("确认导入"),
    "files.import.discarded": _("放弃导入"),
    "files.import.undone": _("撤销导入"),
}
FIELDS: dict[str, Promise | str] = {
    "digest": _("摘要"),
    "size": _("大小"),
    "applied": _("结果"),
    "mark": _("发文字号"),
}
