"""The log: events as leaves of a Merkle tree, what they said, and the head of the tree.

Rows are written once; triggers in the database refuse the rest (migration 0002). Nothing here is a
foreign key to another room: an event still reads, and still verifies, after its actor or subject
is gone.
"""

from datetime import UTC

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.audit.rules.leaves import ALGORITHM, FORMAT, Body


def reference(subject: models.Model) -> str:
    """Return how a row is named in the log: `org.unit:42`."""
    return f"{subject._meta.label_lower}:{subject.pk}"


class Event(models.Model):
    """One thing that happened. Its leaf covers every field here but `leaf` and `nodes`."""

    position = models.BigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"))
    organisation = models.BigIntegerField(_("机构"), null=True)
    actor = models.CharField(_("操作人"), max_length=40)
    action = models.CharField(_("动作"), max_length=80)
    subject = models.CharField(_("对象"), max_length=80)
    rule = models.CharField(_("依据"), max_length=40, blank=True)
    # name -> hex commitment to a Detail
    parts = models.JSONField(default=dict)
    # of a bulk event: how many rows, and the root of their tree
    rows = models.BigIntegerField(null=True)
    rows_root = models.CharField(max_length=64, blank=True)
    format = models.PositiveSmallIntegerField(default=FORMAT)
    algorithm = models.CharField(_("算法"), max_length=20, default=ALGORITHM)
    leaf = models.CharField(_("摘要"), max_length=64)
    # hex roots of the complete subtrees that end at this leaf, of height 1, 2, …
    nodes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("日志")
        indexes = [
            models.Index(fields=["subject", "position"], name="audit_event_subject"),
            models.Index(fields=["organisation", "position"], name="audit_event_organisation"),
            models.Index(fields=["actor", "position"], name="audit_event_actor"),
            models.Index(fields=["action", "position"], name="audit_event_action"),
            models.Index(fields=["at"], name="audit_event_at"),
        ]

    def __str__(self) -> str:
        return f"#{self.position} {self.action} {self.subject}"

    @property
    def body(self) -> Body:
        """What the leaf covers."""
        return Body(
            action=self.action,
            actor=self.actor,
            alg=self.algorithm,
            at=self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            format=self.format,
            organisation=self.organisation,
            parts=self.parts,
            position=self.position,
            rows=self.rows,
            rows_root=self.rows_root,
            rule=self.rule,
            subject=self.subject,
        )


class Detail(models.Model):
    """What an event said under one name: the text and the salt of its commitment.

    Both may be emptied where the law asks for it; nothing else about a detail ever changes.
    """

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="details", db_index=False
    )
    name = models.CharField(max_length=60)
    salt = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("日志内容")
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="audit_detail_once_per_name"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}.{self.name}"


class Row(models.Model):
    """One row of a bulk event: its subject, and what was done to it."""

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="bulk_rows", db_index=False
    )
    place = models.PositiveIntegerField()
    subject = models.CharField(max_length=80)
    # hex commitment to the text, which stays when the text is erased
    committed = models.CharField(max_length=64)
    salt = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("批量日志行")
        constraints = [
            models.UniqueConstraint(fields=["event", "place"], name="audit_row_once_per_place"),
        ]
        indexes = [models.Index(fields=["subject", "event"], name="audit_row_subject")]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.place} {self.subject}"


class Head(models.Model):
    """The right edge of the tree, in a single row. Locking it puts writers in a queue."""

    size = models.BigIntegerField()
    # hex digests of the complete subtrees, the largest first
    frontier = models.JSONField()
    algorithm = models.CharField(max_length=20, default=ALGORITHM)

    class Meta:
        verbose_name = _("日志树顶")

    def __str__(self) -> str:
        return f"{self.size}"
