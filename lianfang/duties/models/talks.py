"""Talks: planned, held, confirmed by the person talked to; afterwards only added to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.duties.models.duty import Duty
from lianfang.duties.rules.talks import mark_of
from lianfang.files.models import Attachment
from lianfang.org.models import Organisation, Person, Post, Unit

_LOGIN = settings.AUTH_USER_MODEL


class Talk(models.Model):
    """An integrity talk (谈话): who talks with whom, when, and what was said and promised.

    `starts_at` is when it is planned for, then when it was held. `number` counts within `year`,
    that of the day it was held. Content is for those who talked, the person and the discipline
    office. Source: 质检认纪〔2012〕1号 五（五）, 五（六）2（1）.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("待谈")
        HELD = "held", _("待确认")
        CONFIRMED = "confirmed", _("已归档")
        CANCELLED = "cancelled", pgettext_lazy("talk", "已取消")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # the scheme's code of the kind, and its version when the talk was planned or recorded
    kind = models.CharField(_("谈话种类"), max_length=40)
    scheme_version = models.CharField(max_length=20)
    clause = models.CharField(_("条款"), max_length=40)
    # asked for by level or appointment: that it took place is no secret to those above
    is_routine = models.BooleanField(default=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="talks", verbose_name=_("谈话对象")
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("岗位")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    talker = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="talks_led", verbose_name=_("谈话人")
    )
    second = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="talks_joined",
        verbose_name=_("第二谈话人兼记录"),
    )
    starts_at = models.DateTimeField(_("谈话时间"))
    place = models.CharField(_("地点"), max_length=100, blank=True)
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PLANNED)
    year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    number = models.PositiveIntegerField(_("编号"), null=True, blank=True)
    points = models.JSONField(_("要点"), default=list)
    notes = models.TextField(_("谈话内容"), blank=True)
    commitments = models.TextField(_("本人表态"), blank=True)
    follow_up_on = models.DateField(_("后续谈话"), null=True, blank=True)
    late_reason = models.CharField(_("逾期原因"), max_length=300, blank=True)
    # the signed record, where the person did not confirm in the system
    scan = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("确认于"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        _LOGIN, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_reason = models.CharField(_("取消原因"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    duties = models.ManyToManyField(Duty, through="TalkDuty", related_name="talks")

    class Meta:
        verbose_name = _("谈话")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], name="duties_talk_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(talker=F("person")) & (Q(second=None) | ~Q(second=F("person"))),
                name="duties_talk_not_with_oneself",
            ),
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("talker")), name="duties_talk_by_two_people"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["held", "confirmed"], number__isnull=False, year__isnull=False)
                    | Q(state__in=["planned", "cancelled"], number=None, year=None)
                ),
                name="duties_talk_numbered_once_held",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="confirmed", confirmed_at__isnull=False)
                    | (~Q(state="confirmed") & Q(confirmed_at=None))
                ),
                name="duties_talk_confirmed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=(
                    (Q(state="cancelled") & ~Q(cancelled_reason=""))
                    | (~Q(state="cancelled") & Q(cancelled_reason=""))
                ),
                name="duties_talk_cancelled_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-starts_at"], name="duties_talks_by_time"),
            models.Index(
                fields=["person"], condition=Q(state="held"), name="duties_talks_to_confirm"
            ),
        ]

    def __str__(self) -> str:
        return self.mark or f"talk {self.pk}"

    @property
    def mark(self) -> str:
        """Its number as it is printed, 谈〔2026〕0003; empty before it is held."""
        return mark_of(self.year, self.number) if self.year and self.number else ""

    @property
    def talkers(self) -> tuple[int, ...]:
        """The keys of those who talk, one or two."""
        return (self.talker_id,) if self.second_id is None else (self.talker_id, self.second_id)


class TalkDuty(models.Model):
    """A duty that a talk is to satisfy, or did."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="satisfies")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="by_talks")

    class Meta:
        verbose_name = _("谈话所履行的义务")
        constraints = [
            models.UniqueConstraint(fields=["talk", "duty"], name="duties_talk_duty_once"),
        ]

    def __str__(self) -> str:
        return f"{self.talk_id} → {self.duty_id}"


class TalkSupplement(models.Model):
    """What was added to a talk after it was confirmed."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="supplements")
    text = models.TextField(_("补充"))
    said_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(_("补充于"))

    class Meta:
        verbose_name = _("谈话补充")

    def __str__(self) -> str:
        return f"{self.talk_id} {self.said_at:%Y-%m-%d}"
