"""What may be set for several risk points at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.risks.forms.lists import choices_of, offer
from lianfang.scheme.model import Scheme

MOST = 100
KEEP = ""
NONE = "-"


class ClassifyForm(forms.Form):
    """A focus area for all of them, and aspects that each of them gets besides its own."""

    focus = forms.ChoiceField(label=_("重点领域"), required=False)
    aspects = forms.MultipleChoiceField(
        label=_("增加方面"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("已有的方面保留"),
    )

    def __init__(self, *args: Any, scheme: Scheme, **kw: Any) -> None:
        super().__init__(*args, **kw)
        kept = [(KEEP, _("不改")), (NONE, _("不属于重点领域"))]
        offer(self, "focus", [*kept, *choices_of(scheme.focus_areas)])
        offer(self, "aspects", [*choices_of(scheme.aspects)])

    def clean(self) -> dict[str, Any]:
        """Ask for at least one of the two."""
        given = self.cleaned_data
        if not self.errors and given["focus"] == KEEP and not given["aspects"]:
            raise forms.ValidationError(_("请选择一个重点领域，或至少增加一个方面。"))
        return given

    @property
    def chosen_focus(self) -> str | None:
        """The focus area to set: None leaves it, empty takes it away."""
        given: str = self.cleaned_data["focus"]
        return None if given == KEEP else "" if given == NONE else given


def versions_in(values: list[str]) -> dict[int, int]:
    """Return the versions of the chosen risk points by key, as `12-3` says them; others fall."""
    found: dict[int, int] = {}
    for value in values[:MOST]:
        key, _, version = value.partition("-")
        if all(part.isascii() and part.isdecimal() and len(part) < 19 for part in (key, version)):
            found[int(key)] = int(version)
    return found
