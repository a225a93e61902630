"""What is asked when a report is written, sent, judged, commented on, and looked for."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.common.http import language_now
from lianfang.common.text import Language
from lianfang.duties.models import Duty, Report
from lianfang.duties.rules.reports import HELD, PARTS, Part
from lianfang.org.models import Unit

_LONGEST = 4000
_AREA = forms.Textarea(attrs={"rows": 5})
_SHORT = forms.Textarea(attrs={"rows": 3})
_DAY_LABELS = {Duty.Kind.STATEMENT.value: _("会议日期"), Duty.Kind.VISIT.value: _("检查日期")}


class WriteForm(forms.Form):
    """The sections of a report; what must be there is asked for when it is sent."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = language_now()
        self._codes = [part.code for part in PARTS[kind]]
        if kind in HELD:
            self.fields["held_on"] = forms.DateField(
                label=_DAY_LABELS[kind], required=False, widget=DayInput
            )
        for part in PARTS[kind]:
            self.fields[part.code] = forms.CharField(
                label=part.label.in_(language),
                help_text=_hint(part, language),
                max_length=_LONGEST,
                required=False,
                widget=_AREA,
            )

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by section."""
        return {code: self.cleaned_data[code] for code in self._codes}


def _hint(part: Part, language: Language) -> str:
    """Return what to write in a section, and that it can't be left empty for good."""
    hint, needed = part.hint.in_(language), gettext("报送或存档前须填写。")
    if not part.is_required:
        return hint
    return f"{hint} {needed}" if language is Language.EN else f"{hint}{needed}"


class SendForm(forms.Form):
    """Nothing more than that it is meant."""


class PublishForm(forms.Form):
    """From when until when a disclosure is open inside the unit."""

    public_from = forms.DateField(label=_("公开起"), widget=DayInput)
    public_until = forms.DateField(
        label=_("公开止"),
        widget=DayInput,
        help_text=_("期间本单位人员可以查看并提出意见；期满后连同意见存档。"),
    )


class ReturnForm(forms.Form):
    """What has to be mended."""

    comment = forms.CharField(
        label=_("退回意见"),
        max_length=1000,
        widget=_SHORT,
        help_text=_("写明哪一部分、要补充或改正什么。"),
    )


class AcceptForm(forms.Form):
    """What is said to a report that is accepted."""

    comment = forms.CharField(label=_("审阅意见"), max_length=1000, required=False, widget=_SHORT)


class CommentForm(forms.Form):
    """What somebody says to a disclosure."""

    text = forms.CharField(
        label=pgettext_lazy("disclosure", "意见"),
        max_length=1000,
        widget=_SHORT,
        help_text=_("署名提出，本单位人员都能看到，期满后一并存档。"),
    )


class FindForm(forms.Form):
    """Which reports: of a year, a kind, a unit, a state, from where on."""

    year = forms.IntegerField(required=False, min_value=1, max_value=9999, label=_("年度"))
    kind = forms.ChoiceField(required=False, label=_("种类"))
    unit = RowField(required=False, label=_("单位"))
    state = forms.ChoiceField(required=False, label=_("状态"))
    before = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, kinds: list[str], units: QuerySet[Unit], **kw: Any) -> None:
        super().__init__(*args, **kw)
        labels = dict(Duty.Kind.choices)
        self.fields["kind"].choices = [("", _("全部")), *((kind, labels[kind]) for kind in kinds)]  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", _("全部")), *Report.State.choices]  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = _("全部")  # type: ignore[attr-defined]
        offer(self, "unit", units)
