"""What is asked of an officer who makes an alert or a lead of a report: worded anew."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.http import language_now
from lianfang.org.models import Person, Post, Unit
from lianfang.scheme.model import Named, Scheme

NAMED = ("person_1", "person_2", "person_3")


class ConcernedForm(forms.Form):
    """Whom and what the matter is about."""

    unit = RowField(label=_("涉及单位"), required=False)
    post = RowField(label=_("涉及岗位"), required=False)
    person_1 = RowField(label=_("涉及人员"), required=False)
    person_2 = RowField(label=_("涉及人员（二）"), required=False)
    person_3 = RowField(label=_("涉及人员（三）"), required=False)

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Unit],
        posts: QuerySet[Post],
        people: QuerySet[Person],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", units)
        offer(self, "post", posts)
        for name in NAMED:
            offer(self, name, people)

    @property
    def concerned(self) -> dict[str, Any]:
        """Unit, post and people, as the rooms below take them."""
        chosen = [self.cleaned_data[name] for name in NAMED]
        return {
            "unit": self.cleaned_data["unit"],
            "post": self.cleaned_data["post"],
            "people": list(dict.fromkeys(one for one in chosen if one is not None)),
        }


class AlertForm(ConcernedForm):
    """An alert, in the officer's own words."""

    trigger = forms.ChoiceField(label=_("触发情形"))
    gravity = forms.ChoiceField(label=_("轻重"))
    what = forms.CharField(
        label=_("情况"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("重新表述，不照抄举报，不写只有举报人才知道的细节。"),
    )

    def __init__(self, *args: Any, scheme: Scheme, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "trigger", scheme.alert_triggers)
        _offer(self, "gravity", scheme.gravities)
        self.order_fields(["trigger", "gravity", "what", *ConcernedForm.base_fields])


class LeadForm(ConcernedForm):
    """A lead: who handles it, and whom it is about; nothing of what was reported."""

    handlers = forms.MultipleChoiceField(
        label=_("承办人"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只有承办人和负责人能看到这条线索；须回避举报的人不在其中。"),
    )

    def __init__(self, *args: Any, officers: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self._officers = {str(person.pk): person for person in officers}
        field = self.fields["handlers"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(key, one.shown_name) for key, one in self._officers.items()]
        self.order_fields(["handlers", *ConcernedForm.base_fields])

    @property
    def handlers_chosen(self) -> list[Person]:
        """Those who were chosen."""
        return [self._officers[key] for key in self.cleaned_data["handlers"]]


def _offer(form: forms.Form, name: str, entries: Iterable[Named]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(entry.code, entry.label.in_(language_now())) for entry in entries]
