"""Somebody is held to account: by which facts, heard, decided, appealed (五（七）2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.org.models import Organisation, Person, Post, Unit
from lianfang.risks.models import Breach

_LOGIN = settings.AUTH_USER_MODEL


class Accountability(models.Model):
    """A matter of accountability (责任追究), of one of the scheme's three kinds.

    `key` is that of the candidate it came of, so that no candidate is taken up twice; `rows` are
    the facts as they stood then (`rules.figures.Row`). Source: 质检认纪〔2012〕1号 五（七）2.
    """

    class State(models.TextChoices):
        DISMISSED = "dismissed", pgettext_lazy("accountability", "不予追究")
        OPENED = "opened", pgettext_lazy("accountability", "已启动")
        HEARD = "heard", pgettext_lazy("accountability", "已听取陈述")
        DECIDED = "decided", pgettext_lazy("accountability", "已决定")
        APPEALED = "appealed", pgettext_lazy("accountability", "申诉中")
        CLOSED = "closed", pgettext_lazy("accountability", "已办结")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField(_("年度"))
    # the scheme's code, and the places of its grounds
    kind = models.CharField(_("种类"), max_length=20)
    grounds = models.JSONField(_("情形"), default=list)
    clause = models.CharField(_("条款"), max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    breach = models.ForeignKey(
        Breach, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # who keeps it: a body that the person does not sit in
    kept_by = models.CharField(
        _("承办机构"),
        max_length=24,
        choices=[
            ("discipline_office", _("纪检监察室")),
            ("discipline_oversight", _("对纪检监察室的监督机构")),
        ],
    )
    rows = models.JSONField(default=list)
    facts = models.TextField(_("事实"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State)
    opened_on = models.DateField(_("启动日期"))
    opened_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    heard_on = models.DateField(_("听取陈述日期"), null=True, blank=True)
    hearing = models.TextField(_("本人陈述"), blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    decided_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.TextField(_("决定"), blank=True)
    effect = models.CharField(_("影响"), max_length=300, blank=True)
    effect_until = models.DateField(_("影响期至"), null=True, blank=True)
    appealed_on = models.DateField(_("申诉日期"), null=True, blank=True)
    appeal = models.TextField(_("申诉"), blank=True)
    answered_on = models.DateField(_("申诉答复日期"), null=True, blank=True)
    answer = models.TextField(_("申诉答复"), blank=True)
    dismissed_for = models.CharField(_("不予追究的理由"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("责任追究")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"], name="assessment_matter_once_per_candidate"
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(dismissed_for=""),
                name="assessment_matter_dismissed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["dismissed", "opened"])
                | (Q(heard_on__isnull=False) & ~Q(hearing="")),
                name="assessment_matter_heard_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "appealed", "closed"])
                | (Q(decided_on__isnull=False) & ~Q(decision="")),
                name="assessment_matter_decided_in_words",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "year"], name="assessment_matters_of_year"),
        ]

    def __str__(self) -> str:
        return self.key
