"""What each group of pages is for: data alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Promise | str


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A group of pages; `room` is the first part of their names."""

    room: str
    title: Words
    says: Words
    pages: tuple[str, ...]


TOPICS: tuple[Topic, ...] = (
    Topic(
        room="shell",
        title=_("工作台、查找和通知"),
        says=_("该做的事按日期排在工作台；按 / 查找，按 Ctrl K 打开命令面板。"),
        pages=(
            "shell:desk",
            "shell:calendar",
            "shell:notices",
            "shell:archive",
        ),
    ),
    Topic(
        room="powers",
        title=_("清权确权"),
        says=_("先有职权、依据和岗位，再谈风险。"),
        pages=(
            "powers:catalogue",
            "powers:matrix",
            "powers:regulations",
            "powers:map",
        ),
    ),
    Topic(
        room="risks",
        title=_("风险防控"),
        says=_("查找、评定、写措施、复核，都在清册里。"),
        pages=(
            "risks:register",
            "risks:finding",
            "risks:rating",
            "risks:levels",
        ),
    ),
    Topic(
        room="intake",
        title=_("导入表格"),
        says=_("上传、核对、写入；写错了可以撤销。"),
        pages=("intake:deliveries",),
    ),
    Topic(
        room="cycles",
        title=_("年度工作"),
        says=_("五个阶段，每个单位一份填报，审议后发布为版本。"),
        pages=(
            "cycles:board",
            "cycles:reviews",
            "cycles:consultations",
            "cycles:editions",
        ),
    ),
    Topic(
        room="duties",
        title=_("履责"),
        says=_("任务由等级和任职产生，不能删除，只能履行或说明理由免除。"),
        pages=(
            "duties:duties",
            "duties:talks",
            "duties:reports",
            "duties:measures",
        ),
    ),
    Topic(
        room="surveys",
        title=_("测评"),
        says=_("答卷不记名，少于五人不出结果。"),
        pages=("surveys:surveys",),
    ),
    Topic(
        room="inspections",
        title=_("监督检查"),
        says=_("抽取可以重新计算；问题整改后由检查机构销号。"),
        pages=(
            "inspections:inspections",
            "inspections:findings",
            "inspections:draws",
        ),
    ),
    Topic(
        room="alerts",
        title=_("预警处置"),
        says=_("苗头登记后按规则分流；被反映的人看不到；错的注销，不删除。"),
        pages=(
            "alerts:board",
            "alerts:list",
        ),
    ),
    Topic(
        room="casework",
        title=_("举报"),
        says=_("来信在发信人的浏览器里加密，只有受理人的钥匙能打开。"),
        pages=(
            "casework:reports",
            "casework:witnessing",
        ),
    ),
    Topic(
        room="leads",
        title=_("问题线索"),
        says=_("限知：只有办理的人看得到，每次查看都有记录。"),
        pages=("leads:leads",),
    ),
    Topic(
        room="assessment",
        title=_("检查考核"),
        says=_("数字由记录得出；自评、考核组评、班子评，异议有答复。"),
        pages=(
            "assessment:board",
            "assessment:matters",
        ),
    ),
    Topic(
        room="overview",
        title=_("领导总览"),
        says=_("只统计看的人有权知道的。"),
        pages=("overview:overview",),
    ),
    Topic(
        room="public",
        title=_("公开"),
        says=_("已发布版本里可以公开的职权，不登录也能看。"),
        pages=(
            "public:catalogue",
            "portal:start",
        ),
    ),
    Topic(
        room="learning",
        title=_("廉政教育"),
        says=_("学时按岗位等级；签到、测验、案例都算记录。"),
        pages=(
            "learning:mine",
            "learning:plan",
            "learning:activities",
            "learning:cases",
        ),
    ),
    Topic(
        room="org",
        title=_("组织机构"),
        says=_("单位、岗位、任职和分管都有日期，责任链由此算出。"),
        pages=(
            "org:tree",
            "org:people",
            "org:bodies",
            "org:calendar",
        ),
    ),
    Topic(
        room="accounts",
        title=_("账户"),
        says=_("密码、第二因素、登录过的设备和语言。"),
        pages=("accounts:home",),
    ),
)
