"""The answers of somebody who looks for the risks of their post: shapes of what is sent in."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.common.http import language_now
from lianfang.risks.actions.finding import NO, YES
from lianfang.risks.rules.finding import Question, QuestionGroup

ASK = "q_"


@dataclass(frozen=True, kw_only=True)
class AskedGroup:
    """The questions of one aspect, focus area or category, with their fields."""

    group: QuestionGroup
    fields: list[BoundField]


class FindingForm(forms.Form):
    """Yes or no to every question, and what is to be said besides."""

    statement = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("可不填"),
    )

    def __init__(self, *args: Any, groups: tuple[QuestionGroup, ...], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._groups = groups
        language = language_now()
        choices = [(YES, gettext("可能有")), (NO, gettext("没有"))]
        for question in self._questions():
            self.fields[ASK + question.code] = forms.ChoiceField(
                label=question.text.in_(language),
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": gettext("请选一项。")},
            )

    @property
    def asked(self) -> list[AskedGroup]:
        """The groups with their fields."""
        return [
            AskedGroup(group=group, fields=[self[ASK + one.code] for one in group.questions])
            for group in self._groups
        ]

    def codes(self) -> tuple[str, ...]:
        """Return the codes of everything that is asked."""
        return tuple(question.code for question in self._questions())

    def answers(self) -> dict[str, str]:
        """Return the answers of a valid form by the code of the question."""
        return {code: self.cleaned_data[ASK + code] for code in self.codes()}

    def _questions(self) -> list[Question]:
        return [question for group in self._groups for question in group.questions]


def initial_of(answers: dict[str, str], statement: str) -> dict[str, object]:
    """Return what a form shows of a participation kept."""
    return {"statement": statement, **{ASK + code: value for code, value in answers.items()}}
