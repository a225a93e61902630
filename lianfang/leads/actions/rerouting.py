"""Who may know of a lead changes: accesses end, what waits goes to whoever decides now."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser

from lianfang.leads.actions.moving import page_of, tell_people
from lianfang.leads.models import Lead, LeadAccess, LeadProposal
from lianfang.leads.queries.keeping import (
    OVERSIGHT,
    handlers_of,
    keeper_today,
    kept_out_of,
    office_of,
)
from lianfang.leads.rules.deciding import decider_of
from lianfang.scheme.model.base import Actor


def shut_out(lead: Lead, *, on: date, at: datetime) -> None:
    """End the access of whoever may not know of a lead any more, and let others decide.

    Of a lead that lies with the body over the discipline office nobody of the office knows.
    """
    office = office_of(lead.organisation_id, on)
    out = kept_out_of(lead, office)
    closed = out | (frozenset(office.members) if lead.body == OVERSIGHT else frozenset())
    rows = LeadAccess.objects.filter(lead=lead, ended_at=None, person__in=closed)
    rows.update(ended_at=at)
    keeper = keeper_today(lead, office, out)
    waiting = LeadProposal.objects.filter(lead=lead, state=LeadProposal.State.WAITING)
    for proposal in waiting.order_by("proposed_on", "pk"):
        decider = decider_of(
            Actor(proposal.approver),
            keeper=keeper,
            head=office.head,
            proposer=proposal.proposed_by_id,
            kept_out=out,
        )
        if decider != proposal.decider:
            proposal.decider = decider.value
            proposal.save(update_fields=["decider"])


def keep_in_hands(lead: Lead, *, on: date, by: AbstractBaseUser | None, at: datetime) -> int | None:
    """Let whoever keeps a lead handle it where nobody does any more; return who keeps it."""
    office = office_of(lead.organisation_id, on)
    keeper = keeper_today(lead, office, kept_out_of(lead, office))
    if keeper is not None and not handlers_of(lead, on):
        LeadAccess.objects.filter(lead=lead, person=keeper, ended_at=None).update(ended_at=at)
        LeadAccess.objects.create(
            lead=lead,
            person_id=keeper,
            part=LeadAccess.Part.HANDLES,
            reason=LeadAccess.Reason.COVERS,
            from_on=on,
            given_by=by,  # type: ignore[misc]
            given_at=at,
        )
        tell_people([keeper], page_of(lead), by=by, at=at)
    return keeper
