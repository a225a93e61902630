"""What is owed, as a value; its fields are the columns that a stored duty has of it."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Origin(StrEnum):
    """What a duty arises from; nobody but its own room touches one from an alert or a draw."""

    LEVEL = "level"
    APPOINTMENT = "appointment"
    MEASURE = "measure"
    PLAN = "plan"
    ALERT = "alert"
    DRAW = "draw"


# Those that follow from facts alone, so that they can be worked out on any day.
FOLLOWING = (Origin.LEVEL, Origin.APPOINTMENT, Origin.MEASURE, Origin.PLAN)


class ActorRole(StrEnum):
    """In which capacity somebody, or a body, is to act."""

    HOLDER = "holder"
    CONTROL_OWNER = "control_owner"
    PORTFOLIO_LEADER = "portfolio_leader"
    LEADERSHIP_HEAD = "leadership_head"
    LEADERSHIP = "leadership"
    LEADING_GROUP = "leading_group"
    LEADING_GROUP_OFFICE = "leading_group_office"
    DISCIPLINE_OFFICE = "discipline_office"
    DISCIPLINE_OVERSIGHT = "discipline_oversight"
    RESPONSIBLE_POST = "responsible_post"
    UNIT_HEAD = "unit_head"
    ORGANISATION = "organisation"
    SUPERIOR = "superior"
    COMPETENT_BODY = "competent_body"


class Wanted(NamedTuple):
    """A duty that is owed: a tuple, since a large organisation has a million of them.

    `ground` says what asks it of whom (rule, person, post, unit or measure), `period` which of
    those that the ground asks for: together they are its key for ever. `actor` is a person, None
    where a body acts. What follows from `level_since` on is why: since when the level and the
    holder are there, and the edition or override that gives the level. `form` is that of a
    statement, `hours` those of learning.
    """

    ground: str
    period: date
    rule: str
    kind: str
    origin: str
    clause: str
    level: str
    person: int | None
    post: int | None
    unit: int
    measure: int | None
    actor_role: str
    actor: int | None
    opens_on: date
    due_on: date
    level_since: date | None
    held_since: date | None
    edition: str
    override: int | None
    form: str
    hours: float | None
