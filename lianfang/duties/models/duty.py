"""What somebody owes: from a level, an appointment, a measure, the plan, an alert or a draw."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianfang.duties.models.measures import MeasureInForce
from lianfang.org.models import Organisation, Person, Post, Unit
from lianfang.risks.models import LevelOverride

_LOGIN = settings.AUTH_USER_MODEL


class Duty(models.Model):
    """A duty (履责义务): who owes what about whom, until when and why, and what became of it.

    `ground` and `period` are its key. `actor` is a person, empty where a body acts. What the
    rules work out stands in the columns that `rules.values.Wanted` has as well.
    Source: 质检认纪〔2012〕1号 三, 五（五）.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待履行")
        DONE = "done", _("已履行")
        WAIVED = "waived", _("已免除")
        LAPSED = "lapsed", _("已失效")

    class Kind(models.TextChoices):
        TALK = "talk", _("廉政谈话")
        REPORT = "report", _("书面报告")
        INSPECTION = "inspection", _("监督检查")
        SURVEY = "survey", _("测评")
        STATEMENT = "statement", _("会议说明")
        DISCLOSURE = "disclosure", _("内部公开")
        ROTATION = "rotation", _("轮岗交流")
        VISIT = "visit", _("督促检查")
        UNIT_REPORT = "unit_report", _("单位报告")
        MEASURE = "measure", _("措施落实")
        LEARNING = "learning", _("廉政学习")

    class Origin(models.TextChoices):
        LEVEL = "level", _("岗位等级")
        APPOINTMENT = "appointment", _("任职")
        MEASURE = "measure", _("防控措施")
        PLAN = "plan", _("工作安排")
        ALERT = "alert", _("预警")
        DRAW = "draw", _("抽取")

    class ActorRole(models.TextChoices):
        HOLDER = "holder", _("岗位人员")
        CONTROL_OWNER = "control_owner", _("防控责任人")
        PORTFOLIO_LEADER = "portfolio_leader", _("分管领导")
        LEADERSHIP_HEAD = "leadership_head", _("班子主要负责人")
        LEADERSHIP = "leadership", _("领导班子")
        LEADING_GROUP = "leading_group", _("领导小组")
        LEADING_GROUP_OFFICE = "leading_group_office", _("领导小组办公室")
        DISCIPLINE_OFFICE = "discipline_office", _("纪检监察室")
        DISCIPLINE_OVERSIGHT = "discipline_oversight", _("对纪检监察室的监督机构")
        RESPONSIBLE_POST = "responsible_post", _("责任岗位")
        UNIT_HEAD = "unit_head", _("单位负责人")
        ORGANISATION = "organisation", _("本机构")
        SUPERIOR = "superior", _("上级机关")
        COMPETENT_BODY = "competent_body", _("有权机关")

    class Lapse(models.TextChoices):
        LEVEL = "level", _("岗位等级已改变")
        LEFT = "left", _("本人已不在该岗位")
        UNIT = "unit", _("单位已停用或尚无版本")
        MEASURE = "measure", _("措施已不在现行版本中")
        RULE = "rule", _("方案不再要求")
        DATES = "dates", _("依据的日期已改变")
        PASSED_ON = "passed_on", _("已转由他人办理")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ground = models.CharField(max_length=100)
    period = models.DateField()
    # the scheme's code of the rule, and its version in force when the duty was opened
    rule = models.CharField(_("规则"), max_length=40)
    scheme_version = models.CharField(max_length=20)
    kind = models.CharField(_("种类"), max_length=12, choices=Kind)
    origin = models.CharField(_("由来"), max_length=12, choices=Origin)
    clause = models.CharField(_("条款"), max_length=40)
    level = models.CharField(_("岗位等级"), max_length=20, blank=True)
    # about whom or what
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties_about",
        db_index=False,
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    measure = models.ForeignKey(
        MeasureInForce,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        db_index=False,
    )
    # who is to act
    actor_role = models.CharField(_("履行身份"), max_length=24, choices=ActorRole)
    actor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        db_index=False,
        verbose_name=_("履行人"),
    )
    opens_on = models.DateField(_("起"))
    due_on = models.DateField(_("期限"))
    # why: since when level and holder are there, and what gives the level
    level_since = models.DateField(_("等级起"), null=True, blank=True)
    held_since = models.DateField(_("任职起"), null=True, blank=True)
    edition = models.CharField(_("版本"), max_length=20, blank=True)
    override = models.ForeignKey(
        LevelOverride,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # of a statement; of learning
    form = models.CharField(_("说明形式"), max_length=40, blank=True)
    hours = models.FloatField(_("学时"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(_("产生于"))
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    closed_by = models.ForeignKey(
        _LOGIN, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    evidence = models.CharField(_("凭证"), max_length=500, blank=True)
    waived_reason = models.CharField(_("免除理由"), max_length=300, blank=True)
    lapse = models.CharField(_("失效原因"), max_length=10, choices=Lapse, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("履责义务")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "ground", "period"], name="duties_duty_once"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on")), name="duties_duty_opens_before_due"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="open", closed_on=None)
                    | (~Q(state="open") & Q(closed_on__isnull=False))
                ),
                name="duties_duty_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="waived") | ~Q(waived_reason=""),
                name="duties_duty_waived_for_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state="lapsed") & ~Q(lapse="")) | (~Q(state="lapsed") & Q(lapse="")),
                name="duties_duty_lapsed_for_a_reason",
            ),
        ]
        indexes = [
            # the desk of a person, and of a body
            models.Index(
                fields=["actor", "due_on"],
                condition=Q(state="open", actor__isnull=False),
                name="duties_open_of_actor",
            ),
            models.Index(
                fields=["organisation", "actor_role", "due_on"],
                condition=Q(state="open", actor=None),
                name="duties_open_of_body",
            ),
            # what falls due in an organisation: reminders, the nightly work
            models.Index(
                fields=["organisation", "due_on"],
                condition=Q(state="open"),
                name="duties_open_by_day",
            ),
            models.Index(fields=["unit", "due_on"], name="duties_of_unit"),
            models.Index(
                fields=["person", "due_on"],
                condition=Q(person__isnull=False),
                name="duties_about_person",
            ),
            models.Index(
                fields=["post", "due_on"], condition=Q(post__isnull=False), name="duties_of_post"
            ),
            models.Index(
                fields=["measure", "due_on"],
                condition=Q(measure__isnull=False),
                name="duties_of_measure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.period}"
