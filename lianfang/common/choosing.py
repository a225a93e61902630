"""A form field that offers rows of the database, fetched before the page is drawn."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _


class RowField(forms.ModelChoiceField[Any]):
    """Offers rows by the name they have on pages; `offer` says which, in one statement.

    Django's own field asks the database while the template is drawn.
    """

    def __init__(self, **options: Any) -> None:
        empty = _("请选择") if options.get("required", True) else _("（不选）")
        super().__init__(queryset=None, empty_label=empty, **options)

    def offer(self, rows: QuerySet[Any]) -> None:
        """Let the rows be chosen, in their order."""
        self.queryset = rows
        empty = [] if self.empty_label is None else [("", self.empty_label)]
        self.choices = [*empty, *((row.pk, self.label_from_instance(row)) for row in rows)]

    def label_from_instance(self, row: Model) -> str:
        """Return the name with the code behind it, for names that occur twice."""
        name, code = getattr(row, "shown_name", str(row)), getattr(row, "code", "")
        return f"{name} {code}" if code else name


def offer(form: forms.Form, field: str, rows: QuerySet[Any]) -> None:
    """Let a row field of the form offer the rows."""
    chosen = form.fields[field]
    if not isinstance(chosen, RowField):
        raise TypeError(f"{field} offers no rows")
    chosen.offer(rows)
