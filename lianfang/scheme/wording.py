"""Numbers, clauses and marks of a scheme as people read them."""

from lianfang.common.text import Language, Text
from lianfang.scheme.model import Anchor, Clause, DutyRule, Measured, Quantity, Scheme, Threshold

DIAMOND = "◇"

_UNITS = {
    Measured.WORKING_DAYS: Text("个工作日", " working days"),
    Measured.DAYS: Text("日", " days"),
    Measured.MONTHS: Text("个月", " months"),
    Measured.YEARS: Text("年", " years"),
    Measured.HOURS: Text("学时", " hours"),
    Measured.PERCENT: Text("%", " %"),
    Measured.POINTS: Text("分", " points"),
    Measured.TIMES: Text("次", " times"),
    Measured.PEOPLE: Text("人", " people"),
    Measured.LEVELS: Text("级", " levels"),
}


def mark(default: bool) -> str:
    """Return ◇ for what the scheme sets and its document doesn't."""
    return DIAMOND if default else ""


def quantity(value: Quantity | None, language: Language) -> str:
    """Return `10 working days ◇`; nothing for None."""
    if value is None:
        return ""
    unit = _UNITS[value.unit].in_(language)
    if value.value in (1, -1) and language is Language.EN:
        unit = {" people": " person"}.get(unit, unit.removesuffix("s"))
    text = f"{value.value:g}{unit}"
    return f"{text} {DIAMOND}" if value.default else text


def clause(cited: Clause, scheme: Scheme) -> str:
    """Return the section, with its document when that isn't the scheme's first."""
    first = scheme.documents[0].number
    return cited.section if cited.document == first else f"{cited.document} {cited.section}"


def label(items: object, code: str, language: Language) -> str:
    """Return the label of a code in a list of rules, or the code where there is none."""
    for item in items if isinstance(items, tuple) else ():
        if item.code == code:
            text: Text = item.label
            return text.in_(language)
    return code


def levels(codes: tuple[str, ...], scheme: Scheme, language: Language) -> str:
    """Return the labels of levels; a dash where a rule hangs on none."""
    return "、".join(label(scheme.levels, code, language) for code in codes) or "—"


def steps(anchors: tuple[Anchor, ...], language: Language) -> list[str]:
    """Return the wording of each step in order."""
    return [anchor.text.in_(language) for anchor in anchors]


def thresholds(given: tuple[Threshold, ...], scheme: Scheme, language: Language) -> str:
    """Return `≥ 15 High; ≥ 8 Medium; ≥ 1 Low`."""
    between = "；" if language is Language.ZH else "; "
    return between.join(
        f"≥ {t.at_least:g} {label(scheme.levels, t.level, language)}" for t in given
    )


def when(duty: DutyRule, scheme: Scheme, language: Language) -> str:
    """Return all that a duty says about when, in one line."""
    zh = language is Language.ZH
    named = [
        ("任职生效前" if zh else "before the appointment takes effect", duty.before_effect),
        ("{}内" if zh else "within {}", duty.deadline),
        ("已在岗的{}内" if zh else "those in post within {}", duty.sitting),
        ("每{}" if zh else "every {}", duty.interval),
        ("每年抽取{}" if zh else "{} drawn a year", duty.share),
        ("任满{}" if zh else "at {} in the post", duty.tenure),
        ("提前{}告知" if zh else "notice {} before", duty.notice),
    ]
    parts = [
        words.format(quantity(given, language)) if isinstance(given, Quantity) else words
        for words, given in named
        if given
    ]
    parts += duty.dates
    for hours in duty.hours:
        of = scheme.unrated if hours.level is None else scheme.level(hours.level).label
        parts.append(f"{of.in_(language)} {quantity(hours.amount, language)}")
    if not duty.on:
        parts.append(f"默认关闭 {DIAMOND}" if zh else f"off by default {DIAMOND}")
    return ("；" if zh else "; ").join(parts) or "—"
