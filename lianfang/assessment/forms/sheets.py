"""What is asked of those who give points, check, object and answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from lianfang.assessment.actions.scoring import File, Given
from lianfang.assessment.queries.sheet import ItemLine, SectionLines
from lianfang.assessment.rules.scoring import Party
from lianfang.common.days import DayInput
from lianfang.common.http import language_now
from lianfang.org.models import Person
from lianfang.scheme.model import Cap, Named

_WORDS = forms.Textarea(attrs={"rows": 2})
_LONG = forms.Textarea(attrs={"rows": 5})


@dataclass(frozen=True, kw_only=True)
class ItemFields:
    """The fields of an item with what stands beside them."""

    line: ItemLine
    points: BoundField
    remark: BoundField
    file: BoundField | None


class PointsForm(forms.Form):
    """The points of one party for every item, each with words; for oneself with files, too."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, sections: Sequence[SectionLines], party: Party, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._sections, self._party = sections, party
        for line in self._lines():
            self._add(line)

    @property
    def sections(self) -> list[tuple[SectionLines, list[ItemFields]]]:
        """The fields section by section."""
        return [
            (section, [self._fields_of(line) for line in section.lines])
            for section in self._sections
        ]

    def given(self) -> dict[str, Given]:
        """Return what was typed for each item."""
        return {
            line.item.code: Given(
                points=self.cleaned_data[f"p_{line.item.code}"],
                remark=self.cleaned_data[f"r_{line.item.code}"],
                file=_file(self.cleaned_data.get(f"f_{line.item.code}")),
            )
            for line in self._lines()
        }

    def _lines(self) -> Iterable[ItemLine]:
        return (line for section in self._sections for line in section.lines)

    def _add(self, line: ItemLine) -> None:
        code, label = line.item.code, line.item.label.in_(language_now())
        self.fields[f"p_{code}"] = forms.DecimalField(
            label=label,
            required=False,
            min_value=0,
            max_value=Decimal(str(line.item.maximum)),
            max_digits=4,
            decimal_places=1,
        )
        self.fields[f"r_{code}"] = forms.CharField(
            label=_("说明"), required=False, max_length=400, widget=_WORDS
        )
        if self._party is Party.SELF:
            self.fields[f"f_{code}"] = forms.FileField(
                label=_("证明材料"), required=False, max_length=255
            )

    def _fields_of(self, line: ItemLine) -> ItemFields:
        code = line.item.code
        return ItemFields(
            line=line,
            points=self[f"p_{code}"],
            remark=self[f"r_{code}"],
            file=self[f"f_{code}"] if self._party is Party.SELF else None,
        )


def points_before(
    sections: Sequence[SectionLines], party: Party, version: int
) -> Mapping[str, Any]:
    """Return what the form begins with: own points, the office's, else what figures propose."""
    given: dict[str, Any] = {"version": version}
    for line in (line for section in sections for line in section.lines):
        own, office = line.scores.get(party), line.scores.get(Party.OFFICE)
        before = own or (office if party is Party.LEADERSHIP else None)
        given[f"p_{line.item.code}"] = before.points if before else line.proposed
        given[f"r_{line.item.code}"] = own.remark if own else ""
    return given


class ReasonForm(forms.Form):
    """Why something is returned, left out, withdrawn or dismissed."""

    reason = forms.CharField(label=_("理由"), max_length=300, widget=_WORDS)


class VisitForm(forms.Form):
    """A check on the spot."""

    held_on = forms.DateField(label=_("核查日期"), widget=DayInput)
    people = forms.TypedMultipleChoiceField(
        label=_("核查人员"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    facts = forms.CharField(
        label=_("核查事实"),
        max_length=4000,
        widget=_LONG,
        help_text=_("写看到的事实：查了什么材料、和谁核对、与填报是否一致。"),
    )

    def __init__(self, *args: Any, offered: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        people = self.fields["people"]
        if isinstance(people, forms.TypedMultipleChoiceField):
            people.choices = [(person.pk, person.shown_name) for person in offered]


class AdjustForm(forms.Form):
    """Points added, or taken off with a minus."""

    points = forms.DecimalField(
        label=_("加减分"),
        max_digits=4,
        decimal_places=1,
        help_text=_("加分填正数，减分填负数；加分和减分各有上限。"),
    )
    reason = forms.CharField(label=_("理由和依据"), max_length=400, widget=_WORDS)


class CapForm(forms.Form):
    """Whether a result is capped, and by which facts."""

    cap = forms.ChoiceField(label=_("等次限制"), required=False)
    reason = forms.CharField(label=_("事实和依据"), max_length=400, widget=_WORDS)

    def __init__(self, *args: Any, caps: Sequence[Cap], **options: Any) -> None:
        super().__init__(*args, **options)
        cap = self.fields["cap"]
        if isinstance(cap, forms.ChoiceField):
            language = language_now()
            cap.choices = [("", _("不限制")), *((c.code, c.label.in_(language)) for c in caps)]


class ObjectForm(forms.Form):
    """What is held against the points."""

    text = forms.CharField(
        label=_("异议"),
        max_length=2000,
        widget=_LONG,
        help_text=_("写明对哪一项有异议、事实是什么、有什么材料。"),
    )


class AnswerForm(forms.Form):
    """What came of an objection."""

    is_upheld = forms.TypedChoiceField(
        label=_("处理"),
        choices=[("no", _("维持原评分")), ("yes", _("异议成立，重新评分"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("答复"), max_length=2000, widget=_LONG)


class CorrectForm(forms.Form):
    """What a confirmed result is corrected to."""

    score = forms.DecimalField(
        label=_("更正后的得分"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    reason = forms.CharField(label=_("更正理由"), max_length=400, widget=_WORDS)


class TaskForm(forms.Form):
    """What is to be put right, until when."""

    what = forms.CharField(label=_("整改事项"), max_length=600, widget=_LONG)
    due_on = forms.DateField(label=_("完成期限"), widget=DayInput)


class TaskDoneForm(forms.Form):
    """What was put right, and a file that shows it."""

    outcome = forms.CharField(label=_("整改情况"), max_length=2000, widget=_LONG)
    file = forms.FileField(label=_("证明材料"), required=False, max_length=255)

    def shown(self) -> File | None:
        """Return the file that was sent, None without one."""
        return _file(self.cleaned_data.get("file"))


class UseForm(forms.Form):
    """Where a result was used."""

    use = forms.ChoiceField(label=_("用途"))
    used_on = forms.DateField(label=_("运用日期"), widget=DayInput)
    how = forms.CharField(label=_("运用情况"), max_length=400, widget=_WORDS)

    def __init__(self, *args: Any, uses: Sequence[Named], **options: Any) -> None:
        super().__init__(*args, **options)
        use = self.fields["use"]
        if isinstance(use, forms.ChoiceField):
            language = language_now()
            use.choices = [(one.code, one.label.in_(language)) for one in uses]


def _file(sent: UploadedFile[bytes] | None) -> File | None:
    return File(name=sent.name or "", chunks=sent.chunks()) if sent is not None else None
