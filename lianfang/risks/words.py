"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "risks.register.applied": pgettext_lazy("log", "写入登记册"),
    "risks.register.exported": pgettext_lazy("log", "导出清册"),
    "risks.risk.classified": pgettext_lazy("log", "风险点归类"),
    "risks.finders.credited": pgettext_lazy("log", "登记查找人"),
    "risks.view.saved": pgettext_lazy("log", "存为视图"),
    "risks.view.deleted": pgettext_lazy("log", "删除视图"),
    "risks.risk.created": pgettext_lazy("log", "登记风险点"),
    "risks.risk.changed": pgettext_lazy("log", "修改风险点"),
    "risks.risk.rated": pgettext_lazy("log", "保存评定回答"),
    "risks.risk.retired": pgettext_lazy("log", "停用风险点"),
    "risks.level.proposed": pgettext_lazy("log", "提出等级"),
    "risks.level.endorsed": pgettext_lazy("log", "审核等级"),
    "risks.measure.added": pgettext_lazy("log", "新增措施"),
    "risks.measure.changed": pgettext_lazy("log", "修改措施"),
    "risks.measure.dropped": pgettext_lazy("log", "删去措施"),
    "risks.measures.sorted": pgettext_lazy("log", "措施分阶段"),
    "risks.draft.deleted": pgettext_lazy("log", "删除草稿"),
    "risks.draft.restored": pgettext_lazy("log", "恢复草稿"),
    "risks.participation.taken": pgettext_lazy("log", "参与风险查找"),
    "risks.participation.renewed": pgettext_lazy("log", "重新查找风险"),
}
FIELDS: dict[str, Promise | str] = {
    "format": _("格式"),
    "rows": _("条数"),
    "asked": _("筛选条件"),
    "view": _("视图名称"),
    "code": _("编号"),
    "title": _("风险点"),
    "about": _("所属对象"),
    "posts": _("承担岗位"),
    "bases": _("行使依据"),
    "steps": _("流程"),
    "manifestations": _("表现形式"),
    "aspects": _("风险方面"),
    "focus": _("重点领域"),
    "answers": _("评定回答"),
    "computed": _("计算等级"),
    "residual": _("剩余等级"),
    "proposed": _("提出等级"),
    "level": _("提出等级"),
    "confirmed": _("确认等级"),
    "reason": _("提出理由"),
    "endorsed": _("审核等级"),
    "endorsed_reason": _("审核理由"),
    "retired_on": _("停用日期"),
    "retired_reason": _("停用原因"),
    "measure": _("措施编号"),
    "measures": _("防控措施"),
    "text": _("措施"),
    "phase": _("阶段"),
    "post": _("岗位"),
    "responsible": _("责任人（原文）"),
    "frequency": _("频次"),
    "due_on": _("完成日期"),
    "evidence": _("凭证"),
    "method": _("方法"),
    "indicator": _("指标"),
    "regulation": _("依据或待立的制度"),
    "asks_rule": _("要求建章立制"),
    "found_on": _("查找日期"),
    "scores": _("评定回答"),
    "unit": _("单位"),
    "id": _("编号"),
    "extras": _("其他栏目"),
    "person": _("人员"),
    "year": _("年度"),
    "seen": _("可能有风险的问题数"),
    "statement": _("说明"),
}
_LEVELS: dict[str, Promise | str] = {
    "high": pgettext_lazy("level", "高"),
    "medium": pgettext_lazy("level", "中"),
    "low": pgettext_lazy("level", "低"),
}
# codes that stand as values of a field
VALUES: dict[str, dict[str, Promise | str]] = {
    **dict.fromkeys(
        ("computed", "residual", "proposed", "level", "endorsed", "confirmed"), _LEVELS
    ),
    "phase": {
        "early": _("前期预防"),
        "during": _("中期监控"),
        "after": _("后期处置"),
    },
}
