"""The year: its stages, each unit's filing with what was asked of it, meetings, editions."""

from lianfang.cycles.models.consulting import Comment, Consultation
from lianfang.cycles.models.deciding import Decision, Edition, Meeting
from lianfang.cycles.models.filing import Conclusion, Filing, Remark, Submission
from lianfang.cycles.models.improving import CorrectiveTask, RunningReview
from lianfang.cycles.models.revising import Proposal, Revision
from lianfang.cycles.models.year import Cycle, CycleStage

__all__ = [
    "Comment",
    "Conclusion",
    "Consultation",
    "CorrectiveTask",
    "Cycle",
    "CycleStage",
    "Decision",
    "Edition",
    "Filing",
    "Meeting",
    "Proposal",
    "Remark",
    "Revision",
    "RunningReview",
    "Submission",
]
