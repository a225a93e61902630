"""What templates of this room may use."""

from django import template

register = template.Library()


@register.filter
def hours(value: object) -> str:
    """Write hours without an empty fraction: 2, 1.5; a dash for none."""
    return f"{value:g}" if isinstance(value, int | float) else "—"
