"""Warning cases (警示案例), the kinds of risk they warn of, and who has read them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.learning.rules.warning import Kinds, kinds_of
from lianfang.org.models import Organisation, Person


class WarningCase(models.Model):
    """A case that warns (警示案例): what happened, what follows from it, of which kinds of risk.

    It is offered to whoever holds a post with a risk point of one of its kinds.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("案例标题"), max_length=120)
    text = models.TextField(_("案情"), max_length=8_000)
    lesson = models.TextField(_("警示"), max_length=2_000)
    source = models.CharField(_("来源"), max_length=200)
    # the scheme's codes; at least one of them, whatever the list
    aspects = models.JSONField(_("风险方面"), default=list)
    focus = models.JSONField(_("重点领域"), default=list)
    categories = models.JSONField(_("职权类别"), default=list)
    # None: a draft
    published_at = models.DateTimeField(_("发布于"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("警示案例")
        constraints = [
            models.CheckConstraint(
                condition=~Q(aspects=[], focus=[], categories=[]),
                name="learning_case_warns_of_something",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-published_at"], name="learning_case_listed"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kinds(self) -> Kinds:
        """The kinds of risk it warns of."""
        return kinds_of(self.aspects, self.focus, self.categories)


class CaseReading(models.Model):
    """Somebody has read a case (阅知)."""

    case = models.ForeignKey(WarningCase, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(_("阅知于"))

    class Meta:
        verbose_name = _("案例阅知")
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="learning_case_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"
