"""What is asked when opinions are asked for, given, answered and summed up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.common.days import DayInput
from lianfang.cycles.models import Consultation

_AREA = forms.Textarea(attrs={"rows": 4})


class ConsultForm(forms.Form):
    """Whom to ask, and until when."""

    scope = forms.ChoiceField(label=_("征求范围"), choices=Consultation.Scope.choices)
    until_on = forms.DateField(
        label=_("截止日期"),
        widget=DayInput,
        help_text=_("含当天；默认按方案的工作日数。"),
    )


class CommentForm(forms.Form):
    """What somebody thinks of a filing."""

    about = forms.CharField(
        label=_("职权或风险点编号"),
        max_length=60,
        required=False,
        help_text=_("如 R-CW-03；针对整个单位时不填。"),
    )
    text = forms.CharField(label=_("意见"), max_length=600, widget=_AREA)


class CommentAnswerForm(forms.Form):
    """The office's answer to an opinion."""

    is_taken = forms.TypedChoiceField(
        label=_("是否采纳"),
        choices=[("yes", _("采纳")), ("no", _("未采纳"))],
        coerce=lambda said: said == "yes",
    )
    answer = forms.CharField(label=_("答复"), max_length=600, widget=_AREA)


class SummaryForm(forms.Form):
    """What came of the consultation."""

    summary = forms.CharField(label=_("意见汇总"), max_length=4000, widget=_AREA)
