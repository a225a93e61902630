"""Who took part in what, whose hours were reached, and the certificates of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.duties.models import Duty
from lianfang.files.models import OutgoingDocument
from lianfang.learning.models.planning import Activity
from lianfang.org.models import Organisation, Person

_LOGIN = settings.AUTH_USER_MODEL


class Attendance(models.Model):
    """That somebody took part in an activity (签到), and how that is known.

    A wrong one is undone with a reason; the row stays.
    """

    class Way(models.TextChoices):
        CODE = "code", _("现场签到码")
        LIST = "list", _("组织者登记")
        QUIZ = "quiz", _("自学并通过测验")

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(_("方式"), max_length=6, choices=Way)
    noted_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(_("登记于"))
    undone_at = models.DateTimeField(_("撤销于"), null=True, blank=True)
    undone_reason = models.CharField(_("撤销原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("签到")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"],
                condition=Q(undone_at=None),
                name="learning_attendance_once",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undone_reason="")),
                name="learning_attendance_undone_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(undone_at=None),
                name="learning_attendance_of_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.person_id}"


class HoursReached(models.Model):
    """That the hours of a year did somebody's duty to learn (学时达标).

    Gone again when an attendance is undone without which they are too few.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年份"))
    hours = models.FloatField(_("学时"))
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="+")
    reached_on = models.DateField(_("达标日期"))

    class Meta:
        verbose_name = _("学时达标")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"], name="learning_hours_reached_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"


class Certificate(models.Model):
    """The certificate of somebody's learning in a year (学习证明), an official document."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    year = models.PositiveSmallIntegerField(_("年份"))
    hours = models.FloatField(_("学时"))
    # empty only while it is being made, in one transaction
    document = models.OneToOneField(
        OutgoingDocument, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("学习证明")
        indexes = [
            models.Index(fields=["person", "year"], name="learning_certificate_of"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"

    @property
    def is_in_force(self) -> bool:
        """Whether its document was issued and not voided."""
        return self.document is not None and self.document.void_on is None
