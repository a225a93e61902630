"""The scheme as an organisation has set it, and every number and word it may set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial

from lianfang.common.text import Text
from lianfang.org.models import Organisation, SchemeOverride
from lianfang.org.standing import Standing
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Measured, Scheme, Term
from lianfang.scheme.override import (
    Described,
    choosable,
    described,
    overridden,
    set_together,
)

_UNITS = {
    Measured.WORKING_DAYS: Text("个工作日", "working days"),
    Measured.DAYS: Text("天", "days"),
    Measured.MONTHS: Text("个月", "months"),
    Measured.YEARS: Text("年", "years"),
    Measured.HOURS: Text("小时", "hours"),
    Measured.PERCENT: Text("%", "%"),
    Measured.POINTS: Text("分", "points"),
    Measured.TIMES: Text("次", "times"),
    Measured.PEOPLE: Text("人", "people"),
    Measured.LEVELS: Text("级", "levels"),
}
_ONE = {"people": "person"}
_SWITCH = {True: Text("开启", "on"), False: Text("关闭", "off")}
_AS_WRITTEN = Text("按方案", "as in the scheme")
_VOCABULARY = Text("用词", "Words")
_LINES = 100


@dataclass(frozen=True, kw_only=True)
class Coming:
    """What an organisation has set from a day that is still to come."""

    said: Text
    from_on: date


@dataclass(frozen=True, kw_only=True)
class SetRow:
    """A number or word: as the scheme has it, and the organisation's own, since when and why."""

    path: str
    group: Text
    label: Text
    clause: str
    written: Text
    is_default: bool
    is_switch: bool
    own: Text | None
    number: float | None
    choice: str
    since: date | None
    reason: str
    coming: list[Coming]


