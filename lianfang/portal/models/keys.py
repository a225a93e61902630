"""The key of a discipline officer: its public half, and its private half under a passphrase."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.org.models import Organisation, Person
from lianfang.sealing.envelopes import ALGORITHM


class OfficerKey(models.Model):
    """The key to which reports are sealed for one person (举报密钥). Made in their browser.

    `wrapped` is the private half under Argon2id of a passphrase that nobody else knows. A person
    has one key in use: a reader's opens reports, a witness's a half of the identity of a sender.
    """

    class Kind(models.TextChoices):
        READER = "reader", pgettext_lazy("key", "阅办人")
        WITNESS = "witness", pgettext_lazy("key", "见证人")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    algorithm = models.CharField(_("算法"), max_length=30, default=ALGORITHM)
    public_key = models.BinaryField(_("公钥"))
    wrapped = models.BinaryField()
    salt = models.BinaryField()
    operations = models.PositiveIntegerField()
    # in bytes
    memory = models.PositiveBigIntegerField()
    made_on = models.DateField(_("建立日期"))
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)
    end_reason = models.CharField(_("停用原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("举报密钥")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on=None),
                name="portal_key_one_in_use_each",
            ),
            models.UniqueConstraint(fields=["public_key"], name="portal_key_public_once"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="")
                | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="portal_key_ended_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "kind"], name="portal_keys_by_kind")]

    def __str__(self) -> str:
        return f"{self.pk}"
