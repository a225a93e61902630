"""Units, posts, people, who holds what from when to when, and what an organisation has set.

Every row belongs to one organisation; codes are unique in it. Nothing that was in force is
deleted: it is retired, ended or withdrawn, with a date and a reason.
Source: 质检认纪〔2012〕1号 三, 四, 五（一）2.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Bilingual(models.Model):
    """Something with a Chinese name, and an English one where somebody wrote it."""

    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name in the language of the page; Chinese where there is no English one."""
        return self.name_en if self.name_en and reads_english() else self.name


def reads_english() -> bool:
    """Return whether the page is in English."""
    return (get_language() or "").startswith("en")


class Retirable(models.Model):
    """Something that is retired, never deleted."""

    retired_on = models.DateField(_("停用日期"), null=True, blank=True)
    retired_reason = models.CharField(_("停用原因"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def in_use(self, on: date) -> bool:
        """Return whether it is not retired on that day."""
        return self.retired_on is None or on < self.retired_on


class Dated(models.Model):
    """Something that holds from one day to another, both included; an open end holds on."""

    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    # A wrong entry is withdrawn with a reason; the row stays.
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def holds(self, on: date) -> bool:
        """Return whether it holds on that day."""
        return (
            self.withdrawn_at is None
            and self.from_on <= on
            and (self.to_on is None or on <= self.to_on)
        )


def holding(on: date) -> Q:
    """Return the condition under which a Dated row holds on that day."""
    return Q(withdrawn_at=None, from_on__lte=on) & (Q(to_on=None) | Q(to_on__gte=on))


class Organisation(Bilingual):
    """A root: its own data, time zone, scheme and superior body."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    time_zone = models.CharField(_("时区"), max_length=60, default="Asia/Shanghai")
    scheme = models.CharField(_("方案"), max_length=60, default="cnas-2012")
    superior_name = models.CharField(_("上级机关"), max_length=100, blank=True)
    superior_name_en = models.CharField(_("上级机关英文名称"), max_length=160, blank=True)
    is_example = models.BooleanField(_("示例数据"), default=False)
    created_at = models.DateTimeField(_("建立于"))

    class Meta:
        verbose_name = _("机构")


class Unit(Bilingual, Retirable):
    """A node of the organisation's tree; the root is the organisation itself (四)."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", pgettext_lazy("unit kind", "单位")
        LEADERSHIP = "leadership", _("领导班子")
        DEPARTMENT = "department", _("处室")
        COMPANY = "company", _("公司")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(_("类型"), max_length=20, choices=Kind, default=Kind.DEPARTMENT)
    code = models.CharField(_("代码"), max_length=40)
    order = models.PositiveIntegerField(_("次序"), default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("单位")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="org_unit_code_once"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(parent=None),
                name="org_unit_one_root",
            ),
            models.CheckConstraint(
                condition=Q(kind="organisation", parent=None)
                | (Q(parent__isnull=False) & ~Q(kind="organisation")),
                name="org_unit_root_is_the_organisation",
            ),
        ]


class Post(Bilingual, Retirable):
    """A seat in a unit, with its description (岗位说明书)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    code = models.CharField(_("代码"), max_length=40)
    # one duty a line
    duties = models.TextField(_("岗位职责"), blank=True)
    duties_en = models.TextField(_("岗位职责（英文）"), blank=True)
    qualifications = models.TextField(_("任职条件"), blank=True)
    is_leadership = models.BooleanField(_("班子成员"), default=False)
    is_unit_head = models.BooleanField(_("单位负责人"), default=False)
    is_leadership_head = models.BooleanField(_("班子主要负责人"), default=False)
    order = models.PositiveIntegerField(_("次序"), default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("岗位")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="org_post_code_once"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(is_leadership_head=True, retired_on=None),
                name="org_post_one_leadership_head",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(is_unit_head=True, retired_on=None),
                name="org_post_one_head_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(is_leadership_head=False) | Q(is_leadership=True),
                name="org_post_leadership_head_is_in_the_leadership",
            ),
        ]

    @property
    def shown_duties(self) -> list[str]:
        """The duties, one an item, in the language of the page."""
        text = self.duties_en if self.duties_en and reads_english() else self.duties
        return [line.strip() for line in text.splitlines() if line.strip()]


class Person(Bilingual):
    """Somebody who holds posts; with or without a login."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    login = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("登录"),
    )
    code = models.CharField(_("工号"), max_length=40)
    # None: not on record
    is_party_member = models.BooleanField(_("中共党员"), null=True, blank=True)
    left_on = models.DateField(_("离开日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("人员")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="org_person_code_once"),
        ]


class Qualification(models.Model):
    """A qualification of a person, with its number and validity."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="qualifications")
    name = models.CharField(_("资格"), max_length=100)
    number = models.CharField(_("证书编号"), max_length=60, blank=True)
    valid_to = models.DateField(_("有效期至"), null=True, blank=True)

    class Meta:
        verbose_name = _("资格")

    def __str__(self) -> str:
        return self.name


class Kinship(models.Model):
    """A relative on record: inside the organisation (`relative`) or tied to its work (`note`)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kinships")
    relation = models.CharField(_("关系"), max_length=40)
    relative = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    relative_name = models.CharField(_("亲属姓名"), max_length=100, blank=True)
    note = models.CharField(_("所在单位及与本单位业务的关系"), max_length=200, blank=True)
    recorded_on = models.DateField(_("登记日期"))

    class Meta:
        verbose_name = _("亲属关系")
        constraints = [
            models.CheckConstraint(
                condition=~Q(relative=None, relative_name=""), name="org_kinship_names_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(relative=F("person")) | Q(relative=None),
                name="org_kinship_is_of_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.relative_name}"


class Appointment(Dated):
    """A person in a post, from a day; history is never overwritten."""

    class Kind(models.TextChoices):
        FULL = "full", _("专任")
        CONCURRENT = "concurrent", _("兼任")
        ACTING = "acting", _("代理")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(_("方式"), max_length=12, choices=Kind, default=Kind.FULL)
    document = models.CharField(_("任命文号"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="org_appointment_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["person", "post", "from_on"],
                condition=Q(withdrawn_at=None),
                name="org_appointment_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "from_on"], name="org_appointment_holding"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.post_id}"


class Portfolio(Dated):
    """A leadership member answers for a unit and what is below it (三)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="portfolios")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="portfolios")

    class Meta:
        verbose_name = _("分管")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="org_portfolio_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(to_on=None, withdrawn_at=None),
                name="org_portfolio_one_open_per_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader_id} → {self.unit_id}"


class Body(Bilingual, Retirable):
    """The leading group, its office, the discipline office, and who oversees the last (三)."""

    class Kind(models.TextChoices):
        LEADING_GROUP = "leading_group", _("领导小组")
        LEADING_GROUP_OFFICE = "leading_group_office", _("领导小组办公室")
        DISCIPLINE_OFFICE = "discipline_office", _("纪检监察室")
        DISCIPLINE_OVERSIGHT = "discipline_oversight", _("对纪检监察室的监督机构")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(_("类型"), max_length=24, choices=Kind)
    # the unit that does its work, where there is one
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("机构")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(retired_on=None),
                name="org_body_one_of_a_kind",
            ),
        ]


class Membership(Dated):
    """A person in a body, from a day: this is how the roles of a body are granted."""

    class Role(models.TextChoices):
        HEAD = "head", _("组长（主任）")
        DEPUTY = "deputy", _("副组长（副主任）")
        MEMBER = "member", _("成员")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("职务"), max_length=10, choices=Role, default=Role.MEMBER)

    class Meta:
        verbose_name = _("成员")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="org_membership_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(to_on=None, withdrawn_at=None),
                name="org_membership_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.body_id}"


class Administrator(models.Model):
    """One of the three administrators (三员分立): a login of its own, of one kind only."""

    class Kind(models.TextChoices):
        SYSTEM = "system", _("系统管理员")
        SECURITY = "security", _("安全管理员")
        AUDIT = "audit", _("审计管理员")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="administrators"
    )
    # One to one: no login is two administrators.
    login = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="administrator"
    )
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    name = models.CharField(_("姓名"), max_length=100, blank=True)
    name_en = models.CharField(_("英文姓名"), max_length=160, blank=True)
    # Unique: no one person is two administrators.
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="administrator"
    )

    class Meta:
        verbose_name = _("管理员")

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class CalendarYear(models.Model):
    """A year whose holidays have been loaded; other years count Monday to Friday."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    source = models.CharField(_("来源"), max_length=200)
    loaded_at = models.DateTimeField(_("装入时间"))

    class Meta:
        verbose_name = _("工作日历年度")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="org_calendar_year_once"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that departs from Monday to Friday: a holiday, or a weekend day worked."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("日期"))
    is_working = models.BooleanField(_("工作日"))
    name = models.CharField(_("名称"), max_length=40, blank=True)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("工作日历")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "day"], name="org_calendar_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class SchemeOverride(models.Model):
    """An organisation's own number or word in the scheme, from a day on.

    `number` for a path of `scheme.override.adjustable`, `choice` for a term of the vocabulary;
    both empty returns to the scheme's own. Rows are only added: the latest from day counts.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(_("规则"), max_length=120)
    number = models.FloatField(_("数值"), null=True, blank=True)
    choice = models.CharField(_("选择"), max_length=40, blank=True)
    from_on = models.DateField(_("自何日起"))
    reason = models.CharField(_("理由"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("设定时间"))

    class Meta:
        verbose_name = _("方案调整")
        constraints = [
            models.CheckConstraint(
                condition=Q(number=None) | Q(choice=""), name="org_override_is_of_one_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "path", "from_on"], name="org_override_in_force"),
        ]

    def __str__(self) -> str:
        return self.path
