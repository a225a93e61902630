"""Files sent in, and what is decided about one: shapes of what is sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.intake.rules.lines import Kind, Verdict
from lianfang.org.models import Unit

SUFFIXES = ".xlsx,.xls,.et,.docx,.doc,.wps,.csv,.zip"
MOST_FILES = 200


class SeveralFiles(forms.ClearableFileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, each checked as a single one is."""
        one = super().clean
        if isinstance(data, list | tuple):
            if not data:
                one(None, initial)
            return [one(each, initial) for each in data]
        return [one(data, initial)]


class UnitField(RowField):
    """Offers units by name."""

    def label_from_instance(self, row: Any) -> str:
        """Return the unit's name in the page's language."""
        return str(row.shown_name)


class SendForm(forms.Form):
    """Files, and the unit of tables that name none."""

    tables = FilesField(
        label=_("表格文件"),
        help_text=_("可以一次选多个，也可以是装着它们的 zip。Word、Excel、WPS、CSV 都行。"),
        widget=SeveralFiles(attrs={"accept": SUFFIXES, "data-drop": ""}),
    )
    unit = UnitField(
        label=_("表里没写单位时，算哪个单位的"),
        required=False,
        help_text=_("不选则按文件名判断，再按您所在的单位"),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kw: Any) -> None:
        super().__init__(*args, **kw)
        keys = [unit.pk for unit in units]
        offer(self, "unit", Unit.objects.filter(pk__in=keys).order_by("order", "code"))


class ShowForm(forms.Form):
    """Which lines are shown, and from which on."""

    show = forms.ChoiceField(
        required=False, choices=[(v.value, v.value) for v in Verdict] + [("doubtful", "doubtful")]
    )
    kind = forms.ChoiceField(required=False, choices=[(k.value, k.value) for k in Kind])
    unit = forms.CharField(max_length=100, required=False)
    after = forms.IntegerField(min_value=0, required=False)


class ChooseForm(forms.Form):
    """Lines of a page that are taken, or all lines that are shown taken or left."""

    version = forms.IntegerField(min_value=0)
    shown = forms.CharField(max_length=2000, required=False)
    all = forms.ChoiceField(required=False, choices=[("take", "take"), ("leave", "leave")])


class DecideForm(forms.Form):
    """The preview that was looked at."""

    version = forms.IntegerField(min_value=0)


class OlderForm(forms.Form):
    """Before which the list goes on."""

    before = forms.IntegerField(min_value=1, required=False)


class MeaningsForm(forms.Form):
    """Which of what is remembered: by part of how it is written, and which page."""

    q = forms.CharField(max_length=100, required=False)
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)


class RowsForm(forms.Form):
    """Which table of the original, and from which row on."""

    table = forms.IntegerField(min_value=-1, required=False)
    start = forms.IntegerField(min_value=1, required=False)
