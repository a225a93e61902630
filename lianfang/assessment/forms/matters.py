"""What is asked in a matter of accountability."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.common.days import DayInput

_LONG = forms.Textarea(attrs={"rows": 5})


class OpenMatterForm(forms.Form):
    """The facts in words."""

    facts = forms.CharField(
        label=_("事实"),
        max_length=4000,
        widget=_LONG,
        help_text=_("只写查实的事实；系统列出的明细会随记录一并留存。"),
    )


class HearingForm(forms.Form):
    """What the person said, and when."""

    heard_on = forms.DateField(label=_("听取陈述日期"), widget=DayInput)
    hearing = forms.CharField(label=_("本人陈述"), max_length=4000, widget=_LONG)


class DecideForm(forms.Form):
    """The decision and what follows from it."""

    decision = forms.CharField(
        label=pgettext_lazy("accountability", "决定"), max_length=2000, widget=_LONG
    )
    effect = forms.CharField(label=_("影响"), max_length=300, required=False)
    effect_until = forms.DateField(label=_("影响期至"), required=False, widget=DayInput)


class AppealForm(forms.Form):
    """Why somebody appeals."""

    appeal = forms.CharField(label=_("申诉"), max_length=4000, widget=_LONG)


class AppealAnswerForm(forms.Form):
    """What came of an appeal."""

    answer = forms.CharField(label=_("申诉答复"), max_length=4000, widget=_LONG)
