"""Duties, what is said and written to fulfil them, and the measures that editions have in force."""

from lianfang.duties.models.duty import Duty
from lianfang.duties.models.measures import MeasureInForce
from lianfang.duties.models.reminding import Reminder
from lianfang.duties.models.reports import (
    DisclosureComment,
    Report,
    ReportSection,
    ReportSending,
)
from lianfang.duties.models.talks import Talk, TalkDuty, TalkSupplement

__all__ = [
    "DisclosureComment",
    "Duty",
    "MeasureInForce",
    "Reminder",
    "Report",
    "ReportSection",
    "ReportSending",
    "Talk",
    "TalkDuty",
    "TalkSupplement",
]
