"""The questionnaire of a survey, as it was frozen when the survey was planned."""

import msgspec

from lianfang.scheme.model import SurveyRules
from lianfang.surveys.models import Survey


def asked_in(survey: Survey) -> SurveyRules:
    """Return what a survey asks."""
    return msgspec.convert(survey.questionnaire, SurveyRules)
