"""That somebody was reminded of an alert that is late (五（六）1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.alerts.models.alerts import Alert
from lianfang.alerts.models.letters import AlertLetter


class AlertReminder(models.Model):
    """That people were reminded of a day that passed (预警催办), once a day and rung.

    Without a rung it went to those who have the alert; with the code of a reminder of the scheme,
    to whoever stands on that rung above them. Of a notice it names the letter.
    """

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="reminders")
    letter = models.ForeignKey(
        AlertLetter, on_delete=models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    # which clock: triage, handling, follow_up, correction
    clock = models.CharField(max_length=12)
    rung = models.CharField(max_length=40, blank=True, default="", db_default="")
    due_on = models.DateField(_("期限"))
    sent_on = models.DateField(_("催办日期"))

    class Meta:
        verbose_name = _("预警催办")
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "clock", "due_on", "rung"],
                condition=Q(letter=None),
                name="alerts_reminded_once_a_rung",
            ),
            models.UniqueConstraint(
                fields=["letter", "due_on"],
                condition=Q(letter__isnull=False),
                name="alerts_notice_reminded_once",
            ),
            models.CheckConstraint(
                condition=Q(letter=None) | Q(clock="correction", rung=""),
                name="alerts_notice_reminded_by_its_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.clock}"
