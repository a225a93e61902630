"""Units, posts and what hangs on them: shapes of what is sent in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.org.models import Person, Post, Unit


class Versioned(forms.Form):
    """A form that knows which version of the thing it was filled from."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class UnitForm(Versioned):
    """A unit; its parent is one the asker may see."""

    name = forms.CharField(label=_("名称"), max_length=100)
    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    code = forms.CharField(
        label=_("代码"), max_length=40, help_text=_("在本机构内不重复，例如 BGS")
    )
    kind = forms.ChoiceField(label=_("类型"), choices=Unit.Kind.choices)
    parent = RowField(label=_("上级单位"), required=False)
    order = forms.IntegerField(
        label=_("次序"), min_value=0, max_value=9999, initial=0, help_text=_("小的排在前面")
    )

    def __init__(
        self, *args: Any, units: QuerySet[Unit], unit: Unit | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        parents = units.filter(retired_on=None)
        offer(self, "parent", parents.exclude(pk=unit.pk) if unit else parents)
        if unit is not None and unit.parent_id is None:
            del self.fields["parent"], self.fields["kind"]
        else:
            kinds = [choice for choice in Unit.Kind.choices if choice[0] != Unit.Kind.ORGANISATION]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
            self.fields["parent"].required = True


class PostForm(Versioned):
    """A post with its description."""

    name = forms.CharField(label=_("名称"), max_length=100)
    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    code = forms.CharField(label=_("代码"), max_length=40)
    duties = forms.CharField(
        label=_("岗位职责"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("一行一条"),
    )
    duties_en = forms.CharField(
        label=_("岗位职责（英文）"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    qualifications = forms.CharField(
        label=_("任职条件"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    is_unit_head = forms.BooleanField(label=_("单位负责人岗位"), required=False)
    is_leadership = forms.BooleanField(label=_("班子成员岗位"), required=False)
    is_leadership_head = forms.BooleanField(label=_("班子主要负责人岗位"), required=False)
    order = forms.IntegerField(label=_("次序"), min_value=0, max_value=9999, initial=0)

    def clean(self) -> dict[str, Any]:
        """Say what the database would refuse: the head of the leadership sits in it."""
        cleaned = super().clean() or {}
        if cleaned.get("is_leadership_head") and not cleaned.get("is_leadership"):
            self.add_error(
                "is_leadership", _("班子主要负责人也是班子成员，请同时勾选“班子成员岗位”。")
            )
        return cleaned


class RetireForm(forms.Form):
    """From which day something is no longer in use, and why."""

    on = forms.DateField(label=_("自何日起"), widget=DayInput)
    reason = forms.CharField(label=_("原因"), max_length=200)


class EndForm(forms.Form):
    """The last day of something dated."""

    on = forms.DateField(label=_("最后一天"), widget=DayInput)


class PortfolioForm(forms.Form):
    """A unit into a leader's portfolio, from a day on."""

    leader = RowField(label=_("分管领导"))
    from_on = forms.DateField(label=_("起"), widget=DayInput)

    def __init__(self, *args: Any, leaders: QuerySet[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "leader", leaders.order_by("code"))


def unit_values(form: UnitForm) -> dict[str, Any]:
    """Return the fields of a valid form without its version."""
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def post_values(form: PostForm) -> dict[str, Any]:
    """Return the fields of a valid form without its version."""
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def initial_of(row: Unit | Post) -> dict[str, object]:
    """Return what a form shows of a stored row."""
    names = ("name", "name_en", "code", "order", "version")
    extra = (
        ("kind", "parent")
        if isinstance(row, Unit)
        else (
            "duties",
            "duties_en",
            "qualifications",
            "is_unit_head",
            "is_leadership",
            "is_leadership_head",
        )
    )
    return {name: getattr(row, name) for name in (*names, *extra)}
