"""What an organisation governs: regulations, powers, their bases, posts and flows, and edit locks.

Codes are unique in an organisation and stand for the thing in a Register, so they never change
once given. Nothing that was published or acted on is deleted: it is retired, with a reason.
Source: 质检认纪〔2012〕1号 五（一）1, 五（一）2, 五（二）.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.files.models import Attachment
from lianfang.org.models import (
    Bilingual,
    Organisation,
    Post,
    Retirable,
    Unit,
    reads_english,
)


class Regulation(Retirable):
    """A law, a rule of a superior body, or an internal rule, with its state (制度)."""

    class State(models.TextChoices):
        TO_BE_MADE = "to_be_made", _("待制定")
        DRAFTING = "drafting", _("起草中")
        IN_FORCE = "in_force", _("现行")
        REPEALED = "repealed", _("已废止")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("编号"), max_length=40)
    title = models.CharField(_("制度名称"), max_length=200)
    title_en = models.CharField(_("英文名称"), max_length=300, blank=True)
    number = models.CharField(_("文号"), max_length=100, blank=True)
    issuer = models.CharField(_("发布机构"), max_length=100, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.IN_FORCE)
    in_force_on = models.DateField(_("施行日期"), null=True, blank=True)
    repealed_on = models.DateField(_("废止日期"), null=True, blank=True)
    # who makes it and by when, while it is still to be made
    owner = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("起草岗位"),
    )
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    attachment = models.ForeignKey(
        Attachment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("文件"),
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("制度")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="powers_regulation_code_once"
            ),
            models.CheckConstraint(
                condition=Q(repealed_on=None)
                | Q(in_force_on=None)
                | Q(repealed_on__gte=models.F("in_force_on")),
                name="powers_regulation_repealed_after_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def shown_name(self) -> str:
        """The title in the language of the page, Chinese where there is no English one."""
        return self.title_en if self.title_en and reads_english() else self.title


class Power(Bilingual, Retirable):
    """A power of a unit (职权). `matters` are the scheme's codes, `kind` a government kind."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="powers")
    code = models.CharField(_("职权编号"), max_length=40)
    # the scheme's code: decision, execution, supervision; empty where nobody said
    category = models.CharField(_("类别"), max_length=40, blank=True)
    kind = models.CharField(_("权力种类"), max_length=40, blank=True)
    matters = models.JSONField(_("重大事项"), default=list)
    frequency = models.CharField(_("行使频率"), max_length=100, blank=True)
    public = models.BooleanField(_("向社会公开"), default=False)
    # cells of an imported table that fit no field: [label, text]
    extras = models.JSONField(default=list)
    # Somebody's draft until something else rests on it; then it can only be retired.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("登记于"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("职权")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="powers_power_code_once"),
        ]
        indexes = [
            models.Index(fields=["unit", "code"], name="powers_power_of_unit"),
        ]


