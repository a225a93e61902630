"""What an organisation has set: its work calendar, its own numbers and words (六)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models.structure import Organisation


class CalendarYear(models.Model):
    """A year whose holidays have been loaded; other years count Monday to Friday."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    source = models.CharField(_("来源"), max_length=200)
    loaded_at = models.DateTimeField(_("装入时间"))

    class Meta:
        verbose_name = _("工作日历年度")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="org_calendar_year_once"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that departs from Monday to Friday: a holiday, or a weekend day worked."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("日期"))
    is_working = models.BooleanField(_("工作日"))
    name = models.CharField(_("名称"), max_length=40, blank=True)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("工作日历")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "day"], name="org_calendar_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class SchemeOverride(models.Model):
    """An organisation's own number or word in the scheme, from a day on.

    `number` for a path of `scheme.override.adjustable`, `choice` for a term of the vocabulary;
    both empty returns to the scheme's own. Rows are only added: the latest from day counts.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(_("规则"), max_length=120)
    number = models.FloatField(_("数值"), null=True, blank=True)
    choice = models.CharField(_("选择"), max_length=40, blank=True)
    from_on = models.DateField(_("自何日起"))
    reason = models.CharField(_("理由"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("设定时间"))

    class Meta:
        verbose_name = _("方案调整")
        constraints = [
            models.CheckConstraint(
                condition=Q(number=None) | Q(choice=""), name="org_override_is_of_one_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "path", "from_on"], name="org_override_in_force"),
        ]

    def __str__(self) -> str:
        return self.path
