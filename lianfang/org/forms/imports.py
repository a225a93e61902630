"""Staff lists: shapes of what is sent in."""

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _


class RosterForm(forms.Form):
    """A file with a staff list."""

    file = forms.FileField(
        label=_("名册文件"),
        validators=[FileExtensionValidator(["xlsx", "xls", "csv", "docx"])],
        help_text=_("Excel（.xlsx、.xls）、CSV 或 Word 表格（.docx）"),
    )


class ApplyForm(forms.Form):
    """The preview that was looked at, and whether rows that can't be taken are left out."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    skip = forms.BooleanField(required=False)


class ShowForm(forms.Form):
    """Which lines of a preview are shown."""

    thing = forms.CharField(max_length=20, required=False)
    show = forms.CharField(max_length=20, required=False)
    page = forms.IntegerField(min_value=1, required=False)


class OlderForm(forms.Form):
    """Before which import the list goes on."""

    before = forms.IntegerField(min_value=1, required=False)
