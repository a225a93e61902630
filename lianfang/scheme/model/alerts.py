"""Early warning: signs, routes, clocks, ladders and the colours of a unit.

Source: 质检认纪〔2012〕1号 五（六）.
"""

from typing import Literal

from lianfang.common.text import Text
from lianfang.scheme.model.base import Actor, Named, Quantity, Rule


class AlertTrigger(Named, frozen=True, kw_only=True):
    """A sign that obliges the owner or the discipline office to act."""

    ladder: str


class Gravity(Named, frozen=True, kw_only=True):
    rank: int


class Route(Rule, frozen=True, kw_only=True):
    """Where triage sends an alert; the first route in the scheme's order that applies wins."""

    code: str
    label: Text
    about: Literal["discipline_office", "leadership_head", "leader", "office_trigger", "other"]
    to: Actor


class Clock(Rule, frozen=True, kw_only=True):
    """A time allowed, from an event that `since` words."""

    code: str
    label: Text
    since: Text
    span: Quantity


class AlertColour(Rule, frozen=True, kw_only=True):
    """A unit's colour once any of the conditions is met; the highest rank counts."""

    code: str
    label: Text
    rank: int
    colour: str
    shape: str
    open_at_least: Quantity | None = None
    older_than: Quantity | None = None
    gravity: str | None = None


class Rung(Named, frozen=True, kw_only=True):
    """A step of a ladder.

    `elsewhere` is set when another body decides and the organisation only records it. `talk` is
    the kind of talk that carries it out, `form` the one of the four forms it counts as.
    """

    approver: Actor
    elsewhere: bool = False
    talk: str | None = None
    form: str | None = None
    effect: Quantity | None = None
    follow_up: Quantity | None = None


class Ladder(Rule, frozen=True, kw_only=True):
    """Outcomes from the mildest up, and who may use them."""

    code: str
    label: Text
    who: Actor
    rungs: tuple[Rung, ...]


class LeadRules(Rule, frozen=True, kw_only=True):
    """How leads are kept: number, dates, states and outcome alone unless switched.

    Pages bear `banner`, or `content_banner` where content is kept too.
    """

    register_only: bool
    default: bool
    banner: Text
    content_banner: Text

    @property
    def notice(self) -> Text:
        """What every page about leads bears."""
        return self.banner if self.register_only else self.content_banner


class Retention(Named, frozen=True, kw_only=True):
    """How long a sealed report is kept from its completion, by what came of it."""

    span: Quantity
