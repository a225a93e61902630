"""What the list of posts by level is asked for in its address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.risks.forms.lists import ANY, KEY, Pairs, choices_of, offer
from lianfang.risks.queries.narrowing import UNRATED
from lianfang.scheme.model import Scheme


class LevelsFilter(forms.Form):
    """A narrowing of the posts by unit and level, the day looked at, and a place in the list."""

    unit = forms.IntegerField(label=_("单位"), required=False, min_value=1, max_value=2**62)
    level = forms.ChoiceField(label=pgettext_lazy("column", "等级"), required=False)
    on = forms.DateField(label=_("截至"), required=False)
    after = forms.CharField(required=False, max_length=KEY)

    def __init__(self, *args: Any, scheme: Scheme, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.choices = [ANY, *choices_of(scheme.levels), (UNRATED, _("未评"))]
        offer(self, "level", self.choices)

    def rank_in(self, scheme: Scheme) -> int | None:
        """Return the rank that a form without errors narrows to, None for any."""
        level: str = self.cleaned_data["level"]
        if not level:
            return None
        return scheme.rank(None if level == UNRATED else level)

    def asked(self) -> Pairs:
        """Return what a form without errors narrows by, as the address has it."""
        given = self.cleaned_data
        return tuple((name, str(given[name])) for name in ("unit", "level", "on") if given[name])
