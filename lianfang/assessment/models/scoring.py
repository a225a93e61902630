"""What is said of a sheet: points, what was added and taken off, visits, figures, objections."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.assessment.models.sheets import AssessedSheet
from lianfang.files.models import Attachment
from lianfang.org.models import Person

_LOGIN = settings.AUTH_USER_MODEL


class ItemScore(models.Model):
    """The points one party gives an item of a sheet, with why and by what evidence (逐项评分)."""

    class Party(models.TextChoices):
        SELF = "self", pgettext_lazy("party", "自评")
        OFFICE = "office", pgettext_lazy("party", "考核组评")
        LEADERSHIP = "leadership", pgettext_lazy("party", "班子评")

    sheet = models.ForeignKey(AssessedSheet, on_delete=models.PROTECT, related_name="scores")
    item = models.CharField(max_length=40)
    party = models.CharField(_("评分方"), max_length=10, choices=Party)
    points = models.DecimalField(_("分数"), max_digits=4, decimal_places=1)
    remark = models.CharField(_("说明"), max_length=400, blank=True)
    evidence = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("逐项评分")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "item", "party"], name="assessment_points_once"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=100), name="assessment_points_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.item} {self.party}"


class FrozenFigure(models.Model):
    """A figure with the rows behind it, as it stood when the sheet was confirmed (定格数据)."""

    sheet = models.ForeignKey(AssessedSheet, on_delete=models.PROTECT, related_name="figures")
    item = models.CharField(max_length=40)
    code = models.CharField(_("数据"), max_length=40)
    # `rules.figures.Figure`
    value = models.JSONField(_("数据和明细"))
    taken_on = models.DateField(_("定格日期"))

    class Meta:
        verbose_name = _("定格数据")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="assessment_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.code}"


class Adjustment(models.Model):
    """Points added to a sheet or taken off, for a reason (加减分); a wrong one is withdrawn."""

    sheet = models.ForeignKey(AssessedSheet, on_delete=models.PROTECT, related_name="adjustments")
    # above nought: added
    points = models.DecimalField(_("加减分"), max_digits=4, decimal_places=1)
    reason = models.CharField(_("理由"), max_length=400)
    made_at = models.DateTimeField(_("登记于"))
    made_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("撤销于"), null=True, blank=True)
    withdrawn_for = models.CharField(_("撤销理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("加减分")
        constraints = [
            models.CheckConstraint(
                condition=~Q(points=0) & ~Q(reason=""), name="assessment_adjusted_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.points}"


class SiteCheck(models.Model):
    """The office was on the spot: when, who, and what they saw (现场核查)."""

    sheet = models.ForeignKey(AssessedSheet, on_delete=models.PROTECT, related_name="visits")
    held_on = models.DateField(_("核查日期"))
    people = models.ManyToManyField(Person, related_name="+", verbose_name=_("核查人员"))
    facts = models.TextField(_("核查事实"))
    recorded_at = models.DateTimeField(_("登记于"))
    recorded_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("现场核查")

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.held_on}"


class Objection(models.Model):
    """What a unit or person holds against the points, and what came of it (异议)."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("objection", "待答复")
        UPHELD = "upheld", pgettext_lazy("objection", "异议成立，重新评分")
        REJECTED = "rejected", pgettext_lazy("objection", "维持原评分")

    sheet = models.ForeignKey(AssessedSheet, on_delete=models.PROTECT, related_name="objections")
    text = models.TextField(_("异议"))
    raised_at = models.DateTimeField(_("提出于"))
    raised_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("答复期限"))
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    answer = models.TextField(_("答复"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    answered_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("异议")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(outcome="waiting"),
                name="assessment_one_objection_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome="waiting") | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="assessment_objection_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.outcome}"


class ResultCorrection(models.Model):
    """A result that was changed after it was confirmed: before, after and why; it stays visible."""

    sheet = models.ForeignKey(AssessedSheet, on_delete=models.PROTECT, related_name="corrections")
    score_before = models.DecimalField(_("原得分"), max_digits=5, decimal_places=2)
    band_before = models.CharField(_("原等次"), max_length=20)
    score_after = models.DecimalField(_("更正后得分"), max_digits=5, decimal_places=2)
    band_after = models.CharField(_("更正后等次"), max_length=20)
    reason = models.CharField(_("更正理由"), max_length=400)
    made_on = models.DateField(_("更正日期"))
    made_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("结果更正")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="assessment_corrected_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.score_after}"
