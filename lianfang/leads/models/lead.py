"""A lead: number, dates, states, outcome; content only where the organisation keeps it here."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.alerts.models import Alert
from lianfang.leads.rules.marks import mark_of
from lianfang.org.models import Organisation, Person, Post, Unit
from lianfang.powers.models import Power
from lianfang.risks.models import Breach

_LOGIN = settings.AUTH_USER_MODEL


class Lead(models.Model):
    """A lead that the discipline office works on, or the body over it.

    `number` is drawn among those free in `year`. `about` is empty unless the organisation keeps
    content here. Whom it names stands in LeadPerson: they are kept so that they are kept out.
    """

    class Origin(models.TextChoices):
        ALERT = "alert", pgettext_lazy("lead", "预警转来")
        REPORT = "report", pgettext_lazy("lead", "信访举报")
        INSPECTION = "inspection", pgettext_lazy("lead", "监督检查发现")
        TRANSFER = "transfer", pgettext_lazy("lead", "其他机关移交")
        OTHER = "other", pgettext_lazy("lead", "其他")

    class Body(models.TextChoices):
        OFFICE = "discipline_office", _("纪检监察室")
        OVERSIGHT = "discipline_oversight", _("对纪检监察室的监督机构")

    class State(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("lead", "待处置")
        IN_DISPOSAL = "in_disposal", pgettext_lazy("lead", "处置中")
        HELD = "held", pgettext_lazy("lead", "暂存待查")
        CONCLUDED = "concluded", pgettext_lazy("lead", "已有结论")
        CLOSED = "closed", pgettext_lazy("lead", "已办结")
        STRUCK = "struck", pgettext_lazy("lead", "已作废")

    class Disposal(models.TextChoices):
        INQUIRY = "inquiry", pgettext_lazy("lead", "谈话函询")
        CHECK = "preliminary_check", pgettext_lazy("lead", "初步核实")
        HOLD = "hold", pgettext_lazy("lead", "暂存待查")
        END = "close", pgettext_lazy("lead", "予以了结")

    class Result(models.TextChoices):
        FOUND = "found", pgettext_lazy("lead", "查实存在问题")
        CLEARED = "cleared", pgettext_lazy("lead", "反映失实，予以澄清")
        ENDED = "ended", pgettext_lazy("lead", "予以了结")

    class Struck(models.TextChoices):
        WRONG = "wrong", pgettext_lazy("lead", "登记有误")
        TWICE = "twice", pgettext_lazy("lead", "重复登记")
        ELSEWHERE = "elsewhere", pgettext_lazy("lead", "不属于本机构受理")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveSmallIntegerField(_("编号"))
    origin = models.CharField(_("来源"), max_length=10, choices=Origin)
    # the alert it came of; it is closed when the lead is
    alert = models.OneToOneField(
        Alert, on_delete=models.PROTECT, null=True, blank=True, related_name="lead"
    )
    body = models.CharField(_("承办机构"), max_length=24, choices=Body)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    power = models.ForeignKey(
        Power, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    about = models.TextField(_("反映的问题"), blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.REGISTERED)
    disposal = models.CharField(_("处置方式"), max_length=20, choices=Disposal, blank=True)
    result = models.CharField(_("结论"), max_length=10, choices=Result, blank=True)
    received_on = models.DateField(_("收到日期"))
    registered_on = models.DateField(_("登记日期"))
    due_on = models.DateField(_("处置期限"))
    disposed_on = models.DateField(_("处置日期"), null=True, blank=True)
    concluded_on = models.DateField(_("结论日期"), null=True, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    struck_for = models.CharField(
        pgettext_lazy("lead", "作废原因"), max_length=10, choices=Struck, blank=True
    )
    breach = models.OneToOneField(
        Breach, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    scheme_version = models.CharField(_("方案版本"), max_length=20)
    registered_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("问题线索")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], name="leads_lead_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | (~Q(state="closed") & Q(closed_on=None)),
                name="leads_lead_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["concluded", "closed"], concluded_on__isnull=False)
                & ~Q(result="")
                | (~Q(state__in=["concluded", "closed"]) & Q(concluded_on=None, result="")),
                name="leads_lead_concluded_with_a_result",
            ),
            models.CheckConstraint(
                condition=(Q(state="struck") & ~Q(struck_for=""))
                | (~Q(state="struck") & Q(struck_for="")),
                name="leads_lead_struck_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(alert=None) | Q(origin="alert"), name="leads_lead_of_an_alert"
            ),
            models.CheckConstraint(
                condition=Q(breach=None) | Q(state="closed", result="found"),
                name="leads_lead_breach_when_found",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"], name="leads_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """Its number as it is written: 线索〔2026〕7316号."""
        return mark_of(self.year, self.number)


class LeadPerson(models.Model):
    """Somebody whom a lead concerns: they and their kin on record never see it."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="concerned")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_on = models.DateField(_("写明日期"))

    class Meta:
        verbose_name = _("线索涉及人员")
        constraints = [
            models.UniqueConstraint(fields=["lead", "person"], name="leads_person_once_a_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.person_id}"


class LeadStep(models.Model):
    """Something that happened to a lead: what, which of the scheme's codes, when, by whom."""

    class What(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("lead step", "登记")
        NAMED = "named", pgettext_lazy("lead step", "补充涉及人员")
        PROPOSED = "proposed", pgettext_lazy("lead step", "提出")
        APPROVED = "approved", pgettext_lazy("lead step", "批准")
        RETURNED = "returned", pgettext_lazy("lead step", "不同意，退回")
        WITHDRAWN = "withdrawn", pgettext_lazy("lead step", "撤回")
        TAKEN_UP = "taken_up", pgettext_lazy("lead step", "重新启用")
        CONCLUDED = "concluded", pgettext_lazy("lead step", "得出结论")
        NOTED = "noted", pgettext_lazy("lead step", "补充情况")
        LETTER = "letter", pgettext_lazy("lead step", "印发文书")
        FOLLOWED = "followed", pgettext_lazy("lead step", "回访")
        CLOSED = "closed", pgettext_lazy("lead step", "办结")
        STRUCK = "struck", pgettext_lazy("lead step", "作废")

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=12, choices=What)
    # a rung, a result, a letter, a reason: as the step has it
    code = models.CharField(max_length=24, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("线索办理过程")

    def __str__(self) -> str:
        return f"{self.lead_id} {self.what}"


class LeadNote(models.Model):
    """Content that was added to a lead, where the organisation keeps content here."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("补充情况"))
    at = models.DateTimeField()
    by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("线索补充情况")

    def __str__(self) -> str:
        return f"{self.lead_id} {self.pk}"
