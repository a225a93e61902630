"""What the archive of official documents is narrowed by, and why one is voided."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.shell.archive.papers import SORTS, VALID, VOID, Asked

_LAST_KEY = 2**62
STATES = (("", _("全部状态")), (VALID, _("有效")), (VOID, _("已作废")))


class ArchiveForm(forms.Form):
    """Which documents: with which words, of a series, year, kind, unit and state; in what order."""

    q = forms.CharField(label=_("标题或文号"), required=False, max_length=100)
    series = forms.CharField(required=False, max_length=40)
    year = forms.IntegerField(required=False, min_value=1, max_value=9999)
    kind = forms.CharField(required=False, max_length=40)
    unit = forms.IntegerField(required=False, min_value=1, max_value=_LAST_KEY)
    state = forms.ChoiceField(required=False, choices=STATES)
    sort = forms.ChoiceField(
        required=False, choices=[(code, label) for code, (label, _order) in SORTS.items()]
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    @property
    def asked(self) -> Asked:
        """What was asked for; what says nothing sensible counts for nothing."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        return Asked(
            words=given["q"] or "",
            series=given["series"] or "",
            year=given["year"],
            kind=given["kind"] or "",
            unit=given["unit"],
            state=given["state"] or "",
            sort=given["sort"] or "",
            page=given["page"] or 1,
        )


class VoidForm(forms.Form):
    """Why an official document does not hold."""

    reason = forms.CharField(
        label=_("作废原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明错在哪里、以哪份文件为准；看得到这份公文的人都看得到原因。"),
    )
