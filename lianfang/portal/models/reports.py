"""Sealed reports, their envelopes, files and letters: bytes that the server can't open."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.org.models import Organisation
from lianfang.portal.models.days import DayRoot
from lianfang.portal.models.keys import OfficerKey
from lianfang.sealing import filing


class SealedReport(models.Model):
    """A report (密封举报): sealed body, sealed identity, and the day on which it came.

    `lookup` is a digest of what follows from the receipt, under a key outside the database.
    `sender_key` is that to which answers are sealed, `letters_key` that to which the sender seals
    what follows.
    """

    class Status(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("report", "已收到")
        LOOKED_AT = "looked_at", pgettext_lazy("report", "正在查看")
        ACCEPTED = "accepted", pgettext_lazy("report", "已受理")
        CLOSED = "closed", pgettext_lazy("report", "已办结")
        TRANSFERRED = "transferred", pgettext_lazy("report", "已转出")

    class SealedIn(models.TextChoices):
        BROWSER = "browser", pgettext_lazy("sealed", "提交人的浏览器")
        SERVER = "server", pgettext_lazy("sealed", "服务器内存")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    arrived_on = models.DateField(_("收到日期"))
    format = models.PositiveSmallIntegerField(default=1)
    sealed_in = models.CharField(_("密封于"), max_length=10, choices=SealedIn)
    lookup = models.CharField(max_length=64, unique=True)
    sender_key = models.BinaryField()
    letters_key = models.BinaryField()
    signed = models.BooleanField(_("实名"))
    body = models.BinaryField()
    # empty for an anonymous one
    identity = models.BinaryField(default=bytes)
    # 64 hex digits over all sealed parts
    digest = models.CharField(_("摘要"), max_length=64)
    status = models.CharField(_("办理状态"), max_length=12, choices=Status, default=Status.RECEIVED)
    status_on = models.DateField(_("状态日期"))
    # what was sealed is gone; the row says so to whoever has the receipt
    destroyed_on = models.DateField(_("销毁日期"), null=True, blank=True)
    # None until the day is over
    day_root = models.ForeignKey(DayRoot, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("密封举报")
        constraints = [
            models.CheckConstraint(
                condition=Q(day_root=None, place=None)
                | Q(day_root__isnull=False, place__isnull=False),
                name="portal_report_has_its_place_in_the_day",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "arrived_on"], name="portal_reports_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Envelope(models.Model):
    """A key of a report, or half of that of an identity, sealed to one officer (密钥信封).

    Withdrawn, it is empty: the officer is recused, and can't read what comes later either.
    """

    class Kind(models.TextChoices):
        CONTENT = filing.CONTENT, pgettext_lazy("envelope", "内容")
        IDENTITY_A = filing.IDENTITY_A, pgettext_lazy("envelope", "身份（阅办人一半）")
        IDENTITY_B = filing.IDENTITY_B, pgettext_lazy("envelope", "身份（见证人一半）")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(SealedReport, on_delete=models.CASCADE, related_name="envelopes")
    key = models.ForeignKey(OfficerKey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("内容"), max_length=12, choices=Kind)
    sealed = models.BinaryField()
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("密钥信封")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key", "kind"], name="portal_envelope_once_for_each"
            ),
        ]
        indexes = [models.Index(fields=["key", "kind"], name="portal_envelopes_of_key")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"


class SealedMessage(models.Model):
    """What follows a report: more facts of the sender, or an answer of the office (密封往来).

    `id` is chosen where it was sealed and stands in what is sealed.
    """

    class Origin(models.TextChoices):
        SENDER = "sender", pgettext_lazy("letter", "反映人")
        OFFICE = "office", pgettext_lazy("letter", "纪检监察室")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(SealedReport, on_delete=models.CASCADE, related_name="messages")
    origin = models.CharField(_("来自"), max_length=8, choices=Origin)
    arrived_on = models.DateField(_("日期"))
    # among the letters of a day, which came first: from 1 for each report
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    digest = models.CharField(_("摘要"), max_length=64)
    day_root = models.ForeignKey(DayRoot, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("密封往来")
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="portal_message_number_once"),
            models.CheckConstraint(
                condition=Q(day_root=None, place=None)
                | Q(day_root__isnull=False, place__isnull=False),
                name="portal_message_has_its_place_in_the_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


class SealedFile(models.Model):
    """A file of a report or of a letter, with its name sealed inside (密封附件)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(SealedReport, on_delete=models.CASCADE, related_name="files")
    message = models.ForeignKey(
        SealedMessage, on_delete=models.CASCADE, null=True, related_name="files"
    )
    # the name of the part: what it was bound to when it was sealed
    part = models.CharField(max_length=80)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("密封附件")
        constraints = [
            models.UniqueConstraint(fields=["report", "part"], name="portal_file_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.part}"
