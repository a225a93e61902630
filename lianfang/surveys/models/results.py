"""What a survey came to, written once when it closes: figures big enough, and free words."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.surveys.models.surveys import Survey, SurveySubject


class Figure(models.Model):
    """How a group did in a question (测评数据): by how many people, on average, how far apart.

    `group` is `subject:12`, `unit:3` or `whole`; `question` is empty for how many people said
    anything at all. Of a group that is too small there is no row. Nothing else is kept of answers.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="figures")
    group = models.CharField(max_length=40)
    question = models.CharField(max_length=40, blank=True)
    people = models.PositiveIntegerField(_("人数"))
    mean = models.FloatField(_("平均"), null=True)
    spread = models.FloatField(_("离散"), null=True)

    class Meta:
        verbose_name = _("测评数据")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "group", "question"], name="surveys_figure_once"
            ),
            models.CheckConstraint(condition=Q(people__gte=5), name="surveys_figure_of_five"),
            models.CheckConstraint(
                condition=Q(question="", mean=None, spread=None)
                | (~Q(question="") & Q(mean__isnull=False, spread__isnull=False)),
                name="surveys_figure_has_a_mean",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.question}"


class Remark(models.Model):
    """Free words about a subject (测评意见), apart from every figure, under a number by chance."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(SurveySubject, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(_("意见"))

    class Meta:
        verbose_name = _("测评意见")

    def __str__(self) -> str:
        return f"{self.subject_id}"
