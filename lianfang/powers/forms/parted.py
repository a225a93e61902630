"""A form with tables of rows below it: valid when all of it is, and longer on demand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet

from lianfang.common.acting import Clash

Rows = BaseFormSet[Any]
MORE = "more"
FEW, MANY = 2, 5


class PartedForm(forms.Form):
    """A form that knows which version it was filled from, and its tables by name."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    tables: Mapping[str, Rows]

    def is_valid(self) -> bool:
        """Return whether the form and every row of its tables is sound."""
        sound = super().is_valid()
        # every table is asked, so that all that is wrong is told at once
        tables = [table.is_valid() for table in self.tables.values()]
        return sound and all(tables)

    def typed(self) -> dict[str, object]:
        """Return what stands in the fields, unchecked."""
        return {field.name: field.value() for field in self}

    def typed_rows(self) -> dict[str, list[dict[str, object]]]:
        """Return what stands in the rows of every table, unchecked; empty rows are left out."""
        return {
            name: [
                {field.name: field.value() for field in row}
                for row in table.forms
                if row.has_changed() or row.initial
            ]
            for name, table in self.tables.items()
        }

    def row_errors(self) -> list[tuple[str, str]]:
        """Return what must be mended in the rows: where it stands, and what is wrong."""
        if not self.is_bound:
            return []
        return [
            (f"#{field.id_for_label}", f"{field.label}：{error}")
            for table in self.tables.values()
            for row in table.forms
            for field in row
            for error in field.errors
        ] + [
            ("", str(error))
            for table in self.tables.values()
            for error in [
                *table.non_form_errors(),
                *(error for row in table.forms for error in row.non_field_errors()),
            ]
        ]


def kept(table: Rows) -> list[dict[str, Any]]:
    """Return the rows of a valid table that hold something and are not struck out."""
    return [
        row.cleaned_data
        for row in table.forms
        if row.cleaned_data
        and not row.cleaned_data.get("DELETE")
        and any(
            value not in (None, "") for name, value in row.cleaned_data.items() if name != "DELETE"
        )
    ]


def rows_of(
    row: type[forms.Form],
    prefix: str,
    *,
    sent: Mapping[str, Any] | None,
    initial: Sequence[Mapping[str, object]],
    options: Mapping[str, object],
    blank: int,
    base: type[BaseFormSet[Any]] = BaseFormSet,
) -> Rows:
    """Return a table of rows, with blank ones at its end where nothing was sent yet."""
    factory = forms.formset_factory(
        row, formset=base, extra=blank, can_delete=True, max_num=500, absolute_max=500
    )
    more = {"data": sent} if sent is not None else {"initial": list(initial)}
    return factory(prefix=prefix, form_kwargs=dict(options), **more)


def clash(label: object, stored: Iterable[str], typed: Iterable[str]) -> list[Clash]:
    """Return the clash of a table told in lines, none where the lines are the same."""
    before, now = list(stored), list(typed)
    if before == now:
        return []
    return [Clash(label=str(label), stored="；".join(before), typed="；".join(now))]
