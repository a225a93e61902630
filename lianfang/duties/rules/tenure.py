"""How long somebody has been in a post, and how that stands beside the term (五（五）3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Term(StrEnum):
    """How a term in a high post stands; most pressing first."""

    OVER = "over"
    NOTICE = "notice"
    EXEMPT = "exempt"
    RUNNING = "running"


@dataclass(frozen=True, kw_only=True)
class Tenure:
    """When somebody came into a post, when the term ends, from when it is announced.

    `exempt_until` is the last day of an exemption, None without one.
    """

    since: date
    ends_on: date
    notice_on: date
    exempt_until: date | None = None

    @property
    def due_on(self) -> date:
        """The day on which the rotation is due: an exemption moves it to its last day."""
        return max(self.ends_on, self.exempt_until or self.ends_on)

    def months_on(self, on: date) -> int:
        """Return the whole months in the post."""
        months = (on.year - self.since.year) * 12 + on.month - self.since.month
        return months - (on.day < self.since.day)

    def term_on(self, on: date) -> Term:
        """Return how the term stands on a day."""
        if self.due_on < on:
            return Term.OVER
        if self.exempt_until is not None and self.exempt_until > self.ends_on:
            return Term.EXEMPT
        return Term.NOTICE if self.notice_on <= on else Term.RUNNING
