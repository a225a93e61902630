"""The states of a piece of long work, and when whoever worked on it is given up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from lianfang.common.text import Text

Act = Literal["claim", "finish", "fail", "cancel"]

# state, act -> state; what is not here is not done
NEXT: Mapping[tuple[str, Act], str] = {
    ("waiting", "claim"): "running",
    ("waiting", "cancel"): "failed",
    ("running", "finish"): "done",
    ("running", "fail"): "failed",
}
# The nightly work begins then.
NIGHT = time(0, 30)
# A worker gives a sign of life every few seconds; so long a silence is death.
SILENCE = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a job: the code of a sentence with its values, and the page that shows it.

    `is_bad` where the work was done and what it found is bad news.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    url: str = ""
    is_bad: bool = False

    def plain(self) -> dict[str, object]:
        """The outcome as it is stored."""
        return {
            "code": self.code,
            "values": dict(self.values),
            "url": self.url,
            "is_bad": self.is_bad,
        }


def said(text: Text, *, url: str = "", is_bad: bool = False) -> Outcome:
    """Return an outcome that brings its own sentence in both languages, such as a refusal."""
    return Outcome(code=SAID, values={"zh": text.zh, "en": text.en}, url=url, is_bad=is_bad)


SAID = "jobs.said"


def source_of(act: Act) -> str:
    """Return the one state in which an act is done."""
    return next(state for state, wanted in NEXT if wanted == act)


def is_silent(*, last: datetime | None, at: datetime) -> bool:
    """Return whether so long has passed since the last sign of life that the worker is dead."""
    return last is None or at - last > SILENCE


def nights_to_sweep(*, last: date | None, on: date) -> list[date]:
    """Return the days whose nightly work is still to be done: missed ones first, then today.

    At most a year of them; a fresh installation has missed none.
    """
    if last is None:
        return [on]
    missed = min((on - last).days, _MOST)
    return [on - timedelta(days=back) for back in range(missed - 1, -1, -1)]


def days_late(*, last: date | None, on: date) -> int:
    """Return for how many whole days the nightly work did not run; today is not over."""
    return 0 if last is None else max(0, (on - last).days - 1)


def next_night(*, at: datetime, zone: ZoneInfo) -> datetime:
    """Return the next moment at which the nightly work begins, in UTC."""
    local = at.astimezone(zone)
    tonight = datetime.combine(local.date(), NIGHT, zone)
    if tonight <= local:
        tonight = datetime.combine(local.date() + timedelta(days=1), NIGHT, zone)
    return tonight.astimezone(UTC)


_MOST = 366
