"""How the list of editions is narrowed: what stands in its address."""

from urllib.parse import urlencode

from django import forms

_BIGGEST, _LAST = 2**63 - 1, 10_000


class EditionsForm(forms.Form):
    """The editions narrowed; what is wrong is left out."""

    unit = forms.IntegerField(min_value=1, max_value=_BIGGEST, required=False)
    current = forms.BooleanField(required=False)
    page = forms.IntegerField(min_value=1, max_value=_LAST, required=False)

    @property
    def unit_asked(self) -> int | None:
        """The key of the unit asked for."""
        key: int | None = self.cleaned_data.get("unit") if self._is_read else None
        return key

    @property
    def is_current(self) -> bool:
        """Whether only those in force are asked for."""
        return self._is_read and bool(self.cleaned_data.get("current"))

    @property
    def number(self) -> int:
        """The number of the page, from one."""
        return (self.cleaned_data.get("page") if self._is_read else None) or 1

    def address(self, number: int) -> str:
        """Return the address of another page of the same list."""
        asked: dict[str, object] = {}
        if self.unit_asked:
            asked["unit"] = self.unit_asked
        if self.is_current:
            asked["current"] = 1
        return f"?{urlencode(asked | {'page': number})}"

    @property
    def _is_read(self) -> bool:
        self.is_valid()
        return hasattr(self, "cleaned_data")
