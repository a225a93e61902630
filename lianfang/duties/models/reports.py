"""Reports (报告): what somebody writes where a duty asks for words, and what became of it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianfang.duties.models.duty import Duty
from lianfang.org.models import Organisation, Person, Post, Unit

_LOGIN = settings.AUTH_USER_MODEL


class Report(models.Model):
    """A written report, a unit's report, a statement, a disclosure or the record of a visit.

    One to a duty. `recipient` reads it, a person or, where there is none, the body of
    `recipient_role`. Source: 质检认纪〔2012〕1号 三, 五（五）2, 五（五）3, 五（七）2（3）.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("待审阅")
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已审阅")
        PUBLISHED = "published", _("公开中")
        FILED = "filed", _("已存档")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="report")
    kind = models.CharField(_("种类"), max_length=12, choices=Duty.Kind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    author = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    recipient_role = models.CharField(
        _("审阅身份"), max_length=24, choices=Duty.ActorRole, blank=True
    )
    recipient = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # of a statement: how, by the scheme; of a statement or a visit: when
    form = models.CharField(_("说明形式"), max_length=40, blank=True)
    held_on = models.DateField(_("日期"), null=True, blank=True)
    # of a disclosure
    public_from = models.DateField(_("公开起"), null=True, blank=True)
    public_until = models.DateField(_("公开止"), null=True, blank=True)
    sent_on = models.DateField(_("报送日期"), null=True, blank=True)
    # as of which day the records were read
    facts_on = models.DateField(_("记录截至"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("报告")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__lte=F("until_on")), name="duties_report_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent_on__isnull=False),
                name="duties_report_sent_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "returned", "accepted"])
                | ~Q(recipient_role=""),
                name="duties_report_sent_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(public_from__isnull=False, public_until__gte=F("public_from")),
                name="duties_report_public_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "kind", "id"], name="duties_reports_listed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_on} {self.until_on}"

    def is_public_on(self, on: date) -> bool:
        """Return whether it is a disclosure that runs on a day."""
        begin, end = self.public_from, self.public_until
        is_published = self.state == self.State.PUBLISHED
        return is_published and begin is not None and end is not None and begin <= on <= end


class ReportSection(models.Model):
    """A section: what the records say there, drawn anew on request, and what was written."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    facts = models.TextField(_("记录显示"), blank=True)
    text = models.TextField(_("补充说明"), blank=True)

    class Meta:
        verbose_name = _("报告内容")
        constraints = [
            models.UniqueConstraint(fields=["report", "code"], name="duties_section_once"),
        ]

    def __str__(self) -> str:
        return self.code


class ReportSending(models.Model):
    """A report as it was sent, recorded or published, kept as it was, and what was said to it."""

    class Outcome(models.TextChoices):
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已审阅")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sendings")
    round = models.PositiveSmallIntegerField()
    # code, facts and text of each section, in order
    content = models.JSONField()
    digest = models.CharField(_("摘要"), max_length=64)
    sent_at = models.DateTimeField(_("报送于"))
    sent_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("审阅结果"), max_length=10, choices=Outcome, blank=True)
    comment = models.CharField(_("审阅意见"), max_length=1000, blank=True)
    judged_at = models.DateTimeField(_("审阅于"), null=True, blank=True)
    judged_by = models.ForeignKey(
        _LOGIN, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("报送记录")
        constraints = [
            models.UniqueConstraint(fields=["report", "round"], name="duties_sending_once"),
            models.CheckConstraint(
                condition=Q(outcome="", judged_at=None)
                | (~Q(outcome="") & Q(judged_at__isnull=False)),
                name="duties_sending_judged_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="returned") | ~Q(comment=""),
                name="duties_sending_returned_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}"


class DisclosureComment(models.Model):
    """What somebody of the unit said to a disclosure while it was open."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("意见"), max_length=1000)
    said_at = models.DateTimeField(_("提出于"))

    class Meta:
        verbose_name = _("公开意见")

    def __str__(self) -> str:
        return self.text[:40]
