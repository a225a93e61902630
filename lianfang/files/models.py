"""Files by their digest, and imports with what was read from them and decided."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """A file as it came in. The bytes lie in the store under their digest, once."""

    organisation = models.BigIntegerField()
    name = models.CharField(_("文件名"), max_length=255)
    digest = models.CharField(_("摘要"), max_length=64, db_index=True)
    algorithm = models.CharField(max_length=20, default="sha-256")
    size = models.PositiveBigIntegerField(_("大小"))
    kind = models.CharField(_("格式"), max_length=20)
    # None: kept by the system itself
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    stored_at = models.DateTimeField(_("存入于"))

    class Meta:
        verbose_name = _("附件")

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """A file on its way in: read and previewed, then applied or given up, perhaps undone."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("待确认")
        APPLIED = "applied", _("已导入")
        DISCARDED = "discarded", _("已放弃")
        UNDONE = "undone", _("已撤销")

    organisation = models.BigIntegerField()
    kind = models.CharField(_("类型"), max_length=40)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="imports")
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PREVIEWED)
    # what was applied, counted; empty before
    applied = models.JSONField(_("结果"), default=dict)
    # each thing that was written, with what it was: the room that applied it reads it to undo it
    deeds = models.JSONField(default=list)
    # position of the bulk event in the log, to find what came after
    event = models.BigIntegerField(null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(_("上传于"))
    # applied or given up
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("确认于"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("撤销于"), null=True)

    class Meta:
        verbose_name = _("导入")
        indexes = [
            models.Index(fields=["organisation", "kind", "opened_at"], name="files_import_listed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
