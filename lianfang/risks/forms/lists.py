"""What a list of the register is asked for in its address, and what is done with it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.common.http import language_now
from lianfang.risks.queries.narrowing import (
    CONFIRMED,
    ENDORSED,
    IN_USE,
    PROPOSED,
    RETIRED,
    UNRATED,
)
from lianfang.scheme.model import Named, Scheme

Choices = list[tuple[str, Promise | str]]
Pairs = tuple[tuple[str, str], ...]
STEPS = 9
KEY = 90
STATES: tuple[tuple[str, Promise | str], ...] = (
    (IN_USE, _("在用")),
    (PROPOSED, _("待审核等级")),
    (ENDORSED, _("已审核等级")),
    (CONFIRMED, _("已确认等级")),
    (RETIRED, _("已停用")),
)
SORTED: tuple[tuple[str, Promise | str], ...] = (
    ("level", _("等级从高到低")),
    ("-level", _("等级从低到高")),
    ("code", _("编号")),
    ("-code", _("编号倒序")),
    ("new", _("最近登记")),
    ("old", _("最早登记")),
)
DENSITIES = (("dense", _("紧凑")), ("roomy", _("舒展")))
ANY: tuple[str, Promise | str] = ("", _("不限"))
# what is so where nobody says otherwise, and so does not stand in an address
USUAL = {"sort": SORTED[0][0], "density": DENSITIES[0][0]}
_PLACE = ("after", "before")


def _row() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=1, max_value=2**62)


def _step() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=0, max_value=STEPS)


class RegisterFilter(forms.Form):
    """A narrowing, an order and a place of the register, as the address holds them."""

    q = forms.CharField(label=_("查找"), required=False, max_length=100)
    unit = _row()
    post = _row()
    level = forms.MultipleChoiceField(label=pgettext_lazy("column", "等级"), required=False)
    aspect = forms.ChoiceField(label=_("方面"), required=False)
    focus = forms.ChoiceField(label=_("重点领域"), required=False)
    lacks = forms.ChoiceField(label=_("缺少措施"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    mine = forms.BooleanField(label=_("本单位和我负责的单位"), required=False)
    weighty = forms.BooleanField(label=_("三重一大"), required=False)
    likelihood = _step()
    impact = _step()
    sort = forms.ChoiceField(label=_("排序"), required=False)
    density = forms.ChoiceField(required=False, choices=DENSITIES)
    after = forms.CharField(required=False, max_length=KEY)
    before = forms.CharField(required=False, max_length=KEY)

    def __init__(self, *args: Any, scheme: Scheme, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.choices: dict[str, Choices] = {
            "level": [*choices_of(scheme.levels), (UNRATED, _("未评"))],
            "aspect": [ANY, *choices_of(scheme.aspects)],
            "focus": [ANY, *choices_of(scheme.focus_areas)],
            "lacks": [ANY, *choices_of(scheme.phases)],
            "state": list(STATES),
            "sort": list(SORTED),
        }
        for name, choices in self.choices.items():
            offer(self, name, choices)

    def asked(self) -> Pairs:
        """Return what a form without errors asks for, as the address has it, without the place."""
        pairs: list[tuple[str, str]] = []
        for name, value in self.cleaned_data.items():
            if name in _PLACE or value in (None, "", False, [], USUAL.get(name)):
                continue
            values = value if isinstance(value, list) else ["1" if value is True else value]
            pairs.extend((name, str(one)) for one in values)
        return tuple(pairs)

    def offered(self, name: str) -> tuple[Promise | str, str, Choices]:
        """Return a field's label, what was chosen in it, and the choices."""
        return self.fields[name].label or "", self.cleaned_data.get(name, ""), self.choices[name]

    @property
    def sorting(self) -> str:
        """How the list is sorted, by level where nobody said."""
        return self.cleaned_data.get("sort") or USUAL["sort"]


class ViewForm(forms.Form):
    """A name for the list as it is narrowed now."""

    name = forms.CharField(label=_("视图名称"), max_length=60)
    query = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Let a field of the form offer the choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choices")
    field.choices = choices


def choices_of(named: Iterable[Named]) -> Choices:
    """Return codes of the scheme with their labels in the language of the page."""
    return [(entry.code, entry.label.in_(language_now())) for entry in named]


def without(pairs: Pairs, *names: str) -> Pairs:
    """Return the pairs without those of these names."""
    return tuple(pair for pair in pairs if pair[0] not in names)


def address(pairs: Pairs, **more: str) -> str:
    """Return the query of an address with more in it, or instead of what it has; `?` for none."""
    kept = without(pairs, *more)
    return "?" + urlencode([*kept, *((name, value) for name, value in more.items() if value)])
