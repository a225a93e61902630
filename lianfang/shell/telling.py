"""Turns what the log and jobs keep as codes and values into words of the page's language."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from lianfang.common.http import language_now
from lianfang.common.text import Language
from lianfang.jobs.rules import SAID
from lianfang.org.queries.numbers import written_scheme
from lianfang.shell.chips import USUAL_SCHEME
from lianfang.shell.words import JOBS, NOTICES, OUTCOMES, VALUES

NOTHING = "—"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")


def told(value: object, name: str = "") -> Promise | str:
    """Return the value of a field in words: yes and no, days and moments, lists; a dash for none.

    `name` is the field's, for the codes that have words of their own.
    """
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list) and all(isinstance(part, Mapping) for part in value):
        return ngettext("%(n)s 项", "%(n)s 项", len(value)) % {"n": len(value)}
    if isinstance(value, list):
        return gettext("、").join(str(told(part, name)) for part in value if part not in (None, ""))
    if isinstance(value, Mapping):
        return ngettext("%(n)s 项", "%(n)s 项", len(value)) % {"n": len(value)}
    if isinstance(value, str):
        return VALUES.get(name, {}).get(value) or _of_scheme(value, name) or _dated(value)
    return value if isinstance(value, Promise) else str(value)


# field of a register -> the list of the scheme that says what its codes mean
_CODES = {
    "aspects": "aspects",
    "category": "categories",
    "focus": "focus_areas",
    "matters": "matters",
    "phase": "phases",
    "level": "levels",
    "computed": "levels",
    "proposed": "levels",
    "endorsed": "levels",
    "confirmed": "levels",
    "post_level": "levels",
}


def _of_scheme(code: str, field: str) -> str:
    """Return the scheme's word for the code of a field; empty for a field or code without one."""
    named = getattr(written_scheme(USUAL_SCHEME), _CODES[field]) if field in _CODES else ()
    labels = (entry.label for entry in named if entry.code == code)
    return next((label.in_(language_now()) for label in labels), "")


def sentence_of(outcome: Mapping[str, object]) -> str:
    """Return the sentence of a job's outcome; empty where it has none yet."""
    code, values = str(outcome.get("code", "")), outcome.get("values")
    given = values if isinstance(values, Mapping) else {}
    if code == SAID:
        return str(given.get("en" if language_now() is Language.EN else "zh", ""))
    return str(OUTCOMES.get(code, code)) % given if code else ""


def job_word(kind: str) -> Promise | str:
    """Return what a kind of job is called."""
    return JOBS.get(kind, kind)


def notice_word(kind: str) -> Promise | str:
    """Return what a notice says."""
    return NOTICES.get(kind, kind)


def _dated(value: str) -> str:
    """Return an ISO day or moment as people write it; other text as it is."""
    english = language_now() is Language.EN
    try:
        if _DAY.fullmatch(value):
            return date_format(date.fromisoformat(value), "j F Y" if english else "Y年n月j日")
        if _MOMENT.fullmatch(value):
            at = timezone.localtime(datetime.fromisoformat(value))
            return date_format(at, "j F Y, H:i" if english else "Y年n月j日 H:i")
    except ValueError:
        return value
    return value
