"""What templates of talks ask for."""

from collections.abc import Mapping

from django import template

from lianfang.common.http import language_now
from lianfang.common.text import Text

register = template.Library()


@register.filter
def kind_word(code: str, labels: Mapping[str, Text]) -> str:
    """Say what a kind of talk is called, the code itself where the scheme no longer has it."""
    label = labels.get(code)
    return code if label is None else label.in_(language_now())
