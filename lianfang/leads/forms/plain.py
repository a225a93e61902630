"""A form that only asks to confirm."""

from django import forms


class Confirm(forms.Form):
    """Nothing to fill in: what is done is said on the page."""
