"""Duties with what shows them done, measures that editions have in force, rotation."""

from lianfang.duties.models.duty import Duty
from lianfang.duties.models.evidence import DutyEvidence
from lianfang.duties.models.measures import MeasureInForce
from lianfang.duties.models.rotation import RotationExemption, RotationMove

__all__ = ["Duty", "DutyEvidence", "MeasureInForce", "RotationExemption", "RotationMove"]
