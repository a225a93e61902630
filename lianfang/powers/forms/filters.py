"""How lists are narrowed: what stands in their addresses."""

from django import forms

from lianfang.powers.queries.catalogue import Asked
from lianfang.powers.queries.regulations import AskedRules

LONGEST = 100
_BIGGEST = 2**63 - 1


class CatalogueFilter(forms.Form):
    """The catalogue narrowed; what is wrong is left out."""

    q = forms.CharField(max_length=LONGEST, required=False)
    unit = forms.IntegerField(min_value=1, max_value=_BIGGEST, required=False)
    category = forms.SlugField(max_length=40, required=False)
    matter = forms.SlugField(max_length=40, required=False)
    level = forms.SlugField(max_length=20, required=False)
    sort = forms.ChoiceField(choices=[("", ""), ("level", "")], required=False)
    retired = forms.BooleanField(required=False)
    after = forms.CharField(max_length=40, required=False)


class LibraryFilter(forms.Form):
    """The library of regulations narrowed; what is wrong is left out."""

    q = forms.CharField(max_length=LONGEST, required=False)
    state = forms.SlugField(max_length=12, required=False)
    unused = forms.BooleanField(required=False)
    after = forms.CharField(max_length=40, required=False)


class UnitFilter(forms.Form):
    """Of which unit."""

    unit = forms.IntegerField(min_value=1, max_value=_BIGGEST, required=False)


def asked_powers(form: CatalogueFilter) -> Asked:
    """Return how the catalogue was narrowed, without what makes no sense."""
    form.is_valid()
    sent = form.cleaned_data
    return Asked(
        words=sent.get("q", ""),
        unit=sent.get("unit"),
        category=sent.get("category", ""),
        matter=sent.get("matter", ""),
        level=sent.get("level", ""),
        by_level=sent.get("sort") == "level",
        retired=bool(sent.get("retired")),
        after=sent.get("after", ""),
    )


def asked_rules(form: LibraryFilter) -> AskedRules:
    """Return how the library was narrowed, without what makes no sense."""
    form.is_valid()
    sent = form.cleaned_data
    return AskedRules(
        words=sent.get("q", ""),
        state=sent.get("state", ""),
        unused=bool(sent.get("unused")),
        after=sent.get("after", ""),
    )


def asked_unit(form: UnitFilter) -> int | None:
    """Return the key of the unit asked for."""
    unit: int | None = form.cleaned_data.get("unit") if form.is_valid() else None
    return unit
