"""When and where the leading group is to meet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.common.days import DayInput


class AgendaForm(forms.Form):
    """The meeting to come."""

    held_on = forms.DateField(label=_("会议日期"), widget=DayInput)
    place = forms.CharField(label=_("地点"), max_length=100)
