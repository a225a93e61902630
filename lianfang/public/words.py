"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "public.catalogue.published": pgettext_lazy("log", "公布职权目录"),
    "public.power.withheld": pgettext_lazy("log", "决定不公开职权"),
    "public.power.released": pgettext_lazy("log", "恢复公开职权"),
}
FIELDS: dict[str, Promise | str] = {
    "serial": _("期次"),
    "powers": _("职权"),
    "digest": _("摘要"),
    "algorithm": _("算法"),
    "reason": _("理由"),
    "was_public": _("此前已公开"),
    "added": _("新增"),
    "changed": _("改动"),
    "removed": _("撤下"),
}
# what differs in a power, as the preview says it
PARTS: dict[str, Promise | str] = {
    "name": _("名称"),
    "name_en": _("英文名称"),
    "unit": _("单位"),
    "category": _("类别"),
    "bases": _("行使依据"),
    "parts": _("岗位"),
    "steps": _("流程和时限"),
    "posts": _("岗位名称"),
}
