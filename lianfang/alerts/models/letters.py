"""Letters that go out about an alert, and what a unit answers (五（六）1, 五（六）2（1）)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.alerts.models.alerts import Alert
from lianfang.files.models import Attachment, OutgoingDocument
from lianfang.org.models import Person, Unit

_LOGIN = settings.AUTH_USER_MODEL


class AlertLetter(models.Model):
    """A letter about an alert (预警文书): to a person, or to a unit that is to put things right."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("提醒函")
        CAUTION = "caution", _("告诫书")
        NOTICE = "notice", _("预警通知书")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("correction notice", "待整改")
        ANSWERED = "answered", pgettext_lazy("correction notice", "待复核")
        CLOSED = "closed", pgettext_lazy("correction notice", "已完成")

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("文种"), max_length=10, choices=Kind)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("致")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("致单位")
    )
    # in whose name it went out
    signed_by = models.CharField(_("落款"), max_length=100, default="", db_default="")
    # paragraphs, one a line
    body = models.TextField(_("正文"))
    document = models.OneToOneField(OutgoingDocument, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(_("发出日期"))
    sent_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    # of a notice to a unit alone
    due_on = models.DateField(_("整改期限"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State, blank=True)
    closed_on = models.DateField(_("完成日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("预警文书")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="notice", unit__isnull=False, person=None, due_on__isnull=False)
                    & ~Q(state="")
                )
                | (~Q(kind="notice") & Q(person__isnull=False, unit=None, due_on=None, state="")),
                name="alerts_letter_to_whom_its_kind_asks",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | (~Q(state="closed") & Q(closed_on=None)),
                name="alerts_letter_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.kind}"


class UnitCorrection(models.Model):
    """What a unit says it put right, and what came of it (预警整改); stays when it is returned."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("correction", "待复核")
        ACCEPTED = "accepted", pgettext_lazy("correction", "通过")
        RETURNED = "returned", pgettext_lazy("correction", "退回")

    letter = models.ForeignKey(AlertLetter, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField(_("整改情况"))
    evidence = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_at = models.DateTimeField(_("报告于"))
    said_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(
        _("复核结果"), max_length=10, choices=Outcome, default=Outcome.WAITING
    )
    comment = models.CharField(_("复核意见"), max_length=400, blank=True)
    judged_at = models.DateTimeField(_("复核于"), null=True, blank=True)
    judged_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("预警整改")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="waiting", judged_at=None)
                | (~Q(outcome="waiting") & Q(judged_at__isnull=False)),
                name="alerts_correction_judged_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="returned") | ~Q(comment=""),
                name="alerts_correction_returned_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.outcome}"
