"""Writes days that are due as a calendar file (.ics, RFC 5545) for phones and office programs."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

# a line holds so many octets; what is longer goes on in the next one after a space
_OCTETS = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


class DueDay(Struct, frozen=True, kw_only=True):
    """Something due on a day; `key` stays the same for the same thing, so that it is replaced."""

    key: str
    day: date
    title: str
    text: str
    url: str


def agenda_file(*, name: str, days: Iterable[DueDay], at: datetime) -> bytes:
    """Return the calendar, each thing as an event of a whole day with a reminder the day before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lianfang//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for each in days for line in _event(each, at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(each: DueDay, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(each.key)}"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{each.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(each.title)}"
    yield f"DESCRIPTION:{_text(each.text)}"
    yield f"URL:{each.url}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(each.title)}")
    yield from ("TRIGGER:-P1D", "END:VALARM", "END:VEVENT")


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, never cutting a character."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part
