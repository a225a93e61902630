"""Whose points, and which figures, a reader of a sheet sees."""

from lianfang.assessment import access
from lianfang.assessment.models import AssessedSheet
from lianfang.assessment.rules.scoring import Party
from lianfang.assessment.rules.states import Step
from lianfang.org.standing import Standing

_SHOWN = (Step.SCORED, Step.CONFIRMED)


def parties_shown(standing: Standing, sheet: AssessedSheet) -> frozenset[Party]:
    """Return whose points somebody sees: of their own sheet, others' once it is scored."""
    if Step(sheet.step) in _SHOWN or access.scores_others(standing, sheet):
        return frozenset(Party)
    return frozenset({Party.SELF})


def hidden_figures(standing: Standing, sheet: AssessedSheet) -> frozenset[str]:
    """Return the figures somebody may not know: what colleagues answered about a person.

    That is for the person, the control owner and those who hold surveys (五（五）2).
    """
    if sheet.person_id is None or sheet.person_id == standing.person_id:
        return frozenset()
    if access.assesses(standing, sheet) or sheet.unit_id in standing.headed:
        return frozenset()
    return frozenset({"survey_score"})
