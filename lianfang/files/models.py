"""Files by their digest, imports with what was decided, and official documents by their number."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.files import rules


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


class OutgoingDocument(models.Model):
    """An official document as it went out: minutes, a notice, a letter.

    A wrong one is voided with a reason; it keeps its number and its file.
    """

    organisation = models.BigIntegerField()
    # what stands before the year in its number: 廉防办
    series = models.CharField(_("机关代字"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveIntegerField(_("顺序号"))
    kind = models.CharField(_("文种"), max_length=40)
    title = models.CharField(_("标题"), max_length=300)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="documents")
    issued_on = models.DateField(_("成文日期"))
    issued_at = models.DateTimeField(_("生成于"))
    # None: issued by the system itself
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # the row it is about, as the log names it: cycles.filing:12
    about = models.CharField(_("事项"), max_length=80)
    # only those who see what it is about: the room above gives it out
    is_confined = models.BooleanField(default=False, db_default=False)
    void_on = models.DateField(_("作废日期"), null=True)
    void_reason = models.CharField(_("作废原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("发文")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "series", "year", "number"],
                name="files_document_number_once",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="files_document_numbered_from_one"
            ),
            models.CheckConstraint(
                condition=Q(void_on=None, void_reason="")
                | (Q(void_on__isnull=False) & ~Q(void_reason="")),
                name="files_document_void_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["about", "id"], name="files_document_about"),
        ]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """Its number as it is printed: 廉防办〔2026〕3号."""
        return rules.mark_of(self.series, self.year, self.number)
