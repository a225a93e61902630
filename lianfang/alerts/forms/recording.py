"""What is asked when a sign is recorded."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.alerts.actions.steps import Paper
from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.common.http import language_now
from lianfang.org.models import Person
from lianfang.scheme.model import Scheme

PEOPLE = ("person", "person_2", "person_3")
PAPERS = ("file", "file_2", "file_3")
_LONG = forms.Textarea(attrs={"rows": 5})
_WORDS = 4000


class Offered(forms.Form):
    """Whom and what a sign may be about; each may be unknown."""

    person = RowField(label=_("涉及人员"), required=False)
    person_2 = RowField(label=_("涉及人员（第二人）"), required=False)
    person_3 = RowField(label=_("涉及人员（第三人）"), required=False)
    unit = RowField(label=_("涉及单位"), required=False)
    post = RowField(label=_("涉及岗位"), required=False)
    power = RowField(label=_("涉及职权"), required=False)
    risk = RowField(label=_("涉及风险点"), required=False)

    def offer(self, **rows: QuerySet[Any]) -> None:
        """Let rows be chosen. One statement each."""
        for name, found in rows.items():
            offer(self, name, found)

    @property
    def named(self) -> list[Person]:
        """Whom the sign names, each once."""
        chosen = [self.cleaned_data.get(name) for name in PEOPLE]
        return list(dict.fromkeys(person for person in chosen if person is not None))


class RecordForm(Offered):
    """A sign: how it came, what was noticed, about whom or what, how grave it is."""

    channel = forms.ChoiceField(label=_("渠道"), widget=forms.RadioSelect)
    noticed_on = forms.DateField(label=_("发现日期"), widget=DayInput)
    trigger = forms.ChoiceField(label=_("情形"))
    gravity = forms.ChoiceField(label=_("轻重"), widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("情况"),
        max_length=_WORDS,
        widget=_LONG,
        help_text=_("写明时间、地点、经过和来源。涉密内容不得录入。"),
    )
    file = forms.FileField(label=_("材料"), max_length=255, required=False)
    file_2 = forms.FileField(label=_("材料（第二份）"), max_length=255, required=False)
    file_3 = forms.FileField(label=_("材料（第三份）"), max_length=255, required=False)

    field_order = (
        "channel", "noticed_on", "trigger", "gravity", "what", *PEOPLE, "unit", "post", "power",
        "risk", *PAPERS,
    )  # fmt: skip

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = language_now()
        for name, rows in (
            ("channel", scheme.channels),
            ("trigger", scheme.alert_triggers),
            ("gravity", scheme.gravities),
        ):
            field = self.fields[name]
            if not isinstance(field, forms.ChoiceField):
                raise TypeError(f"{name} offers no choices")
            field.choices = [
                (each.code, each.label.in_(language))
                for each in rows
                # an indicator is recorded by what works it out
                if each.code != "indicator"
            ]

    def papers(self) -> list[Paper]:
        """Return the files that were sent."""
        return papers_in(self)


class AddForm(forms.Form):
    """What became known since."""

    text = forms.CharField(label=_("补充情况"), max_length=_WORDS, widget=_LONG, required=False)
    file = forms.FileField(label=_("材料"), max_length=255, required=False)

    def papers(self) -> list[Paper]:
        """Return the file that was sent, if any."""
        return papers_in(self)


def papers_in(form: forms.Form) -> list[Paper]:
    """Return the files that a form was sent."""
    found: list[UploadedFile[bytes] | None] = [form.cleaned_data.get(name) for name in PAPERS]
    return [Paper(name=file.name or "", chunks=file.chunks()) for file in found if file is not None]
