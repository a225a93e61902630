"""Marks of a register's rows that come again and again: drawn once, kept for the next row."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

Phases = tuple[tuple[str, str, bool], ...]


@register.simple_tag
def trio(phases: Phases, lack: str, said: str) -> SafeString:
    """Show for each phase its mark, or `lack` where it has no measure, `said` to a screen reader.

    There are as many as combinations of phases.
    """
    return _trio(phases, lack, said)


@lru_cache(maxsize=256)
def _trio(phases: Phases, lack: str, said: str) -> SafeString:
    marks = (
        (
            "" if has else SafeString(' class="no"'),
            label,
            mark if has else lack,
            label,
            "" if has else said,
        )
        for mark, label, has in phases
    )
    one = (
        '<span{} title="{}"><span aria-hidden="true">{}</span>'
        '<span class="lf-sr">{}{}</span></span>'
    )
    return format_html('<span class="m3">{}</span>', format_html_join("", one, marks))
