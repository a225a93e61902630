"""In which format a list is to leave the register."""

from django import forms

from lianfang.risks.exchange.files import MOST


class ExportForm(forms.Form):
    """The format, and the list as its address narrows it."""

    format = forms.ChoiceField(choices=[(format, format) for format in MOST])
    query = forms.CharField(required=False, max_length=2000)
