"""Levels, powers, aspects and phases: the words in which a register is written.

Source: 质检认纪〔2012〕1号 五（一）–（四）.
"""

from enum import StrEnum
from typing import Literal

from lianfang.common.text import Text
from lianfang.scheme.model.base import Named, Rule, Value


class Level(Named, frozen=True, kw_only=True):
    """A level of risk; `rank` grows with the risk, `shape` tells it apart without colour."""

    rank: int
    colour: str
    shape: str


class LevelScale(Value, frozen=True, kw_only=True):
    """Another way to write the levels: `words` from the highest level to the lowest.

    `numbered` is set where a reader can't be sure which end is the highest.
    """

    code: str
    words: tuple[tuple[str, ...], ...]
    numbered: bool


class PowerRole(StrEnum):
    """What a category of power asks of a post."""

    DECIDES = "decides"
    EXECUTES = "executes"
    SUPERVISES = "supervises"


class Category(Named, frozen=True, kw_only=True):
    """Decision, execution or supervision, with questions that help to find its risks."""

    role: PowerRole
    questions: tuple[Text, ...] = ()


class Matter(Named, frozen=True, kw_only=True):
    """A weighty kind of matter; `hints` are words that betray it in a power's name."""

    hints: tuple[str, ...]


class Aspect(Named, frozen=True, kw_only=True):
    """A side from which risks are looked for."""

    questions: tuple[Text, ...]


class FocusArea(Named, frozen=True, kw_only=True):
    """Where holders of a kind of post look first; `matter` when it is one of the matters."""

    posts: Literal["leaders", "others"]
    questions: tuple[Text, ...]
    matter: str | None = None


class Phase(Named, frozen=True, kw_only=True):
    """When a measure works; `hints` are words that suggest the phase from its wording."""

    hints: tuple[str, ...]


class MeasureState(Named, frozen=True, kw_only=True):
    """How far a measure has got; `closed` when nothing more is expected of anybody."""

    closed: bool


class Term(Rule, frozen=True, kw_only=True):
    """A word that an organisation may say in its own way; `chosen` is the scheme's choice."""

    code: str
    label: Text
    chosen: str
    choices: tuple[Named, ...]
