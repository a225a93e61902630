"""What is asked of those who hold a survey."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.common.days import DayInput
from lianfang.surveys.models import Survey
from lianfang.surveys.queries.lists import Asked, UnitChoices, ticked

_AREA = forms.Textarea(attrs={"rows": 3})
SORTS = (
    ("planned", _("最新筹备的在前")),
    ("title", _("按名称")),
    ("opened", _("按开放日期")),
    ("closes", _("按截止日期")),
    ("answered", _("按作答人数")),
)


class ListForm(forms.Form):
    """Which surveys are listed; what is written wrongly counts as not asked."""

    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部状态")), *Survey.State.choices]
    )
    sort = forms.ChoiceField(label=_("排序"), required=False, choices=SORTS)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    @property
    def asked(self) -> Asked:
        """What the list is narrowed by and how it is sorted."""
        self.is_valid()
        chosen = self.cleaned_data
        return Asked(
            state=chosen.get("state") or "",
            sort=chosen.get("sort") or "planned",
            page=chosen.get("page") or 1,
        )


class ChosenForm(forms.Form):
    """People chosen by unit: the page draws the boxes, this checks what was sent."""

    chosen = forms.TypedMultipleChoiceField(label=_("人员"), coerce=int, required=False)

    def __init__(self, *args: Any, offered: Iterable[UnitChoices], **options: Any) -> None:
        super().__init__(*args, **options)
        self._offered = list(offered)
        chosen = self.fields["chosen"]
        if isinstance(chosen, forms.TypedMultipleChoiceField):
            chosen.choices = [(c.key, c.key) for unit in self._offered for c in unit.choices]

    @property
    def offered(self) -> list[UnitChoices]:
        """The people by unit, as they are ticked on the page."""
        sent = self["chosen"].value() or ()
        keys = {int(key) for key in sent if str(key).isdigit()}
        return ticked(self._offered, keys)


class PlanForm(ChosenForm):
    """What a survey is called, for which body, and about whom."""

    title = forms.CharField(label=_("名称"), max_length=100)
    held_by = forms.ChoiceField(label=_("组织者"))

    def __init__(self, *args: Any, bodies: Iterable[Survey.HeldBy], **options: Any) -> None:
        super().__init__(*args, **options)
        held = self.fields["held_by"]
        if isinstance(held, forms.ChoiceField):
            held.choices = [(body.value, body.label) for body in bodies]
        self.fields["chosen"].label = _("测评对象")


class OpenForm(forms.Form):
    """Until when answers are taken."""

    closes_on = forms.DateField(
        label=_("截止日期"), widget=DayInput, help_text=_("这一天仍可作答；开放后名单不能再改。")
    )


class DropForm(forms.Form):
    """Why a survey is dropped."""

    reason = forms.CharField(label=_("作废原因"), max_length=300, widget=_AREA)
