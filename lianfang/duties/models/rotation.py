"""Rotation out of high posts: who goes where in a year, and who stays for a while (五（五）3)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models import Organisation, Person, Post

_LOGIN = settings.AUTH_USER_MODEL


class RotationMove(models.Model):
    """A line of a year's rotation plan (轮岗计划): who leaves which post for which other, and when.

    The move itself is an appointment; this only says what is meant to happen.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年份"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    # None: not settled yet
    to_post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("拟轮换到"),
    )
    planned_on = models.DateField(_("计划日期"))
    note = models.CharField(_("说明"), max_length=300, blank=True)
    planned_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField(_("列入于"))

    class Meta:
        verbose_name = _("轮岗计划")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "person", "post"], name="duties_move_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(to_post=None) | ~Q(to_post=F("post")),
                name="duties_move_leads_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.person_id}"


class RotationExemption(models.Model):
    """Somebody stays in a high post past its term, until a day (暂不轮岗).

    The rotation falls due on that day; what takes its place as a control till then stands here.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("理由"), max_length=300)
    approver = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("批准人")
    )
    control = models.CharField(_("替代控制"), max_length=500)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("到期日"))
    ended_reason = models.CharField(_("提前结束的理由"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("登记于"))

    class Meta:
        verbose_name = _("暂不轮岗")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="duties_exemption_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(approver=F("person")), name="duties_exemption_by_somebody_else"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "person"], name="duties_exemption_of"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.until_on}"
