"""What is asked of officers who move a report on. No field takes a word of what was reported."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.casework.models import CaseStep, ReportCase
from lianfang.casework.rules import care
from lianfang.casework.rules.states import FOUND
from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.org.models import Person

_AREA = forms.Textarea(attrs={"rows": 3})
_NO_CONTENT = _("只写办理情况，不写举报内容，不写可能认出举报人的情况。")
DUTIES: dict[str, Promise | str] = {
    care.Duty.NOT_ASKED: _("没有打听、没有让人猜测举报人是谁"),
    care.Duty.NOT_PASSED_ON: _("没有把举报材料转给被反映人或其所在单位"),
    care.Duty.WORDED_ANEW: _("预警、线索和谈话中的用语都已重新表述，看不出来源"),
    care.Duty.NARROW: _("知情人员限于办理必需，与被反映人有关系的都已回避"),
    care.Duty.RETALIATION_WATCHED: _("已留意打击报复的迹象；打击报复本身另行记录、另行处理"),
}


class ReasonForm(forms.Form):
    """Why, without a word of what was reported."""

    reason = forms.CharField(label=_("理由"), max_length=300, widget=_AREA, help_text=_NO_CONTENT)


class WhyForm(forms.Form):
    """Why the identity of a sender is to be opened; a witness reads it."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        widget=_AREA,
        help_text=_("见证人会看到理由。只写为什么必须知道举报人是谁，不写举报内容。"),
    )


class EndKeyForm(forms.Form):
    """Why a key ends."""

    reason = forms.CharField(label=_("停用原因"), max_length=300, widget=_AREA)


class RepeatForm(forms.Form):
    """Of which report this one repeats the matter."""

    same_as = RowField(label=_("同一事项的举报"))

    def __init__(self, *args: Any, others: QuerySet[ReportCase], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "same_as", others)


class SendOutForm(forms.Form):
    """Why a report goes to another body, to which, and who is concerned."""

    concern = forms.ChoiceField(label=_("移交原因"), choices=ReportCase.Concern.choices)
    sent_to = forms.CharField(label=_("接收机关"), max_length=100)
    concerned = forms.MultipleChoiceField(
        label=_("涉及的人员"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选的人员立即失去这份举报的信封，此后看不到它的任何信息，也不会收到通知。"),
    )

    def __init__(self, *args: Any, officers: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self._officers = {str(person.pk): person for person in officers}
        _offer_people(self, "concerned", self._officers)

    @property
    def values(self) -> dict[str, Any]:
        """What `send_out` takes."""
        chosen = [self._officers[key] for key in self.cleaned_data["concerned"]]
        return {**self.cleaned_data, "concerned": chosen}

    def clean(self) -> dict[str, Any]:
        """Ask for the officer where it is said that one is concerned."""
        given = super().clean() or {}
        if given.get("concern") == ReportCase.Concern.OFFICE and not given.get("concerned"):
            self.add_error("concerned", _("请勾选涉及的人员。"))
        return given


class HandOverForm(forms.Form):
    """When and how the content was handed over."""

    handed_on = forms.DateField(label=_("移交日期"), widget=DayInput)
    handed_how = forms.CharField(
        label=_("移交方式"),
        max_length=300,
        widget=_AREA,
        help_text=_("由未涉及的人员打开并打印，密封后当面移交；写明经办人和签收情况。"),
    )


class CompleteForm(forms.Form):
    """What came of a report that was accepted."""

    outcome = forms.ChoiceField(
        label=_("办理结果"),
        choices=[(each.value, ReportCase.Outcome(each.value).label) for each in FOUND],
    )


class RecuseForm(forms.Form):
    """Who has nothing to do with a report any more, and why."""

    person = RowField(label=_("回避的人员"))
    reason = forms.CharField(label=_("理由"), max_length=300, widget=_AREA, help_text=_NO_CONTENT)

    def __init__(self, *args: Any, officers: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", officers)


class StepForm(forms.Form):
    """Something that was done, on which day."""

    done_on = forms.DateField(label=_("日期"), widget=DayInput)
    text = forms.CharField(label=_("办理情况"), max_length=500, widget=_AREA, help_text=_NO_CONTENT)


class ProtectForm(forms.Form):
    """The checks that protect a sender; each is to be ticked."""

    ticked = forms.MultipleChoiceField(
        label=_("逐条核对"),
        choices=list(DUTIES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请逐条核对。")},
    )
    done_on = forms.DateField(label=_("日期"), widget=DayInput)
    text = forms.CharField(
        label=_("说明"), max_length=500, widget=_AREA, required=False, help_text=_NO_CONTENT
    )

    def clean_ticked(self) -> list[str]:
        """Take all of them or none."""
        ticked: list[str] = self.cleaned_data["ticked"]
        if not care.is_whole(frozenset(ticked)):
            raise forms.ValidationError(_("还有没有核对的。做到了再勾选；没有做到的，先补上。"))
        return ticked


class HoldForm(forms.Form):
    """Until when a report is kept whatever its time says, and why."""

    held_until = forms.DateField(label=_("暂停销毁至"), widget=DayInput)
    held_reason = forms.CharField(
        label=_("理由"), max_length=300, widget=_AREA, help_text=_NO_CONTENT
    )


class DestroyForm(forms.Form):
    """That it is meant."""

    sure = forms.BooleanField(
        label=_("我确认：密文、信封和附件销毁后任何人都不能恢复"),
        error_messages={"required": _("请先确认。")},
    )


def form_of_step(kind: CaseStep.Kind) -> type[forms.Form]:
    """Return what is asked of a kind of step."""
    return ProtectForm if kind == CaseStep.Kind.PROTECTED else StepForm


def _offer_people(form: forms.Form, name: str, people: Mapping[str, Person]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.MultipleChoiceField):
        field.choices = [(key, person.shown_name) for key, person in people.items()]
