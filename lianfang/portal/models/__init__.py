"""Officers' keys, sealed reports with what follows them, the day's root, what a portal is set to.

Nothing here is a word of a report: what was sent stands in sealed bytes alone. No row has a time,
an address or a number that grows (docs/reports.md).
Source: 质检认纪〔2012〕1号 五（六）1.
"""

from lianfang.portal.models.days import DayRoot
from lianfang.portal.models.keys import OfficerKey
from lianfang.portal.models.reports import Envelope, SealedFile, SealedMessage, SealedReport
from lianfang.portal.models.setup import PortalSetup

__all__ = [
    "DayRoot",
    "Envelope",
    "OfficerKey",
    "PortalSetup",
    "SealedFile",
    "SealedMessage",
    "SealedReport",
]
