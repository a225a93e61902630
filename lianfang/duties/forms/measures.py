"""Which measures a page shows, and how several of them are confirmed."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lianfang.common.days import DayInput
from lianfang.duties.actions.evidence import Paper
from lianfang.duties.models import MeasureInForce

_LAST_KEY = 2**62
_MOST = 200


class MeasuresForm(forms.Form):
    """Which measures; what is written wrongly counts as not asked."""

    unit = forms.IntegerField(required=False, min_value=1, max_value=_LAST_KEY)
    post = forms.IntegerField(required=False, min_value=1, max_value=_LAST_KEY)
    kind = forms.ChoiceField(
        label=_("落实方式"),
        required=False,
        choices=[("", _("全部方式")), *MeasureInForce.Kind.choices],
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)


class EvidenceForm(forms.Form):
    """A file that shows a duty done."""

    file = forms.FileField(label=_("文件"), max_length=255)
    words = forms.CharField(label=_("说明"), max_length=200, required=False)


class ConfirmForm(forms.Form):
    """When it was done, what shows it, and a file of it where there is one."""

    done_on = forms.DateField(label=_("落实日期"), widget=DayInput)
    evidence = forms.CharField(
        label=_("落实情况"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明怎样落实、留下什么记录、存放在哪里；同时用于所选各项。"),
    )
    file = forms.FileField(label=_("凭证文件"), max_length=255, required=False)

    def paper(self) -> Paper | None:
        """Return the file that was sent, None without one."""
        return paper_of(self.cleaned_data.get("file"))


def chosen_duties(keys: list[str]) -> list[int]:
    """Return the keys that were ticked, at most so many; empty for anything that is no key."""
    if not all(key.isdecimal() and len(key) <= 18 for key in keys):
        return []
    return [int(key) for key in keys[:_MOST]]


def paper_of(file: UploadedFile[bytes] | None) -> Paper | None:
    """Return a file as the actions take it."""
    return Paper(name=file.name or "", chunks=file.chunks()) if file is not None else None
