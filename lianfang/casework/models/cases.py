"""What officers do with a sealed report. Nothing here holds a word of what was reported.

Source: 质检认纪〔2012〕1号 五（六）1, 五（六）2（2）.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.alerts.models import Alert
from lianfang.files.models import OutgoingDocument
from lianfang.leads.models import Lead
from lianfang.org.models import Organisation, Person
from lianfang.portal.models import SealedReport


class ReportCase(models.Model):
    """The course of a sealed report with the officers (举报办理), under the id of the report.

    A report that nobody did anything with yet has none. `same_as` is the report whose matter this
    one repeats; `kept_until` follows from the outcome, `held_until` is a legal hold.
    """

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("report case", "待研判")
        IN_STUDY = "in_study", pgettext_lazy("report case", "研判中")
        ACCEPTED = "accepted", pgettext_lazy("report case", "已受理")
        GOING_OUT = "going_out", pgettext_lazy("report case", "待移交")
        COMPLETED = "completed", pgettext_lazy("report case", "已办结")
        DESTROYED = "destroyed", pgettext_lazy("report case", "已销毁")

    class Route(models.TextChoices):
        ALERT = "alert", pgettext_lazy("report route", "转预警")
        LEAD = "lead", pgettext_lazy("report route", "转问题线索")
        OTHER = "other", pgettext_lazy("report route", "其他事项")
        REPEAT = "repeat", pgettext_lazy("report route", "重复举报，并案")
        TRANSFER = "transfer", pgettext_lazy("report route", "移交有权机关")
        DECLINED = "declined", pgettext_lazy("report route", "不予受理")

    class Outcome(models.TextChoices):
        SUBSTANTIATED = "substantiated", pgettext_lazy("report outcome", "属实或部分属实")
        UNFOUNDED = "unfounded", pgettext_lazy("report outcome", "查无实据或失实")
        OTHER_MATTER = "other_matter", pgettext_lazy("report outcome", "不属于廉政问题")
        TRANSFERRED = "transferred", pgettext_lazy("report outcome", "已移交")
        NOT_TAKEN = "not_taken", pgettext_lazy("report outcome", "未受理")

    class Concern(models.TextChoices):
        LEADERSHIP = "leadership", _("涉及领导班子成员")
        OFFICE = "office", _("涉及纪检监察人员")
        BEYOND = "beyond", _("不属于本单位管辖")

    report = models.OneToOneField(
        SealedReport, on_delete=models.PROTECT, primary_key=True, related_name="case"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.RECEIVED)
    route = models.CharField(_("办理去向"), max_length=10, choices=Route, blank=True)
    routed_on = models.DateField(_("分流日期"), null=True, blank=True)
    alert = models.ForeignKey(
        Alert, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead = models.ForeignKey(
        Lead, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeats"
    )
    concern = models.CharField(_("移交原因"), max_length=12, choices=Concern, blank=True)
    sent_to = models.CharField(_("接收机关"), max_length=100, blank=True)
    handed_on = models.DateField(_("移交日期"), null=True, blank=True)
    handed_how = models.CharField(_("移交方式"), max_length=300, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    outcome = models.CharField(_("办理结果"), max_length=14, choices=Outcome, blank=True)
    completed_on = models.DateField(_("办结日期"), null=True, blank=True)
    acceptance_told_on = models.DateField(_("告知受理日期"), null=True, blank=True)
    result_told_on = models.DateField(_("反馈结果日期"), null=True, blank=True)
    kept_until = models.DateField(_("保存期限"), null=True, blank=True)
    held_until = models.DateField(_("暂停销毁至"), null=True, blank=True)
    held_reason = models.CharField(_("暂停销毁的理由"), max_length=300, blank=True)
    destroyed_on = models.DateField(_("销毁日期"), null=True, blank=True)
    certificate = models.ForeignKey(
        OutgoingDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("举报办理")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["completed", "destroyed"])
                & ~Q(outcome="")
                & Q(completed_on__isnull=False, kept_until__isnull=False)
                | ~Q(state__in=["completed", "destroyed"])
                & Q(outcome="", completed_on=None, kept_until=None),
                name="casework_case_completed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state="destroyed", destroyed_on__isnull=False)
                | ~Q(state="destroyed") & Q(destroyed_on=None),
                name="casework_case_destroyed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(held_until=None) | ~Q(held_reason=""),
                name="casework_case_held_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="casework_case_by_state"),
        ]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """How officers call it: from its random id, so that it tells of no order."""
        return mark_of(self.report_id)


def mark_of(report_id: object) -> str:
    """Return how officers call a report, from its random id."""
    short = str(report_id).replace("-", "")[:8].upper()
    return f"{short[:4]}-{short[4:]}"


class Recusal(models.Model):
    """Somebody has nothing to do with a report, and no envelope of it (回避)."""

    report = models.ForeignKey(SealedReport, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("理由"), max_length=300)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("举报回避")
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="casework_recusal_once"),
        ]

    def __str__(self) -> str:
        return f"{mark_of(self.report_id)} {self.person_id}"


class Look(models.Model):
    """Somebody opened a part of a report (查阅): that, never what it said."""

    class What(models.TextChoices):
        CONTENT = "content", _("正文和往来")
        FILE = "file", _("附件")
        IDENTITY = "identity", _("举报人身份")

    report = models.ForeignKey(SealedReport, on_delete=models.PROTECT, related_name="looks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("内容"), max_length=10, choices=What)
    looked_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("查阅记录")
        indexes = [
            models.Index(fields=["report", "looked_at"], name="casework_look_of_report"),
        ]

    def __str__(self) -> str:
        return f"{mark_of(self.report_id)} {self.what}"


class CaseStep(models.Model):
    """Something an officer did for the sender, or for whoever was reported (办理记录)."""

    class Kind(models.TextChoices):
        PROTECTED = "protected", _("检查举报人保护")
        RETALIATION = "retaliation", _("记录打击报复情况")
        HEARD = "heard", _("听取被反映人说明")
        CLEARED = "cleared", _("澄清正名")
        NOTE = "note", pgettext_lazy("report step", "记录")

    case = models.ForeignKey(ReportCase, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    text = models.CharField(_("说明"), max_length=500, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(_("日期"))
    noted_at = models.DateTimeField(_("记录于"))

    class Meta:
        verbose_name = _("办理记录")
        indexes = [models.Index(fields=["case", "done_on"], name="casework_step_of_case")]

    def __str__(self) -> str:
        return f"{mark_of(self.case_id)} {self.kind}"
