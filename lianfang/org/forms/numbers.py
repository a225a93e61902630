"""What is typed to set numbers and words of the scheme."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.common.days import DayInput


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A number asked for: its label and the scheme's own in the language of the page."""

    path: str
    label: str
    written: str
    own: float | None
    is_switch: bool


class NumbersForm(forms.Form):
    """Numbers that are set together, from a day on; empty returns to the scheme's own."""

    from_on = forms.DateField(label=_("自何日起"), widget=DayInput)
    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, asked: list[Asked], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._paths = {f"number-{place}": each.path for place, each in enumerate(asked)}
        for name, each in zip(self._paths, asked, strict=True):
            self.fields[name] = _switch(each) if each.is_switch else _number(each)
        self.order_fields([*self._paths, "from_on", "reason"])

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError where nothing differs from what is set."""
        found = super().clean() or {}
        if not self.errors and not self.numbers:
            raise forms.ValidationError(_("没有改动，不必保存。"))
        return found

    @property
    def when_and_why(self) -> dict[str, Any]:
        """The first day and the reason."""
        return {name: self.cleaned_data[name] for name in ("from_on", "reason")}

    @property
    def numbers(self) -> dict[str, float | None]:
        """What differs from what the organisation has set, by path."""
        return {
            path: self.cleaned_data[name]
            for name, path in self._paths.items()
            if name in self.changed_data
        }


class ChoiceForm(forms.Form):
    """A word of the vocabulary, from a day on, with the reason."""

    choice = forms.ChoiceField(label=_("本机构的叫法"), required=False)
    from_on = forms.DateField(label=_("自何日起"), widget=DayInput)
    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["choice"].choices = [("", _("按方案")), *choices]  # type: ignore[attr-defined]


def _number(asked: Asked) -> forms.Field:
    return forms.FloatField(
        label=asked.label,
        required=False,
        initial=asked.own,
        help_text=_("方案：%(written)s。留空则按方案。") % {"written": asked.written},
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


def _switch(asked: Asked) -> forms.Field:
    return forms.TypedChoiceField(
        label=asked.label,
        required=False,
        initial="" if asked.own is None else f"{asked.own:g}",
        choices=[
            ("", _("按方案（%(written)s）") % {"written": asked.written}),
            ("1", _("开启")),
            ("0", _("关闭")),
        ],
        coerce=float,
        empty_value=None,
    )