@dataclass(frozen=True, kw_only=True)
class SetGroup:
    """The numbers of one part of the scheme."""

    title: Text
    rows: list[SetRow]

    @property
    def own(self) -> int:
        """How many of them the organisation has set."""
        return sum(row.own is not None for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A line of the history: what was set to what, from when, why, by whom."""

    label: Text
    path: str
    said: Text
    from_on: date
    reason: str
    who: str
    at: datetime


def scheme_of(organisation: Organisation, on: date | None) -> Scheme:
    """Return the scheme with what the organisation has set by `on`; None: as it was written.

    One statement.
    """
    if on is None:
        return written_scheme(organisation.scheme)
    numbers, choices = values_in_force(organisation.pk, on)
    return _with(
        organisation.scheme, tuple(sorted(numbers.items())), tuple(sorted(choices.items()))
    )


def values_in_force(organisation: int, on: date) -> tuple[dict[str, float], dict[str, str]]:
    """Return the numbers and the choices that an organisation has in force on a day.

    One statement.
    """
    found = _in_force(organisation, on)
    return (
        {path: row.number for path, row in found.items() if row.number is not None},
        {path: row.choice for path, row in found.items() if row.choice},
    )


def numbers_of(standing: Standing) -> list[SetGroup]:
    """Return every number and switch that may be set, by part of the scheme. One statement."""
    groups: dict[Text, list[SetRow]] = {}
    for row in _number_rows(standing):
        groups.setdefault(row.group, []).append(row)
    return [SetGroup(title=title, rows=rows) for title, rows in groups.items()]


def rows_set_with(standing: Standing, path: str) -> list[SetRow]:
    """Return the numbers that make up a sum with one, itself among them; none where there is none.

    One statement.
    """
    together = set_together(written_scheme(standing.scheme), path)
    return [row for row in _number_rows(standing) if row.path in together]


def terms_of(standing: Standing) -> list[SetRow]:
    """Return the words an organisation may choose. One statement."""
    stored = _stored(standing.organisation_id)
    return [
        _row(
            path,
            term.label,
            standing.on,
            stored,
            group=_VOCABULARY,
            clause=term.clause.section,
            written=_choice(term, term.chosen),
            say=partial(_said_choice, term),
        )
        for path, term in choosable(written_scheme(standing.scheme)).items()
    ]


def settings_of(standing: Standing) -> list[Setting]:
    """Return everything that was set, newest first, what begins later too. One statement."""
    scheme = written_scheme(standing.scheme)
    entries = {entry.path: entry for entry in described(scheme)}
    terms = choosable(scheme)
    rows = (
        SchemeOverride.objects.filter(organisation=standing.organisation_id)
        .select_related("set_by")
        .order_by("-set_at", "-pk")[:_LINES]
    )
    return [_setting(row, entries.get(row.path), terms.get(row.path)) for row in rows]


def _setting(row: SchemeOverride, entry: Described | None, term: Term | None) -> Setting:
    """Return a line; a path that the scheme no longer has speaks for itself."""
    said = Text(f"{row.number:g}", f"{row.number:g}") if row.number is not None else _AS_WRITTEN
    if entry is not None:
        said = _said_number(entry, row) or _AS_WRITTEN
    elif term is not None:
        said = _said_choice(term, row) or _AS_WRITTEN
    label = entry.label if entry else term.label if term else Text(row.path, row.path)
    return Setting(
        label=label,
        path=row.path,
        said=said,
        from_on=row.from_on,
        reason=row.reason,
        who=str(row.set_by),
        at=row.set_at,
    )


def _number_rows(standing: Standing) -> list[SetRow]:
    stored = _stored(standing.organisation_id)
    return [
        _row(
            entry.path,
            entry.label,
            standing.on,
            stored,
            group=entry.group,
            clause=entry.clause.section,
            written=_said(entry.value, entry.unit),
            is_default=entry.default,
            is_switch=isinstance(entry.value, bool),
            say=partial(_said_number, entry),
        )
        for entry in described(written_scheme(standing.scheme))
    ]


def _row(
    path: str,
    label: Text,
    on: date,
    stored: Mapping[str, list[SchemeOverride]],
    *,
    group: Text,
    clause: str,
    written: Text,
    say: Callable[[SchemeOverride], Text | None],
    is_default: bool = False,
    is_switch: bool = False,
) -> SetRow:
    rows = stored.get(path, [])
    begun = [row for row in rows if row.from_on <= on]
    now = begun[-1] if begun else None
    own = say(now) if now else None
    return SetRow(
        path=path,
        group=group,
        label=label,
        clause=clause,
        written=written,
        is_default=is_default,
        is_switch=is_switch,
        own=own,
        number=now.number if now else None,
        choice=now.choice if now else "",
        since=now.from_on if now and own else None,
        reason=now.reason if now and own else "",
        coming=[
            Coming(said=say(row) or _AS_WRITTEN, from_on=row.from_on)
            for row in {row.from_on: row for row in rows if row.from_on > on}.values()
        ],
    )


def _stored(organisation: int) -> dict[str, list[SchemeOverride]]:
    found: dict[str, list[SchemeOverride]] = {}
    rows = SchemeOverride.objects.filter(organisation=organisation)
    for row in rows.order_by("from_on", "pk"):
        found.setdefault(row.path, []).append(row)
    return found


def _in_force(organisation: int, on: date) -> dict[str, SchemeOverride]:
    rows = SchemeOverride.objects.filter(organisation=organisation, from_on__lte=on)
    return {row.path: row for row in rows.order_by("from_on", "pk")}


def _said_number(entry: Described, row: SchemeOverride) -> Text | None:
    if row.number is None:
        return None
    is_switch = isinstance(entry.value, bool)
    return _said(bool(row.number) if is_switch else row.number, entry.unit)


def _said_choice(term: Term, row: SchemeOverride) -> Text | None:
    return _choice(term, row.choice) if row.choice else None


def _choice(term: Term, code: str) -> Text:
    return next((each.label for each in term.choices if each.code == code), Text(code, code))


def _said(value: float | bool, unit: Measured | None) -> Text:
    if isinstance(value, bool):
        return _SWITCH[value]
    number = f"{value:g}"
    measure = _UNITS[unit] if unit is not None else Text("", "")
    en = _ONE.get(measure.en, measure.en.removesuffix("s")) if value == 1 else measure.en
    zh_space = "" if measure.zh in {"", "%"} else " "
    en_space = "" if measure.en in {"", "%"} else " "
    return Text(f"{number}{zh_space}{measure.zh}", f"{number}{en_space}{en}")


@lru_cache(maxsize=8)
def written_scheme(name: str) -> Scheme:
    """Return a scheme as it was written; read once a process, for it changes with a release."""
    return load_scheme(name)


@lru_cache(maxsize=64)
def _with(
    name: str, numbers: tuple[tuple[str, float], ...], choices: tuple[tuple[str, str], ...]
) -> Scheme:
    return overridden(written_scheme(name), dict(numbers), dict(choices))
