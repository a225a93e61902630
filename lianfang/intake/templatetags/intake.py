"""Words of this room for its templates."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lianfang.intake.words import COLUMNS, HOW, VERDICTS

register = template.Library()


@register.filter
def how_word(how: str) -> Promise | str:
    """Say by what a name was recognised."""
    return HOW.get(how, how)


@register.filter
def verdict_word(verdict: str) -> Promise | str:
    """Say what an import did to a part."""
    return VERDICTS.get(verdict, verdict)


@register.filter
def column_word(field: str) -> Promise | str:
    """Say what a field of the reader is called; nothing is a column kept as it is."""
    return COLUMNS.get(field, field) if field else _("不归入")


@register.filter
def percent(share: float) -> str:
    """Write a share as a whole percentage."""
    return f"{share:.0%}"
