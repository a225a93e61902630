"""Records of visits: measure by measure, what was found, what was put right."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.duties.models import Duty, MeasureInForce
from lianfang.files.models import Attachment
from lianfang.inspections.rules.records import mark_of
from lianfang.org.models import Organisation, Person, Post, Unit

_LOGIN = settings.AUTH_USER_MODEL


class Record(models.Model):
    """The record of a visit (检查记录) that an inspection duty asks for.

    `number` counts within `year`, that of the visit, from when it is confirmed; then nothing
    changes any more. Source: 质检认纪〔2012〕1号 五（五）.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("record", "填写中")
        CONFIRMED = "confirmed", pgettext_lazy("record", "已确认")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="inspected_by")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inspected")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("检查日期"))
    inspectors = models.ManyToManyField(Person, related_name="+")
    # why others inspected than those who were drawn
    changed_reason = models.CharField(_("更换检查人员的理由"), max_length=300, blank=True)
    remark = models.TextField(_("总体意见"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    number = models.PositiveIntegerField(_("编号"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("确认于"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        _LOGIN, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("检查记录")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], name="inspections_record_number_once"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="confirmed", number__isnull=False, confirmed_at__isnull=False)
                    | Q(state="draft", number=None, confirmed_at=None)
                ),
                name="inspections_record_numbered_once_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["post", "held_on"], name="inspections_records_of_post"),
        ]

    def __str__(self) -> str:
        return self.mark or f"record {self.pk}"

    @property
    def mark(self) -> str:
        """Its number as it is printed, 检〔2026〕0003; empty before it is confirmed."""
        return mark_of(self.year, self.number) if self.year and self.number else ""


class RecordLine(models.Model):
    """A measure of the post as it was found on the visit."""

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("in place", "落实")
        PARTLY = "partly", pgettext_lazy("in place", "部分落实")
        NO = "no", pgettext_lazy("in place", "未落实")
        NOT_APPLICABLE = "not_applicable", pgettext_lazy("in place", "不适用")

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="lines")
    measure = models.ForeignKey(MeasureInForce, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    answer = models.CharField(_("是否落实"), max_length=16, choices=Answer, blank=True)
    seen = models.CharField(_("查看的凭证"), max_length=300, blank=True)
    remark = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("措施检查")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "measure"], name="inspections_line_once_a_measure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.place}"


class Finding(models.Model):
    """Something found on a visit that is to be put right by a day (检查发现)."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("finding", "待整改")
        CORRECTED = "corrected", pgettext_lazy("finding", "待复核")
        CLOSED = "closed", pgettext_lazy("finding", "已销号")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="findings")
    place = models.PositiveSmallIntegerField()
    what = models.CharField(pgettext_lazy("finding", "问题"), max_length=600)
    measure = models.ForeignKey(
        MeasureInForce, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # empty: the head of the unit
    post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("责任岗位"),
    )
    due_on = models.DateField(_("整改期限"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    closed_on = models.DateField(_("销号日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("检查发现")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "place"], name="inspections_finding_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | (~Q(state="closed") & Q(closed_on=None)),
                name="inspections_finding_closed_on_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_on"],
                condition=~Q(state="closed"),
                name="inspections_findings_open",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Correction(models.Model):
    """What a unit says it put right, and what came of it (整改情况); stays when it is returned."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("correction", "待复核")
        ACCEPTED = "accepted", pgettext_lazy("correction", "通过")
        RETURNED = "returned", pgettext_lazy("correction", "退回")

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField(_("整改情况"))
    evidence = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_at = models.DateTimeField(_("报告于"))
    said_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(
        _("复核结果"), max_length=10, choices=Outcome, default=Outcome.WAITING
    )
    comment = models.CharField(_("复核意见"), max_length=400, blank=True)
    judged_at = models.DateTimeField(_("复核于"), null=True, blank=True)
    judged_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("整改情况")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="waiting", judged_at=None)
                | (~Q(outcome="waiting") & Q(judged_at__isnull=False)),
                name="inspections_correction_judged_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="returned") | ~Q(comment=""),
                name="inspections_correction_returned_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.outcome}"
