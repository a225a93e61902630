"""What a page of duties is narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.duties.models import Duty
from lianfang.duties.queries.marks import LOOKS
from lianfang.duties.queries.narrowing import OWED

VIEWS = (("people", _("按人")), ("months", _("按月")), ("list", _("清单")))
_LAST_KEY = 2**62


class YearForm(forms.Form):
    """Which duties, and how they are laid out; what is written wrongly counts as not asked."""

    view = forms.ChoiceField(required=False, choices=VIEWS)
    year = forms.IntegerField(required=False, min_value=2000, max_value=2099)
    unit = forms.IntegerField(required=False, min_value=1, max_value=_LAST_KEY)
    kind = forms.ChoiceField(
        label=_("种类"), required=False, choices=[("", _("全部种类")), *Duty.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部状态")),
            *((look.value, label) for look, label in LOOKS.items()),
            (OWED, _("应履行（未免除的）")),
        ],
    )
    q = forms.CharField(label=_("姓名"), required=False, max_length=40)
    month = forms.IntegerField(required=False, min_value=1, max_value=12)
    person = forms.IntegerField(required=False, min_value=1, max_value=_LAST_KEY)
    leader = forms.IntegerField(required=False, min_value=1, max_value=_LAST_KEY)
    mine = forms.BooleanField(label=_("只看应由我履行的"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def asked_for(self, name: str) -> object:
        """Return what was asked for in a field, None for nothing and for what is wrong."""
        return self.cleaned_data.get(name) or None
