"""What lists of alerts are narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.alerts.models import Alert

STATES = (
    ("", _("全部状态")),
    ("open", _("未办结")),
    ("late", _("已逾期")),
    ("kept", _("未注销")),
    ("slow", _("超期分流")),
    *Alert.State.choices,
)
SORTS = (
    ("due", _("按期限")),
    ("noticed", _("按发现日期")),
    ("gravity", _("按轻重")),
    ("unit", pgettext_lazy("sort", "按单位")),
)


class ListForm(forms.Form):
    """Which alerts are asked for; anything else asks for nothing."""

    state = forms.ChoiceField(choices=STATES, required=False)
    channel = forms.CharField(max_length=40, required=False)
    trigger = forms.CharField(max_length=40, required=False)
    gravity = forms.CharField(max_length=40, required=False)
    unit = forms.IntegerField(min_value=1, required=False)
    year = forms.IntegerField(min_value=2000, max_value=2999, required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    mine = forms.BooleanField(required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)


class AboutForm(forms.Form):
    """Whom and what a sign would be about, to find earlier ones."""

    person = forms.IntegerField(min_value=1, required=False)
    person_2 = forms.IntegerField(min_value=1, required=False)
    person_3 = forms.IntegerField(min_value=1, required=False)
    power = forms.IntegerField(min_value=1, required=False)
    risk = forms.IntegerField(min_value=1, required=False)
