"""What is asked of those who draft, open, confirm and publish a year's check."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.assessment.models import AssessedSheet, Assessment
from lianfang.assessment.rules.sheets import MANUAL
from lianfang.common.days import DayInput
from lianfang.common.http import language_now
from lianfang.org.models import Unit
from lianfang.scheme.model import Figure, Sheet

_WORDS = forms.Textarea(attrs={"rows": 2})
_POINTS: dict[str, Any] = {
    "max_digits": 4,
    "decimal_places": 1,
    "min_value": Decimal("0.1"),
    "max_value": 100,
}


class DraftForm(forms.Form):
    """Of which year."""

    year = forms.IntegerField(label=_("考核年度"), min_value=2000, max_value=2100)


class ItemForm(forms.Form):
    """What an item is worth and by which standard, and why that is changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    maximum = forms.DecimalField(label=_("满分"), **_POINTS)
    standard = forms.CharField(label=_("评分标准"), max_length=300, widget=_WORDS)
    reason = forms.CharField(label=_("修改理由"), max_length=300, widget=_WORDS)


class NewItemForm(forms.Form):
    """An item more: in which section, from which figure."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    section = forms.ChoiceField(label=_("所属部分"))
    label = forms.CharField(label=_("考核项"), max_length=60)
    maximum = forms.DecimalField(label=_("满分"), **_POINTS)
    standard = forms.CharField(label=_("评分标准"), max_length=300, widget=_WORDS)
    source = forms.ChoiceField(label=_("数据来源"))
    evidence = forms.CharField(label=_("证明材料"), max_length=100, required=False)
    reason = forms.CharField(label=_("增加理由"), max_length=300, widget=_WORDS)

    def __init__(self, *args: Any, asked: Sheet, figures: Sequence[Figure], **options: Any) -> None:
        super().__init__(*args, **options)
        language = language_now()
        section, source = self.fields["section"], self.fields["source"]
        if isinstance(section, forms.ChoiceField) and isinstance(source, forms.ChoiceField):
            section.choices = [(s.code, s.label.in_(language)) for s in asked.sections]
            source.choices = [
                (MANUAL, _("人工评分")),
                *((figure.code, figure.label.in_(language)) for figure in figures),
            ]


class RemoveItemForm(forms.Form):
    """Why an item is removed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("删去理由"), max_length=300, widget=_WORDS)


class OpenForm(forms.Form):
    """Which units are assessed, and until when they score themselves."""

    self_until = forms.DateField(label=_("自评截止日期"), widget=DayInput)
    units = forms.TypedMultipleChoiceField(
        label=_("参加考核的单位"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Sequence[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        units = self.fields["units"]
        if isinstance(units, forms.TypedMultipleChoiceField):
            units.choices = [(unit.pk, unit.shown_name) for unit in offered]


class ChosenForm(forms.Form):
    """Which sheets are scored or confirmed together."""

    sheets = forms.TypedMultipleChoiceField(
        label=_("选定的考核表"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Sequence[AssessedSheet], **options: Any) -> None:
        super().__init__(*args, **options)
        sheets = self.fields["sheets"]
        if isinstance(sheets, forms.TypedMultipleChoiceField):
            sheets.choices = [(sheet.pk, _named(sheet)) for sheet in offered]


class PublishForm(forms.Form):
    """To whom the results are told."""

    scope = forms.ChoiceField(
        label=_("通报范围"),
        choices=Assessment.Scope.choices,
        help_text=_("通报只列单位结果；个人结果只有本人和评分的人能看到，不排名。"),
    )


def _named(sheet: AssessedSheet) -> str:
    name = sheet.unit.shown_name
    if sheet.person is not None:
        name = f"{name} {sheet.person.shown_name}"
    return name if sheet.score is None else f"{name} {sheet.score}"
