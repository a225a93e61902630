"""Asking who sent a signed report, and a second person's consent.

Source: 质检认纪〔2012〕1号 五（六）2（2）.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.casework.models.cases import mark_of
from lianfang.org.models import Person
from lianfang.portal.models import OfficerKey, SealedReport


class IdentityAsk(models.Model):
    """A reader asks who sent a signed report (查看身份申请); a witness consents or refuses.

    `half` is the witness's half of the identity's key, sealed to `key`, the asker's.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("identity", "待见证")
        CONSENTED = "consented", pgettext_lazy("identity", "已同意")
        REFUSED = "refused", pgettext_lazy("identity", "已拒绝")
        OPENED = "opened", pgettext_lazy("identity", "已查看")

    report = models.ForeignKey(SealedReport, on_delete=models.PROTECT, related_name="asks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(OfficerKey, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("理由"), max_length=300)
    asked_at = models.DateTimeField(_("申请时间"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ASKED)
    witness = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answer = models.CharField(_("答复"), max_length=300, blank=True)
    half = models.BinaryField(_("见证人一半"), default=bytes)

    class Meta:
        verbose_name = _("查看身份申请")
        constraints = [
            models.CheckConstraint(
                condition=Q(witness=None) | ~Q(witness=F("person")),
                name="casework_ask_witnessed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", witness=None)
                | ~Q(state="asked") & Q(witness__isnull=False, answered_at__isnull=False),
                name="casework_ask_answered_by_a_witness",
            ),
            models.UniqueConstraint(
                fields=["report", "person"],
                condition=Q(state__in=["asked", "consented"]),
                name="casework_ask_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.person_id}"

    @property
    def mark(self) -> str:
        """How officers call the report."""
        return mark_of(self.report_id)
