"""What is asked of a warning case, and of a quiz."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.learning.actions.cases import Told
from lianfang.learning.models import Question, WarningCase
from lianfang.learning.rules.quiz import Asked
from lianfang.learning.rules.warning import kinds_of

_BOXES = forms.CheckboxSelectMultiple
_KINDS = ("focus", "aspects", "categories")


class CaseForm(forms.Form):
    """What a case tells, and the kinds of risk it warns of."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("案例标题"), max_length=120)
    text = forms.CharField(
        label=_("案情"), max_length=8_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    lesson = forms.CharField(
        label=_("警示"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(label=_("来源"), max_length=200)
    focus = forms.MultipleChoiceField(label=_("重点领域"), required=False, widget=_BOXES)
    aspects = forms.MultipleChoiceField(label=_("风险方面"), required=False, widget=_BOXES)
    categories = forms.MultipleChoiceField(
        label=_("职权类别"),
        required=False,
        widget=_BOXES,
        help_text=_("三类中任选；岗位的风险点有一种相同，案例就推送给在岗人员。"),
    )

    def __init__(self, *args: Any, listed: dict[str, Sequence[tuple[str, str]]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name in _KINDS:
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = listed[name]

    def told(self) -> Told:
        """Return what the case tells."""
        chosen = self.cleaned_data
        return Told(
            title=chosen["title"],
            text=chosen["text"],
            lesson=chosen["lesson"],
            source=chosen["source"],
            kinds=kinds_of(chosen["aspects"], chosen["focus"], chosen["categories"]),
        )


def case_initial(case: WarningCase) -> dict[str, object]:
    """Return what the form is filled with."""
    return {name: getattr(case, name) for name in CaseForm.base_fields}


class PageForm(forms.Form):
    """Which page of a list."""

    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)


class QuizForm(forms.Form):
    """The questions as plain text, how much of them is enough, how often one may try."""

    text = forms.CharField(
        label=_("题目"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "每题第一行是题目，下面每行一个选项，正确的选项前加 *；题与题之间空一行。"
            "有几个正确选项就是多选题。"
        ),
    )
    pass_mark = forms.IntegerField(label=_("合格线（%）"), min_value=1, max_value=100, initial=60)
    tries = forms.IntegerField(label=_("可答次数"), min_value=1, max_value=20, initial=3)


class AnswersForm(forms.Form):
    """The answers to a quiz, a field a question."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kw: Any) -> None:
        super().__init__(*args, **kw)
        for place, question in enumerate(questions, 1):
            self.fields[f"q{question.order}"] = _field(place, question)
        self.places = [question.order for question in questions]

    def answers(self) -> list[list[int]]:
        """Return what was chosen, for each question the places of options."""
        return [_places(self.cleaned_data.get(f"q{place}")) for place in self.places]


def _field(place: int, question: Question) -> forms.Field:
    asked: Asked = question.asked
    choices = [(str(n), option) for n, option in enumerate(asked.options)]
    if asked.takes_several:
        return forms.MultipleChoiceField(
            label=_("%(place)s．%(text)s（多选）") % {"place": place, "text": asked.text},
            choices=choices,
            widget=_BOXES,
        )
    return forms.ChoiceField(
        label=_("%(place)s．%(text)s") % {"place": place, "text": asked.text},
        choices=choices,
        widget=forms.RadioSelect,
    )


def _places(value: object) -> list[int]:
    if isinstance(value, list):
        return [int(one) for one in value]
    return [int(str(value))] if value not in (None, "") else []
