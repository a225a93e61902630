"""The year: its stages, each unit's filing with what was asked of it, meetings, editions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models import Organisation, Person, Unit
from lianfang.powers.models import EditLock

_LOGIN = settings.AUTH_USER_MODEL


class Cycle(models.Model):
    """A year's work of an organisation, under one version of the scheme (六)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField(_("年度"))
    # the first year lists everything; later ones go over the edition before
    is_first = models.BooleanField(_("首年"))
    scheme_version = models.CharField(_("方案版本"), max_length=20)
    opened_at = models.DateTimeField(_("开始于"))
    opened_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("年度工作")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], name="cycles_cycle_once_per_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class CycleStage(models.Model):
    """One of the five stages of a year: as planned, and as it was opened and closed."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="stages")
    code = models.CharField(_("阶段"), max_length=40)
    order = models.PositiveSmallIntegerField()
    begins_on = models.DateField(_("计划开始"))
    ends_on = models.DateField(_("计划结束"))
    opened_on = models.DateField(_("开始日期"), null=True, blank=True)
    opening_reason = models.CharField(_("提前或推迟开始的原因"), max_length=200, blank=True)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    closing_reason = models.CharField(_("提前或推迟结束的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("阶段")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="cycles_stage_once_per_cycle"),
            models.CheckConstraint(
                condition=Q(begins_on__lte=F("ends_on")), name="cycles_stage_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on__isnull=False),
                name="cycles_stage_opened_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether it was opened and not closed yet."""
        return self.opened_on is not None and self.closed_on is None


class Filing(models.Model):
    """What a unit sends in a year: its register, from the first line to the edition (六（一）)."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("未开始")
        DRAFTING = "drafting", _("填报中")
        SUBMITTED = "submitted", _("已报送")
        IN_CHECK = "in_check", _("审核中")
        RETURNED = "returned", _("已退回")
        CHECKED = "checked", _("审核通过")
        APPROVED = "approved", _("审议通过")
        PUBLISHED = "published", _("已发布")
        SUPERSEDED = "superseded", _("已被替代")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="filings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="filings")
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.NOT_STARTED)
    # how often it was submitted
    round = models.PositiveSmallIntegerField(_("报送次数"), default=0)
    statement = models.TextField(_("报送说明"), blank=True)
    submitted_at = models.DateTimeField(_("报送于"), null=True, blank=True)
    submitted_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    checker = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("审核人")
    )
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
            models.UniqueConstraint(fields=["cycle", "unit"], name="cycles_filing_once_per_unit"),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="cycles_filing_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.unit_id}"


class Remark(models.Model):
    """What the checker asks of a filing under one of the five checks, and what came of it."""

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已答复")
        RESOLVED = "resolved", _("已解决")
        WAIVED = "waived", _("免改")

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="remarks")
    check_code = models.CharField(_("检查项"), max_length=10)
    # code of the power or risk point it is about, and of the finding it takes up; empty for none
    about = models.CharField(_("对象"), max_length=60, blank=True)
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

    class Meta:
        verbose_name = _("审核意见")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="waived") | ~Q(closing_reason=""),
                name="cycles_remark_waived_with_a_reason",
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


class Consultation(models.Model):
    """A period in which people say what they think of the filings that were checked (六（三）)."""

    class Scope(models.TextChoices):
        STAFF = "staff", _("全体人员")
        HEADS = "heads", _("单位负责人和领导")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="consultations")
    scope = models.CharField(_("征求范围"), max_length=10, choices=Scope)
    from_on = models.DateField(_("开始日期"))
    # the last day, included
    until_on = models.DateField(_("截止日期"))
    opened_at = models.DateTimeField(_("发出于"))
    opened_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    summary = models.TextField(_("意见汇总"), blank=True)

    class Meta:
        verbose_name = _("征求意见")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(closed_on=None),
                name="cycles_consultation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(from_on__lte=F("until_on")),
                name="cycles_consultation_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} – {self.until_on}"


class Comment(models.Model):
    """What somebody said of a filing in a consultation, and what the office answered."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="comments"
    )
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(_("对象"), max_length=60, blank=True)
    text = models.CharField(_("意见"), max_length=600)
    said_at = models.DateTimeField(_("提出于"))
    answer = models.CharField(_("答复"), max_length=600, blank=True)
    # whether the opinion is taken up
    is_taken = models.BooleanField(_("是否采纳"), null=True)
    answered_at = models.DateTimeField(_("答复于"), null=True, blank=True)

    class Meta:
        verbose_name = _("征求的意见")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, is_taken=None)
                | (Q(answered_at__isnull=False, is_taken__isnull=False) & ~Q(answer="")),
                name="cycles_comment_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Meeting(models.Model):
    """A meeting of the leading group that decides about filings (六（三）)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=100)
    members = models.ManyToManyField(Person, related_name="+", verbose_name=_("成员"))
    present = models.ManyToManyField(Person, related_name="+", verbose_name=_("出席"))
    recorded_at = models.DateTimeField(_("记录于"))
    recorded_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("审议会议")

    def __str__(self) -> str:
        return f"{self.held_on}"


class Decision(models.Model):
    """What a meeting decided about one filing, by whom in favour, who stayed out of it."""

    class Outcome(models.TextChoices):
        APPROVED = "approve", _("审议通过")
        WITH_CHANGES = "approve_with_changes", _("修改后通过")
        SENT_BACK = "send_back", _("退回")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("决定"), max_length=20, choices=Outcome)
    changes = models.TextField(_("意见或修改要求"), blank=True)
    approving = models.ManyToManyField(Person, related_name="+", verbose_name=_("赞成"))
    recused = models.ManyToManyField(Person, related_name="+", verbose_name=_("回避"))

    class Meta:
        verbose_name = _("审议决定")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "filing"], name="cycles_decision_once_per_meeting"
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Edition(models.Model):
    """A unit's register as it was published: frozen, numbered, never changed (六（三）)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="editions")
    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="edition")
    year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveSmallIntegerField(_("序号"))
    effective_from = models.DateField(_("施行日期"))
    # canonical JSON as `register.edition` writes it
    content = models.TextField()
    digest = models.CharField(_("摘要"), max_length=64)
    algorithm = models.CharField(_("算法"), max_length=20, default="sha-256")
    published_at = models.DateTimeField(_("发布于"))
    published_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_on = models.DateField(_("被替代日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("版本")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "serial"], name="cycles_edition_number_once"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(superseded_on=None),
                name="cycles_edition_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How the edition is called, 2026-1."""
        return f"{self.year}-{self.serial}"
