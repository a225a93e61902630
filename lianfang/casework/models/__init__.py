"""Tables of the officers' side of sealed reports."""

from lianfang.casework.models.cases import CaseStep, Look, Recusal, ReportCase
from lianfang.casework.models.identity import IdentityAsk

__all__ = ["CaseStep", "IdentityAsk", "Look", "Recusal", "ReportCase"]
