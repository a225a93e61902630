"""What is asked when a duty is done or waived."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.common.days import DayInput
from lianfang.duties.actions.evidence import Paper
from lianfang.duties.forms.measures import paper_of

_AREA = forms.Textarea(attrs={"rows": 3})


class FulfilForm(forms.Form):
    """When it was done, and what shows it."""

    done_on = forms.DateField(label=_("履行日期"), widget=DayInput)
    evidence = forms.CharField(
        label=_("凭证"),
        max_length=500,
        widget=_AREA,
        help_text=_("写明怎样履行、留下什么记录、存放在哪里。"),
    )
    file = forms.FileField(label=_("凭证文件"), max_length=255, required=False)

    def paper(self) -> Paper | None:
        """Return the file that was sent, None without one."""
        return paper_of(self.cleaned_data.get("file"))


class WaiveForm(forms.Form):
    """Why a duty need not be done."""

    reason = forms.CharField(label=_("免除理由"), max_length=300, widget=_AREA)
