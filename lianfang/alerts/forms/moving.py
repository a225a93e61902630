"""What is asked when an alert moves on."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.alerts.actions.letters import Shown
from lianfang.alerts.models import Alert, AlertLetter
from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.org.models import Person, Unit

_WORDS = forms.Textarea(attrs={"rows": 3})
_LONG = forms.Textarea(attrs={"rows": 8})
_LONGEST = 2000


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=_LONGEST, widget=_WORDS)


class WordsForm(forms.Form):
    """What there is to say, if anything."""

    text = forms.CharField(label=_("说明"), max_length=_LONGEST, widget=_WORDS, required=False)


class FollowForm(forms.Form):
    """How things stand by now."""

    text = forms.CharField(
        label=_("回访情况"),
        max_length=_LONGEST,
        widget=_WORDS,
        help_text=_("写明回访的时间、方式，本人改正和保持的情况。"),
    )


class TriageForm(ReasonForm):
    """Who is to deal with an alert."""

    way = forms.ChoiceField(label=_("去向"), choices=Alert.Way, widget=forms.RadioSelect)

    field_order = ("way", "reason")

    def __init__(self, *args: Any, ways: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["way"]
        if not isinstance(found, forms.ChoiceField):
            raise TypeError("a way is chosen")
        self.offered = list(ways)
        found.choices = [(way, Alert.Way(way).label) for way in self.offered]

    @property
    def chosen(self) -> str:
        """The way that is ticked: what was sent, else the proposed one."""
        sent = self.data.get("way", "")
        return sent if sent in self.offered else next(iter(self.offered), "")


class ChoiceForm(ReasonForm):
    """One of what is open, and why."""

    choice = forms.ChoiceField(label=_("选择"), widget=forms.RadioSelect)

    field_order = ("choice", "reason")

    def __init__(
        self, *args: Any, label: str, choices: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["choice"]
        if not isinstance(found, forms.ChoiceField):
            raise TypeError("something is chosen")
        found.label, found.choices = label, list(choices)


class RecuseForm(ReasonForm):
    """Who stays out of it, and why."""

    person = RowField(label=pgettext_lazy("alert", "回避人员"))

    field_order = ("person", "reason")

    def offer(self, rows: QuerySet[Person]) -> None:
        """Let people be chosen. One statement."""
        offer(self, "person", rows)


class LetterForm(forms.Form):
    """Which letter to whom, in which words."""

    kind = forms.ChoiceField(label=_("文种"), choices=AlertLetter.Kind, widget=forms.HiddenInput)
    person = RowField(label=_("致"), required=False)
    unit = RowField(label=_("致单位"), required=False)
    body = forms.CharField(
        label=_("正文"), max_length=_LONGEST, widget=_LONG, help_text=_("一行一段。")
    )

    def offer(self, kind: str, people: QuerySet[Person], units: QuerySet[Unit]) -> None:
        """Let whoever a letter of that kind may go to be chosen. One statement."""
        is_notice = kind == AlertLetter.Kind.NOTICE
        del self.fields["person" if is_notice else "unit"]
        name = "unit" if is_notice else "person"
        self.fields[name].required = True
        offer(self, name, units if is_notice else people)


class AnswerForm(forms.Form):
    """What a unit put right, and a file that shows it."""

    text = forms.CharField(
        label=_("整改情况"),
        max_length=4000,
        widget=_LONG,
        help_text=_("写明怎样整改、怎样防止再犯、凭证存放在哪里。"),
    )
    file = forms.FileField(label=_("凭证文件"), max_length=255, required=False)

    def shown(self) -> Shown | None:
        """Return the file that was sent, None without one."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        return Shown(name=file.name or "", chunks=file.chunks()) if file is not None else None


class AcceptForm(forms.Form):
    """A word on what was put right, if any."""

    comment = forms.CharField(label=_("复核意见"), max_length=400, required=False, widget=_WORDS)


class ReturnForm(forms.Form):
    """Why it is not put right yet, and until when it is to be."""

    comment = forms.CharField(label=_("退回意见"), max_length=400, widget=_WORDS)
    due_on = forms.DateField(label=_("新的整改期限"), widget=DayInput)
