"""Tables on their way into the register: what came in, what was understood, what it would do.

The original file is an Attachment of `files`, its import a `files.Import`; here stand the reading
and the decisions. Lines of an applied import stay: they say where a part of the register came
from, and undo reads them.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.common.text import Text
from lianfang.files.models import Import
from lianfang.org.models import Organisation


class Delivery(models.Model):
    """Files that came in together."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(_("上传于"))

    class Meta:
        verbose_name = _("收表")
        indexes = [models.Index(fields=["organisation", "id"], name="intake_delivery_listed")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Paper(models.Model):
    """One file of a delivery: how it is read, and how far it is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待读取")
        READY = "ready", _("已读")
        UNREADABLE = "unreadable", _("不能读取")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="papers")
    opened = models.OneToOneField(Import, on_delete=models.PROTECT, related_name="paper")
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    # why it can't be read, in both languages; empty where it can
    refusal = models.JSONField(default=list)
    # rules.settings.Settings as JSON
    settings = models.TextField(blank=True)
    # a form that this program wrote, filled in
    is_form = models.BooleanField(default=False)
    # what was understood, and the findings before and after, for the pages
    summary = models.TextField(blank=True)
    findings = models.TextField(blank=True)
    # number of lines by verdict, of doubtful ones, of original rows
    counts = models.JSONField(default=dict)
    # codes of the units concerned, and the digest of what they held when the preview was made
    touched = models.JSONField(default=list)
    base = models.CharField(max_length=64, blank=True)
    planned_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("来表")

    def __str__(self) -> str:
        return f"{self.opened_id}"

    @property
    def refusal_text(self) -> Text | None:
        """Why the file can't be read, None where it can."""
        return Text(*self.refusal) if self.refusal else None


class Row(models.Model):
    """A row of the original, whatever became of it: every cell as it was written."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="rows")
    # number of the table in the file, -1 for what stands in none; 1-based row
    table = models.SmallIntegerField()
    number = models.PositiveIntegerField()
    # data, header, or what else the reader takes it for
    kind = models.CharField(max_length=20)
    # JSON list of texts
    cells = models.TextField()

    class Meta:
        verbose_name = _("原表行")
        indexes = [models.Index(fields=["paper", "table", "number"], name="intake_row_in_order")]

    def __str__(self) -> str:
        return f"{self.paper_id}:{self.table}:{self.number}"


class Line(models.Model):
    """A line of a preview, and of what was written once it is applied (rules.lines.PlanLine)."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    verdict = models.CharField(max_length=10)
    key = models.CharField(max_length=300)
    unit = models.CharField(max_length=100)
    code = models.CharField(max_length=100)
    label = models.CharField(max_length=300)
    # the first row it stands in; all of them are in `rows`
    table = models.SmallIntegerField(null=True)
    row = models.PositiveIntegerField(null=True)
    rows = models.TextField(blank=True)
    taken = models.BooleanField()
    is_doubtful = models.BooleanField()
    changes = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    doubts = models.TextField(blank=True)
    needs = models.TextField(blank=True)
    said = models.TextField(blank=True)
    content = models.TextField(blank=True)
    before = models.TextField(blank=True)
    # what undoing restores and the Register has no place for
    kept = models.JSONField(default=dict)
    # of all applied lines about the part, the last one
    is_latest = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("导入行")
        constraints = [
            models.UniqueConstraint(fields=["paper", "place"], name="intake_line_in_order"),
        ]
        indexes = [
            models.Index(fields=["kind", "code"], name="intake_line_of_part"),
            models.Index(fields=["paper", "verdict", "place"], name="intake_line_by_verdict"),
            models.Index(fields=["paper", "table", "row"], name="intake_line_of_row"),
            models.Index(
                fields=["unit", "kind"],
                condition=models.Q(is_latest=True),
                name="intake_line_latest",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Remembered(models.Model):
    """What a heading or a name was said to mean, for every later file of the organisation."""

    class Kind(models.TextChoices):
        COLUMN = "column", _("栏目")
        UNIT = "unit", _("单位")
        POST = "post", _("岗位")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    key = models.CharField(_("表中写法"), max_length=300)
    # a field of the reader, empty for none; a code
    means = models.CharField(_("含义"), max_length=100, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    said_at = models.DateTimeField(_("记住于"))

    class Meta:
        verbose_name = _("读表约定")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "key"], name="intake_remembered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.means}"
