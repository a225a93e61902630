"""Duties, the measures that editions have in force, and who was reminded."""

from lianfang.duties.models.duty import Duty
from lianfang.duties.models.measures import MeasureInForce
from lianfang.duties.models.reminding import Reminder

__all__ = ["Duty", "MeasureInForce", "Reminder"]
