"""What is proposed about a lead, and what is decided.

Words are asked for only where the organisation keeps content here.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.common.http import language_now
from lianfang.leads.models import Lead, LeadProposal
from lianfang.org.models import Person
from lianfang.scheme.model import Rung

_WORDS = forms.Textarea(attrs={"rows": 4})


class Worded(forms.Form):
    """A form whose words are asked for only where content is kept."""

    words = "said"

    def __init__(self, *args: Any, keeps_content: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if not keeps_content:
            del self.fields[self.words]

    @property
    def told(self) -> str:
        """What was written, empty where nothing was asked for."""
        return str(self.cleaned_data.get(self.words, ""))


class RungForm(Worded):
    """One of the scheme's rungs, in words."""

    code = forms.ChoiceField(label=_("方式"), widget=forms.RadioSelect)
    said = forms.CharField(label=_("意见和理由"), max_length=4000, required=False, widget=_WORDS)

    def __init__(self, *args: Any, rungs: Sequence[Rung], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            (rung.code, rung.label.in_(language_now())) for rung in rungs
        ]


class OutcomeForm(RungForm):
    """An outcome for one of whom the lead concerns."""

    person = RowField(label=_("人员"))

    def __init__(self, *args: Any, lead: Lead, **kw: Any) -> None:
        super().__init__(*args, **kw)
        people = Person.objects.filter(pk__in=lead.concerned.values("person")).order_by("code")
        offer(self, "person", people)
        self.order_fields(["person", "code", "said"])


class StopForm(Worded):
    """What is to be stopped, where content is kept."""

    said = forms.CharField(
        label=_("请求制止的行为"), max_length=4000, required=False, widget=_WORDS
    )


class ExtensionForm(Worded):
    """More time: until when and why."""

    until_on = forms.DateField(label=_("延长至"), widget=DayInput)
    why = forms.ChoiceField(label=_("延长理由"), choices=LeadProposal.Why.choices)
    said = forms.CharField(label=_("说明"), max_length=4000, required=False, widget=_WORDS)


class AnswerForm(Worded):
    """What is decided, and on which day where the leadership decides together."""

    words = "answer"
    decision = forms.ChoiceField(
        label=pgettext_lazy("lead decision", "决定"),
        choices=[("approve", _("同意")), ("return", _("不同意，退回"))],
        widget=forms.RadioSelect,
    )
    decided_on = forms.DateField(
        label=_("集体研究的日期"),
        widget=DayInput,
        required=False,
        help_text=_("班子集体决定的事项填写开会的日期。"),
    )
    answer = forms.CharField(label=_("审批意见"), max_length=4000, required=False, widget=_WORDS)

    def __init__(self, *args: Any, is_collective: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if not is_collective:
            del self.fields["decided_on"]

    @property
    def approves(self) -> bool:
        """Whether what was proposed is approved."""
        return bool(self.cleaned_data["decision"] == "approve")


class RecordForm(forms.Form):
    """What a body outside decided, by its paper."""

    body = forms.CharField(label=_("作出决定的机关"), max_length=100)
    mark = forms.CharField(label=_("决定文号"), max_length=80)
    decided_on = forms.DateField(label=_("决定日期"), widget=DayInput)
    agreed = forms.TypedChoiceField(
        label=pgettext_lazy("lead decision", "决定"),
        choices=[("1", _("同意，或已作出这一决定")), ("0", _("不同意"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
