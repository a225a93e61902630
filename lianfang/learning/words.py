"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.learning.models import Attendance

ACTIONS: dict[str, Promise | str] = {
    "learning.plan.written": pgettext_lazy("log", "编写学习计划"),
    "learning.plan.published": pgettext_lazy("log", "发布学习计划"),
    "learning.activity.planned": pgettext_lazy("log", "安排学习活动"),
    "learning.activity.changed": pgettext_lazy("log", "修改学习活动"),
    "learning.activity.opened": pgettext_lazy("log", "开放学习活动"),
    "learning.activity.held": pgettext_lazy("log", "结束学习活动"),
    "learning.activity.cancelled": pgettext_lazy("log", "取消学习活动"),
    "learning.activity.shown": pgettext_lazy("log", "设置学习活动公开"),
    "learning.material.added": pgettext_lazy("log", "添加学习资料"),
    "learning.material.dropped": pgettext_lazy("log", "移除学习资料"),
    "learning.case.written": pgettext_lazy("log", "编写警示案例"),
    "learning.case.changed": pgettext_lazy("log", "修改警示案例"),
    "learning.case.published": pgettext_lazy("log", "发布警示案例"),
    "learning.case.read": pgettext_lazy("log", "阅知警示案例"),
    "learning.quiz.written": pgettext_lazy("log", "编写测验"),
    "learning.quiz.taken": pgettext_lazy("log", "参加测验"),
    "learning.attendance.noted": pgettext_lazy("log", "登记参加学习"),
    "learning.attendance.undone": pgettext_lazy("log", "撤销参加学习"),
    "learning.certificate.issued": pgettext_lazy("log", "出具学习证明"),
}
FIELDS: dict[str, Promise | str] = {
    "year": _("年份"),
    "aim": _("总体要求"),
    "hours_high": _("高等级计划学时"),
    "hours_medium": _("中等级计划学时"),
    "hours_low": _("低等级计划学时"),
    "hours_unrated": _("未评岗位计划学时"),
    "unit": _("组织单位"),
    "title": _("主题"),
    "kind": _("形式"),
    "starts_at": _("开始"),
    "ends_at": _("结束"),
    "place": _("地点"),
    "trainer": _("主讲人"),
    "hours": _("学时"),
    "about": pgettext_lazy("learning", "内容"),
    "levels": _("面向等级"),
    "units": _("面向单位"),
    "case": _("警示案例"),
    "people": _("参加人数"),
    "cancelled_reason": _("取消原因"),
    "is_public": _("对外公开"),
    "url": _("链接"),
    "file_digest": _("文件摘要"),
    "text": _("案情"),
    "lesson": _("警示"),
    "source": _("来源"),
    "aspects": _("风险方面"),
    "focus": _("重点领域"),
    "categories": _("职权类别"),
    "person": _("人员"),
    "questions": _("题数"),
    "pass_mark": _("合格线（%）"),
    "tries": _("可答次数"),
    "score": _("得分"),
    "passed": _("合格"),
    "way": _("方式"),
    "undone_reason": _("撤销原因"),
    "mark": _("编号"),
}
VALUES: dict[str, dict[str, Promise | str]] = {
    "way": dict(Attendance.Way.choices),
}
