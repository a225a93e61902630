"""What the list of leads is narrowed by; what is wrong counts as not asked."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.leads.models import Lead

_PAGES = 10_000
SORTS = (("due", _("按期限")), ("received", _("按收到日期")), ("state", _("按状态")))


class ListForm(forms.Form):
    """Which leads, in which order."""

    year = forms.IntegerField(required=False, min_value=2000, max_value=2099)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部状态")),
            ("open", _("未办结")),
            ("late", pgettext_lazy("lead", "逾期未处置")),
            *Lead.State.choices,
        ],
    )
    origin = forms.ChoiceField(
        label=_("来源"), required=False, choices=[("", _("全部来源")), *Lead.Origin.choices]
    )
    sort = forms.ChoiceField(label=_("排序"), required=False, choices=SORTS)
    page = forms.IntegerField(required=False, min_value=1, max_value=_PAGES)


class YearForm(forms.Form):
    """Of which year statistics tell."""

    year = forms.IntegerField(required=False, min_value=2000, max_value=2099)
