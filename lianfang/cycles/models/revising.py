"""Revisions between two years' editions, and what proposes them (六（五）)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models import Organisation, Unit
from lianfang.powers.models import Power

_LOGIN = settings.AUTH_USER_MODEL


class Revision(models.Model):
    """A change of an edition in force, limited to some powers, with its reason (动态调整)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="revisions")
    year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveSmallIntegerField(_("序号"))
    # the scheme's code of what made it necessary
    trigger = models.CharField(_("触发原因"), max_length=40)
    reason = models.CharField(_("修订理由"), max_length=600)
    powers = models.ManyToManyField(Power, related_name="+", verbose_name=_("修订的职权"))
    # new powers, and risk points about posts and regulations
    covers_rest = models.BooleanField(_("新增职权、岗位和制度的风险点"), default=False)
    opened_at = models.DateTimeField(_("开始于"))
    opened_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("修订")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "serial"], name="cycles_revision_number_once"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(ended_on=None, covers_rest=True),
                name="cycles_revision_one_of_the_rest",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How the revision is called, 2026-R1."""
        return f"{self.year}-R{self.serial}"


class Proposal(models.Model):
    """Something that happened since an edition and asks for a revision of it (动态调整建议).

    It is proposed once: settled by a revision, by the next edition, or dismissed with a reason.
    """

    class Outcome(models.TextChoices):
        OPEN = "", _("待处理")
        TAKEN = "taken", _("已开始修订")
        DISMISSED = "dismissed", _("不需修订")
        OVER = "over", _("已不存在")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    trigger = models.CharField(_("触发原因"), max_length=40)
    # what it is about, such as a breach by its key; the same is never proposed twice
    key = models.CharField(max_length=80)
    about = models.CharField(_("对象"), max_length=200)
    powers = models.ManyToManyField(Power, related_name="+", verbose_name=_("涉及职权"))
    found_on = models.DateField(_("发现日期"))
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, blank=True)
    settled_on = models.DateField(_("处理日期"), null=True, blank=True)
    settled_by = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    settled_reason = models.CharField(_("不修订的理由"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("修订建议")
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="cycles_proposal_once"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_on=None)
                | (~Q(outcome="") & Q(settled_on__isnull=False)),
                name="cycles_proposal_settled_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="dismissed") | ~Q(settled_reason=""),
                name="cycles_proposal_dismissed_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation"],
                condition=Q(outcome=""),
                name="cycles_proposal_open",
            ),
        ]

    def __str__(self) -> str:
        return self.about

    @property
    def sentence(self) -> str:
        """What happened, in the language of the page."""
        return str(_HAPPENED.get(self.trigger, "%(about)s")) % {"about": self.about}


_HAPPENED = {
    "structure_changed": _("“%(about)s”改名、调整或停用"),
    "holder_changed": _("“%(about)s”任职变动"),
    "requirement_changed": _("《%(about)s》已废止"),
    "breach": _("“%(about)s”发生违规，尚无版本纳入"),
    "yearly_review": _("版本 %(about)s 已到年度复核"),
}
