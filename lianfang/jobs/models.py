"""Long work that can be left and come back to: one row, its state and its progress."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """A piece of long work: who asked, how far it is, what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")

    kind = models.CharField(_("类型"), max_length=60)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    organisation = models.BigIntegerField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    arguments = models.JSONField(default=dict)
    done = models.PositiveBigIntegerField(_("已完成"), default=0)
    total = models.PositiveBigIntegerField(_("总数"), default=0)
    # code and values of the sentence that says what came of it, and the page that shows it
    outcome = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("提出于"))
    started_at = models.DateTimeField(_("开始于"), null=True)
    # the last sign of life of whoever works on it
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("结束于"), null=True)

    class Meta:
        verbose_name = _("后台任务")
        indexes = [
            models.Index(fields=["state", "created_at"], name="jobs_job_waiting"),
            models.Index(fields=["asked_by", "id"], name="jobs_job_asked_by"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_running(self) -> bool:
        """Whether somebody works on it now."""
        return self.state == self.State.RUNNING

    @property
    def has_failed(self) -> bool:
        """Whether nothing came of it."""
        return self.state == self.State.FAILED

    @property
    def percent(self) -> int | None:
        """How much of it is done, None where that can't be said yet."""
        return min(100, self.done * 100 // self.total) if self.total else None


class Sweep(models.Model):
    """A night that was swept: each day once, missed days are caught up."""

    day = models.DateField(_("日期"), unique=True)
    finished_at = models.DateTimeField(_("完成于"))

    class Meta:
        verbose_name = _("夜间巡检")

    def __str__(self) -> str:
        return f"{self.day}"
