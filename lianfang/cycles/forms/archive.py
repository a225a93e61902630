"""What the archive of official papers is narrowed by, and why one is voided."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.words import PAPERS


class ArchiveForm(forms.Form):
    """Which papers: of a year, of a kind, from where on."""

    year = forms.IntegerField(required=False, min_value=1, max_value=9999)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *PAPERS.items()])
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class VoidForm(forms.Form):
    """Why an official paper does not hold."""

    reason = forms.CharField(
        label=_("作废原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明错在哪里、以哪份文件为准；全体人员在公文档案中可见。"),
    )
