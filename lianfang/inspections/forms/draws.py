"""What is asked when a draw is planned, drawn and dropped."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.common.days import DayInput
from lianfang.common.http import language_now
from lianfang.inspections.actions.draws import Planned
from lianfang.inspections.rules.shares import shares_of
from lianfang.scheme.model import Scheme

_MOST_IN_TEAM = 5


class DrawForm(forms.Form):
    """What is drawn, by which public value, and until when the visits are made."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("名称"), max_length=100)
    levels = forms.MultipleChoiceField(
        label=_("抽查的等级"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("比例按方案；各单位按人数分配，合计向上取整。高等级岗位逐一检查，不抽取。"),
    )
    team = forms.IntegerField(
        label=_("每组检查人数"),
        min_value=1,
        max_value=_MOST_IN_TEAM,
        initial=2,
        help_text=_("检查人员也由抽取决定，应回避的不抽。"),
    )
    source = forms.CharField(
        label=_("公开数值的来源"),
        max_length=200,
        help_text=_(
            "谁都能查到、事先谁也不知道的数值，例如某日上证综合指数收盘点位、某期福利彩票开奖号码。"
        ),
    )
    public_on = forms.DateField(
        label=_("公开数值的日期"),
        widget=DayInput,
        help_text=_("在固定名单之后；到这一天才能抽取。"),
    )
    due_on = forms.DateField(
        label=_("检查期限"), widget=DayInput, help_text=_("抽中人员的检查在这一天前完成。")
    )

    def __init__(self, *args: Any, scheme: Scheme, **kw: Any) -> None:
        super().__init__(*args, **kw)
        _offer(self, "levels", _levels_of(scheme))

    def planned(self) -> Planned:
        """Return what was asked for."""
        chosen = self.cleaned_data
        return Planned(
            title=chosen["title"],
            levels=chosen["levels"],
            team=chosen["team"],
            source=chosen["source"],
            public_on=chosen["public_on"],
            due_on=chosen["due_on"],
        )


class ValueForm(forms.Form):
    """The public value as it was published."""

    value = forms.CharField(
        label=_("公开数值"),
        max_length=200,
        help_text=_("照公布的原样填写。抽取之后不能重抽。"),
    )


class DropForm(forms.Form):
    """Why a draw is dropped."""

    reason = forms.CharField(
        label=_("作废理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class NothingMore(forms.Form):
    """Asks for nothing: the question itself is the form."""


def _levels_of(scheme: Scheme) -> list[tuple[str, str]]:
    labels = {level.code: level.label for level in scheme.levels}
    return [
        (share.level, f"{labels[share.level].in_(language_now())} · {share.percent}%")
        for share in shares_of(scheme, list(labels))
    ]


def _offer(form: forms.Form, field: str, choices: Sequence[tuple[str, str]]) -> None:
    chosen = form.fields[field]
    if not isinstance(chosen, forms.ChoiceField):
        raise TypeError(f"{field} offers no choices")
    chosen.choices = choices
