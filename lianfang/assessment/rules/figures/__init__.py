"""Every figure of the yearly check: from rows to how many of how many, and the rows behind it."""

from collections.abc import Callable, Mapping

from lianfang.assessment.rules.figures import duties, others, register
from lianfang.assessment.rules.figures.model import Facts, Figure

FIGURES: Mapping[str, Callable[[Facts], Figure]] = {
    "owners_named": register.owners_named,
    "filing_on_time": others.filing_on_time,
    "participation": others.participation,
    "powers_complete": register.powers_complete,
    "posts_definite": register.posts_definite,
    "powers_with_risks": register.powers_with_risks,
    "risks_rated": register.risks_rated,
    "measures_complete": register.measures_complete,
    "measures_in_place": duties.measures_in_place,
    "measures_not_in_place": duties.measures_not_in_place,
    "duties_on_time": duties.duties_on_time,
    "duties_overdue": duties.duties_overdue,
    "alerts_in_time": duties.alerts_in_time,
    "alerts_unhandled": duties.alerts_unhandled,
    "learning_done": others.learning_done,
    "reviews_done": register.reviews_done,
    "corrections_done": others.corrections_done,
    "survey_score": others.survey_score,
    "breaches_raising_level": others.breaches_raising_level,
    "reports_missing": duties.reports_missing,
}
# what can be said of somebody alone
OF_PERSONS = frozenset(
    {
        "duties_on_time",
        "duties_overdue",
        "measures_in_place",
        "measures_not_in_place",
        "learning_done",
        "survey_score",
        "participation",
    }
)

__all__ = ["FIGURES", "OF_PERSONS", "Facts", "Figure"]
