"""A lead is closed; one that was borne out may raise the level of a post (五（七）2（2）).

What a breach does, in one transaction: the post's level rises, duties open, the breach is kept
under the lead's number, and with it what `cycles` and `assessment` take up.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.alerts.actions.moving import close_handed_over
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.actions.raising import confirm_breach
from lianfang.leads.actions.moving import (
    NotPossible,
    around,
    locked,
    note,
    require_content,
    require_handling,
    require_step,
    save,
)
from lianfang.leads.actions.opening import ALERT_CLOSED, ENDED
from lianfang.leads.actions.working import require_none_waiting
from lianfang.leads.models import Lead, LeadStep
from lianfang.leads.rules.states import LeadAct, Result
from lianfang.org.models import Post
from lianfang.powers.models import Power
from lianfang.risks.models import Breach
from lianfang.scheme.model import Scheme

# what the breach says where content is not kept here
IN_THE_FILE = "违规事实见问题线索卷宗。"


class NoOutcome(Refused):
    """A lead that was borne out is to be closed, and nothing came of it yet."""


class NotBorneOut(Refused):
    """A breach is to be kept of a lead that was not borne out."""


@dataclass(frozen=True, kw_only=True)
class BreachSaid:
    """The breach with which a lead is closed; `what` is content, empty where none is kept."""

    post: Post
    power: Power | None = None
    what: str = ""
    until_on: date | None = None


@transaction.atomic
def close_lead(
    *,
    lead: Lead,
    breach: BreachSaid | None = None,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Lead:
    """Close a lead, with the breach that was found where there is one, and its alert.

    Raises NotYours, NotPossible, NoOutcome, NotBorneOut, ContentOff and what `confirm_breach` does.
    """
    lead = locked(lead)
    require_handling(lead, around(lead, on, by))
    state = require_step(lead, LeadAct.CLOSE)
    require_none_waiting(lead)
    is_found = lead.result == Result.FOUND
    if is_found and not lead.outcomes.exists():
        raise NoOutcome(
            Text(
                "查实存在问题的线索要有处理结果才能办结。请先提出处理意见。",
                "A lead that was borne out is closed once something came of it. Propose an "
                "outcome first.",
            )
        )
    kept = _raise(lead, breach, scheme, on, by, at) if breach is not None else None
    save(lead, state=state.value, closed_on=on, breach=kept)
    if lead.alert is not None:
        close_handed_over(alert=lead.alert, outcome=ENDED, reason=ALERT_CLOSED, on=on, by=by, at=at)
    note(
        lead,
        LeadStep.What.CLOSED,
        "leads.lead.closed",
        on=on,
        by=by,
        at=at,
        code=lead.result,
        changes={"closed_on": (None, on.isoformat()), "breach": (None, kept is not None)},
    )
    return lead


def _raise(
    lead: Lead,
    said: BreachSaid,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Breach:
    if lead.result != Result.FOUND:
        raise NotBorneOut(
            Text(
                "线索没有查实，不能登记违规。",
                "The lead was not borne out, so there is no breach to keep.",
            )
        )
    require_content(scheme, said.what)
    if lead.concluded_on is None:
        raise NotPossible(Text("线索还没有结论。", "The lead has no conclusion yet."))
    return confirm_breach(
        post=said.post,
        power=said.power,
        what=said.what.strip() or IN_THE_FILE,
        reference=lead.mark,
        found_on=lead.concluded_on,
        until_on=said.until_on,
        scheme=scheme,
        on=on,
        by=by,
        at=at,
    )
