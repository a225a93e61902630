"""Duties, the measures that editions have in force, and talks."""

from lianfang.duties.models.duty import Duty
from lianfang.duties.models.measures import MeasureInForce
from lianfang.duties.models.talks import Talk, TalkDuty, TalkSupplement

__all__ = ["Duty", "MeasureInForce", "Talk", "TalkDuty", "TalkSupplement"]
