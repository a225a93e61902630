"""What this room's actions, fields, verdicts and the reader's columns are called on a page."""

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.common.http import language_now
from lianfang.documents.meanings import MEANINGS
from lianfang.intake.rules.lines import Kind, Verdict
from lianfang.intake.rules.placing import How

ACTIONS: dict[str, Promise | str] = {
    "intake.delivery.opened": pgettext_lazy("log", "上传表格"),
    "intake.paper.read": pgettext_lazy("log", "读取表格"),
    "intake.paper.unreadable": pgettext_lazy("log", "表格不能读取"),
    "intake.paper.settled": pgettext_lazy("log", "改正读法"),
    "intake.paper.chosen": pgettext_lazy("log", "选用行"),
    "intake.paper.undone": pgettext_lazy("log", "撤销导入的内容"),
    "intake.meaning.remembered": pgettext_lazy("log", "记住读法"),
    "intake.meaning.forgotten": pgettext_lazy("log", "不再记住读法"),
    "intake.form.taken": pgettext_lazy("log", "下载离线填报表"),
}
FIELDS: dict[str, Promise | str] = {
    "files": _("文件数"),
    "counts": _("行数"),
    "refusal": _("原因"),
    "direction": _("编号等级哪头高"),
    "unit": _("单位"),
    "columns": _("栏目"),
    "units": _("单位"),
    "posts": _("岗位"),
    "people": _("人员"),
    "phases": _("阶段"),
    "suggested": _("按用词分阶段"),
    "pairs": _("风险与措施配对"),
    "apart": _("作为新的风险点"),
    "taken": _("选用"),
    "lines": _("行"),
    "key": _("表中写法"),
    "means": _("含义"),
}
VERDICTS: dict[str, Promise | str] = {
    Verdict.REFUSED: _("不能导入"),
    Verdict.ADDED: _("新增"),
    Verdict.CHANGED: _("改动"),
    Verdict.RETIRED: _("停用"),
    Verdict.UNCHANGED: _("不变"),
}
KINDS: dict[str, Promise | str] = {
    Kind.UNIT: _("单位"),
    Kind.POST: _("岗位"),
    Kind.PERSON: _("人员"),
    Kind.REGULATION: _("制度"),
    Kind.POWER: _("职权"),
    Kind.RISK: _("风险点"),
}
HOW: dict[str, Promise | str] = {
    How.EXACT: _("名称相同"),
    How.CHOSEN: _("已选定"),
    How.REMEMBERED: _("以前选定过"),
    How.ALIKE: _("名称近似"),
    How.ELSEWHERE: _("其他单位的岗位"),
    How.ONLY: _("您所在的单位"),
    How.BY_FILE: _("按文件名"),
    How.NEW: _("将新设"),
    How.LEFT: _("不采用"),
    How.UNKNOWN: _("没有找到"),
}
COLUMNS: dict[str, Promise | str] = {
    field: lazy(lambda meaning=meaning: meaning.in_(language_now()), str)()
    for field, meaning in MEANINGS.items()
}
# fields of a change that other rooms have no word for
CHANGED: dict[str, Promise | str] = {
    "name": _("名称"),
    "category": _("类别"),
    "kind": _("权力种类"),
    "people": _("人员"),
    "measure": _("措施"),
    "step": _("环节"),
    "order": _("次序"),
    "lane": _("承担者"),
    "days": _("时限（工作日）"),
    "arrows": _("去向"),
}
JOBS: dict[str, Promise | str] = {
    "intake.read": _("读取表格"),
    "intake.apply": _("导入表格"),
}
OUTCOMES: dict[str, Promise | str] = {
    "intake.read": _("已读取“%(name)s”，请看预览。"),
    "intake.applied": _("已导入 %(files)s 份表：新增 %(added)s 项，改动 %(changed)s 项。"),
}
