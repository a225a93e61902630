"""The parts from which every rule of a scheme is made."""

from enum import StrEnum

from msgspec import Struct

from lianfang.common.text import Text


class Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A frozen part of a scheme; an unknown key in the YAML is refused."""


class Clause(Value, frozen=True):
    """Where a rule comes from; the YAML may write `五（三）` for the scheme's first document."""

    document: str
    section: str

    def __str__(self) -> str:
        return self.section


class Rule(Value, frozen=True, kw_only=True):
    """Anything that can be cited."""

    clause: Clause


class Named(Rule, frozen=True, kw_only=True):
    """A code with its label and the other ways in which tables write it."""

    code: str
    label: Text
    aliases: tuple[str, ...] = ()


class Measured(StrEnum):
    """What a quantity counts."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    PERCENT = "percent"
    POINTS = "points"
    TIMES = "times"
    PEOPLE = "people"
    LEVELS = "levels"


class Quantity(Value, frozen=True, kw_only=True):
    """A number of a rule.

    `default` marks ◇: the plan gives none, this product does. `overridable` says whether an
    organisation may set its own, from a date.
    """

    value: float
    unit: Measured
    default: bool
    overridable: bool = True


class Actor(StrEnum):
    """Who does, receives, decides or is spoken to; persons are found by the chain (三)."""

    HOLDER = "holder"
    CONTROL_OWNER = "control_owner"
    PORTFOLIO_LEADER = "portfolio_leader"
    LEADERSHIP_HEAD = "leadership_head"
    LEADERSHIP = "leadership"
    LEADING_GROUP = "leading_group"
    LEADING_GROUP_OFFICE = "leading_group_office"
    DISCIPLINE_OFFICE = "discipline_office"
    RESPONSIBLE_POST = "responsible_post"
    UNIT_HEAD = "unit_head"
    ORGANISATION = "organisation"
    SUPERIOR = "superior"
    COMPETENT_BODY = "competent_body"
