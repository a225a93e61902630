"""What the scheme asks of learning: hours by level, and what it calls levels and kinds of risk."""

from collections.abc import Mapping, Sequence

from lianfang.common.http import language_now
from lianfang.common.text import Text
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.duties import DutyKind


def level_words(scheme: Scheme) -> list[tuple[str, Text]]:
    """Return the levels from the highest down, "not rated" last with an empty code."""
    return [*((level.code, level.label) for level in scheme.levels), ("", scheme.unrated)]


def level_choices(scheme: Scheme) -> list[tuple[str, str]]:
    """Return the levels as a form offers them."""
    return [(code, label.in_(language_now())) for code, label in level_words(scheme)]


def hours_asked(scheme: Scheme) -> Mapping[str, float]:
    """Return the hours that duties ask of each level in a year; empty where they ask none."""
    rules = [rule for rule in scheme.duties if rule.kind == DutyKind.LEARNING and rule.on]
    return {
        each.level or "": float(each.amount.value)
        for rule in rules
        for each in rule.hours
        if not rule.levels or each.level in rule.levels
    }


def kinds_listed(scheme: Scheme) -> dict[str, Sequence[tuple[str, str]]]:
    """Return the kinds of risk as a form offers them, by list."""
    language = language_now()
    return {
        "focus": [(each.code, each.label.in_(language)) for each in scheme.focus_areas],
        "aspects": [(each.code, each.label.in_(language)) for each in scheme.aspects],
        "categories": [(each.code, each.label.in_(language)) for each in scheme.categories],
    }
