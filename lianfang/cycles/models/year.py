"""A year's work and its five stages."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models import Organisation

_LOGIN = settings.AUTH_USER_MODEL


class Cycle(models.Model):
    """A year's work of an organisation, under one version of the scheme (六)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField(_("年度"))
    # the first year lists everything; later ones go over the edition before
    is_first = models.BooleanField(_("首年"))
    scheme_version = models.CharField(_("方案版本"), max_length=20)
    opened_at = models.DateTimeField(_("开始于"))
    opened_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("年度工作")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], name="cycles_cycle_once_per_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class CycleStage(models.Model):
    """One of the five stages of a year: as planned, and as it was opened and closed."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="stages")
    code = models.CharField(_("阶段"), max_length=40)
    order = models.PositiveSmallIntegerField()
    begins_on = models.DateField(_("计划开始"))
    ends_on = models.DateField(_("计划结束"))
    opened_on = models.DateField(_("开始日期"), null=True, blank=True)
    opening_reason = models.CharField(_("提前或推迟开始的原因"), max_length=200, blank=True)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    closing_reason = models.CharField(_("提前或推迟结束的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("阶段")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="cycles_stage_once_per_cycle"),
            models.CheckConstraint(
                condition=Q(begins_on__lte=F("ends_on")), name="cycles_stage_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on__isnull=False),
                name="cycles_stage_opened_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether it was opened and not closed yet."""
        return self.opened_on is not None and self.closed_on is None
