"""What is asked when the catalogue is looked through, published, and when a power is withheld."""

from django import forms
from django.utils.translation import gettext_lazy as _

_MOST_PAGES = 10_000


class SearchForm(forms.Form):
    """What a visitor looks for; a value that makes no sense asks for nothing."""

    q = forms.CharField(required=False, max_length=100, strip=True)
    unit = forms.CharField(required=False, max_length=40)
    category = forms.CharField(required=False, max_length=40)
    page = forms.IntegerField(required=False, min_value=1, max_value=_MOST_PAGES)


class PublishForm(forms.Form):
    """The decision to publish what the preview shows."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("公布说明"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：2026 年度版本审议通过后更新。与日期、公布人一并存档。"),
    )
    contact = forms.CharField(
        label=_("监督联系方式"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("显示在每一页的下方，例如：监督电话 010-0000 0000（工作日 9:00–17:00）。"),
    )
    contact_en = forms.CharField(
        label=_("监督联系方式（英文）"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    """Why a power is withheld, or no longer."""

    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
