"""What every template may use: the clause chip, icons, levels, days, moments and names."""

from datetime import date, datetime

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from lianfang.audit.queries import Change, Part
from lianfang.common.http import language_now
from lianfang.common.text import Language, Text
from lianfang.shell import telling, words
from lianfang.shell.chips import Chip, chip_of
from lianfang.shell.icons import ICONS
from lianfang.shell.year import ShownStage

register = template.Library()

_CLASSES = {
    "select": "form-select",
    "nullbooleanselect": "form-select",
    "selectmultiple": "form-select",
    "checkbox": "",
    "radioselect": "radios",
    "checkboxselectmultiple": "radios",
    "clearablefile": "form-control file",
    "file": "form-control file",
}
_LEVELS = {"high": ("h", "▲"), "medium": ("m", "■"), "low": ("l", "●"), "": ("n", "○")}


@register.inclusion_tag("components/clause.html", takes_context=True)
def clause(context: template.Context, section: str, side: str = "") -> dict[str, Chip]:
    """Show a clause as a chip that opens; `side="right"` where the chip stands far right.

    Never inside `<p>`: the chip is a `<details>`.
    """
    frame = getattr(context.get("request"), "frame", None)
    return {"chip": chip_of(getattr(frame, "scheme", None), section, side)}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon. Raises KeyError for a name that icons.py has not."""
    return format_html(
        '<svg class="lf-i" viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.filter
def level(code: str | None) -> SafeString:
    """Show a level's badge; nothing given is “not rated”."""
    letter, shape = _LEVELS[code or ""]
    return format_html(
        '<span class="lv lv-{}"><i aria-hidden="true">{}</i>{}</span>',
        letter,
        shape,
        _level_word(code or ""),
    )


@register.filter
def level_shape(code: str | None) -> str:
    """Return the shape and the word of a level as plain text, for drawings."""
    return f"{_LEVELS[code or ''][1]}{_level_word(code or '')}"


@register.filter
def money(yuan: int | None) -> str:
    """Write a sum in yuan with its thousands apart; a dash for none."""
    if yuan is None:
        return "—"
    return _form(f"{yuan:,} 元", f"CNY {yuan:,}")


@register.filter
def day(value: date | None) -> str:
    """Write a day in full: 2026年5月14日, 14 May 2026; a dash for none."""
    return "—" if value is None else date_format(value, _form("Y年n月j日", "j F Y"))


@register.filter
def short_day(value: date | None) -> str:
    """Write a day of this year: 5月14日, 14 May; a dash for none."""
    return "—" if value is None else date_format(value, _form("n月j日", "j M"))


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment in the organisation's time zone to the minute; a dash for none."""
    if value is None:
        return "—"
    return date_format(timezone.localtime(value), _form("Y年n月j日 H:i", "j F Y, H:i"))


@register.filter
def months(span: ShownStage) -> str:
    """Write the months of a stage: 2–4 月, Feb–Apr."""
    first, last = (date_format(end, _form("n", "M")) for end in (span.begins, span.ends))
    named = first if first == last else f"{first}–{last}"
    return _form(f"{named} 月", named)


@register.filter
def text(value: Text) -> str:
    """Return a bilingual text in the page's language."""
    return value.in_(language_now())


@register.filter
def action_word(code: str) -> str:
    """Say what an action of the log is called."""
    return capfirst(str(words.action_word(code)))


@register.filter
def field_word(change: Change, action: str) -> Promise | str:
    """Say what the field of a change is called, by the room of the action or by its model."""
    return words.field_word(action, change.field, change.label, change.room)


@register.filter
def part_word(part: Part, action: str) -> Promise | str:
    """Say what a part of an event is called."""
    return words.field_word(action, part.name)


@register.filter
def told(value: object, field: str = "") -> Promise | str:
    """Say the value of a field: yes, no, days, lists, codes; a dash for none."""
    return telling.told(value, field)


@register.filter
def job_word(kind: str) -> Promise | str:
    """Say what a kind of long work is called."""
    return telling.job_word(kind)


@register.filter
def sentence(outcome: dict[str, object]) -> str:
    """Say what came of a piece of long work."""
    return telling.sentence_of(outcome)


@register.filter
def notice_word(kind: str) -> Promise | str:
    """Say what a notice says."""
    return telling.notice_word(kind)


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw a field's control in the classes of the product, marked where it has errors."""
    widget = field.field.widget
    drawn = _CLASSES.get(field.widget_type, "form-control")
    classes = [widget.attrs.get("class", ""), drawn, "err" if field.errors else ""]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


def _form(zh: str, en: str) -> str:
    return en if language_now() is Language.EN else zh


def _level_word(code: str) -> str:
    words = {
        "high": pgettext("level", "高"),
        "medium": pgettext("level", "中"),
        "low": pgettext("level", "低"),
        "": gettext("未评"),
    }
    return words[code]
