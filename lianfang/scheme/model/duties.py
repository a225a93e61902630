"""Who owes what, to whom and when, by the level of a post.

Source: 质检认纪〔2012〕1号 三, 五（五）.
"""

from enum import StrEnum

from lianfang.common.text import Text
from lianfang.scheme.model.base import Actor, Named, Quantity, Rule, Value


class DutyKind(StrEnum):
    TALK = "talk"
    REPORT = "report"
    INSPECTION = "inspection"
    SURVEY = "survey"
    STATEMENT = "statement"
    DISCLOSURE = "disclosure"
    ROTATION = "rotation"
    VISIT = "visit"
    UNIT_REPORT = "unit_report"
    MEASURE = "measure"
    LEARNING = "learning"


class Subject(StrEnum):
    """For each of what a duty arises."""

    HOLDER = "holder"
    APPOINTEE = "appointee"
    SAMPLE = "sample"
    UNIT = "unit"
    MEASURE = "measure"


class Occasion(StrEnum):
    """What sets a duty off."""

    ADVERSE_REPORT = "adverse_report"
    APPOINTMENT = "appointment"
    INTERVAL = "interval"
    YEAR = "year"
    TENURE = "tenure"
    DATED_MEASURE = "dated_measure"
    RECURRING_MEASURE = "recurring_measure"
    RULE_ASKED = "rule_asked"


class LevelQuantity(Value, frozen=True, kw_only=True):
    """A number that differs by level; `level` None is for posts that aren't rated."""

    level: str | None
    amount: Quantity


class StatementForm(Named, frozen=True, kw_only=True):
    """Where a holder makes the yearly statement, by who the holder is."""

    party_member: bool
    leader: bool | None = None


class DutyRule(Rule, frozen=True, kw_only=True):
    """One row of the table of duties.

    `levels` empty means it doesn't hang on a level. `on` is the switch. `deadline` counts from
    the occasion; `interval` between two; `dates` (MM-DD) fall every year; `share` is of the posts
    of the level per year; `tenure` is the time in the post, `notice` the time before it.
    `before_effect`: due before the appointment takes effect; `sitting`: for those who already
    hold the post, from publication.
    """

    code: str
    label: Text
    kind: DutyKind
    levels: tuple[str, ...]
    actor: Actor
    subject: Subject
    occasion: Occasion
    on: bool
    default: bool
    to: Actor | None = None
    talks: tuple[str, ...] = ()
    before_effect: bool = False
    deadline: Quantity | None = None
    sitting: Quantity | None = None
    interval: Quantity | None = None
    share: Quantity | None = None
    tenure: Quantity | None = None
    notice: Quantity | None = None
    dates: tuple[str, ...] = ()
    hours: tuple[LevelQuantity, ...] = ()
    exemption: tuple[str, ...] = ()
    note: Text | None = None


class Reminder(Rule, frozen=True, kw_only=True):
    """Whom an open duty reminds; `after` is negative before the due date, 0 on it."""

    code: str
    label: Text
    after: Quantity
    to: Actor


class DutyTerms(Rule, frozen=True, kw_only=True):
    """What holds for all duties: a newcomer's first report, and how samples are rounded."""

    newcomer: Quantity
    samples_round_up: bool
    draw: Text


class TalkKind(Named, frozen=True, kw_only=True):
    """A kind of talk: who may hold it, how many talk, whether it is signed and followed up."""

    holders: tuple[Actor, ...]
    talkers: Quantity
    signed: bool
    default: bool
    follow_up: Quantity | None = None
    note: Text | None = None
