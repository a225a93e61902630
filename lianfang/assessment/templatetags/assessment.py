"""What templates of this room may use."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format

from lianfang.assessment.rules.figures import Figure

register = template.Library()


@register.filter
def of(found: Mapping[Any, Any], key: object) -> Any:
    """Return what a mapping holds under a key, empty where it holds nothing."""
    return found.get(key, "")


@register.filter
def points(value: object) -> str:
    """Write points without empty decimals: 92.5, 80; a dash for none."""
    if not isinstance(value, Decimal | int | float):
        return "—"
    return _plain(Decimal(str(value)))


@register.filter
def signed(value: object) -> str:
    """Write points with their sign: +2, −1.5, ±0; a dash for none."""
    if not isinstance(value, Decimal | int | float):
        return "—"
    number = Decimal(str(value))
    if not number:
        return "±0"
    return f"{'+' if number > 0 else '−'}{_plain(abs(number))}"


@register.filter
def counted(figure: Figure) -> str:
    """Write how many of how many: 12 / 15; the number alone where it is no share."""
    if figure.is_number:
        return _plain(Decimal(str(figure.numerator)))
    done, every = (Decimal(str(n)) for n in (figure.numerator, figure.denominator))
    return f"{_plain(done)} / {_plain(every)}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return str(number_format(text.rstrip("0").rstrip(".") if "." in text else text))
