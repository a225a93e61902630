"""What is asked of a visit: measure by measure, and what is to be put right."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.common.days import DayInput
from lianfang.duties.models import MeasureInForce
from lianfang.inspections.actions.correcting import Shown
from lianfang.inspections.actions.records import Answered, Found, Written
from lianfang.inspections.models import Finding, Record, RecordLine
from lianfang.org.models import Person, Post

# rows for findings beyond those that were saved
BLANK = 3
_WORDS = forms.Textarea(attrs={"rows": 2})
_LONG = forms.Textarea(attrs={"rows": 4})


class MeasureRow(NamedTuple):
    """The fields about a measure."""

    measure: MeasureInForce
    answer: BoundField
    seen: BoundField
    remark: BoundField


class FindingRow(NamedTuple):
    """The fields about something found."""

    number: int
    what: BoundField
    measure: BoundField
    post: BoundField
    due_on: BoundField


class RecordForm(forms.Form):
    """The record of a visit; measures may stay without an answer until it is confirmed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    held_on = forms.DateField(label=_("检查日期"), widget=DayInput)
    inspectors = forms.MultipleChoiceField(label=_("检查人员"), widget=forms.CheckboxSelectMultiple)
    changed_reason = forms.CharField(
        label=_("更换检查人员的理由"),
        max_length=300,
        required=False,
        help_text=_("与抽取的检查人员不同时填写。"),
    )
    remark = forms.CharField(label=_("总体意见"), max_length=4000, required=False, widget=_LONG)

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        measures: Sequence[MeasureInForce],
        posts: Sequence[Post],
        rows: int,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self._people = {str(person.pk): person for person in people}
        self._measures = {str(measure.pk): measure for measure in measures}
        self._posts = {str(post.pk): post for post in posts}
        self._rows = rows
        chosen = self.fields["inspectors"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [(key, person.shown_name) for key, person in self._people.items()]
        for key in self._measures:
            self._ask_about(key)
        for number in range(1, rows + 1):
            self._ask_what(number)

    def measure_rows(self) -> Iterator[MeasureRow]:
        """Yield the fields of each measure."""
        for key, measure in self._measures.items():
            names = (f"m{key}_{part}" for part in ("answer", "seen", "remark"))
            yield MeasureRow(measure, *(self[name] for name in names))

    def finding_rows(self) -> Iterator[FindingRow]:
        """Yield the fields of each thing found, with blank ones at the end."""
        for number in range(1, self._rows + 1):
            names = (f"f{number}_{part}" for part in ("what", "measure", "post", "due_on"))
            yield FindingRow(number, *(self[name] for name in names))

    def clean(self) -> dict[str, Any]:
        """Ask for the day of what was found."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(1, self._rows + 1):
            if cleaned.get(f"f{number}_what") and not cleaned.get(f"f{number}_due_on"):
                self.add_error(f"f{number}_due_on", gettext("请填写整改期限。"))
        return cleaned

    def written(self) -> Written:
        """Return what was written."""
        said = self.cleaned_data
        return Written(
            held_on=said["held_on"],
            inspectors=[self._people[key] for key in said["inspectors"]],
            changed_reason=said["changed_reason"],
            remark=said["remark"],
            answers=[
                Answered(
                    measure=measure,
                    answer=said[f"m{key}_answer"],
                    seen=said[f"m{key}_seen"],
                    remark=said[f"m{key}_remark"],
                )
                for key, measure in self._measures.items()
            ],
            findings=[
                Found(
                    what=said[f"f{number}_what"],
                    due_on=said[f"f{number}_due_on"],
                    measure=self._measures.get(said[f"f{number}_measure"]),
                    post=self._posts.get(said[f"f{number}_post"]),
                )
                for number in range(1, self._rows + 1)
                if said[f"f{number}_what"]
            ],
        )

    def _ask_about(self, key: str) -> None:
        self.fields[f"m{key}_answer"] = forms.ChoiceField(
            label=_("是否落实"),
            required=False,
            choices=[("", _("请选择")), *RecordLine.Answer.choices],
        )
        self.fields[f"m{key}_seen"] = forms.CharField(
            label=_("查看的凭证"), max_length=300, required=False
        )
        self.fields[f"m{key}_remark"] = forms.CharField(
            label=_("说明"), max_length=300, required=False
        )

    def _ask_what(self, number: int) -> None:
        self.fields[f"f{number}_what"] = forms.CharField(
            label=pgettext_lazy("finding", "问题"), max_length=600, required=False, widget=_WORDS
        )
        measures = [(key, measure.code) for key, measure in self._measures.items()]
        self.fields[f"f{number}_measure"] = forms.ChoiceField(
            label=_("涉及的措施"), required=False, choices=[("", _("（不选）")), *measures]
        )
        posts = [(key, post.shown_name) for key, post in self._posts.items()]
        self.fields[f"f{number}_post"] = forms.ChoiceField(
            label=_("责任岗位"), required=False, choices=[("", _("单位负责人")), *posts]
        )
        self.fields[f"f{number}_due_on"] = forms.DateField(
            label=_("整改期限"), required=False, widget=DayInput
        )


def initial_of(
    record: Record | None,
    lines: Sequence[RecordLine],
    findings: Sequence[Finding],
    inspectors: Sequence[int],
    defaults: dict[str, Any],
) -> dict[str, Any]:
    """Return what the form begins with: the record, else the day and those who were drawn."""
    given: dict[str, Any] = {**defaults, "inspectors": [str(key) for key in inspectors]}
    if record is not None:
        given |= {
            "version": record.version,
            "held_on": record.held_on,
            "changed_reason": record.changed_reason,
            "remark": record.remark,
        }
    for line in lines:
        for part in ("answer", "seen", "remark"):
            given[f"m{line.measure_id}_{part}"] = getattr(line, part)
    for number, one in enumerate(findings, 1):
        given |= {
            f"f{number}_what": one.what,
            f"f{number}_measure": str(one.measure_id or ""),
            f"f{number}_post": str(one.post_id or ""),
            f"f{number}_due_on": one.due_on,
        }
    return given


class CorrectionForm(forms.Form):
    """What was put right, and a file that shows it."""

    text = forms.CharField(
        label=_("整改情况"),
        max_length=4000,
        widget=_LONG,
        help_text=_("写明怎样整改、怎样防止再犯、凭证存放在哪里。"),
    )
    file = forms.FileField(label=_("凭证文件"), max_length=255, required=False)

    def shown(self) -> Shown | None:
        """Return the file that was sent, None without one."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        return Shown(name=file.name or "", chunks=file.chunks()) if file is not None else None


class AcceptForm(forms.Form):
    """A word on what was put right, if any."""

    comment = forms.CharField(label=_("复核意见"), max_length=400, required=False, widget=_WORDS)


class ReturnForm(forms.Form):
    """Why it is not put right yet, and until when it is to be."""

    comment = forms.CharField(label=_("退回意见"), max_length=400, widget=_WORDS)
    due_on = forms.DateField(label=_("新的整改期限"), widget=DayInput)
