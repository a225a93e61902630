"""The whole method as one frozen value."""

from lianfang.common.text import Text
from lianfang.scheme.faults import refused
from lianfang.scheme.model.alerts import (
    AlertColour,
    AlertTrigger,
    Clock,
    Gravity,
    Ladder,
    LeadRules,
    Retention,
    Route,
)
from lianfang.scheme.model.base import Named, Rule, Value
from lianfang.scheme.model.checks import CheckScheme
from lianfang.scheme.model.duties import DutyRule, DutyTerms, Reminder, StatementForm, TalkKind
from lianfang.scheme.model.rating import Factor, Floor, Grounds, Raise, Rating, Scale
from lianfang.scheme.model.risks import (
    Aspect,
    Category,
    FocusArea,
    Level,
    LevelScale,
    Matter,
    MeasureState,
    Phase,
    Term,
)
from lianfang.scheme.model.survey import SurveyRules
from lianfang.scheme.model.year import (
    AccountabilityKind,
    Agreement,
    CalendarRules,
    Figure,
    Provision,
    Sheet,
    Stage,
)


class Document(Value, frozen=True, kw_only=True):
    """A document that clauses cite, with all section numbers it has."""

    number: str
    title: Text
    sections: tuple[str, ...]


class WordedClause(Rule, frozen=True, kw_only=True):
    """What a section asks, in this product's own words; never the document's."""

    title: Text
    wording: Text


class Scheme(Value, frozen=True, kw_only=True):
    """A method: every list is in the scheme's own order; `levels` from the highest down."""

    name: str
    version: str
    title: Text
    documents: tuple[Document, ...]
    # clauses.yaml
    clauses: tuple[WordedClause, ...]
    # words of the register: levels.yaml, powers.yaml, risks.yaml, words.yaml
    levels: tuple[Level, ...]
    unrated: Text
    level_scales: tuple[LevelScale, ...]
    categories: tuple[Category, ...]
    kinds: tuple[Named, ...]
    matters: tuple[Matter, ...]
    aspects: tuple[Aspect, ...]
    focus_areas: tuple[FocusArea, ...]
    phases: tuple[Phase, ...]
    measure_states: tuple[MeasureState, ...]
    roles: tuple[Named, ...]
    step_kinds: tuple[Named, ...]
    unit_kinds: tuple[Named, ...]
    holder_kinds: tuple[Named, ...]
    subject_kinds: tuple[Named, ...]
    regulation_states: tuple[Named, ...]
    actors: tuple[Named, ...]
    vocabulary: tuple[Term, ...]
    # factors.yaml
    factors: tuple[Factor, ...]
    likelihood: Scale
    impacts: tuple[Scale, ...]
    rating: Rating
    floors: tuple[Floor, ...]
    raises: tuple[Raise, ...]
    grounds: Grounds
    # duties.yaml, talks.yaml
    duties: tuple[DutyRule, ...]
    statement_forms: tuple[StatementForm, ...]
    reminders: tuple[Reminder, ...]
    duty_terms: DutyTerms
    talks: tuple[TalkKind, ...]
    # survey.yaml
    survey: SurveyRules
    # alerts.yaml
    channels: tuple[Named, ...]
    alert_triggers: tuple[AlertTrigger, ...]
    gravities: tuple[Gravity, ...]
    routes: tuple[Route, ...]
    clocks: tuple[Clock, ...]
    alert_colours: tuple[AlertColour, ...]
    ladders: tuple[Ladder, ...]
    forms: tuple[Named, ...]
    leads: LeadRules
    retentions: tuple[Retention, ...]
    # year.yaml, assessment.yaml
    stages: tuple[Stage, ...]
    calendar: CalendarRules
    resolution: Agreement
    provisions: tuple[Provision, ...]
    revision_reasons: tuple[Named, ...]
    figures: tuple[Figure, ...]
    sheets: tuple[Sheet, ...]
    result_uses: tuple[Named, ...]
    accountability: tuple[AccountabilityKind, ...]
    # checks.yaml
    checks: CheckScheme

    def level(self, code: str) -> Level:
        """Return the level of that code. Raises SchemeRefused when there is none."""
        for level in self.levels:
            if level.code == code:
                return level
        raise refused(
            "levels.yaml",
            f"levels.{code}",
            f"方案“{self.name}”没有等级“{code}”，请改用方案中的等级。",
            f"The scheme {self.name} has no level `{code}`; use one of its levels.",
        )

    def rank(self, code: str | None) -> int:
        """Return how high a level stands: 0 for None, which is "not rated"."""
        return 0 if code is None else self.level(code).rank
