"""Who takes up a post and from when, and why an entry was wrong."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.org.models import Appointment, Person


class AppointForm(forms.Form):
    """Somebody into a post, from a day on."""

    person = RowField(label=_("人员"))
    kind = forms.ChoiceField(label=_("方式"), choices=Appointment.Kind.choices)
    from_on = forms.DateField(label=_("任职日期"), widget=DayInput)
    to_on = forms.DateField(label=_("止"), widget=DayInput, required=False)
    document = forms.CharField(label=_("任命文号"), max_length=80, required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "person", people.filter(left_on=None).order_by("code"))


class EndForm(forms.Form):
    """The last day of an appointment."""

    last_on = forms.DateField(label=_("最后一天"), widget=DayInput)


class WithdrawForm(forms.Form):
    """Why an entry was wrong."""

    reason = forms.CharField(label=_("撤回原因"), max_length=200)
