"""What is asked of the plan of a year: its aim, and hours and topics by level."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.learning.actions.planning import LevelPlanned
from lianfang.learning.models import LearningPlan


class YearForm(forms.Form):
    """Which year; what is written wrongly counts as not asked."""

    year = forms.IntegerField(required=False, min_value=2000, max_value=2099)
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class PlanForm(forms.Form):
    """The aim of a year, and for each level the hours and the topics."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    aim = forms.CharField(
        label=_("总体要求"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, levels: Sequence[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.levels = levels
        for code, label in levels:
            self.fields[f"hours_{code}"] = forms.FloatField(
                label=_("%(level)s：计划学时") % {"level": label},
                min_value=0,
                max_value=200,
                step_size=0.5,
            )
            self.fields[f"topics_{code}"] = forms.CharField(
                label=_("%(level)s：学习内容") % {"level": label},
                max_length=1_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def planned(self) -> list[LevelPlanned]:
        """Return what was planned for each level."""
        chosen = self.cleaned_data
        return [
            LevelPlanned(level=code, hours=chosen[f"hours_{code}"], topics=chosen[f"topics_{code}"])
            for code, _label in self.levels
        ]


def plan_initial(plan: LearningPlan | None, asked: dict[str, float]) -> dict[str, object]:
    """Return what the form is filled with: the plan, else the hours that duties ask for."""
    if plan is None:
        return {f"hours_{code}": _plain(hours) for code, hours in asked.items()}
    filled: dict[str, object] = {"version": plan.version, "aim": plan.aim}
    for row in plan.levels.all():
        filled[f"hours_{row.level}"] = _plain(row.hours)
        filled[f"topics_{row.level}"] = row.topics
    return filled


def _plain(hours: float) -> float:
    """Return hours as one would write them: 12, not 12.0."""
    return int(hours) if hours == int(hours) else hours
