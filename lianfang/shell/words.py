"""What every room calls the actions and fields of the log, jobs and notices: merged, explicitly."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.accounts import words as accounts
from lianfang.alerts import words as alerts
from lianfang.assessment import words as assessment
from lianfang.audit import words as audit
from lianfang.casework import words as casework
from lianfang.cycles import words as cycles
from lianfang.duties import words as duties
from lianfang.files import words as files
from lianfang.inspections import words as inspections
from lianfang.intake import words as intake
from lianfang.jobs import words as jobs
from lianfang.leads import words as leads
from lianfang.learning import words as learning
from lianfang.notices import words as notices
from lianfang.org import words as org
from lianfang.portal import words as portal
from lianfang.powers import words as powers
from lianfang.public import words as public
from lianfang.risks import words as risks
from lianfang.surveys import words as surveys

Words = dict[str, Promise | str]

# the first part of an action's name -> what the room is called
ROOMS: Words = {
    "casework": _("举报受理"),
    "alerts": _("预警处置"),
    "assessment": _("检查考核"),
    "cycles": _("年度工作"),
    "duties": _("履责"),
    "surveys": _("测评"),
    "inspections": _("监督检查"),
    "intake": _("导入表格"),
    "leads": _("问题线索"),
    "learning": _("廉政教育"),
    "org": _("组织机构"),
    "portal": _("举报入口"),
    "powers": _("职权"),
    "public": _("公开目录"),
    "risks": _("风险防控"),
    "accounts": _("登录"),
    "files": _("文件"),
    "jobs": _("后台任务"),
    "notices": _("通知"),
    "audit": _("审计日志"),
}
ACTIONS: Words = {
    **casework.ACTIONS,
    **alerts.ACTIONS,
    **assessment.ACTIONS,
    **cycles.ACTIONS,
    **duties.ACTIONS,
    **surveys.ACTIONS,
    **inspections.ACTIONS,
    **intake.ACTIONS,
    **leads.ACTIONS,
    **learning.ACTIONS,
    **org.ACTIONS,
    **portal.ACTIONS,
    **powers.ACTIONS,
    **public.ACTIONS,
    **risks.ACTIONS,
    **accounts.ACTIONS,
    **files.ACTIONS,
    **jobs.ACTIONS,
    **notices.ACTIONS,
    **audit.ACTIONS,
}
# One name may mean different things in different rooms.
FIELDS: dict[str, Words] = {
    "casework": casework.FIELDS,
    "alerts": alerts.FIELDS,
    "assessment": assessment.FIELDS,
    "cycles": cycles.FIELDS,
    "duties": duties.FIELDS,
    "surveys": surveys.FIELDS,
    "inspections": inspections.FIELDS,
    "intake": intake.FIELDS,
    "leads": leads.FIELDS,
    "learning": learning.FIELDS,
    "org": org.FIELDS,
    "portal": portal.FIELDS,
    "powers": powers.FIELDS,
    "public": public.FIELDS,
    "risks": risks.FIELDS,
    "accounts": accounts.FIELDS,
    "files": files.FIELDS,
    "jobs": jobs.FIELDS,
    "notices": notices.FIELDS,
    "audit": audit.FIELDS,
}
# codes that stand as values of a field and are no choices of its model
VALUES: dict[str, Words] = {
    **assessment.VALUES,
    "how": accounts.HOW,
    "proof": accounts.PROOFS,
    "category": powers.CATEGORIES,
    "matters": powers.MATTERS,
    "outcome": alerts.OUTCOMES,
    **risks.VALUES,
    "levels": risks.VALUES["level"],
    **learning.VALUES,
}
JOBS: Words = {"audit.verify": _("核对审计日志"), **org.JOBS, **intake.JOBS, **cycles.JOBS}
OUTCOMES: Words = {
    **jobs.OUTCOMES,
    **org.OUTCOMES,
    **cycles.OUTCOMES,
    **intake.OUTCOMES,
    "audit.whole": _("日志完整：%(events)s 条全部重新计算，与树顶一致。根摘要 %(root)s。"),
}
NOTICES: Words = {**notices.KINDS}


def action_word(code: str) -> Promise | str:
    """Return what an action is called; the code itself for one that no room knows any more."""
    return ACTIONS.get(code, code)


def field_word(action: str, name: str, label: Promise | str = "", room: str = "") -> Promise | str:
    """Return what a field of its model's `room`, else of the action's room, is called.

    Else `label`, the model's own word; else its name.
    """
    own, acting = FIELDS.get(room, {}), FIELDS.get(action.partition(".")[0], {})
    return own.get(name) or acting.get(name) or label or FIELDS["audit"].get(name, name)
