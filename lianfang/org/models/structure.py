"""Organisations, their trees of units, and the posts in them (四, 五（一）2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.org.models.bases import Bilingual, Retirable, reads_english


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
