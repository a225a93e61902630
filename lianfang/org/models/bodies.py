"""Bodies and who sits in them, and the three administrators (三)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models.bases import Bilingual, Dated, Retirable, reads_english
from lianfang.org.models.people import Person
from lianfang.org.models.structure import Organisation, Unit


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

    @property
    def shown_name(self) -> str:
        """The name in the language of the page; Chinese where there is no English one."""
        return self.name_en if self.name_en and reads_english() else self.name