class Basis(models.Model):
    """On what a power rests: the words as written, the regulation and article they name."""

    power = models.ForeignKey(Power, on_delete=models.CASCADE, related_name="bases")
    order = models.PositiveSmallIntegerField(_("次序"))
    text = models.CharField(_("依据原文"), max_length=500)
    regulation = models.ForeignKey(
        Regulation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bases",
    )
    article = models.CharField(_("条款"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("行使依据")
        constraints = [
            models.UniqueConstraint(fields=["power", "order"], name="powers_basis_in_order"),
        ]

    def __str__(self) -> str:
        return self.text


class PowerPost(models.Model):
    """A post's part in a power, with the limit of its authority (岗责)."""

    class Role(models.TextChoices):
        DECIDES = "decides", _("决策")
        EXECUTES = "executes", _("执行")
        SUPERVISES = "supervises", _("监督")

    power = models.ForeignKey(Power, on_delete=models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField(_("次序"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="parts")
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    limit = models.CharField(_("权限"), max_length=300, blank=True)
    # the highest sum in yuan it may decide alone
    amount = models.PositiveBigIntegerField(_("金额上限（元）"), null=True, blank=True)

    class Meta:
        verbose_name = _("岗责")
        constraints = [
            models.UniqueConstraint(
                fields=["power", "post", "role"], name="powers_part_once_per_role"
            ),
            models.UniqueConstraint(fields=["power", "order"], name="powers_part_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.role}"


class Step(models.Model):
    """A node of a power's flow; its post is the lane (流程环节). `code` is unique in the power."""

    class Kind(models.TextChoices):
        START = "start", _("开始")
        STEP = "step", _("环节")
        DECISION = "decision", _("判断")
        END = "end", _("结束")

    power = models.ForeignKey(Power, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("次序"))
    code = models.CharField(_("环节编号"), max_length=60)
    name = models.CharField(_("环节名称"), max_length=200)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind, default=Kind.STEP)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True)
    # the words for a lane where no post is known
    lane = models.CharField(_("承担者"), max_length=100, blank=True)
    days = models.PositiveSmallIntegerField(_("时限（工作日）"), null=True, blank=True)
    term = models.CharField(_("时限说明"), max_length=100, blank=True)
    output = models.CharField(_("形成文件"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("流程环节")
        constraints = [
            models.UniqueConstraint(fields=["power", "code"], name="powers_step_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Arrow(models.Model):
    """From one step to another of the same power, under a condition; loops are allowed."""

    source = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="arrows")
    order = models.PositiveSmallIntegerField(_("次序"))
    target = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="+")
    condition = models.CharField(_("条件"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("去向")
        constraints = [
            models.UniqueConstraint(fields=["source", "order"], name="powers_arrow_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class EditLock(models.Model):
    """Closes a unit's register, or one power of it, to changes; set and released further up.

    `power` None locks the whole unit, but for its openings. A released lock stays as a record.
    """

    class Kind(models.TextChoices):
        DECIDING = "deciding", _("编审中")
        IN_FORCE = "in_force", _("版本施行中")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="edit_locks")
    power = models.ForeignKey(Power, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(
        _("类型"), max_length=10, choices=Kind, default=Kind.DECIDING, db_default=Kind.DECIDING
    )
    reason = models.CharField(_("原因"), max_length=200)
    set_at = models.DateTimeField(_("锁定于"))
    released_at = models.DateTimeField(_("解除于"), null=True, blank=True)

    class Meta:
        verbose_name = _("编辑锁")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "power"],
                condition=Q(released_at=None),
                nulls_distinct=False,
                name="powers_lock_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class EditOpening(models.Model):
    """A part of a locked unit that may be changed all the same: a power, or all but its powers.

    `power` None opens what is new since then and what hangs on no power listed before. A closed
    opening stays as a record.
    """

    lock = models.ForeignKey(EditLock, on_delete=models.PROTECT, related_name="openings")
    power = models.ForeignKey(Power, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("开放于"))
    closed_at = models.DateTimeField(_("关闭于"), null=True, blank=True)

    class Meta:
        verbose_name = _("开放修改")
        constraints = [
            models.UniqueConstraint(
                fields=["lock", "power"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
                name="powers_opening_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lock_id} {self.power_id}"


class DeletedDraft(models.Model):
    """A draft that its author deleted, kept whole for a while so that it can come back."""

    class Kind(models.TextChoices):
        POWER = "power", _("职权")
        RISK = "risk", _("风险点")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    code = models.CharField(_("编号"), max_length=60)
    name = models.CharField(_("名称"), max_length=200)
    # what it takes to bring it back, in JSON, as the room that keeps it writes it
    content = models.TextField()
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    deleted_at = models.DateTimeField(_("删除于"))
    restored_at = models.DateTimeField(_("恢复于"), null=True, blank=True)

    class Meta:
        verbose_name = _("已删除的草稿")

    def __str__(self) -> str:
        return self.name
