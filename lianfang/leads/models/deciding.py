"""What was proposed about a lead and who decided it; outcomes with their effect and follow-up."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.leads.models.lead import Lead
from lianfang.org.models import Person

_LOGIN = settings.AUTH_USER_MODEL


class LeadProposal(models.Model):
    """A disposal, an outcome, a request to stop an act, or more time: proposed, then decided.

    `code` is a rung of the scheme's ladder; `approver` the one it names, `decider` who decides
    once those are passed over who may not. What a body outside decides has its name and paper.
    """

    class Kind(models.TextChoices):
        DISPOSAL = "disposal", pgettext_lazy("lead", "处置意见")
        OUTCOME = "outcome", pgettext_lazy("lead", "处理意见")
        STOP = "stop", pgettext_lazy("lead", "提请制止")
        EXTENSION = "extension", pgettext_lazy("lead", "延长期限")

    class Decider(models.TextChoices):
        KEEPER = "keeper", pgettext_lazy("lead", "承办机构负责人")
        LEADERSHIP_HEAD = "leadership_head", pgettext_lazy("lead", "班子主要负责人")
        SUPERIOR = "superior", pgettext_lazy("lead", "上级机关")
        OUTSIDE = "outside", pgettext_lazy("lead", "有权机关")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("lead proposal", "待审批")
        APPROVED = "approved", pgettext_lazy("lead proposal", "已批准")
        RETURNED = "returned", pgettext_lazy("lead proposal", "已退回")
        WITHDRAWN = "withdrawn", pgettext_lazy("lead proposal", "已撤回")

    class Why(models.TextChoices):
        """Why more time is needed."""

        COMPLEX = "complex", pgettext_lazy("lead", "情况复杂，需要继续核对")
        WAITING = "waiting", pgettext_lazy("lead", "等待其他机关答复")
        AWAY = "away", pgettext_lazy("lead", "有关人员不能到场")
        MORE = "more", pgettext_lazy("lead", "发现新的情况")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    code = models.CharField(_("方式"), max_length=24)
    # an outcome is about one person
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    until_on = models.DateField(_("延长至"), null=True, blank=True)
    why = models.CharField(_("延长理由"), max_length=10, choices=Why, blank=True)
    said = models.TextField(_("意见和理由"), blank=True)
    approver = models.CharField(_("方案规定的审批人"), max_length=24)
    decider = models.CharField(_("审批"), max_length=16, choices=Decider)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField(_("提出日期"))
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    decided_by = models.ForeignKey(
        _LOGIN, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_body = models.CharField(_("作出决定的机关"), max_length=100, blank=True)
    decided_mark = models.CharField(_("决定文号"), max_length=80, blank=True)
    answer = models.TextField(_("审批意见"), blank=True)

    class Meta:
        verbose_name = _("线索审批事项")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_on=None)
                | (~Q(state="waiting") & Q(decided_on__isnull=False)),
                name="leads_proposal_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind="extension") | (Q(until_on__isnull=False) & ~Q(why="")),
                name="leads_extension_with_day_and_reason",
            ),
            models.CheckConstraint(
                condition=~Q(decider__in=["superior", "outside"], state="approved")
                | (~Q(decided_body="") & ~Q(decided_mark="")),
                name="leads_decided_outside_with_paper",
            ),
        ]
        indexes = [
            models.Index(
                fields=["decider"], condition=Q(state="waiting"), name="leads_proposals_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.kind} {self.code}"


class LeadOutcome(models.Model):
    """What came of a lead for a person: which of the four forms, its effect, its follow-up."""

    class Followed(models.TextChoices):
        MENDED = "mended", pgettext_lazy("follow-up", "已改正")
        PARTLY = "partly", pgettext_lazy("follow-up", "部分改正，继续关注")
        NOT_MENDED = "not_mended", pgettext_lazy("follow-up", "没有改正")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="outcomes")
    proposal = models.OneToOneField(LeadProposal, on_delete=models.PROTECT, related_name="outcome")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("处理方式"), max_length=24)
    # one of the four forms, by the scheme's code
    form = models.CharField(_("形态"), max_length=10, blank=True)
    decided_on = models.DateField(_("决定日期"))
    effect_until = models.DateField(_("影响期至"), null=True, blank=True)
    follow_up_on = models.DateField(_("回访日期"), null=True, blank=True)
    followed_on = models.DateField(_("已回访"), null=True, blank=True)
    followed = models.CharField(_("回访结果"), max_length=12, choices=Followed, blank=True)

    class Meta:
        verbose_name = _("线索处理结果")
        constraints = [
            models.CheckConstraint(
                condition=Q(followed_on=None, followed="")
                | (Q(followed_on__isnull=False) & ~Q(followed="")),
                name="leads_outcome_followed_with_result",
            ),
        ]
        indexes = [
            models.Index(
                fields=["follow_up_on"],
                condition=Q(followed_on=None, follow_up_on__isnull=False),
                name="leads_to_follow_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.code}"
