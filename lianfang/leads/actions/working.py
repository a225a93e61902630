"""What who handles a lead does without asking: take it up again, conclude, note, follow up."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.text import Text
from lianfang.leads.actions.moving import (
    NotPossible,
    around,
    locked,
    note,
    require_content,
    require_handling,
    require_past,
    require_step,
    save,
)
from lianfang.leads.models import Lead, LeadNote, LeadOutcome, LeadProposal, LeadStep
from lianfang.leads.queries.ladders import disposal_due
from lianfang.leads.rules.states import LeadAct
from lianfang.scheme.model import Scheme


@transaction.atomic
def take_up(
    *, lead: Lead, scheme: Scheme, on: date, by: AbstractBaseUser | None, at: datetime
) -> Lead:
    """Take up a lead again that was held; its time begins anew. Raises NotYours, NotPossible."""
    lead = locked(lead)
    require_handling(lead, around(lead, on, by))
    state = require_step(lead, LeadAct.TAKE_UP)
    due_on = disposal_due(lead.organisation_id, on, scheme)
    save(lead, state=state.value, disposal="", disposed_on=None, due_on=due_on)
    note(
        lead,
        LeadStep.What.TAKEN_UP,
        "leads.lead.taken_up",
        on=on,
        by=by,
        at=at,
        changes={"due_on": (None, due_on.isoformat())},
    )
    return lead


@transaction.atomic
def conclude_lead(
    *,
    lead: Lead,
    result: str,
    concluded_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Lead:
    """Say what the inquiry or the check came to.

    Raises NotYours, NotPossible while another disposal waits to be decided, and NotYet.
    """
    lead = locked(lead)
    require_handling(lead, around(lead, on, by))
    state = require_step(lead, LeadAct.CONCLUDE)
    require_none_waiting(lead)
    require_past(concluded_on, on, lead.disposed_on or lead.received_on)
    save(lead, state=state.value, result=result, concluded_on=concluded_on)
    note(
        lead,
        LeadStep.What.CONCLUDED,
        "leads.lead.concluded",
        on=on,
        by=by,
        at=at,
        code=result,
        changes={"result": (None, result), "concluded_on": (None, concluded_on.isoformat())},
    )
    return lead


@transaction.atomic
def note_content(
    *,
    lead: Lead,
    text: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LeadNote:
    """Add what became known; it stays.

    Raises NotYours, ContentOff, and NotPossible for a lead that is closed or struck out.
    """
    lead = locked(lead)
    require_handling(lead, around(lead, on, by))
    require_content(scheme, text)
    if lead.state in (Lead.State.CLOSED, Lead.State.STRUCK) or not text.strip():
        raise NotPossible(
            Text(
                "线索已经办结或作废，或没有写内容，不能补充情况。",
                "The lead is closed or struck out, or nothing was written; nothing is added.",
            )
        )
    made = LeadNote(
        lead=lead,
        text=text.strip(),
        at=at,
        by=by,  # type: ignore[misc]
    )
    made.save(force_insert=True)
    note(
        lead,
        LeadStep.What.NOTED,
        "leads.lead.noted",
        on=on,
        by=by,
        at=at,
        sealed={"text": (None, made.text)},
    )
    return made


@transaction.atomic
def follow_up(
    *,
    outcome: LeadOutcome,
    followed_on: date,
    followed: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LeadOutcome:
    """Note the visit after an outcome, such as six months ◇ after an admonition.

    Raises NotYours, NotPossible for one that was followed up, and NotYet.
    """
    lead = locked(outcome.lead)
    require_handling(lead, around(lead, on, by))
    outcome = LeadOutcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
    if outcome.followed_on is not None:
        raise NotPossible(
            Text("已经回访过，不必再办。", "This was followed up already; nothing is left to do.")
        )
    require_past(followed_on, on, outcome.decided_on)
    outcome.followed_on, outcome.followed = followed_on, followed
    outcome.save(update_fields=["followed_on", "followed"])
    note(
        lead,
        LeadStep.What.FOLLOWED,
        "leads.outcome.followed_up",
        on=on,
        by=by,
        at=at,
        code=followed,
        changes={"followed_on": (None, followed_on.isoformat()), "followed": (None, followed)},
    )
    return outcome


def require_none_waiting(lead: Lead) -> None:
    """Raise NotPossible while something waits to be decided."""
    if lead.proposals.filter(state=LeadProposal.State.WAITING).exists():
        raise NotPossible(
            Text(
                "还有事项在等待审批。请等待结果，或先撤回。",
                "Something still waits to be decided. Wait for it, or take it back first.",
            )
        )
