"""Which measures are to be carried out: those of editions; drafts oblige nobody (五（四）)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models import Organisation, Post, Unit
from lianfang.powers.models import Regulation


class MeasureInForce(models.Model):
    """A measure as editions of a unit have it, from a day to another, both included (在行措施).

    Where a later edition changes it, its row ends and the next one says in `first` with which it
    began. It keeps the words of the edition: the register goes on being edited meanwhile.
    """

    class Kind(models.TextChoices):
        DATED = "dated", _("限期完成")
        RECURRING = "recurring", _("经常进行")
        RULE = "rule", _("建章立制")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # codes of the risk point and of the measure in the register
    risk_code = models.CharField(_("风险点编号"), max_length=60)
    code = models.CharField(_("措施编号"), max_length=80)
    text = models.CharField(_("措施"), max_length=2000)
    kind = models.CharField(_("落实方式"), max_length=10, choices=Kind)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    regulation = models.ForeignKey(
        Regulation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("完成日期"), null=True, blank=True)
    frequency = models.CharField(_("频次"), max_length=100, blank=True)
    evidence = models.CharField(_("凭证"), max_length=300, blank=True)
    # the edition that gave it these words
    edition = models.CharField(_("版本"), max_length=20)
    first = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    since_on = models.DateField(_("最初施行日期"))
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("在行措施")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "risk_code", "code"],
                condition=Q(until_on=None),
                name="duties_measure_in_force_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind="dated") | Q(due_on__isnull=False),
                name="duties_dated_measure_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.code
