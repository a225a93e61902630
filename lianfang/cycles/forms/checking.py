"""What is asked where a filing is checked: remarks, answers, who checks."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.http import language_now
from lianfang.cycles.queries.reviewing import PAGE, Asked
from lianfang.cycles.rules.remarks import FIELDS
from lianfang.org.models import Person
from lianfang.register.difference import Part
from lianfang.register.words import FIELD_LABELS
from lianfang.scheme.model import Scheme

_AREA = forms.Textarea(attrs={"rows": 4})


class AnswerForm(forms.Form):
    """An answer to a remark; what is stored is there already when it is answered again."""

    answer = forms.CharField(label=_("答复"), max_length=400, widget=_AREA)
    version = forms.IntegerField(widget=forms.HiddenInput)


class WaiveForm(forms.Form):
    """Why a remark needs no change."""

    reason = forms.CharField(label=_("免改理由"), max_length=400, widget=_AREA)


class RemarkForm(forms.Form):
    """What the checker asks, under which of the five checks, about what.

    `part` is the kind of what it is about, where the page it was asked from knows it.
    """

    part = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    finding = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)
    about = forms.CharField(
        label=_("对象编号"),
        max_length=80,
        required=False,
        help_text=_("职权、风险点、环节、措施等的编号，如 R-CW-03；针对整个单位时不填。"),
    )
    text = forms.CharField(label=_("意见"), max_length=400, widget=_AREA)

    def __init__(self, *args: Any, scheme: Scheme, part: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = language_now()
        self.fields["check_code"] = forms.ChoiceField(
            label=_("检查项"),
            choices=[
                (check.code, f"{check.code} {check.label.in_(language)}")
                for check in scheme.checks.five
            ],
        )
        if part in set(Part):
            self.fields["field"] = forms.ChoiceField(
                label=_("项目"),
                choices=[
                    ("", _("（整项）")),
                    *((name, FIELD_LABELS[name].in_(language)) for name in FIELDS[Part(part)]),
                ],
                required=False,
            )
        self.order_fields(["check_code", "about", "field", "text"])


class CheckerForm(forms.Form):
    """Who checks a filing, and why somebody else than before."""

    person = RowField(label=_("审核人"))
    reason = forms.CharField(label=_("更换原因"), max_length=200, required=False)

    def __init__(
        self, *args: Any, people: QuerySet[Person], is_taken_up: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)
        if not is_taken_up:
            self.fields.pop("reason")


class ReviewForm(forms.Form):
    """What the address of a review asks to see; what makes no sense is left out."""

    show = forms.CharField(max_length=12, required=False)
    weighty = forms.BooleanField(required=False)
    shown = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    against = forms.CharField(max_length=12, required=False)
    open = forms.BooleanField(required=False)

    @property
    def asked(self) -> Asked:
        """What is to be shown."""
        self.is_valid()
        said = self.cleaned_data
        return Asked(
            show=said.get("show", ""),
            is_weighty=said.get("weighty", False),
            shown=max(PAGE, said.get("shown") or 0),
            against=said.get("against", ""),
            is_open=said.get("open", False),
        )
