"""What figures are made of: the facts of a unit or a person in a year, and rows that count or not.

A row says what it is about and why it does not count, by code; pages have the words.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class About(StrEnum):
    """What a row is about; a page links to it where the reader may open it."""

    POST = "post"
    PERSON = "person"
    FILING = "filing"
    POWER = "power"
    RISK = "risk"
    DUTY = "duty"
    ALERT = "alert"
    TASK = "task"
    OWN_TASK = "own_task"
    FINDING = "finding"
    SURVEY = "survey"
    SUBJECT = "subject"
    BREACH = "breach"


class Why(StrEnum):
    """Why a row does not count."""

    NONE = ""
    NO_OWNER = "no_owner"
    LATE = "late"
    OPEN = "open"
    NOT_LOOKED = "not_looked"
    NO_CATEGORY = "no_category"
    NO_BASIS = "no_basis"
    NO_FLOW = "no_flow"
    ROLE_MISSING = "role_missing"
    ROLES_CLASH = "roles_clash"
    NO_RISK = "no_risk"
    UNRATED = "unrated"
    NO_REASON = "no_reason"
    NOBODY = "nobody"
    NO_TIME = "no_time"
    NO_EVIDENCE = "no_evidence"
    NOT_REVIEWED = "not_reviewed"
    HOURS_MISSING = "hours_missing"


class Row(Struct, frozen=True, kw_only=True):
    """A thing that was counted: `kind` is a code of its own room, `said` a number with its unit."""

    about: About
    key: int
    label: str
    counts: bool
    why: Why = Why.NONE
    kind: str = ""
    on: date | None = None
    said: str = ""


class Figure(Struct, frozen=True, kw_only=True):
    """How many of how many; `is_number` where it is a count of what is wrong, not a share."""

    numerator: float
    denominator: float
    rows: tuple[Row, ...] = ()
    is_number: bool = False

    @property
    def share(self) -> Decimal | None:
        """The share, None where there is nothing to count: never the whole."""
        if self.is_number or not self.denominator:
            return None
        return Decimal(str(self.numerator)) / Decimal(str(self.denominator))

    @property
    def percent(self) -> int | None:
        """The share in hundredths, rounded down: 100 is all of it."""
        share = self.share
        return None if share is None else int(share * 100)


def share_of(rows: Iterable[Row]) -> Figure:
    """Return how many of the rows count."""
    found = tuple(rows)
    return Figure(numerator=sum(row.counts for row in found), denominator=len(found), rows=found)


def number_of(rows: Iterable[Row]) -> Figure:
    """Return the number of rows that count, of all that were looked at."""
    found = tuple(rows)
    return Figure(
        numerator=sum(row.counts for row in found),
        denominator=len(found),
        rows=tuple(row for row in found if row.counts),
        is_number=True,
    )


def without(figure: Figure, about: About, keys: Collection[int]) -> Figure:
    """Return a figure as if those things of a kind were not there."""
    left = tuple(row for row in figure.rows if row.about is not about or row.key not in keys)
    gone = len(figure.rows) - len(left)
    if not gone:
        return figure
    return Figure(
        numerator=sum(row.counts for row in left),
        denominator=figure.denominator - gone,
        rows=left,
        is_number=figure.is_number,
    )


@dataclass(frozen=True, kw_only=True)
class PostFact:
    key: int
    label: str
    has_owner: bool


@dataclass(frozen=True, kw_only=True)
class FilingFact:
    """A filing: when it was first and last sent, until when each was due; None: never sent."""

    key: int
    label: str
    due_on: date
    sent_on: date | None
    again_due_on: date | None = None
    again_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PersonFact:
    key: int
    label: str
    took_part: bool


@dataclass(frozen=True, kw_only=True)
class PowerFact:
    key: int
    label: str
    category: str = ""
    bases: int = 0
    steps: int = 0
    risks: int = 0
    roles: frozenset[str] = frozenset()
    clashes: bool = False


@dataclass(frozen=True, kw_only=True)
class RiskFact:
    key: int
    label: str
    level: str = ""
    computed: str = ""
    reason: str = ""
    is_reviewed: bool = False


@dataclass(frozen=True, kw_only=True)
class MeasureFact:
    """A measure of the register, by the risk point it is of."""

    risk: int
    label: str
    who: str = ""
    when: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class DutyFact:
    key: int
    label: str
    kind: str
    due_on: date
    is_done: bool
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AlertFact:
    key: int
    label: str
    due_on: date
    closed_on: date | None
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class LearningFact:
    key: int
    label: str
    done: float
    asked: float


@dataclass(frozen=True, kw_only=True)
class TaskFact:
    about: About
    key: int
    label: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, kw_only=True)
class SurveyFact:
    """What a survey came to for a unit or a subject: between 0 and 100."""

    about: About = About.SURVEY
    key: int
    label: str
    percent: float


@dataclass(frozen=True, kw_only=True)
class BreachFact:
    """A breach found in a post; `level` is what it raised the post to, empty where it did not."""

    key: int
    label: str
    on: date
    level: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that is counted of a unit or a person; `on` is the day on which it is looked at."""

    on: date
    posts: tuple[PostFact, ...] = ()
    filings: tuple[FilingFact, ...] = ()
    people: tuple[PersonFact, ...] = ()
    powers: tuple[PowerFact, ...] = ()
    risks: tuple[RiskFact, ...] = ()
    measures: tuple[MeasureFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    alerts: tuple[AlertFact, ...] = ()
    learning: tuple[LearningFact, ...] = ()
    tasks: tuple[TaskFact, ...] = ()
    surveys: tuple[SurveyFact, ...] = ()
    breaches: tuple[BreachFact, ...] = ()
