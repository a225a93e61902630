"""What templates of filings and editions ask for."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.common.http import language_now
from lianfang.register.difference import Part
from lianfang.register.words import PART_LABELS

register = template.Library()

_CARDS: Mapping[str, tuple[str, str, Promise | str]] = {
    "added": ("add", "＋", _("新增")),
    "changed": ("chg", "±", _("改动")),
    "removed": ("del", "－", pgettext_lazy("what became of it", "删除")),
    "same": ("same", "", _("未变")),
}
_SHOWN: Mapping[str, Promise | str] = {
    "changes": _("全部变化"),
    "whole": pgettext_lazy("all of a filing", "全部"),
    "power": _("职权"),
    "risk": _("风险点"),
}
_REMARKS = {"open": "bad", "answered": "warn", "resolved": "ok", "waived": "info"}


@register.filter
def of(names: Mapping[str, str], code: str) -> str:
    """Return what a code is called, the code itself where nothing says so."""
    return names.get(code, code)


@register.filter
def count_of(counts: Mapping[str, int], code: str) -> int:
    """Return how many there are of a code."""
    return counts.get(code, 0)


@register.filter
def card_tone(kind: str) -> str:
    """Return the class of a card of that kind."""
    return _CARDS[kind][0]


@register.filter
def card_mark(kind: str) -> str:
    """Return the mark of a card of that kind."""
    return _CARDS[kind][1]


@register.filter
def card_word(kind: str) -> Promise | str:
    """Say what became of what a card is about."""
    return _CARDS[kind][2]


@register.filter
def show_word(code: str) -> Promise | str:
    """Say what is shown under a tab of the review."""
    return _SHOWN[code] if code in _SHOWN else card_word(code)


@register.filter
def part_label(part: str) -> str:
    """Say what a kind of part of the register is called."""
    label = PART_LABELS[Part(part)].in_(language_now())
    return label[:1].upper() + label[1:]


@register.filter
def remark_tone(state: str) -> str:
    """Return the tone of the tag of a remark in a state."""
    return _REMARKS[state]
