"""Draws: who may be drawn is frozen, a seed committed to, then both meet a public value."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.duties.models import Duty
from lianfang.org.models import Organisation, Person, Post, Unit


class Draw(models.Model):
    """A draw of spot checks (抽取): of the holders of posts of some levels, for a year.

    `plan` is what was frozen, `sheet` all of it with the result, both as canonical JSON; the seed
    is sealed until it is drawn. Source: 质检认纪〔2012〕1号 五（五）1, 五（五）2.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("draw", "拟定中")
        FROZEN = "frozen", pgettext_lazy("draw", "已固定名单")
        DRAWN = "drawn", pgettext_lazy("draw", "已抽取")
        CLOSED = "closed", pgettext_lazy("draw", "已结束")
        DROPPED = "dropped", pgettext_lazy("draw", "已作废")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年份"))
    title = models.CharField(_("名称"), max_length=100)
    # codes of the scheme's levels
    levels = models.JSONField(_("等级"), default=list)
    team = models.PositiveSmallIntegerField(_("每组检查人数"), default=2)
    source = models.CharField(_("公开数值的来源"), max_length=200)
    public_on = models.DateField(_("公开数值的日期"))
    due_on = models.DateField(_("检查期限"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.DRAFT)
    plan = models.TextField(blank=True)
    plan_digest = models.CharField(_("名单和办法的摘要"), max_length=64, blank=True)
    commitment = models.CharField(_("种子承诺"), max_length=64, blank=True)
    sealed_seed = models.TextField(blank=True)
    value = models.CharField(_("公开数值"), max_length=200, blank=True)
    sheet = models.TextField(blank=True)
    sheet_digest = models.CharField(_("抽取单摘要"), max_length=64, blank=True)
    planned_at = models.DateTimeField(_("拟定于"))
    frozen_at = models.DateTimeField(_("固定于"), null=True, blank=True)
    drawn_at = models.DateTimeField(_("抽取于"), null=True, blank=True)
    drawn_on = models.DateField(_("抽取日期"), null=True, blank=True)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    dropped_reason = models.CharField(_("作废理由"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("抽取")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"])
                | (~Q(plan_digest="") & ~Q(commitment="") & Q(frozen_at__isnull=False)),
                name="inspections_draw_frozen_with_digest",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["drawn", "closed"], drawn_on__isnull=False) & ~Q(sheet=""))
                | (~Q(state__in=["drawn", "closed"]) & Q(drawn_on=None, sheet="")),
                name="inspections_draw_drawn_with_sheet",
            ),
            models.CheckConstraint(
                condition=(Q(state="dropped") & ~Q(dropped_reason=""))
                | (~Q(state="dropped") & Q(dropped_reason="")),
                name="inspections_draw_dropped_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "year"], name="inspections_draws_of_year")]

    def __str__(self) -> str:
        return self.title


class DrawnPost(models.Model):
    """Somebody in a post who was drawn, with the duty to inspect them and who is to do it."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="drawn")
    order = models.PositiveIntegerField(_("次序"))
    line = models.PositiveIntegerField(_("名单行"))
    level = models.CharField(_("岗位等级"), max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # None: the level asks for a survey alone
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="drawn"
    )
    inspectors = models.ManyToManyField(Person, related_name="+")

    class Meta:
        verbose_name = _("抽中人员")
        constraints = [
            models.UniqueConstraint(fields=["draw", "order"], name="inspections_drawn_in_order"),
            models.UniqueConstraint(
                fields=["draw", "person", "post"], name="inspections_drawn_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.order}"
