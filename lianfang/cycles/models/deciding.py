"""Meetings of the leading group, what they decided, the editions that came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.models.filing import Filing
from lianfang.cycles.models.year import Cycle
from lianfang.org.models import Organisation, Person, Unit

_LOGIN = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """A meeting of the leading group that decides about filings (六（三）)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=100)
    members = models.ManyToManyField(Person, related_name="+", verbose_name=_("成员"))
    present = models.ManyToManyField(Person, related_name="+", verbose_name=_("出席"))
    recorded_at = models.DateTimeField(_("记录于"))
    recorded_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("审议会议")

    def __str__(self) -> str:
        return f"{self.held_on}"


class Decision(models.Model):
    """What a meeting decided about one filing, by whom in favour, who stayed out of it."""

    class Outcome(models.TextChoices):
        APPROVED = "approve", _("审议通过")
        WITH_CHANGES = "approve_with_changes", _("修改后通过")
        SENT_BACK = "send_back", _("退回")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("决定"), max_length=20, choices=Outcome)
    changes = models.TextField(_("意见或修改要求"), blank=True)
    approving = models.ManyToManyField(Person, related_name="+", verbose_name=_("赞成"))
    recused = models.ManyToManyField(Person, related_name="+", verbose_name=_("回避"))

    class Meta:
        verbose_name = _("审议决定")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "filing"], name="cycles_decision_once_per_meeting"
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Edition(models.Model):
    """A unit's register as it was published: frozen, numbered, never changed (六（三）)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="editions")
    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="edition")
    year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveSmallIntegerField(_("序号"))
    effective_from = models.DateField(_("施行日期"))
    # canonical JSON as `register.edition` writes it
    content = models.TextField()
    digest = models.CharField(_("摘要"), max_length=64)
    algorithm = models.CharField(_("算法"), max_length=20, default="sha-256")
    published_at = models.DateTimeField(_("发布于"))
    published_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_on = models.DateField(_("被替代日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("版本")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "serial"], name="cycles_edition_number_once"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(superseded_on=None),
                name="cycles_edition_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How the edition is called, 2026-1."""
        return f"{self.year}-{self.serial}"
