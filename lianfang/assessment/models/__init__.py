"""The yearly check: its sheets, points, results and what follows; who is held to account."""

from lianfang.assessment.models.accountability import Accountability
from lianfang.assessment.models.following import AssessmentTask, ResultUse
from lianfang.assessment.models.scoring import (
    Adjustment,
    FrozenFigure,
    ItemScore,
    Objection,
    ResultCorrection,
    SiteCheck,
)
from lianfang.assessment.models.sheets import AssessedSheet, Assessment

__all__ = [
    "Accountability",
    "Adjustment",
    "AssessedSheet",
    "Assessment",
    "AssessmentTask",
    "FrozenFigure",
    "ItemScore",
    "Objection",
    "ResultCorrection",
    "ResultUse",
    "SiteCheck",
]
