"""The short quiz of an activity, its questions, and who tried."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.learning.models.planning import Activity
from lianfang.learning.rules.quiz import Asked
from lianfang.org.models import Person


class Quiz(models.Model):
    """A short quiz (测验); `pass_mark` in per cent, `tries` how often somebody may take it."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="quiz")
    pass_mark = models.PositiveSmallIntegerField(_("合格线（%）"))
    tries = models.PositiveSmallIntegerField(_("可答次数"))

    class Meta:
        verbose_name = _("测验")
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_mark__gte=1, pass_mark__lte=100),
                name="learning_quiz_passed_by_a_share",
            ),
            models.CheckConstraint(condition=Q(tries__gte=1), name="learning_quiz_can_be_tried"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}"


class Question(models.Model):
    """A question (题目): its options, and the places of the right ones."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(_("题目"), max_length=300)
    options = models.JSONField(_("选项"))
    right = models.JSONField()

    class Meta:
        verbose_name = _("题目")
        constraints = [
            models.UniqueConstraint(fields=["quiz", "order"], name="learning_question_in_order"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def asked(self) -> Asked:
        """The question as the rules take it."""
        return Asked(text=self.text, options=tuple(self.options), right=frozenset(self.right))


class QuizTry(models.Model):
    """That somebody took a quiz (答题): the answers, and what they came to."""

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="taken")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("次数"))
    answers = models.JSONField()
    score = models.PositiveSmallIntegerField(_("得分"))
    passed = models.BooleanField(_("合格"))
    taken_at = models.DateTimeField(_("答题时间"))

    class Meta:
        verbose_name = _("答题")
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "person", "number"], name="learning_try_numbered"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100), name="learning_try_score_in_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.person_id} {self.number}"
