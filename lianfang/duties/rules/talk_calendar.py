"""A planned talk as a file that calendars read (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_OCTETS = 75
_STAMP = "%Y%m%dT%H%M%SZ"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """What a calendar is told: when, where, with whom; never why."""

    uid: str
    summary: str
    place: str
    starts_at: datetime
    minutes: int
    told_at: datetime
    revision: int


def calendar_file(meeting: Meeting) -> bytes:
    """Return the meeting as an .ics file, moments in UTC, lines folded at 75 octets."""
    ends_at = meeting.starts_at + timedelta(minutes=meeting.minutes)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lianfang//Talks//ZH",
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}",
        f"SEQUENCE:{meeting.revision}",
        f"DTSTAMP:{_utc(meeting.told_at)}",
        f"DTSTART:{_utc(meeting.starts_at)}",
        f"DTEND:{_utc(ends_at)}",
        f"SUMMARY:{meeting.summary.translate(_ESCAPED)}",
        *([f"LOCATION:{meeting.place.translate(_ESCAPED)}"] if meeting.place else []),
        "CLASS:CONFIDENTIAL",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_STAMP)


def _folded(line: str) -> bytes:
    """Return a line with its end; what is longer goes on after a space, no character cut."""
    parts, part = [], b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > _OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
