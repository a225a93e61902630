"""What lists of inspections and findings are narrowed by; what is wrong counts as not asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.duties.queries.marks import LOOKS
from lianfang.inspections.models import Finding

_LAST_KEY = 2**62
_PAGES = 10_000
SORTS = (
    ("due", _("按期限")),
    ("level", _("按等级")),
    ("unit", _("按单位")),
    ("person", _("按姓名")),
)


class ListForm(forms.Form):
    """Which inspections, in which order."""

    year = forms.IntegerField(required=False, min_value=2000, max_value=2099)
    unit = forms.IntegerField(required=False, min_value=1, max_value=_LAST_KEY)
    level = forms.CharField(required=False, max_length=20)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *((look.value, label) for look, label in LOOKS.items())],
    )
    how = forms.ChoiceField(
        label=_("由来"),
        required=False,
        choices=[("", _("全部由来")), ("draw", _("抽取")), ("regular", _("逐一检查"))],
    )
    q = forms.CharField(label=_("姓名"), required=False, max_length=40)
    sort = forms.ChoiceField(label=_("排序"), required=False, choices=SORTS)
    page = forms.IntegerField(required=False, min_value=1, max_value=_PAGES)


class FindingsForm(forms.Form):
    """Which findings."""

    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), ("late", _("逾期未改")), *Finding.State.choices],
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=_PAGES)
