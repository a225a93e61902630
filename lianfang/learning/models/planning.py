"""The plan of a year by level, its activities, and what they work with."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.files.models import Attachment
from lianfang.learning.models.cases import WarningCase
from lianfang.learning.rules import states
from lianfang.learning.rules.hours import MOST, STEP
from lianfang.org.models import Organisation, Unit

_LOGIN = settings.AUTH_USER_MODEL


class LearningPlan(models.Model):
    """What an organisation means to learn in a year (学习计划); a draft is its organisers'."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年份"))
    aim = models.TextField(_("总体要求"), max_length=2_000)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(_("发布于"), null=True, blank=True)
    published_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("学习计划")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], name="learning_plan_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | Q(state="published", published_at__isnull=False),
                name="learning_plan_published_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class PlannedLevel(models.Model):
    """What holders of posts of a level are to learn in the year (分级安排); empty: not rated."""

    plan = models.ForeignKey(LearningPlan, on_delete=models.CASCADE, related_name="levels")
    level = models.CharField(_("岗位等级"), max_length=20, blank=True)
    hours = models.FloatField(
        _("计划学时"), validators=[MinValueValidator(0.0), MaxValueValidator(200.0)]
    )
    topics = models.TextField(_("学习内容"), max_length=1_000, blank=True)

    class Meta:
        verbose_name = _("分级安排")
        constraints = [
            models.UniqueConstraint(fields=["plan", "level"], name="learning_level_once_a_plan"),
            models.CheckConstraint(
                condition=Q(hours__gte=0), name="learning_level_hours_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.level}"


class Activity(models.Model):
    """Something to learn by (学习活动): a lecture, a case study, a visit, reading, a course online.

    It is for whoever holds a post of one of `levels`, in one of `units` or below them, that `case`
    warns; what is empty excludes nobody. `unit` organises it, None: the whole organisation's.
    """

    class Kind(models.TextChoices):
        LECTURE = "lecture", _("专题讲座")
        CASE_STUDY = "case_study", _("案例警示")
        VISIT = "visit", _("参观教育")
        READING = "reading", _("自学阅读")
        ONLINE = "online", _("网络课程")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("learning", "待举办")
        OPEN = "open", pgettext_lazy("learning", "进行中")
        HELD = "held", pgettext_lazy("learning", "已举办")
        CANCELLED = "cancelled", pgettext_lazy("learning", "已取消")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    plan = models.ForeignKey(LearningPlan, on_delete=models.PROTECT, related_name="activities")
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("组织单位"),
    )
    title = models.CharField(_("主题"), max_length=120)
    kind = models.CharField(_("形式"), max_length=12, choices=Kind)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PLANNED)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    trainer = models.CharField(_("主讲人"), max_length=120, blank=True)
    hours = models.FloatField(
        _("学时"), validators=[MinValueValidator(STEP), MaxValueValidator(MOST)]
    )
    about = models.TextField(pgettext_lazy("learning", "内容"), max_length=2_000, blank=True)
    levels = models.JSONField(_("面向等级"), default=list)
    units = models.ManyToManyField(Unit, related_name="+", verbose_name=_("面向单位"), blank=True)
    case = models.ForeignKey(
        WarningCase,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("警示案例"),
    )
    is_public = models.BooleanField(_("对外公开"), default=False)
    # what the codes on the screen follow from; gone when it is over
    secret = models.CharField(max_length=64, blank=True)
    cancelled_reason = models.CharField(_("取消原因"), max_length=300, blank=True)
    made_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("学习活动")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="learning_activity_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=STEP) & Q(hours__lte=MOST),
                name="learning_activity_hours_within_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(cancelled_reason=""))
                | (~Q(state="cancelled") & Q(cancelled_reason="")),
                name="learning_activity_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state="open") & ~Q(secret="")) | (~Q(state="open") & Q(secret="")),
                name="learning_activity_open_with_a_secret",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "state", "starts_at"], name="learning_activity_listed"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_remote(self) -> bool:
        """Whether it is done at one's desk, over some days."""
        return states.is_remote(self.kind)


class Material(models.Model):
    """What an activity works with (学习资料): a file, a link, or a warning case."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("名称"), max_length=120)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    url = models.URLField(_("链接"), max_length=500, blank=True)
    case = models.ForeignKey(
        WarningCase, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("学习资料")
        constraints = [
            models.CheckConstraint(
                condition=(Q(attachment__isnull=False) & Q(url="", case=None))
                | (Q(attachment=None, case=None) & ~Q(url=""))
                | (Q(case__isnull=False) & Q(attachment=None, url="")),
                name="learning_material_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title
