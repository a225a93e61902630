"""Duties, and the measures that editions have in force."""

from lianfang.duties.models.duty import Duty
from lianfang.duties.models.measures import MeasureInForce

__all__ = ["Duty", "MeasureInForce"]
