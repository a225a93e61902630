"""What follows from a result: what is to be put right, and where the result was used."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.assessment.models.sheets import AssessedSheet
from lianfang.files.models import Attachment

_LOGIN = settings.AUTH_USER_MODEL


class AssessmentTask(models.Model):
    """What a unit is to put right after its check, by a day, and what came of it (考核整改)."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("assessment task", "待整改")
        DONE = "done", pgettext_lazy("assessment task", "待确认")
        CONFIRMED = "confirmed", pgettext_lazy("assessment task", "已确认")

    sheet = models.ForeignKey(AssessedSheet, on_delete=models.PROTECT, related_name="tasks")
    what = models.CharField(_("整改事项"), max_length=600)
    due_on = models.DateField(_("完成期限"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    set_at = models.DateTimeField(_("下达于"))
    set_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(_("整改情况"), blank=True)
    evidence = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    returned_for = models.CharField(_("退回意见"), max_length=400, blank=True)
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("考核整改任务")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | (Q(done_on__isnull=False) & ~Q(outcome="")),
                name="assessment_task_done_in_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_on__isnull=False),
                name="assessment_task_confirmed_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["sheet", "state"], name="assessment_task_of_sheet"),
        ]

    def __str__(self) -> str:
        return self.what


class ResultUse(models.Model):
    """Where a result was used: appraisal, reward, selection (结果运用)."""

    sheet = models.ForeignKey(AssessedSheet, on_delete=models.PROTECT, related_name="uses")
    # the scheme's code
    use = models.CharField(_("用途"), max_length=40)
    used_on = models.DateField(_("运用日期"))
    how = models.CharField(_("运用情况"), max_length=400)
    recorded_at = models.DateTimeField(_("登记于"))
    recorded_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("结果运用")
        constraints = [
            models.CheckConstraint(condition=~Q(how=""), name="assessment_used_in_words"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.use}"
