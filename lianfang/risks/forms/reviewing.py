"""What the list of risk points to review is asked for in its address."""

from django import forms

from lianfang.risks.forms.lists import KEY


class ReviewsFilter(forms.Form):
    """A unit, and a place in its list."""

    unit = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    after = forms.CharField(required=False, max_length=KEY)
