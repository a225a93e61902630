"""Opinions on checked filings, asked for and answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.models.filing import Filing
from lianfang.cycles.models.year import Cycle
from lianfang.org.models import Person

_LOGIN = settings.AUTH_USER_MODEL


class Consultation(models.Model):
    """A period in which people say what they think of the filings that were checked (六（三）)."""

    class Scope(models.TextChoices):
        STAFF = "staff", _("全体人员")
        HEADS = "heads", _("单位负责人和领导")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="consultations")
    scope = models.CharField(_("征求范围"), max_length=10, choices=Scope)
    from_on = models.DateField(_("开始日期"))
    # the last day, included
    until_on = models.DateField(_("截止日期"))
    opened_at = models.DateTimeField(_("发出于"))
    opened_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    summary = models.TextField(_("意见汇总"), blank=True)

    class Meta:
        verbose_name = _("征求意见")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(closed_on=None),
                name="cycles_consultation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(from_on__lte=F("until_on")),
                name="cycles_consultation_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} – {self.until_on}"


class Comment(models.Model):
    """What somebody said of a filing in a consultation, and what the office answered."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="comments"
    )
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(_("对象"), max_length=60, blank=True)
    text = models.CharField(_("意见"), max_length=600)
    said_at = models.DateTimeField(_("提出于"))
    answer = models.CharField(_("答复"), max_length=600, blank=True)
    # whether the opinion is taken up
    is_taken = models.BooleanField(_("是否采纳"), null=True)
    answered_at = models.DateTimeField(_("答复于"), null=True, blank=True)

    class Meta:
        verbose_name = _("征求的意见")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, is_taken=None)
                | (Q(answered_at__isnull=False, is_taken__isnull=False) & ~Q(answer="")),
                name="cycles_comment_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text
