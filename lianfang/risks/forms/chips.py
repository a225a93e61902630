"""What a list is narrowed by, each with the address of the list without it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lianfang.org.models import Post, Unit
from lianfang.risks.forms.lists import Pairs, RegisterFilter, address, without

# Names of the address that narrow nothing.
_LOOKS = ("sort", "density")


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A condition in words, and the address that drops it."""

    label: Promise | str
    value: str
    address: str


def chips_of(
    form: RegisterFilter, pairs: Pairs, units: Sequence[Unit], posts: Sequence[Post]
) -> tuple[Chip, ...]:
    """Return the conditions in the order of the form; several levels are one."""
    places = {
        "unit": {str(unit.pk): unit.shown_name for unit in units},
        "post": {str(post.pk): post.shown_name for post in posts},
    }
    return tuple(_chips(form, pairs, places))


def _chips(
    form: RegisterFilter, pairs: Pairs, places: Mapping[str, Mapping[str, str]]
) -> Iterator[Chip]:
    words = {
        "likelihood": _("可能性"),
        "impact": _("影响程度"),
        "unit": _("单位"),
        "post": _("岗位"),
    }
    for name in dict.fromkeys(name for name, _value in pairs if name not in _LOOKS):
        field = form.fields[name]
        labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
        labels |= places.get(name, {})
        values = [value for other, value in pairs if other == name]
        is_switch = name in ("mine", "weighty")
        yield Chip(
            label=words.get(name) or field.label or "",
            value="" if is_switch else "、".join(labels.get(value, value) for value in values),
            address=address(without(pairs, name)),
        )
