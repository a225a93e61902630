"""What is typed while a lead is worked on: its conclusion, notes, letters, visits, its end."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.leads.forms.proposing import Worded
from lianfang.leads.models import Lead, LeadAccess, LeadOutcome, LeadRecusal
from lianfang.org.models import Person
from lianfang.powers.models import Power

_WORDS = forms.Textarea(attrs={"rows": 5})


class ConcludeForm(forms.Form):
    """What the inquiry or the check came to, and on which day."""

    result = forms.ChoiceField(
        label=_("结论"), choices=Lead.Result.choices, widget=forms.RadioSelect
    )
    concluded_on = forms.DateField(label=_("结论日期"), widget=DayInput)


class NoteForm(forms.Form):
    """What became known."""

    text = forms.CharField(label=_("补充情况"), max_length=4000, widget=_WORDS)


class LetterForm(Worded):
    """To whom a letter goes; an inquiry is answered by a day."""

    person = RowField(label=_("收件人"))
    until_on = forms.DateField(label=_("答复期限"), widget=DayInput)
    said = forms.CharField(
        label=_("内容"),
        max_length=4000,
        required=False,
        widget=_WORDS,
        help_text=_("每行一段。不填的，文书留出空行手写。"),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], is_answered: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "person", people)
        if not is_answered:
            del self.fields["until_on"]


class FollowForm(forms.Form):
    """The visit after an outcome."""

    followed_on = forms.DateField(label=_("回访日期"), widget=DayInput)
    followed = forms.ChoiceField(
        label=_("回访结果"), choices=LeadOutcome.Followed.choices, widget=forms.RadioSelect
    )


class BreachForm(Worded):
    """The breach with which a lead is closed."""

    words = "what"
    power = RowField(label=_("涉及的职权"), required=False)
    until_on = forms.DateField(
        label=_("上调截止日期"),
        widget=DayInput,
        required=False,
        help_text=_("含当天；不填的，到版本纳入或解除为止。"),
    )
    what = forms.CharField(
        label=_("违规事实"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写事实，不写姓名。"),
    )

    def __init__(self, *args: Any, powers: QuerySet[Power], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "power", powers)


class AccessForm(forms.Form):
    """Who may know of a lead, in which part, until when and why."""

    person = RowField(label=_("人员"))
    part = forms.ChoiceField(label=_("职责"), choices=LeadAccess.Part.choices)
    reason = forms.ChoiceField(
        label=_("理由"),
        choices=[one for one in LeadAccess.Reason.choices if one[0] != LeadAccess.Reason.NAMED],
    )
    until_on = forms.DateField(
        label=_("知悉截止日期"),
        widget=DayInput,
        required=False,
        help_text=_("含当天；承办机构以外的人员必须填写。"),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "person", people)


class RecusalForm(forms.Form):
    """Who stays out of a lead, and why."""

    person = RowField(label=pgettext_lazy("lead", "回避人员"))
    reason = forms.ChoiceField(label=_("回避理由"), choices=LeadRecusal.Reason.choices)

    def __init__(self, *args: Any, people: QuerySet[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "person", people)
