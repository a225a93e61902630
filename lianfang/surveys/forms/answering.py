"""A paper: for each subject an answer to each question, and free words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from lianfang.common.text import Language
from lianfang.scheme.model import SurveyRules
from lianfang.surveys.models import SurveySubject
from lianfang.surveys.rules.papers import CANNOT_SAY, LONGEST_REMARK, Paper


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The fields of one subject."""

    subject: SurveySubject
    questions: list[BoundField]
    remark: BoundField


class AnswerForm(forms.Form):
    """Asks about every subject on one page, so that nothing half done is ever stored."""

    def __init__(
        self,
        *args: Any,
        subjects: Sequence[SurveySubject],
        asked: SurveyRules,
        language: Language,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.subjects, self.asked = subjects, asked
        steps = [(anchor.step, anchor.text.in_(language)) for anchor in asked.anchors]
        choices = [*steps, (CANNOT_SAY, asked.cannot_say.in_(language))]
        for subject in subjects:
            for place, question in enumerate(asked.questions):
                self.fields[_name(subject, place)] = forms.TypedChoiceField(
                    label=question.text.in_(language),
                    choices=choices,
                    coerce=int,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("请选择一项，说不清的选“说不清”。")},
                )
            self.fields[_remark(subject)] = forms.CharField(
                label=asked.remark.in_(language),
                max_length=LONGEST_REMARK,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REMARK}),
            )

    @property
    def sheets(self) -> list[Sheet]:
        """The fields, by subject."""
        return [
            Sheet(
                subject=subject,
                questions=[self[_name(subject, n)] for n in range(len(self.asked.questions))],
                remark=self[_remark(subject)],
            )
            for subject in self.subjects
        ]

    def paper(self) -> Paper:
        """Return what was answered."""
        said, number = self.cleaned_data, len(self.asked.questions)
        return Paper(
            sheets={
                subject.pk: tuple(said[_name(subject, place)] for place in range(number))
                for subject in self.subjects
            },
            remarks={s.pk: said[_remark(s)] for s in self.subjects if said[_remark(s)]},
        )


def _name(subject: SurveySubject, place: int) -> str:
    return f"q{subject.pk}_{place}"


def _remark(subject: SurveySubject) -> str:
    return f"w{subject.pk}"
