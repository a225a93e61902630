"""What the portal of an organisation is set to: where to turn to above it, and its public salt."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models import Organisation
from lianfang.portal.rules.limits import LARGEST_FILE_MB, MOST_FILES
from lianfang.sealing.receipts import SALT

HOTLINE = "12388"


def new_salt() -> bytes:
    """Return a salt for the receipts of an organisation."""
    return secrets.token_bytes(SALT)


class PortalSetup(models.Model):
    """Where those turn whose matter is not taken here, and how the office is reached (举报设置).

    `salt` never changes: every receipt depends on it. It is public.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    salt = models.BinaryField(default=new_salt, editable=False)
    superior_channel = models.TextField(_("上级机关的举报渠道"), blank=True)
    superior_channel_en = models.TextField(_("上级机关的举报渠道（英文）"), blank=True)
    hotline = models.CharField(_("公开举报电话"), max_length=60, default=HOTLINE)
    hotline_site = models.CharField(_("公开举报网站"), max_length=200, blank=True)
    phone = models.CharField(_("监督电话"), max_length=100, blank=True)
    post_address = models.CharField(_("来信地址"), max_length=200, blank=True)
    most_files = models.PositiveSmallIntegerField(_("附件个数上限"), default=MOST_FILES)
    file_mb = models.PositiveSmallIntegerField(_("单个附件上限（MB）"), default=LARGEST_FILE_MB)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("举报设置")
        constraints = [
            models.CheckConstraint(
                condition=Q(most_files__lte=MOST_FILES, file_mb__lte=LARGEST_FILE_MB),
                name="portal_setup_within_limits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}"
