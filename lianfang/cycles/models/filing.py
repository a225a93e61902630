"""Each unit's filing, with what was asked of it and concluded about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.models.revising import Revision
from lianfang.cycles.models.year import Cycle
from lianfang.org.models import Organisation, Person, Unit
from lianfang.powers.models import EditLock

_LOGIN = settings.AUTH_USER_MODEL


class Filing(models.Model):
    """What a unit sends in a year: its register, from the first line to the edition (六（一）).

    With a revision, the part of the register that this touches (六（五）).
    """

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("未开始")
        DRAFTING = "drafting", _("填报中")
        SUBMITTED = "submitted", _("已报送")
        IN_CHECK = "in_check", _("审核中")
        RETURNED = "returned", _("已退回")
        CHECKED = "checked", pgettext_lazy("stage", "审核通过")
        APPROVED = "approved", _("审议通过")
        PUBLISHED = "published", _("已发布")
        SUPERSEDED = "superseded", _("已被替代")
        DROPPED = "dropped", _("已取消")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="filings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="filings")
    revision = models.OneToOneField(
        Revision, on_delete=models.PROTECT, null=True, related_name="filing"
    )
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.NOT_STARTED)
    # how often it was submitted
    round = models.PositiveSmallIntegerField(_("报送次数"), default=0)
    statement = models.TextField(_("报送说明"), blank=True)
    submitted_at = models.DateTimeField(_("报送于"), null=True, blank=True)
    submitted_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    checker = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("审核人")
    )
    # the checker was named by the office, and nobody else checks; else whoever took it up
    checker_named_at = models.DateTimeField(_("指定于"), null=True, blank=True)
    # when it was last taken up for checking
    taken_up_at = models.DateTimeField(_("开始审核于"), null=True, blank=True)
    # what the five checks found when they were last counted; none before the first count
    errors_found = models.PositiveIntegerField(_("须改"), null=True, blank=True)
    warnings_found = models.PositiveIntegerField(_("请核对"), null=True, blank=True)
    counted_at = models.DateTimeField(_("检查于"), null=True, blank=True)
    # why it came back, or the changes with which it was approved
    returned_for = models.TextField(_("退回意见"), blank=True)
    # approved with changes: the office may confirm them without a new meeting
    has_changes_listed = models.BooleanField(_("按意见修改后通过"), default=False)
    due_on = models.DateField(_("重新报送期限"), null=True, blank=True)
    lock = models.ForeignKey(EditLock, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("填报")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "unit"],
                condition=Q(revision=None),
                name="cycles_filing_once_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(counted_at=None, errors_found=None, warnings_found=None)
                | Q(counted_at__isnull=False, errors_found__isnull=False)
                & Q(warnings_found__isnull=False),
                name="cycles_filing_counted_whole",
            ),
            models.CheckConstraint(
                condition=Q(checker_named_at=None) | Q(checker__isnull=False),
                name="cycles_filing_named_is_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="cycles_filing_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.unit_id}"

    @property
    def unit_on_paper(self) -> str:
        """The unit as official papers name it, with the number of the revision, in Chinese."""
        if self.revision is not None:
            return f"{self.unit.name}（修订 {self.revision.number}）"
        return self.unit.name

    @property
    def title(self) -> str:
        """What it is: the filing of a year, or a revision by its number."""
        if self.revision is not None:
            return gettext("修订 %(number)s") % {"number": self.revision.number}
        return gettext("%(year)s 年度填报") % {"year": self.cycle.year}


class Submission(models.Model):
    """What a filing held when it was submitted: a copy that never changes (六（一）)."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="submissions")
    round = models.PositiveSmallIntegerField(_("报送次数"))
    statement = models.TextField(_("报送说明"), blank=True)
    # the part of the register that the filing covers, as `register.canonical` writes it
    content = models.TextField()
    digest = models.CharField(_("摘要"), max_length=64)
    algorithm = models.CharField(_("算法"), max_length=20, default="sha-256")
    submitted_at = models.DateTimeField(_("报送于"))
    submitted_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("报送")
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "round"], name="cycles_submission_once_per_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.round}"


class Remark(models.Model):
    """What the checker asks of a filing under one of the five checks, and what came of it."""

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已答复")
        RESOLVED = "resolved", _("已解决")
        WAIVED = "waived", _("免改")

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="remarks")
    check_code = models.CharField(_("检查项"), max_length=10)
    # code and kind of the part of the register it is about, its field, and the code of the finding
    # it takes up; empty for none
    about = models.CharField(_("对象"), max_length=80, blank=True)
    part = models.CharField(_("对象种类"), max_length=12, blank=True, db_default="")
    field = models.CharField(_("项目"), max_length=20, blank=True, db_default="")
    finding = models.CharField(_("自动意见"), max_length=10, blank=True)
    text = models.CharField(_("意见"), max_length=400)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    round = models.PositiveSmallIntegerField(_("报送次数"))
    raised_at = models.DateTimeField(_("提出于"))
    raised_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("答复"), max_length=400, blank=True)
    answered_at = models.DateTimeField(_("答复于"), null=True, blank=True)
    closed_at = models.DateTimeField(_("办结于"), null=True, blank=True)
    closing_reason = models.CharField(_("免改理由"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        verbose_name = _("审核意见")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="waived") | ~Q(closing_reason=""),
                name="cycles_remark_waived_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(field="") | (~Q(about="") & ~Q(part="")),
                name="cycles_remark_field_of_something",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Conclusion(models.Model):
    """What the checker concludes under one of the five checks, for one submission."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="conclusions")
    round = models.PositiveSmallIntegerField()
    check_code = models.CharField(_("检查项"), max_length=10)
    is_met = models.BooleanField(_("是否通过"))
    text = models.CharField(_("结论"), max_length=400, blank=True)
    concluded_at = models.DateTimeField(_("作出于"))

    class Meta:
        verbose_name = _("检查结论")
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "round", "check_code"], name="cycles_conclusion_once_per_check"
            ),
        ]

    def __str__(self) -> str:
        return self.check_code
