"""Notices: what a person is told on their own pages; it says that there is something, not what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One notice to one login: a code with its words, a page to open, and when it was seen."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(_("类型"), max_length=60)
    url = models.CharField(_("页面"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("时间"))
    seen_at = models.DateTimeField(_("已读于"), null=True)

    class Meta:
        verbose_name = _("通知")
        indexes = [
            models.Index(fields=["recipient", "seen_at"], name="notices_notice_unseen"),
            models.Index(fields=["recipient", "id"], name="notices_notice_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_id}"
