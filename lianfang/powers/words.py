"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "powers.power.listed": pgettext_lazy("log", "登记职权"),
    "powers.power.changed": pgettext_lazy("log", "修改职权"),
    "powers.power.retired": pgettext_lazy("log", "停用职权"),
    "powers.power.draft_deleted": pgettext_lazy("log", "删除职权草稿"),
    "powers.power.draft_restored": pgettext_lazy("log", "恢复职权草稿"),
    "powers.regulation.entered": pgettext_lazy("log", "登记制度"),
    "powers.regulation.changed": pgettext_lazy("log", "修改制度"),
    "powers.regulation.moved": pgettext_lazy("log", "变更制度状态"),
    "powers.regulation.file_attached": pgettext_lazy("log", "上传制度文件"),
    "powers.regulation.retired": pgettext_lazy("log", "停用制度"),
    "powers.named_in_english": pgettext_lazy("log", "写入英文名称"),
    "powers.lock.set": pgettext_lazy("log", "锁定清册"),
    "powers.lock.released": pgettext_lazy("log", "解除锁定"),
    "powers.lock.opened": pgettext_lazy("log", "开放修改"),
    "powers.lock.closed": pgettext_lazy("log", "关闭修改"),
}
FIELDS: dict[str, Promise | str] = {
    "name": _("名称"),
    "name_en": _("英文名称"),
    "code": _("编号"),
    "unit": _("单位"),
    "power": _("职权"),
    "category": _("类别"),
    "kind": _("权力种类"),
    "matters": _("重大事项"),
    "frequency": _("行使频率"),
    "public": _("向社会公开"),
    "bases": _("行使依据"),
    "posts": _("岗位与角色"),
    "steps": _("流程"),
    "reason": _("原因"),
    "title": _("制度名称"),
    "title_en": _("英文名称"),
    "number": _("文号"),
    "issuer": _("发布机构"),
    "state": _("状态"),
    "in_force_on": _("施行日期"),
    "repealed_on": _("废止日期"),
    "owner": _("起草岗位"),
    "due_on": _("完成期限"),
    "attachment": _("文件"),
    "retired_on": _("停用日期"),
    "retired_reason": _("停用原因"),
}
# codes that stand as values of a field
CATEGORIES: dict[str, Promise | str] = {
    "decision": _("决策权"),
    "execution": _("执行权"),
    "supervision": _("监督权"),
}
MATTERS: dict[str, Promise | str] = {
    "major_decision": _("重大事项决定"),
    "appointments": _("重要干部任免"),
    "major_work": _("重大工作安排"),
    "large_sums": _("大额资金使用"),
}
