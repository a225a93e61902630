"""Leads (问题线索), who may know of them, what was proposed and decided, what came of it.

Keys are drawn, not counted: no address tells by a gap that there is another one.
Source: 质检认纪〔2012〕1号 五（六）2（2）.
"""

from lianfang.leads.models.deciding import LeadOutcome, LeadProposal
from lianfang.leads.models.knowing import LeadAccess, LeadRecusal
from lianfang.leads.models.lead import Lead, LeadNote, LeadPerson, LeadStep
from lianfang.leads.models.letters import LeadLetter

__all__ = [
    "Lead",
    "LeadAccess",
    "LeadLetter",
    "LeadNote",
    "LeadOutcome",
    "LeadPerson",
    "LeadProposal",
    "LeadRecusal",
    "LeadStep",
]
