"""The flow of a power as a plain table: one step a row, its arrows in a cell.

Rows are put in order by their numbers, so that 2.5 stands between 2 and 3; they are numbered anew
when they are saved.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.common.acting import Clash
from lianfang.common.http import language_now
from lianfang.powers.forms.parted import FEW, MANY, PartedForm, clash, rows_of
from lianfang.powers.models import Step
from lianfang.powers.queries.choosing import Grouped
from lianfang.powers.rules import arrows
from lianfang.powers.rules.telling import step_lines
from lianfang.register import model

_FIRST = Decimal(1)


class StepRow(forms.Form):
    """A step; `id` is its code, empty for a new one."""

    id = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    number = forms.DecimalField(
        label=_("序号"), min_value=0, max_value=9999, decimal_places=2, required=False
    )
    name = forms.CharField(label=_("环节名称"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("类型"), choices=Step.Kind.choices, required=False, initial=Step.Kind.STEP
    )
    post = forms.ChoiceField(label=_("岗位"), required=False)
    lane = forms.CharField(
        label=_("其他承担者"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("其他承担者")}),
    )
    days = forms.IntegerField(
        label=_("时限（工作日）"), min_value=0, max_value=9999, required=False
    )
    term = forms.CharField(
        label=_("时限说明"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("时限说明")}),
    )
    output = forms.CharField(
        label=_("形成文件"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("形成文件")}),
    )
    onward = forms.CharField(label=_("去向"), max_length=600, required=False)

    def __init__(self, *args: Any, posts: Grouped, **kw: Any) -> None:
        super().__init__(*args, **kw)
        empty = ("", _("（不选）"))
        self.fields["post"].choices = [empty, *posts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a name in a row that says anything, and for the post or the words, not both."""
        cleaned = super().clean() or {}
        says = ("post", "lane", "days", "term", "output", "onward")
        told = any(cleaned.get(name) not in (None, "") for name in says)
        if told and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("请写环节名称；要删去这一行，请勾选“删去”。"))
        return cleaned


class StepRows(BaseFormSet[Any]):
    """Puts the rows in order and reads where each of them leads."""

    steps: tuple[model.Step, ...] = ()

    def clean(self) -> None:
        """Read the arrows; each that means nothing is told at its own row."""
        rows = [row for row in self.forms if _counts(row)]
        numbers = _numbered(rows)
        ordered = sorted(rows, key=lambda row: numbers[row])
        ids = {row: row.cleaned_data.get("id") or f"+{place}" for place, row in enumerate(rows)}
        known = {numbers[row]: ids[row] for row in ordered}
        if len(known) < len(ordered):
            raise forms.ValidationError(gettext("有两行的序号相同，请改正其中一行。"), code="twice")
        steps = []
        for place, row in enumerate(ordered):
            below = ids[ordered[place + 1]] if place + 1 < len(ordered) else None
            steps.append(_step(row, ids[row], below, known))
        self.steps = tuple(steps)


class StepsForm(PartedForm):
    """The flow of one power."""

    def __init__(
        self,
        *args: Any,
        posts: Grouped,
        stored: model.Power,
        rows: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self._posts, self._stored = posts, stored
        shown = rows["steps"] if rows else rows_from(stored.steps)
        self.tables = {
            "steps": rows_of(
                StepRow,
                "steps",
                sent=self.data if self.is_bound else None,
                initial=shown,
                options={"posts": posts},
                blank=FEW if shown and rows is None else MANY,
                base=StepRows,
            )
        }

    def steps(self) -> tuple[model.Step, ...]:
        """Return the steps of the table as far as they can be read, in order."""
        table = self.tables["steps"]
        return table.steps if isinstance(table, StepRows) else ()

    def steps_or_stored(self) -> tuple[model.Step, ...]:
        """Return the steps of the table, those stored where nothing was sent."""
        if not self.is_bound:
            return self._stored.steps
        self.tables["steps"].is_valid()
        return self.steps()

    def part_clashes(self) -> Iterable[Clash]:
        """Return where the flow differs from what is stored."""
        names = {code: name for _unit, posts in self._posts for code, name in posts}
        typed = model.Power(id="", unit="", name="", steps=self.steps())
        return clash(_("流程"), step_lines(self._stored, names), step_lines(typed, names))


def rows_from(steps: Sequence[model.Step]) -> list[dict[str, object]]:
    """Return the rows in which stored steps are shown."""
    return [
        {
            "id": step.id,
            "number": place + 1,
            "name": step.name,
            "kind": step.kind.value,
            "post": step.post or "",
            "lane": step.lane,
            "days": step.days,
            "term": step.term,
            "output": step.output,
            "onward": arrows.written(step, place, steps),
        }
        for place, step in enumerate(steps)
    ]


def _counts(row: forms.Form) -> bool:
    """Return whether a row is a step: it has a name and is not struck out."""
    sent = getattr(row, "cleaned_data", {})
    return bool(sent.get("name")) and not sent.get("DELETE")


def _numbered(rows: Sequence[forms.Form]) -> dict[forms.Form, Decimal]:
    """Return the number of each row; one without stands after the row above it."""
    numbers: dict[forms.Form, Decimal] = {}
    last = Decimal(0)
    for row in rows:
        given = row.cleaned_data.get("number")
        last = given if given is not None else last // 1 + _FIRST
        numbers[row] = last
    return numbers


def _step(row: forms.Form, id: str, below: str | None, known: Mapping[Decimal, str]) -> model.Step:
    sent = row.cleaned_data
    kind = model.StepKind(sent.get("kind") or model.StepKind.STEP)
    found: tuple[model.Arrow, ...] = ()
    try:
        found = arrows.read(sent.get("onward", ""), kind=kind, below=below, known=known)
    except arrows.ArrowUnreadable as refused:
        row.add_error("onward", refused.sentence(language_now()))
    return model.Step(
        id=id,
        name=sent["name"],
        kind=kind,
        post=sent.get("post") or None,
        lane=sent.get("lane", ""),
        days=sent.get("days"),
        term=sent.get("term", ""),
        output=sent.get("output", ""),
        arrows=found,
    )
