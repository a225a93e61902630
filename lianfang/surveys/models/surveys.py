"""A survey, about whom it is, who is asked, and the box that holds the answers while it is open.

Nothing here has a trace of an answer but the box, which nobody opens with the database alone:
docs/surveys.md says why.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.org.models import Organisation, Person, Post, Unit

_LOGIN = settings.AUTH_USER_MODEL


class Survey(models.Model):
    """A survey (测评) of how people serve in their posts: colleagues answer without their names.

    `questionnaire` is the scheme's as it stood when the survey was planned. `answered` is counted
    when it closes; before, nothing outside the box knows.
    Source: 质检认纪〔2012〕1号 五（五）1, 五（五）2.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("survey", "筹备")
        OPEN = "open", pgettext_lazy("survey", "开放作答")
        CLOSED = "closed", pgettext_lazy("survey", "已截止")
        PUBLISHED = "published", pgettext_lazy("survey", "结果已公布")
        DROPPED = "dropped", pgettext_lazy("survey", "已作废")

    class HeldBy(models.TextChoices):
        DISCIPLINE_OFFICE = "discipline_office", _("纪检监察室")
        DISCIPLINE_OVERSIGHT = "discipline_oversight", _("对纪检监察室的监督机构")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("名称"), max_length=100)
    held_by = models.CharField(_("组织者"), max_length=24, choices=HeldBy)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    scheme_version = models.CharField(max_length=20)
    clause = models.CharField(_("条款"), max_length=40)
    questionnaire = models.JSONField(_("问卷"))
    opened_on = models.DateField(_("开放日期"), null=True, blank=True)
    closes_on = models.DateField(_("截止日期"), null=True, blank=True)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    answered = models.PositiveIntegerField(_("作答人数"), null=True, blank=True)
    dropped_reason = models.CharField(_("作废原因"), max_length=300, blank=True)
    planned_by = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField(_("筹备于"))

    class Meta:
        verbose_name = _("测评")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_reason=""),
                name="surveys_survey_dropped_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"]) | Q(opened_on__isnull=False),
                name="surveys_survey_opened_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "published"], answered__isnull=False)
                | ~Q(state__in=["closed", "published"]) & Q(answered=None),
                name="surveys_survey_counted_when_closed",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="surveys_by_state")]

    def __str__(self) -> str:
        return self.title

    def is_answered_on(self, day: date) -> bool:
        """Whether answers are taken on a day."""
        return self.state == "open" and self.closes_on is not None and day <= self.closes_on


class SurveySubject(models.Model):
    """Somebody in a post, about whom a survey asks (测评对象)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="subjects")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    # that of the post when the survey was planned
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("测评对象")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "person", "post"], name="surveys_subject_once"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="surveys_subject_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_id}"


class Invitation(models.Model):
    """Somebody is asked about a subject (受邀人). It never changes while the survey is open."""

    subject = models.ForeignKey(SurveySubject, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("测评邀请")
        constraints = [
            models.UniqueConstraint(fields=["subject", "person"], name="surveys_invitation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.person_id}"


class SealedBox(models.Model):
    """Who answered and what, in two sealed parts of fixed length, while a survey is open (票箱).

    A single row: no order of rows can tell an order of answers. Both parts are sealed anew with
    every answer, under a key that lies outside the database and is destroyed with the box.
    """

    survey = models.OneToOneField(
        Survey, on_delete=models.CASCADE, primary_key=True, related_name="box"
    )
    key_name = models.CharField(max_length=64)
    turnout = models.BinaryField()
    papers = models.BinaryField()

    class Meta:
        verbose_name = _("票箱")

    def __str__(self) -> str:
        return f"{self.survey_id}"
