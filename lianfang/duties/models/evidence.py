"""What shows that a duty was done: files beside the words on the duty itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.duties.models.duty import Duty
from lianfang.files.models import Attachment


class DutyEvidence(models.Model):
    """A file that shows how a duty was done (履责凭证). It stays once it is there."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="papers")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(_("说明"), max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("上传于"))

    class Meta:
        verbose_name = _("履责凭证")

    def __str__(self) -> str:
        return f"{self.duty_id} {self.attachment_id}"
