"""Risk points, how they show, how they were rated, the measures against them; levels of posts.

A risk point hangs on a power, a step, a post or a regulation, or on its unit until it is placed.
Its code and those of its measures stand for them in a Register. Levels: what the rule computes,
what the holder proposes, what the control owner endorses, what an edition confirmed; an empty
level is "not rated", never low. A post has the level its edition gave it, or that of an override.
Source: 质检认纪〔2012〕1号 二, 五（二）, 五（三）, 五（四）, 五（七）2（2）.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models import Organisation, Person, Post, Retirable, Unit
from lianfang.powers.models import Power, Regulation, Step


class RiskPoint(Retirable):
    """An integrity risk point (廉政风险点)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="risks")
    code = models.CharField(_("风险点编号"), max_length=60)
    title = models.CharField(_("风险点"), max_length=200)
    # What it hangs on: one of these, none for the unit itself; a step with its power.
    power = models.ForeignKey(
        Power, on_delete=models.PROTECT, null=True, blank=True, related_name="risks"
    )
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, null=True, blank=True, related_name="risks"
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    regulation = models.ForeignKey(
        Regulation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="risks",
    )
    posts = models.ManyToManyField(Post, through="RiskPost", related_name="risks")
    # the scheme's codes
    aspects = models.JSONField(_("风险方面"), default=list)
    focus = models.CharField(_("重点领域"), max_length=40, blank=True)
    found_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="risks_found",
    )
    found_on = models.DateField(_("查找日期"), null=True, blank=True)
    # [code of a factor, scale or criterion, step]; before measures, and with them in place
    scores = models.JSONField(default=list)
    residual_scores = models.JSONField(default=list)
    scheme_version = models.CharField(max_length=20, blank=True)
    computed = models.CharField(_("计算等级"), max_length=20, blank=True)
    residual = models.CharField(_("剩余等级"), max_length=20, blank=True)
    proposed = models.CharField(_("提出等级"), max_length=20, blank=True)
    reason = models.CharField(_("不一致的理由"), max_length=500, blank=True)
    proposed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("提出于"), null=True, blank=True)
    endorsed = models.CharField(_("审核等级"), max_length=20, blank=True)
    endorsed_reason = models.CharField(_("审核理由"), max_length=500, blank=True)
    endorsed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    endorsed_at = models.DateTimeField(_("审核于"), null=True, blank=True)
    confirmed = models.CharField(_("确认等级"), max_length=20, blank=True)
    # How high the level in force stands, for sorting: 0 is not rated.
    rank = models.PositiveSmallIntegerField(default=0)
    extras = models.JSONField(default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("登记于"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("廉政风险点")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="risks_risk_code_once"),
            models.CheckConstraint(
                condition=Q(step=None) | Q(power__isnull=False),
                name="risks_step_with_its_power",
            ),
            models.CheckConstraint(
                condition=Q(power=None, post=None)
                | Q(power=None, regulation=None)
                | Q(post=None, regulation=None),
                name="risks_risk_hangs_on_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-rank", "code"], name="risks_risk_by_level"),
            models.Index(fields=["organisation", "code"], name="risks_risk_by_code"),
            models.Index(fields=["unit", "-rank", "code"], name="risks_risk_of_unit"),
            # holds all that the figures over units count
            models.Index(
                fields=["organisation", "unit", "rank", "retired_on"], name="risks_risk_spread"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def level(self) -> str:
        """The level as far as it has come: confirmed, endorsed, else proposed; empty for none."""
        return self.endorsed or self.proposed


class RiskPost(models.Model):
    """A post that carries a risk point; there is at least one."""

    risk = models.ForeignKey(RiskPoint, on_delete=models.CASCADE, related_name="carriers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("承担岗位")
        constraints = [
            models.UniqueConstraint(fields=["risk", "post"], name="risks_post_once_per_risk"),
        ]

    def __str__(self) -> str:
        return f"{self.risk_id} @ {self.post_id}"


class Manifestation(models.Model):
    """How a risk shows (表现形式); its own level counts when it is the higher one."""

    risk = models.ForeignKey(RiskPoint, on_delete=models.CASCADE, related_name="manifestations")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(_("表现形式"), max_length=1000)
    level = models.CharField(_("等级"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("表现形式")
        constraints = [
            models.UniqueConstraint(fields=["risk", "order"], name="risks_manifestation_in_order"),
        ]

    def __str__(self) -> str:
        return self.text


class Measure(models.Model):
    """A prevention or control measure of a risk point (防控措施); phase empty: not yet sorted."""

    risk = models.ForeignKey(RiskPoint, on_delete=models.CASCADE, related_name="measures")
    code = models.CharField(_("措施编号"), max_length=80)
    order = models.PositiveSmallIntegerField()
    # the scheme's code of the phase: early, during, after
    phase = models.CharField(_("阶段"), max_length=20, blank=True)
    text = models.CharField(_("措施"), max_length=2000)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    # the words of a table where no post is known
    responsible = models.CharField(_("责任人（原文）"), max_length=200, blank=True)
    frequency = models.CharField(_("频次"), max_length=100, blank=True)
    due_on = models.DateField(_("完成日期"), null=True, blank=True)
    evidence = models.CharField(_("凭证"), max_length=300, blank=True)
    method = models.CharField(_("方法"), max_length=500, blank=True)
    indicator = models.CharField(_("指标"), max_length=300, blank=True)
    regulation = models.ForeignKey(
        Regulation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
    )
    asks_rule = models.BooleanField(_("要求建章立制"), default=False)

    class Meta:
        verbose_name = _("防控措施")
        constraints = [
            models.UniqueConstraint(fields=["risk", "code"], name="risks_measure_code_once"),
        ]

    def __str__(self) -> str:
        return self.text


class RiskIndex(models.Model):
    """What lists look for in a risk point, computed from it by `actions.index`.

    The database itself keeps an index of `words` (migration 0003): a later migration that
    rebuilds this table on SQLite must make its triggers anew.
    """

    risk = models.OneToOneField(
        RiskPoint, on_delete=models.CASCADE, primary_key=True, related_name="index"
    )
    # pairs of characters, in the order of the text
    words = models.TextField()
    # the place in the heatmap as the rule counts it, 0 and 0 where answers are missing
    likelihood = models.PositiveSmallIntegerField(default=0)
    impact = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("查找索引")

    def __str__(self) -> str:
        return f"{self.risk_id}"


class Participation(models.Model):
    """Somebody has looked for risks in their post (五（二）: everyone takes part)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    # what was answered: code of a question -> yes or no; nothing found is an answer, too
    answers = models.JSONField(default=dict)
    found = models.PositiveSmallIntegerField(_("查找数"), default=0)
    statement = models.CharField(_("说明"), max_length=500, blank=True)
    taken_at = models.DateTimeField(_("参与于"))

    class Meta:
        verbose_name = _("风险查找")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "post", "year"],
                name="risks_participation_once_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"


class RiskReview(models.Model):
    """A risk point was gone over (复核): confirmed as it stands, or published anew or changed.

    Source: 质检认纪〔2012〕1号 六（五）.
    """

    class Kind(models.TextChoices):
        UNCHANGED = "unchanged", _("复核，无变化")
        PUBLISHED = "published", _("随版本发布")

    risk = models.ForeignKey(RiskPoint, on_delete=models.CASCADE, related_name="reviews")
    reviewed_on = models.DateField(_("复核日期"))
    kind = models.CharField(_("复核结果"), max_length=10, choices=Kind)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("年度复核")
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "reviewed_on", "kind"], name="risks_review_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk_id} {self.reviewed_on}"


class Breach(models.Model):
    """A breach that was found in a post (违规): what was decided elsewhere, under its reference.

    It names no person. The edition that takes it up is kept by its number.
    Source: 质检认纪〔2012〕1号 五（七）2（2）.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="breaches")
    power = models.ForeignKey(
        Power, on_delete=models.PROTECT, null=True, blank=True, related_name="breaches"
    )
    found_on = models.DateField(_("查实日期"))
    # such as the number of a case
    reference = models.CharField(_("案号"), max_length=120, blank=True)
    what = models.CharField(_("违规事实"), max_length=400)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("登记于"))
    absorbed_on = models.DateField(_("纳入日期"), null=True, blank=True)
    absorbed_by_edition = models.CharField(_("纳入版本"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("违规")
        constraints = [
            models.CheckConstraint(
                condition=Q(absorbed_on=None, absorbed_by_edition="")
                | (Q(absorbed_on__isnull=False) & ~Q(absorbed_by_edition="")),
                name="risks_breach_absorbed_by_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.found_on}"


class LevelOverride(models.Model):
    """A level that a post has for a while where it is higher than its edition's (等级上调).

    It holds from `from_on` to `until_on`, both included, open until somebody or an edition ends it;
    from `ended_on` on it holds no more. `rank` is that of the level in the scheme of the day.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="level_overrides")
    level = models.CharField(_("岗位等级"), max_length=20)
    rank = models.PositiveSmallIntegerField()
    reason = models.CharField(_("上调原因"), max_length=300)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)
    breach = models.ForeignKey(
        Breach, on_delete=models.PROTECT, null=True, blank=True, related_name="overrides"
    )
    ended_on = models.DateField(_("解除日期"), null=True, blank=True)
    ended_reason = models.CharField(_("解除原因"), max_length=300, blank=True)
    ended_by_edition = models.CharField(_("解除版本"), max_length=20, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField(_("登记于"))

    class Meta:
        verbose_name = _("等级上调")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="risks_override_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_reason="", ended_by_edition="")
                | (Q(ended_on__isnull=False) & (~Q(ended_reason="") | ~Q(ended_by_edition=""))),
                name="risks_override_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.level}"


class PostLevel(models.Model):
    """The level that an edition of a unit gave a post, from a day to another (岗位等级).

    Both days are included. Where two editions begin on one day, the first ends the day before it
    began: it held on none. `rank` is that of the level in the edition's scheme.
    Source: 质检认纪〔2012〕1号 五（三）.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="post_levels")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="levels")
    level = models.CharField(_("岗位等级"), max_length=20)
    rank = models.PositiveSmallIntegerField()
    edition = models.CharField(_("版本"), max_length=20)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("岗位等级")
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(until_on=None),
                name="risks_post_level_one_open_per_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.level} {self.edition}"


class SavedView(models.Model):
    """A list of the register as somebody narrowed it, under a name of their own."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("视图名称"), max_length=60)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField(_("保存于"))

    class Meta:
        verbose_name = _("视图")
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="risks_view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
