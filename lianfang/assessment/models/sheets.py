"""A year's check with its sheets, and one filled sheet for each unit and person in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.org.models import Organisation, Person, Post, Unit

_LOGIN = settings.AUTH_USER_MODEL


class Assessment(models.Model):
    """The yearly check of an organisation (年度检查考核).

    `sheets` are the scheme's, as the office changed them until it was opened; from then on they
    stay with the version of the scheme. Source: 质检认纪〔2012〕1号 五（七）1.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("assessment", "拟订中")
        OPEN = "open", pgettext_lazy("assessment", "考核中")
        CONFIRMED = "confirmed", pgettext_lazy("assessment", "已审定")
        PUBLISHED = "published", pgettext_lazy("assessment", "已通报")

    class Scope(models.TextChoices):
        LEADERSHIP = "leadership", _("领导班子和领导小组")
        HEADS = "heads", _("领导班子、领导小组和各单位负责人")
        EVERYBODY = "everybody", _("全体人员")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    scheme_version = models.CharField(_("方案版本"), max_length=20)
    # a list of the scheme's sheets
    sheets = models.JSONField(_("考核表"))
    drafted_at = models.DateTimeField(_("拟订于"))
    drafted_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    opened_on = models.DateField(_("开始日期"), null=True, blank=True)
    self_until = models.DateField(_("自评截止日期"), null=True, blank=True)
    confirmed_on = models.DateField(_("审定日期"), null=True, blank=True)
    published_on = models.DateField(_("通报日期"), null=True, blank=True)
    scope = models.CharField(_("通报范围"), max_length=12, choices=Scope, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("年度检查考核")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="assessment_once_a_year"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opened_on__isnull=False, self_until__isnull=False),
                name="assessment_opened_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | (Q(published_on__isnull=False) & ~Q(scope="")),
                name="assessment_published_to_a_scope",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class AssessedSheet(models.Model):
    """The sheet of a unit, or of a person in a post, in a year's check (考核表).

    `score` is there once all three have given their points; `band` is the scheme's code, with
    the cap taken in. Source: 质检认纪〔2012〕1号 五（七）1.
    """

    class Kind(models.TextChoices):
        UNIT = "units", _("单位考核表")
        PERSON = "persons", _("个人考核表")

    class Step(models.TextChoices):
        SELF = "self", _("待自评")
        OFFICE = "office", _("待考核组评")
        LEADERSHIP = "leadership", _("待班子评")
        SCORED = "scored", _("待审定")
        CONFIRMED = "confirmed", _("已审定")
        LEFT_OUT = "left_out", _("不参加考核")

    class Assessor(models.TextChoices):
        DISCIPLINE_OFFICE = "discipline_office", _("纪检监察室")
        DISCIPLINE_OVERSIGHT = "discipline_oversight", _("对纪检监察室的监督机构")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="assessed")
    kind = models.CharField(_("种类"), max_length=8, choices=Kind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # that of the post when the check was opened; of a person only
    level = models.CharField(_("岗位等级"), max_length=20, blank=True)
    assessor = models.CharField(_("考核机构"), max_length=24, choices=Assessor)
    step = models.CharField(_("环节"), max_length=10, choices=Step, default=Step.SELF)
    returned_for = models.CharField(_("退回意见"), max_length=400, blank=True)
    left_out_for = models.CharField(_("不参加考核的理由"), max_length=300, blank=True)
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=2, null=True, blank=True)
    band = models.CharField(_("等次"), max_length=20, blank=True)
    cap = models.CharField(_("等次限制"), max_length=40, blank=True)
    cap_reason = models.CharField(_("限制等次的事实"), max_length=400, blank=True)
    scored_on = models.DateField(_("评分日期"), null=True, blank=True)
    objections_until = models.DateField(_("异议截止日期"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("审定于"), null=True, blank=True)
    confirmed_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("考核表")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "unit"],
                condition=Q(kind="units"),
                name="assessment_sheet_once_per_unit",
            ),
            models.UniqueConstraint(
                fields=["assessment", "person"],
                condition=Q(kind="persons"),
                name="assessment_sheet_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(kind="units", person=None, post=None)
                | Q(kind="persons", person__isnull=False, post__isnull=False),
                name="assessment_sheet_of_a_unit_or_person",
            ),
            models.CheckConstraint(
                condition=~Q(step__in=["scored", "confirmed"])
                | (Q(score__isnull=False) & ~Q(band="")),
                name="assessment_sheet_scored_whole",
            ),
            models.CheckConstraint(
                condition=~Q(step="left_out") | ~Q(left_out_for=""),
                name="assessment_sheet_left_out_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(cap="") | ~Q(cap_reason=""), name="assessment_cap_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["assessment", "kind", "step"], name="assessment_by_step"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id or self.unit_id}"
