"""What is asked about a rotation: where to and when, or why not."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField
from lianfang.common.days import DayInput

_AREA = forms.Textarea(attrs={"rows": 3})


class RotationForm(forms.Form):
    """Which plan of rotations is shown."""

    year = forms.IntegerField(required=False, min_value=2000, max_value=2099)
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class MoveForm(forms.Form):
    """Where somebody is to go, and when."""

    to_post = RowField(
        label=_("拟轮换到"), required=False, help_text=_("还没有定的可以不选，以后再补。")
    )
    planned_on = forms.DateField(label=_("计划日期"), widget=DayInput)
    note = forms.CharField(label=_("说明"), max_length=300, required=False, widget=_AREA)


class ExemptionForm(forms.Form):
    """Why somebody stays, who approved it, what is done instead, and until when."""

    reason = forms.CharField(label=_("暂不轮岗的理由"), max_length=300, widget=_AREA)
    approver = RowField(label=_("批准人"), help_text=_("领导班子成员，不能是本人。"))
    control = forms.CharField(
        label=_("替代控制"),
        max_length=500,
        widget=_AREA,
        help_text=_("轮岗之前用什么办法控制风险，例如双人办理、强制休假期间由他人代办、加密检查。"),
    )
    from_on = forms.DateField(label=_("自"), widget=DayInput)
    until_on = forms.DateField(
        label=_("到期日"), widget=DayInput, help_text=_("最长两年；轮岗任务改为这一天到期。")
    )


class EndForm(forms.Form):
    """Why an exemption ends before its day."""

    reason = forms.CharField(label=_("提前结束的理由"), max_length=300, widget=_AREA)
