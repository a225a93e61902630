"""The running review that ends a year, and its corrective tasks (六（五）)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.models.year import Cycle
from lianfang.files.models import Attachment
from lianfang.org.models import Post, Unit

_LOGIN = settings.AUTH_USER_MODEL


class RunningReview(models.Model):
    """How a year ran and what is to be adjusted, with the figures of the moment it was said."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="review")
    ran = models.TextField(_("运行情况"))
    adjust = models.TextField(_("需要调整的事项"))
    # `rules.improving.YearFigures`, taken anew each time it is saved
    figures = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(_("记录于"))
    recorded_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("运行评价")

    def __str__(self) -> str:
        return f"{self.cycle_id}"


class CorrectiveTask(models.Model):
    """What a unit puts right after a running review, by a day, and what came of it."""

    class State(models.TextChoices):
        OPEN = "open", _("待整改")
        DONE = "done", _("待确认")
        CONFIRMED = "confirmed", _("已确认")

    review = models.ForeignKey(RunningReview, on_delete=models.PROTECT, related_name="tasks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # empty: the head of the unit
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.CharField(_("整改事项"), max_length=600)
    due_on = models.DateField(_("完成期限"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    outcome = models.TextField(_("整改情况"), blank=True)
    evidence = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(_("完成于"), null=True, blank=True)
    done_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    returned_for = models.CharField(_("退回意见"), max_length=400, blank=True)
    confirmed_at = models.DateTimeField(_("确认于"), null=True, blank=True)
    confirmed_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("整改任务")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="cycles_task_done_in_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="cycles_task_confirmed_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="cycles_task_of_unit"),
        ]

    def __str__(self) -> str:
        return self.what
