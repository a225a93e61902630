"""A regulation, its state, its file: what is sent in."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.org.models import Post
from lianfang.powers.models import Regulation
from lianfang.powers.rules.states import NEXT
from lianfang.register.model import RegulationState


class RegulationForm(forms.Form):
    """A regulation of the library; its state changes by a form of its own once it is entered."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("制度名称"), max_length=200, help_text=_("不带书名号，例如 财务报销管理办法")
    )
    title_en = forms.CharField(label=_("英文名称"), max_length=300, required=False)
    number = forms.CharField(
        label=_("文号"), max_length=100, required=False, help_text=_("例如 中心〔2024〕7 号")
    )
    issuer = forms.CharField(label=_("发布机构"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("状态"), choices=Regulation.State.choices)
    in_force_on = forms.DateField(label=_("施行日期"), widget=DayInput, required=False)
    repealed_on = forms.DateField(label=_("废止日期"), widget=DayInput, required=False)
    owner = RowField(
        label=_("起草岗位"), required=False, help_text=_("待制定或起草中的，写明由谁制定")
    )
    due_on = forms.DateField(label=_("完成期限"), widget=DayInput, required=False)

    def __init__(
        self,
        *args: Any,
        posts: QuerySet[Post],
        regulation: Regulation | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        offer(self, "owner", posts.order_by("unit__order", "unit__code", "order", "code"))
        if regulation is not None:
            del self.fields["state"]


class StateForm(forms.Form):
    """Into which state a regulation goes, and from which day."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("改为"))
    on = forms.DateField(label=_("自何日起"), widget=DayInput)

    def __init__(self, *args: Any, regulation: Regulation, **kw: Any) -> None:
        super().__init__(*args, **kw)
        allowed = {state.value for state in NEXT[RegulationState(regulation.state)]}
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            choice for choice in Regulation.State.choices if choice[0] in allowed
        ]


class FileForm(forms.Form):
    """The text of a regulation as a file."""

    file = forms.FileField(label=_("文件"), max_length=255)


class RetireForm(forms.Form):
    """From which day something is no longer in use, and why."""

    on = forms.DateField(label=_("自何日起"), widget=DayInput)
    reason = forms.CharField(label=_("原因"), max_length=200)


class ConfirmForm(forms.Form):
    """Nothing to fill in: only yes."""


def initial_of(row: Regulation) -> dict[str, object]:
    """Return what the form shows of a stored regulation."""
    names = (
        "title",
        "title_en",
        "number",
        "issuer",
        "in_force_on",
        "repealed_on",
        "owner",
        "due_on",
        "version",
    )
    return {name: getattr(row, name) for name in names}


def values_of(form: RegulationForm) -> dict[str, Any]:
    """Return the fields of a valid form without its version."""
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def first_day(on: date) -> dict[str, date]:
    """Return what a form that asks for a day shows first."""
    return {"on": on}
