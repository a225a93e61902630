"""What is asked at each step of a filing."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.common.days import DayInput
from lianfang.common.http import language_now
from lianfang.cycles.models import Decision, Filing
from lianfang.org.models import Person
from lianfang.scheme.model import Scheme

_AREA = forms.Textarea(attrs={"rows": 4})


class StageForm(forms.Form):
    """Why a stage is opened or closed off the plan."""

    reason = forms.CharField(
        label=_("提前或推迟的原因"),
        max_length=200,
        required=False,
        help_text=_("与计划日期一致时不必填写。"),
    )


class StageOpeningForm(StageForm):
    """When a stage is to end, and why it is opened off the plan."""

    ends_on = forms.DateField(
        label=_("截止日期"),
        widget=DayInput,
        required=False,
        help_text=_("各单位按这一天办理；不填的按计划，与计划不同的写明原因。"),
    )
    field_order = ("ends_on", "reason")


class PlaceForm(forms.Form):
    """A place in a long list."""

    after = forms.CharField(required=False, max_length=90)


class SubmitForm(forms.Form):
    """What the unit head states when submitting."""

    statement = forms.CharField(
        label=_("报送说明"),
        max_length=2000,
        widget=_AREA,
        help_text=_("写明梳理了什么、与上年相比改了什么、还有哪些问题。"),
    )


class ReasonForm(forms.Form):
    """Why something is returned."""

    reason = forms.CharField(label=_("退回意见"), max_length=2000, widget=_AREA)


class ConcludeForm(forms.Form):
    """A conclusion under each of the five checks."""

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._codes = [check.code for check in scheme.checks.five]
        language = language_now()
        for check in scheme.checks.five:
            self.fields[f"met-{check.code}"] = forms.BooleanField(
                label=_("%(check)s：通过") % {"check": f"{check.code} {check.label.in_(language)}"},
                required=False,
            )
            self.fields[f"text-{check.code}"] = forms.CharField(
                label=_("结论说明"), max_length=400, required=False
            )

    @property
    def verdicts(self) -> dict[str, tuple[bool, str]]:
        """What was concluded, by check: met or not, and the words."""
        said = self.cleaned_data
        return {code: (said[f"met-{code}"], said[f"text-{code}"]) for code in self._codes}


class PublishForm(forms.Form):
    """From when an edition is in force."""

    effective_from = forms.DateField(label=_("施行日期"), widget=DayInput)


class MeetingForm(forms.Form):
    """A meeting: when, where, who was there, and what was decided about each filing."""

    held_on = forms.DateField(label=_("日期"), widget=DayInput)
    place = forms.CharField(label=_("地点"), max_length=100)

    def __init__(
        self, *args: Any, members: list[Person], filings: list[Filing], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.filings = filings
        self._people = {str(person.pk): person for person in members}
        self.fields["present"] = self._people_field(_("出席成员"), is_required=True)
        for filing in filings:
            self.fields[f"outcome-{filing.pk}"] = forms.ChoiceField(
                label=f"{filing.unit.shown_name} · {filing.title}",
                choices=[("", _("本次不审议")), *Decision.Outcome.choices],
                required=False,
            )
            self.fields[f"approving-{filing.pk}"] = self._people_field(_("赞成"), is_required=False)
            self.fields[f"changes-{filing.pk}"] = forms.CharField(
                label=_("意见或修改要求"), max_length=2000, required=False
            )

    def _people_field(self, label: Promise | str, *, is_required: bool) -> forms.Field:
        return forms.TypedMultipleChoiceField(
            label=str(label),
            choices=[(key, person.shown_name) for key, person in self._people.items()],
            coerce=self._people.__getitem__,
            required=is_required,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        """Ask for words where something is sent back or to be changed."""
        said = super().clean() or {}
        outcomes = {filing: said.get(f"outcome-{filing.pk}") for filing in self.filings}
        for filing, outcome in outcomes.items():
            words = said.get(f"changes-{filing.pk}", "").strip()
            if outcome not in ("", None, Decision.Outcome.APPROVED) and not words:
                self.add_error(
                    f"changes-{filing.pk}", _("退回或修改后通过时，请写明意见或修改要求。")
                )
        if not any(outcomes.values()):
            self.add_error(None, _("没有审议任何填报。请至少为一个单位选择决定。"))
        return said
