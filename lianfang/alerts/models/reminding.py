"""That somebody was reminded of an alert that is late (五（六）1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.alerts.models.alerts import Alert


class AlertReminder(models.Model):
    """That those who have an alert were reminded of a day that passed (预警催办), once a day."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="reminders")
    # which clock: triage, handling, follow_up
    clock = models.CharField(max_length=12)
    due_on = models.DateField(_("期限"))
    sent_on = models.DateField(_("催办日期"))

    class Meta:
        verbose_name = _("预警催办")
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "clock", "due_on"], name="alerts_reminded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.clock}"
