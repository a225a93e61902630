"""What the list of posts by level is asked for in its address."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.common.choosing import RowField
from lianfang.common.choosing import offer as offer_rows
from lianfang.common.days import DayInput
from lianfang.powers.models import Power
from lianfang.risks.forms.lists import ANY, KEY, Pairs, choices_of, offer
from lianfang.risks.queries.narrowing import UNRATED
from lianfang.scheme.model import Scheme


class LevelsFilter(forms.Form):
    """A narrowing of the posts by unit and level, and a place in the list."""

    unit = forms.IntegerField(label=_("单位"), required=False, min_value=1, max_value=2**62)
    level = forms.ChoiceField(label=pgettext_lazy("column", "等级"), required=False)
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
        return tuple((name, str(given[name])) for name in ("unit", "level") if given[name])


class BreachForm(forms.Form):
    """What was found in a post, where the case is kept, and for how long the level is raised."""

    found_on = forms.DateField(label=_("查实日期"), widget=DayInput)
    what = forms.CharField(
        label=_("违规事实"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写事实，不写姓名；等级页面只说“发生违规”，不显示这里的内容。"),
    )
    reference = forms.CharField(
        label=_("案号"), max_length=120, required=False, help_text=_("如处理决定或案件的文号。")
    )
    power = RowField(label=_("涉及的职权"), required=False)
    until_on = forms.DateField(
        label=_("上调截止日期"),
        widget=DayInput,
        required=False,
        help_text=_("含当天；不填的，到版本纳入或解除为止。"),
    )

    def __init__(self, *args: Any, powers: QuerySet[Power], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer_rows(self, "power", powers)


class EndForm(forms.Form):
    """From which day a raised level holds no more, and why."""

    on = forms.DateField(label=_("解除日期"), widget=DayInput, help_text=_("今天或以前。"))
    reason = forms.CharField(
        label=_("解除原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
