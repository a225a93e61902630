"""In which format the collected file is to be."""

from django import forms

from lianfang.cycles.exchange import KINDS


class CollectForm(forms.Form):
    """The format."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
