"""What is typed to register a lead, to name whom it concerns, to strike one out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.leads.models import Lead
from lianfang.org.models import Person, Post, Unit

_ABOUT = forms.Textarea(attrs={"rows": 5})
# how many people are named at once; more are added later
NAMED = ("person_1", "person_2", "person_3")


class PeopleForm(forms.Form):
    """Whom a lead concerns."""

    person_1 = RowField(label=_("涉及人员"), required=False)
    person_2 = RowField(label=_("涉及人员（二）"), required=False)
    person_3 = RowField(label=_("涉及人员（三）"), required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        # one statement for all three
        held = people.all()
        for name in NAMED:
            offer(self, name, held)

    @property
    def people(self) -> list[Person]:
        """Those who were chosen, each once."""
        chosen = [self.cleaned_data.get(name) for name in NAMED]
        return list(dict.fromkeys(one for one in chosen if one is not None))


class NameForm(PeopleForm):
    """Whom a lead concerns as well."""

    def clean(self) -> dict[str, Any]:
        """Ask for somebody."""
        cleaned = super().clean() or {}
        if not self.errors and not self.people:
            self.add_error("person_1", _("请选择涉及人员。"))
        return cleaned


class RegisterForm(PeopleForm):
    """A new lead; `about` is asked only where the organisation keeps content here."""

    origin = forms.ChoiceField(label=_("来源"))
    received_on = forms.DateField(label=_("收到日期"), widget=DayInput)
    unit = RowField(label=_("涉及单位"), required=False)
    post = RowField(
        label=_("涉及岗位"), required=False, help_text=_("填岗位的，单位按岗位所在单位。")
    )
    handlers = forms.MultipleChoiceField(
        label=_("承办人"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选的，由负责人承办。只有承办人和负责人能看到这条线索。"),
    )
    about = forms.CharField(label=_("反映的问题"), max_length=4000, required=False, widget=_ABOUT)

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Unit],
        posts: QuerySet[Post],
        own: Sequence[Person],
        origins: Sequence[str],
        keeps_content: bool,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        offer(self, "unit", units)
        offer(self, "post", posts)
        self._own = {str(person.pk): person for person in own}
        self.fields["handlers"].choices = [  # type: ignore[attr-defined]
            (key, person.shown_name) for key, person in self._own.items()
        ]
        self.fields["origin"].choices = [  # type: ignore[attr-defined]
            (code, label) for code, label in Lead.Origin.choices if code in origins
        ]
        if not keeps_content:
            del self.fields["about"]
        self.order_fields(["origin", "received_on", *PeopleForm.base_fields])

    @property
    def values(self) -> dict[str, Any]:
        """What `open_lead` takes."""
        said = self.cleaned_data
        return {
            "origin": said["origin"],
            "received_on": said["received_on"],
            "people": self.people,
            "unit": said["unit"],
            "post": said["post"],
            "handlers": [self._own[key] for key in said["handlers"]],
            "about": said.get("about", ""),
        }


class StrikeForm(forms.Form):
    """Why a wrong entry is struck out."""

    reason = forms.ChoiceField(label=pgettext_lazy("lead", "作废原因"), choices=Lead.Struck.choices)
