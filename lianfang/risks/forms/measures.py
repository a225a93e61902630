"""A measure, and unsorted ones with the phases chosen for them: shapes of what is sent in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.common.http import language_now
from lianfang.org.models import Post
from lianfang.powers.models import Regulation
from lianfang.risks.actions.measures import MeasureValues, values_of
from lianfang.risks.models import Measure
from lianfang.scheme.model import Scheme

SORT = "phase_"


class PostField(RowField):
    """Offers posts by name and unit."""

    def label_from_instance(self, row: Any) -> str:
        """Return the unit and the post."""
        return f"{row.unit.shown_name} · {row.shown_name}"


class MeasureForm(forms.Form):
    """A measure: when, what, who, how often or by when, with what evidence."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    phase = forms.ChoiceField(label=_("阶段"), required=False)
    text = forms.CharField(
        label=_("措施"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明做什么，不写口号"),
    )
    post = PostField(label=_("责任岗位"), required=False)
    responsible = forms.CharField(
        label=_("责任人（原文）"),
        max_length=200,
        required=False,
        help_text=_("只在找不到对应岗位时填写"),
    )
    frequency = forms.CharField(
        label=_("频次"), max_length=100, required=False, help_text=_("例如：每月、每次选派前")
    )
    due_on = forms.DateField(label=_("完成日期"), widget=DayInput, required=False)
    evidence = forms.CharField(label=_("凭证"), max_length=300, required=False)
    method = forms.CharField(label=_("方法"), max_length=500, required=False)
    indicator = forms.CharField(label=_("指标"), max_length=300, required=False)
    regulation = RowField(label=_("依据或待立的制度"), required=False)
    asks_rule = forms.BooleanField(label=_("这一措施就是制定或修订制度"), required=False)

    def __init__(
        self,
        *args: Any,
        scheme: Scheme,
        posts: QuerySet[Post],
        regulations: QuerySet[Regulation],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        offer(self, "post", posts)
        offer(self, "regulation", regulations)
        phase: Any = self.fields["phase"]
        phase.choices = [("", gettext("未分类")), *phases_of(scheme)]

    def values(self) -> MeasureValues:
        """Return what a valid form says."""
        sent = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return MeasureValues(**sent)


class SortForm(forms.Form):
    """A phase for each of some measures, or none yet."""

    def __init__(self, *args: Any, scheme: Scheme, measures: list[Measure], **kw: Any) -> None:
        super().__init__(*args, **kw)
        choices = [*phases_of(scheme), ("", gettext("暂不分"))]
        for measure in measures:
            self.fields[f"{SORT}{measure.pk}"] = forms.ChoiceField(
                label=measure.text, choices=choices, required=False, widget=forms.RadioSelect
            )

    def phases(self) -> dict[int, str]:
        """Return the phases that a valid form chooses, by the keys of the measures."""
        return {
            int(name.removeprefix(SORT)): phase
            for name, phase in self.cleaned_data.items()
            if phase
        }


def phases_of(scheme: Scheme) -> list[tuple[str, str]]:
    """Return the phases as choices."""
    language = language_now()
    return [(phase.code, phase.label.in_(language)) for phase in scheme.phases]


def initial_of(measure: Measure) -> dict[str, object]:
    """Return what a form shows of a stored measure."""
    values = values_of(measure)
    names = MeasureForm.base_fields.keys() - {"version"}
    return {"version": measure.risk.version, **{name: getattr(values, name) for name in names}}
