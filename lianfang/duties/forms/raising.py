"""What a breach was and for how long it raises a level; why and when that ends."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.powers.models import Power


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
        offer(self, "power", powers)


class EndForm(forms.Form):
    """From which day a raised level holds no more, and why."""

    last_on = forms.DateField(label=_("解除日期"), widget=DayInput, help_text=_("今天或以前。"))
    reason = forms.CharField(
        label=_("解除原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
