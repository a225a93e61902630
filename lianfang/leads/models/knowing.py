"""Who may know of a lead, from when to when and why; and who stays out of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.leads.models.lead import Lead
from lianfang.org.models import Person

_LOGIN = settings.AUTH_USER_MODEL


class LeadAccess(models.Model):
    """Somebody may know of a lead, both days included; an open end holds on.

    Those who handle it act, those who assist read. It is given by whoever keeps the lead.
    """

    class Part(models.TextChoices):
        HANDLES = "handles", pgettext_lazy("lead", "承办")
        ASSISTS = "assists", pgettext_lazy("lead", "协办（只看）")

    class Reason(models.TextChoices):
        NAMED = "named", pgettext_lazy("lead access", "登记时确定")
        ADDED = "added", pgettext_lazy("lead access", "增加人手")
        COVERS = "covers", pgettext_lazy("lead access", "接替他人")
        SUPERVISES = "supervises", pgettext_lazy("lead access", "督办")
        EXPERT = "expert", pgettext_lazy("lead access", "专业协助")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="accesses")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("职责"), max_length=8, choices=Part)
    reason = models.CharField(_("理由"), max_length=12, choices=Reason)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)
    # ended before its day: from that moment on
    ended_at = models.DateTimeField(_("终止于"), null=True, blank=True)
    given_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("线索知悉权限")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="leads_access_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["lead", "person"],
                condition=Q(ended_at=None),
                name="leads_access_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["person", "lead"], name="leads_access_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lead_id}"


class LeadRecusal(models.Model):
    """Somebody stays out of a lead (回避): from then on they see nothing of it."""

    class Reason(models.TextChoices):
        KNOWN = "known", pgettext_lazy("recusal", "与涉及人员关系密切")
        INTEREST = "interest", pgettext_lazy("recusal", "与事项有利害关系")
        WITNESS = "witness", pgettext_lazy("recusal", "是本线索的证人或反映人")
        OTHER = "other", pgettext_lazy("recusal", "其他可能影响公正的情形")

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("回避理由"), max_length=10, choices=Reason)
    on = models.DateField(_("回避日期"))
    at = models.DateTimeField()
    by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("线索回避")
        constraints = [
            models.UniqueConstraint(fields=["lead", "person"], name="leads_recused_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lead_id}"
