"""People, what is on record of them, what they hold and have in portfolio (三)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.models.bases import Bilingual, Dated
from lianfang.org.models.structure import Organisation, Post, Unit


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
