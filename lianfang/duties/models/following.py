"""How far the duties of an organisation have followed what its log tells."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.org.models import Organisation


class Followed(models.Model):
    """The last event of the log that duties follow from and that they have followed."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    position = models.BigIntegerField(_("序号"))

    class Meta:
        verbose_name = _("已跟进的变更")

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.position}"
