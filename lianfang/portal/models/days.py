"""The items of a day, shuffled, as one root of the log."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.org.models import Organisation


class DayRoot(models.Model):
    """The root over everything that arrived on a day, in an order that tells nothing (当日根摘要).

    `leaves` are filled up with random ones, so that nobody learns how many were real. The log has
    the root, without an actor; `event` is its position there.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))
    # 64 hex digits each
    root = models.CharField(_("根摘要"), max_length=64)
    leaves = models.JSONField()
    event = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("当日根摘要")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "on"], name="portal_day_root_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on}"
