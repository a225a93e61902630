"""How a level is found: factors, likelihood, impact, and one of four families of rules.

Source: 质检认纪〔2012〕1号 五（三）.
"""

from typing import Literal

from lianfang.common.text import Text
from lianfang.scheme.model.base import Clause, Named, Quantity, Rule, Value
from lianfang.scheme.model.risks import PowerRole


class Anchor(Value, frozen=True, kw_only=True):
    """What a step of a scale looks like at work."""

    step: int
    text: Text


class Scale(Named, frozen=True, kw_only=True):
    """A question answered by a step; `anchors` word every step from 1 up.

    `default` marks ◇: the wording of the steps is this product's.
    """

    question: Text
    anchors: tuple[Anchor, ...]
    default: bool


class Factor(Scale, frozen=True, kw_only=True):
    """One of the factors; the weights of all make up 100."""

    weight: Quantity


class Threshold(Value, frozen=True, kw_only=True):
    """The level from a figure upwards."""

    at_least: float
    level: str


class Criterion(Rule, frozen=True, kw_only=True):
    """A yes-or-no question."""

    code: str
    question: Text


class Trigger(Criterion, frozen=True, kw_only=True):
    """A criterion that settles the level by itself."""

    level: str


class Matrix(Rule, frozen=True, kw_only=True, tag_field="family", tag="matrix"):
    """Likelihood times impact.

    With `factors_first`, the likelihood may not be below the weighted mean of the factors,
    rounded half up; without it the factors aren't asked.
    """

    factors_first: bool
    thresholds: tuple[Threshold, ...]
    default: bool


class Weighted(Rule, frozen=True, kw_only=True, tag_field="family", tag="weighted"):
    """The weighted mean of the factors against thresholds."""

    thresholds: tuple[Threshold, ...]
    default: bool


class Count(Rule, frozen=True, kw_only=True, tag_field="family", tag="count"):
    """The number of criteria that apply; a trigger settles the level whatever the number."""

    criteria: tuple[Criterion, ...]
    thresholds: tuple[Threshold, ...]
    triggers: tuple[Trigger, ...]
    default: bool


class MatterLevel(Value, frozen=True, kw_only=True):
    """The level of whatever touches a matter."""

    matter: str
    level: str


class Matters(Rule, frozen=True, kw_only=True, tag_field="family", tag="matters"):
    """A list: the highest level among a power's matters, else `otherwise`."""

    listed: tuple[MatterLevel, ...]
    otherwise: str
    default: bool


Rating = Matrix | Weighted | Count | Matters


class Floor(Rule, frozen=True, kw_only=True):
    """A level not to be fallen below.

    It holds when any of `matters` applies, or when one post has all of `roles` in one power.
    """

    code: str
    label: Text
    level: str
    default: bool
    matters: tuple[str, ...] = ()
    roles: tuple[PowerRole, ...] = ()


class Raise(Rule, frozen=True, kw_only=True):
    """So many levels up on an event, never above `cap`."""

    code: str
    label: Text
    event: Literal["breach"]
    levels: Quantity
    cap: str


class Grounds(Value, frozen=True, kw_only=True):
    """Rating before and after measures, and which of the two the duties follow.

    Where they follow the residual level, it counts as at most `most_lower` levels below the
    inherent one.
    """

    inherent: Text
    residual: Text
    duties_follow: Literal["inherent", "residual"]
    most_lower: Quantity
    default: bool
    clause: Clause
