"""What everybody may read: catalogues of powers as they were published, and what is withheld.

Source: 质检认纪〔2012〕1号 一, 七（三）.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models import Organisation
from lianfang.powers.models import Power

_LOGIN = settings.AUTH_USER_MODEL


class Publication(models.Model):
    """A catalogue as the office published it: a copy that nothing else changes (公开目录)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField(_("期次"))
    published_on = models.DateField(_("公布日期"))
    published_at = models.DateTimeField(_("公布于"))
    published_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("公布说明"), max_length=300)
    # how the public reaches those who oversee, as it stands at the foot of every page
    contact = models.CharField(_("监督联系方式"), max_length=200, blank=True)
    contact_en = models.CharField(_("监督联系方式（英文）"), max_length=300, blank=True)
    # of all its powers as `rules.cards` writes them
    digest = models.CharField(_("摘要"), max_length=64)
    algorithm = models.CharField(_("算法"), max_length=20, default="sha-256")
    # a power was taken off it: pages kept on the way are out of date
    changed_at = models.DateTimeField(_("变更于"))
    replaced_on = models.DateField(_("被替代日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("公开目录")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "serial"], name="public_publication_serial_once"
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(replaced_on=None),
                name="public_publication_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.serial}"


class PublishedPower(models.Model):
    """A power in a catalogue, with all that its page shows; `words` are looked through."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="powers")
    place = models.PositiveIntegerField(_("次序"))
    code = models.CharField(_("职权编号"), max_length=40)
    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    unit_code = models.CharField(_("单位代码"), max_length=40)
    unit_name = models.CharField(_("单位"), max_length=100)
    unit_name_en = models.CharField(_("单位英文名称"), max_length=160, blank=True)
    category = models.CharField(_("类别"), max_length=40, blank=True)
    words = models.TextField()
    # a card of `rules.cards` as JSON
    content = models.TextField()
    withdrawn_on = models.DateField(_("撤下日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("公开的职权")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "code"], name="public_power_once_in_a_publication"
            ),
            models.UniqueConstraint(fields=["publication", "place"], name="public_power_in_order"),
        ]

    def __str__(self) -> str:
        return self.code


class Withholding(models.Model):
    """A power that is not shown though its unit would have it public, with the reason (不公开)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    power = models.ForeignKey(Power, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("理由"), max_length=300)
    from_on = models.DateField(_("起"))
    decided_at = models.DateTimeField(_("决定于"))
    decided_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(_("恢复日期"), null=True, blank=True)
    ended_reason = models.CharField(_("恢复理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("不公开决定")
        constraints = [
            models.UniqueConstraint(
                fields=["power"], condition=Q(ended_on=None), name="public_withheld_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="public_withheld_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.power_id}"
