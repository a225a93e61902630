"""Duties, what is said, written and shown to fulfil them, measures in force, rotation."""

from lianfang.duties.models.duty import Duty
from lianfang.duties.models.evidence import DutyEvidence
from lianfang.duties.models.following import Followed
from lianfang.duties.models.measures import MeasureInForce
from lianfang.duties.models.reminding import Reminder
from lianfang.duties.models.reports import (
    DisclosureComment,
    Report,
    ReportSection,
    ReportSending,
)
from lianfang.duties.models.rotation import RotationExemption, RotationMove
from lianfang.duties.models.talks import Talk, TalkDuty, TalkSupplement

__all__ = [
    "DisclosureComment",
    "Duty",
    "DutyEvidence",
    "Followed",
    "MeasureInForce",
    "Reminder",
    "Report",
    "ReportSection",
    "ReportSending",
    "RotationExemption",
    "RotationMove",
    "Talk",
    "TalkDuty",
    "TalkSupplement",
]
