"""The year: stages, the yearly check with its sheets, and accountability.

Source: 质检认纪〔2012〕1号 五（七）, 六.
"""

from lianfang.common.text import Text
from lianfang.scheme.model.base import Actor, Quantity, Rule, Value


class Stage(Rule, frozen=True, kw_only=True):
    """A stage of the year; `begins` and `ends` are MM-DD, both included."""

    code: str
    label: Text
    begins: str
    ends: str
    default: bool
    first_year: Text
    later_years: Text


class CalendarRules(Rule, frozen=True, kw_only=True):
    """How work days are counted past the loaded calendar, and from when to warn (MM-DD)."""

    warn_from: str
    default: bool
    beyond: Text


class Figure(Rule, frozen=True, kw_only=True):
    """A number computed from the records."""

    code: str
    label: Text


class SheetItem(Rule, frozen=True, kw_only=True):
    """A line of a sheet; `source` is `manual` or a figure's code."""

    code: str
    label: Text
    maximum: float
    standard: Text
    source: str
    evidence: Text


class SheetSection(Rule, frozen=True, kw_only=True):
    code: str
    label: Text
    maximum: float
    items: tuple[SheetItem, ...]


class ScoreWeight(Value, frozen=True, kw_only=True):
    """What a party's score counts, in per cent."""

    by: Actor
    label: Text
    weight: Quantity


class Band(Value, frozen=True, kw_only=True):
    """A result from `at_least` points to less than `below`; the top band includes 100."""

    code: str
    label: Text
    at_least: float
    below: float


class Cap(Rule, frozen=True, kw_only=True):
    """No better result than `band` when the event happened."""

    code: str
    label: Text
    band: str


class Sheet(Rule, frozen=True, kw_only=True):
    """A sheet of 100 points, for units or for the holders of posts of some levels."""

    code: str
    label: Text
    levels: tuple[str, ...]
    default: bool
    sections: tuple[SheetSection, ...]
    weights: tuple[ScoreWeight, ...]
    bands: tuple[Band, ...]
    caps: tuple[Cap, ...]


class AccountabilityKind(Rule, frozen=True, kw_only=True):
    """Who answers for what; `figures` are the counts that make a candidate."""

    code: str
    label: Text
    who: Actor
    grounds: tuple[Text, ...]
    consequence: Text
    figures: tuple[str, ...]


class Provision(Rule, frozen=True, kw_only=True):
    """A length of time or a number that a step of the year asks for."""

    code: str
    label: Text
    amount: Quantity


class Agreement(Rule, frozen=True, kw_only=True):
    """What a resolution needs: at least `present` and more than `approving`, of all members."""

    present: Quantity
    approving: Quantity
