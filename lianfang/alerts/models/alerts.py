"""Alerts: what was noticed, about whom, who has it, who knows, what became of it (五（六）1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.duties.models import Duty
from lianfang.files.models import Attachment
from lianfang.org.models import Organisation, Person, Post, Unit
from lianfang.powers.models import Power
from lianfang.risks.models import RiskPoint

_LOGIN = settings.AUTH_USER_MODEL


class Alert(models.Model):
    """A sign of dishonesty that somebody noticed, and what is done about it (预警).

    `goes_to_role` and `goes_to` say who has it: until triage who decides where it goes, then who
    deals with it; without a person it is the body of that role. `due_on` is the day of the clock
    that runs from triage. `what` stands in the log only as a commitment. Nothing is deleted.
    """

    class State(models.TextChoices):
        NOTICED = "noticed", pgettext_lazy("alert", "新发现")
        TRIAGED = "triaged", pgettext_lazy("alert", "已分流")
        IN_HAND = "in_hand", pgettext_lazy("alert", "处置中")
        CLOSED = "closed", pgettext_lazy("alert", "已办结")
        STRUCK = "struck", pgettext_lazy("alert", "已注销")

    class Way(models.TextChoices):
        OWNER = "owner", pgettext_lazy("alert way", "由防控责任人处置")
        LEADER = "leader", pgettext_lazy("alert way", "请分管领导处置")
        OFFICE = "office", pgettext_lazy("alert way", "报纪检监察室")
        HEAD = "head", pgettext_lazy("alert way", "报班子主要负责人")
        SUPERIOR = "superior", pgettext_lazy("alert way", "报上级机关")

    class Role(models.TextChoices):
        CONTROL_OWNER = "control_owner", _("防控责任人")
        PORTFOLIO_LEADER = "portfolio_leader", _("分管领导")
        LEADERSHIP_HEAD = "leadership_head", _("班子主要负责人")
        DISCIPLINE_OFFICE = "discipline_office", _("纪检监察室")
        DISCIPLINE_OVERSIGHT = "discipline_oversight", _("对纪检监察室的监督机构")
        LEADING_GROUP_OFFICE = "leading_group_office", _("领导小组办公室")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveIntegerField(_("编号"))
    # what it concerns; each may be unknown
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("涉及单位"),
    )
    post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("涉及岗位"),
    )
    power = models.ForeignKey(
        Power,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("涉及职权"),
    )
    risk = models.ForeignKey(
        RiskPoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("涉及风险点"),
    )
    # codes of the scheme, by its version when the alert was recorded
    channel = models.CharField(_("渠道"), max_length=40)
    trigger = models.CharField(_("情形"), max_length=40)
    gravity = models.CharField(_("轻重"), max_length=40)
    scheme_version = models.CharField(max_length=20)
    what = models.TextField(_("情况"))
    noticed_on = models.DateField(_("发现日期"))
    # None: an indicator or a report
    recorded_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("记录人"),
    )
    recorded_on = models.DateField(_("记录日期"))
    recorded_at = models.DateTimeField(_("记录于"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.NOTICED)
    # the scheme's route that applied, and where it went
    route = models.CharField(_("分流规则"), max_length=40)
    way = models.CharField(_("去向"), max_length=10, choices=Way, blank=True)
    goes_to_role = models.CharField(_("办理"), max_length=24, choices=Role)
    goes_to = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    # these go up: neither the office nor anybody beside them counts them
    about_office = models.BooleanField(default=False)
    about_leader = models.BooleanField(default=False)
    triage_due_on = models.DateField(_("分流期限"))
    triaged_on = models.DateField(_("分流日期"), null=True, blank=True)
    due_on = models.DateField(_("办理期限"), null=True, blank=True)
    begun_on = models.DateField(_("开始办理"), null=True, blank=True)
    handed_over_on = models.DateField(_("移交线索"), null=True, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=40, blank=True)
    follow_up_on = models.DateField(_("回访期限"), null=True, blank=True)
    followed_up_on = models.DateField(_("回访日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    people = models.ManyToManyField(Person, through="AlertPerson", related_name="+")
    duties = models.ManyToManyField(Duty, through="AlertDuty", related_name="+")

    class Meta:
        verbose_name = _("预警")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], name="alerts_alert_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "struck"], closed_on__isnull=False)
                | (~Q(state__in=["closed", "struck"]) & Q(closed_on=None)),
                name="alerts_alert_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(outcome=""),
                name="alerts_alert_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["triaged", "in_hand", "closed"])
                | (Q(triaged_on__isnull=False) & ~Q(way="")),
                name="alerts_alert_triaged_before_it_moves_on",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "unit"],
                condition=Q(state__in=["noticed", "triaged", "in_hand"]),
                name="alerts_open_by_unit",
            ),
            models.Index(fields=["organisation", "state"], name="alerts_by_state"),
            models.Index(fields=["organisation", "-noticed_on"], name="alerts_by_day"),
        ]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """Its number as it is printed: 预警〔2026〕18号."""
        return f"预警〔{self.year}〕{self.number}号"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state in (self.State.NOTICED, self.State.TRIAGED, self.State.IN_HAND)

    @property
    def is_handed_over(self) -> bool:
        """Whether the discipline office keeps a lead of it."""
        return self.handed_over_on is not None


class AlertPerson(models.Model):
    """Whom an alert is about (涉及人员): named, or the holder of the post it is about."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="concerned")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # the seat in view of which they are talked to
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    is_named = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("涉及人员")
        constraints = [
            models.UniqueConstraint(fields=["alert", "person"], name="alerts_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.person_id}"


class AlertTold(models.Model):
    """Somebody who was told of an alert, and in which capacity (知悉范围)."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="told")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("身份"), max_length=24, choices=Alert.Role)
    # told to deal with it, or to know of it only
    to_act = models.BooleanField(default=False)
    told_at = models.DateTimeField(_("告知于"))

    class Meta:
        verbose_name = _("知悉人员")
        constraints = [
            models.UniqueConstraint(fields=["alert", "person"], name="alerts_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.person_id}"


class AlertRecusal(models.Model):
    """Somebody who stays out of an alert for a reason (回避); they see it no more."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("回避理由"), max_length=300)
    by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("回避于"))

    class Meta:
        verbose_name = _("回避")
        constraints = [
            models.UniqueConstraint(fields=["alert", "person"], name="alerts_recused_once"),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.person_id}"


class AlertStep(models.Model):
    """Something that was done about an alert: who, when, why (经过). It stays as it is."""

    class Act(models.TextChoices):
        RECORD = "record", pgettext_lazy("alert step", "记录苗头")
        TRIAGE = "triage", pgettext_lazy("alert step", "分流")
        BEGIN = "begin", pgettext_lazy("alert step", "开始办理")
        MEASURE = "measure", pgettext_lazy("alert step", "采取措施")
        LETTER = "letter", pgettext_lazy("alert step", "发出文书")
        ADD = "add", pgettext_lazy("alert step", "补充情况")
        RECUSE = "recuse", pgettext_lazy("alert step", "回避")
        CLOSE = "close", pgettext_lazy("alert step", "办结")
        SEND_UP = "send_up", pgettext_lazy("alert step", "报送上级")
        HAND_OVER = "hand_over", pgettext_lazy("alert step", "转为问题线索")
        CLOSE_HANDED = "close_handed", pgettext_lazy("alert step", "线索办结")
        FOLLOW = "follow", pgettext_lazy("alert step", "回访")
        STRIKE = "strike", pgettext_lazy("alert step", "注销")

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(_("事项"), max_length=12, choices=Act)
    # what was chosen: a way, a measure, an outcome; a code
    choice = models.CharField(max_length=40, blank=True)
    text = models.TextField(_("理由和说明"), blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField(_("日期"))
    by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("预警经过")
        indexes = [models.Index(fields=["alert", "id"], name="alerts_steps_in_order")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.act}"


class AlertFile(models.Model):
    """A file that shows what was noticed or done (预警材料). It stays once it is there."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="papers")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(_("说明"), max_length=200, blank=True)
    added_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("上传于"))

    class Meta:
        verbose_name = _("预警材料")

    def __str__(self) -> str:
        return f"{self.alert_id} {self.attachment_id}"


class AlertDuty(models.Model):
    """A talk that an alert asks for, as a duty."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="asks")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("预警谈话")

    def __str__(self) -> str:
        return f"{self.alert_id} {self.duty_id}"
