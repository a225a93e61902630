"""Where somebody may go: the groups of the sidebar, as data in the order of the pipeline.

A new room is one `Group` here; a new page one `Entry`. What a person may not open is absent. An
entry whose address does not exist is absent too, so that a room may be switched off. One long
table, to be read from top to bottom as the sidebar is.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.cycles.access import may_collect
from lianfang.org.rules.roles import Role
from lianfang.overview.access import may_look
from lianfang.shell.places import Entry, Group, anybody, drafts, either, knows_staff, roles, staff

GROUPS = (
    Group(label=_("我的工作台"), icon="desk", page="shell:desk"),
    Group(
        label=_("我的责任"),
        icon="duty",
        page="org:responsibility",
        may=staff,
    ),
    Group(
        label=_("清权确权"),
        icon="power",
        entries=(
            Entry(
                label=_("职权目录"), page="powers:catalogue", may=staff, covers=("powers:power",)
            ),
            Entry(label=_("岗责矩阵"), page="powers:matrix", may=staff),
            Entry(
                label=_("制度库"),
                page="powers:regulations",
                may=staff,
                covers=("powers:regulation",),
            ),
            Entry(label=_("职权图"), page="powers:map", may=staff),
        ),
    ),
    Group(
        label=_("风险防控"),
        icon="risk",
        covers=("risks:", "intake:"),
        entries=(
            Entry(
                label=_("风险清册"),
                page="risks:register",
                may=staff,
                covers=("risks:",),
            ),
            Entry(label=_("导入表格"), page="intake:deliveries", may=drafts, covers=("intake:",)),
            Entry(label=_("风险分布"), page="risks:heat", may=staff),
            Entry(
                label=_("风险查找"),
                page="risks:finding",
                may=staff,
                covers=("risks:finding", "risks:participation"),
            ),
            Entry(
                label=_("等级评定"),
                page="risks:rating",
                may=staff,
                covers=("risks:risk-rate", "risks:risk-endorse", "risks:rate"),
            ),
            Entry(
                label=_("岗位等级"),
                page="risks:levels",
                may=staff,
                covers=("risks:levels-", "duties:levels-"),
            ),
            Entry(label=_("年度复核"), page="risks:reviews", may=staff, covers=("risks:reviews",)),
            Entry(label=_("措施整理"), page="risks:sorting", may=staff),
            Entry(
                label=_("检查意见"), page="risks:own-checks", may=staff, covers=("risks:checks",)
            ),
        ),
    ),
    Group(
        label=_("编制审核"),
        icon="edit",
        covers=("cycles:",),
        entries=(
            Entry(
                label=_("年度工作"),
                page="cycles:board",
                may=staff,
                covers=(
                    "cycles:board",
                    "cycles:filing",
                    "cycles:stage",
                    "cycles:remark",
                    "cycles:statistics",
                    "cycles:unit",
                    "cycles:open",
                    "cycles:collect",
                    # where it has no entry of its own
                    "cycles:rev",
                ),
            ),
            Entry(
                label=_("审核"),
                page="cycles:reviews",
                may=roles(Role.LEADING_GROUP_OFFICE),
                covers=("cycles:review",),
            ),
            Entry(
                label=_("征求意见"),
                page="cycles:consultations",
                may=staff,
                covers=("cycles:consult", "cycles:comment"),
            ),
            Entry(
                label=_("审议会议"),
                page="cycles:meetings-now",
                may=staff,
                covers=("cycles:meeting",),
            ),
            Entry(
                label=_("动态调整"),
                page="cycles:revisions",
                may=staff,
                covers=("cycles:revision", "cycles:proposal"),
            ),
            Entry(
                label=pgettext_lazy("list", "版本"),
                page="cycles:editions",
                may=staff,
                covers=("cycles:edition", "cycles:publish"),
            ),
            Entry(
                label=_("公文档案"),
                page="shell:archive",
                may=staff,
                covers=("shell:archive", "shell:paper"),
            ),
            Entry(
                label=_("运行评价"),
                page="cycles:running-review-now",
                may=staff,
                covers=("cycles:running-review", "cycles:task"),
            ),
        ),
    ),
    Group(
        label=_("履责"),
        icon="check",
        entries=(
            Entry(
                label=_("履责任务"),
                page="duties:duties",
                may=staff,
                covers=("duties:duty", "duties:evidence", "duties:reminders"),
            ),
            Entry(label=_("谈话"), page="duties:talks", may=staff, covers=("duties:talk",)),
            Entry(
                label=pgettext_lazy("menu", "书面报告"),
                page="duties:reports",
                may=staff,
                covers=("duties:report",),
            ),
            Entry(label=_("公开与说明"), page="duties:statements", may=staff),
            Entry(
                label=pgettext_lazy("menu", "措施落实"),
                page="duties:measures",
                may=staff,
                covers=("duties:measures",),
            ),
            Entry(
                label=pgettext_lazy("menu", "轮岗"),
                page="duties:rotation",
                may=staff,
                covers=("duties:rotation",),
            ),
            Entry(
                label=pgettext_lazy("menu", "测评"),
                page="surveys:surveys",
                may=staff,
                covers=("surveys:",),
            ),
        ),
    ),
    Group(
        label=pgettext_lazy("menu", "监督检查"),
        icon="eye",
        covers=("inspections:",),
        entries=(
            Entry(
                label=_("检查工作台"),
                page="inspections:workbench",
                may=roles(Role.DISCIPLINE_OFFICE, Role.DISCIPLINE_OVERSIGHT),
            ),
            Entry(
                label=pgettext_lazy("menu", "检查清单"),
                page="inspections:inspections",
                may=staff,
                covers=("inspections:record",),
            ),
            Entry(
                label=_("问题整改"),
                page="inspections:findings",
                may=staff,
                covers=("inspections:finding",),
            ),
            Entry(
                label=pgettext_lazy("menu", "抽取"),
                page="inspections:draws",
                may=staff,
                covers=("inspections:draw", "inspections:sheet"),
            ),
        ),
    ),
    Group(
        label=_("预警处置"),
        icon="alert",
        covers=("alerts:", "leads:", "casework:"),
        entries=(
            Entry(
                label=_("预警看板"),
                page="alerts:board",
                may=staff,
                covers=("alerts:alert", "alerts:record", "alerts:letter", "alerts:triage"),
            ),
            Entry(label=_("预警清单"), page="alerts:list", may=staff),
            Entry(
                label=_("单位预警颜色"),
                page="alerts:units",
                may=roles(
                    Role.UNIT_HEAD,
                    Role.PORTFOLIO_LEADER,
                    Role.LEADERSHIP,
                    Role.LEADERSHIP_HEAD,
                    Role.DISCIPLINE_OFFICE,
                ),
                covers=("alerts:unit",),
            ),
            Entry(
                label=_("举报受理"),
                page="casework:reports",
                may=roles(Role.DISCIPLINE_OFFICE),
                covers=("casework:",),
            ),
            Entry(
                label=_("举报见证"),
                page="casework:witnessing",
                may=roles(Role.DISCIPLINE_OVERSIGHT),
                covers=("casework:",),
            ),
            Entry(
                label=_("问题线索"),
                page="leads:leads",
                may=roles(Role.DISCIPLINE_OFFICE, Role.DISCIPLINE_OVERSIGHT),
                covers=("leads:",),
            ),
        ),
    ),
    Group(
        label=_("廉政教育"),
        icon="book",
        covers=("learning:",),
        entries=(
            Entry(
                label=_("我的学习"), page="learning:mine", may=staff, covers=("learning:sign-in",)
            ),
            Entry(label=_("学习计划"), page="learning:plan", may=staff, covers=("learning:plan",)),
            Entry(
                label=_("学习活动"),
                page="learning:activities",
                may=staff,
                covers=(
                    "learning:activit",
                    "learning:material",
                    "learning:quiz",
                    "learning:attendance",
                ),
            ),
            Entry(label=_("警示案例"), page="learning:cases", may=staff, covers=("learning:case",)),
            Entry(
                label=_("学时统计"),
                page="learning:units",
                may=staff,
                covers=("learning:record", "learning:certify", "learning:unit"),
            ),
        ),
    ),
    Group(
        label=_("检查考核"),
        icon="chart",
        covers=("assessment:",),
        entries=(
            Entry(
                label=_("年度考核"),
                page="assessment:board",
                may=staff,
                covers=(
                    "assessment:asked",
                    "assessment:item",
                    "assessment:open",
                    "assessment:people",
                    "assessment:score",
                    "assessment:sheet",
                    "assessment:figure",
                    "assessment:confirm",
                    "assessment:publish",
                    "assessment:results",
                    "assessment:task",
                ),
            ),
            Entry(
                label=_("责任追究"),
                page="assessment:matters",
                may=staff,
                covers=(
                    "assessment:matter",
                    "assessment:candidate",
                    "assessment:hear",
                    "assessment:decide",
                    "assessment:dismiss",
                    "assessment:appeal",
                    "assessment:close",
                ),
            ),
        ),
    ),
    Group(
        label=_("监督分析"),
        icon="chart",
        entries=(
            Entry(
                label=_("领导总览"),
                page="overview:overview",
                may=may_look,
                covers=("overview:",),
            ),
        ),
    ),
    Group(
        label=pgettext_lazy("menu", "公开"),
        icon="globe",
        entries=(
            Entry(label=_("职权公开目录"), page="public:catalogue", may=staff),
            Entry(
                label=_("公开目录管理"),
                page="disclosure:preview",
                may=may_collect,
                covers=("disclosure:",),
            ),
        ),
    ),
    Group(
        label=_("组织机构"),
        icon="org",
        entries=(
            Entry(
                label=_("单位和岗位"),
                page="org:tree",
                may=knows_staff,
                covers=("org:unit", "org:post", "duties:appoint", "org:portfolio"),
            ),
            Entry(
                label=pgettext_lazy("menu", "人员"),
                page="org:people",
                may=knows_staff,
                covers=("org:person", "org:qualification", "org:kinship"),
            ),
            Entry(
                label=_("领导小组和机构"),
                page="org:bodies",
                may=knows_staff,
                covers=("org:body", "org:member"),
            ),
            Entry(
                label=_("工作日历"),
                page="org:calendar",
                may=either(staff, roles(Role.SYSTEM_ADMINISTRATOR)),
                covers=("org:calendar",),
            ),
            Entry(
                label=_("方案与数值"),
                page="org:numbers",
                may=staff,
                covers=("org:number", "org:term"),
            ),
            Entry(
                label=_("导入名册"),
                page="org:imports",
                may=roles(Role.SYSTEM_ADMINISTRATOR),
                covers=("org:import",),
            ),
            Entry(
                label=_("通知渠道"),
                page="shell:channels",
                may=roles(Role.SYSTEM_ADMINISTRATOR),
                covers=("shell:channel",),
            ),
            Entry(
                label=_("举报设置"),
                page="portal:setup",
                may=roles(Role.SYSTEM_ADMINISTRATOR),
            ),
            Entry(
                label=_("登录"),
                page="org:logins",
                may=roles(Role.SECURITY_ADMINISTRATOR),
                covers=("org:login",),
            ),
        ),
    ),
    Group(
        label=_("审计日志"),
        icon="log",
        page="shell:log",
        may=roles(Role.AUDIT_ADMINISTRATOR),
        covers=("shell:event",),
    ),
    Group(label=_("后台任务"), icon="clock", page="shell:jobs", covers=("shell:job",)),
    Group(label=_("方案条款"), icon="book", page="shell:clause"),
)
TABS = (
    Entry(label=_("工作台"), page="shell:desk", may=anybody),
    Entry(label=_("责任"), page="org:responsibility", may=staff),
    Entry(label=_("日志"), page="shell:log", may=roles(Role.AUDIT_ADMINISTRATOR)),
    Entry(label=_("机构"), page="org:tree", may=knows_staff, covers=("org:",)),
    Entry(label=_("查找"), page="shell:search", may=anybody),
)
TAB_ICONS = {
    "shell:desk": "desk",
    "org:responsibility": "duty",
    "shell:log": "log",
    "org:tree": "org",
    "shell:search": "search",
}
