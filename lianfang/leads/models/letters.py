"""The letters of a lead: numbered and kept as official documents, shown on its page alone."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.files.models import OutgoingDocument
from lianfang.leads.models.lead import Lead
from lianfang.org.models import Person


class LeadLetter(models.Model):
    """A written inquiry or an admonition, as it was issued to a person."""

    class Kind(models.TextChoices):
        INQUIRY = "inquiry", pgettext_lazy("lead letter", "函询通知书")
        ADMONITION = "admonition", pgettext_lazy("lead letter", "诫勉书")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("文书"), max_length=12, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(OutgoingDocument, on_delete=models.PROTECT, related_name="+")
    # the day by which an inquiry is answered, or up to which an admonition takes effect
    until_on = models.DateField(_("期限"))
    # from when an admonition takes effect
    since_on = models.DateField(_("起"), null=True, blank=True)
    said = models.TextField(_("内容"), blank=True)
    # who issued it, by name, as the paper has it
    office = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("线索文书")

    def __str__(self) -> str:
        return f"{self.lead_id} {self.kind}"
