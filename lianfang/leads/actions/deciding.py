"""What was proposed is approved or returned by another; what is decided outside is recorded."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.leads.actions.moving import (
    Around,
    around,
    locked,
    note,
    page_of,
    require_content,
    require_handling,
    require_past,
    require_step,
    save,
    tell_people,
)
from lianfang.leads.actions.proposing import settle, waiting
from lianfang.leads.models import Lead, LeadOutcome, LeadProposal, LeadStep
from lianfang.leads.queries.keeping import keeper_today
from lianfang.leads.queries.ladders import after, rung_of
from lianfang.leads.rules.deciding import Decider
from lianfang.leads.rules.states import Kind, LeadAct, LeadState, ProposalAct, Result
from lianfang.scheme.model import Scheme


class NotTheDecider(Refused):
    """Somebody decides who proposed it, is kept out, or is not whom it waits for."""


class DecidedInside(Refused):
    """The decision of a body outside is recorded on what somebody inside is to decide."""


@transaction.atomic
def approve_proposal(
    *,
    proposal: LeadProposal,
    answer: str = "",
    decided_on: date | None = None,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LeadProposal:
    """Approve what waits; it takes effect at once.

    `decided_on` is the day of the meeting where the leadership decides together. Raises
    NotTheDecider, NotPossible, ContentOff and NotYet.
    """
    lead = locked(proposal.lead)
    proposal = waiting(proposal)
    _require_decider(lead, proposal, on, by)
    require_content(scheme, answer)
    day = decided_on or on
    require_past(day, on, proposal.proposed_on)
    settle(proposal, ProposalAct.APPROVE, day, by, answer=answer.strip())
    _take_effect(lead, proposal, day, scheme)
    _tell(lead, proposal, LeadStep.What.APPROVED, "leads.proposal.approved", on, by, at)
    return proposal


@transaction.atomic
def return_proposal(
    *,
    proposal: LeadProposal,
    answer: str = "",
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LeadProposal:
    """Return what waits; the lead stays as it is. Raises what `approve_proposal` does."""
    lead = locked(proposal.lead)
    proposal = waiting(proposal)
    _require_decider(lead, proposal, on, by)
    require_content(scheme, answer)
    settle(proposal, ProposalAct.RETURN, on, by, answer=answer.strip())
    _tell(lead, proposal, LeadStep.What.RETURNED, "leads.proposal.returned", on, by, at)
    return proposal


@transaction.atomic
def record_decision(
    *,
    proposal: LeadProposal,
    body: str,
    mark: str,
    decided_on: date,
    agreed: bool,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LeadProposal:
    """Record what a body outside decided, by its paper; who handles the lead does.

    Raises NotYours, NotPossible, DecidedInside and NotYet.
    """
    lead = locked(proposal.lead)
    require_handling(lead, around(lead, on, by))
    proposal = waiting(proposal)
    if Decider(proposal.decider) not in {Decider.SUPERIOR, Decider.OUTSIDE}:
        raise DecidedInside(
            Text(
                "这件事项由本机构的审批人决定，不能登记外部决定。",
                "This is decided inside the organisation; no other body's decision is recorded.",
            )
        )
    require_past(decided_on, on, lead.received_on)
    act = ProposalAct.APPROVE if agreed else ProposalAct.RETURN
    settle(proposal, act, decided_on, by, decided_body=body, decided_mark=mark)
    if agreed:
        _take_effect(lead, proposal, decided_on, scheme)
    what = LeadStep.What.APPROVED if agreed else LeadStep.What.RETURNED
    action = "leads.proposal.approved" if agreed else "leads.proposal.returned"
    _tell(lead, proposal, what, action, on, by, at)
    return proposal


def _require_decider(
    lead: Lead, proposal: LeadProposal, on: date, by: AbstractBaseUser | None
) -> None:
    found = around(lead, on, by)
    wanted = _decides(lead, proposal, found)
    is_own = found.person == proposal.proposed_by_id
    if found.person is None or found.is_out or is_own or found.person != wanted:
        raise NotTheDecider(
            Text(
                "这件事项不由您审批：审批人不能是提出人，也不能是涉及人员或回避人员。",
                "This is not yours to decide: whoever proposed it, whom it concerns and whoever is "
                "recused decide nothing.",
            )
        )


def _decides(lead: Lead, proposal: LeadProposal, found: Around) -> int | None:
    match Decider(proposal.decider):
        case Decider.KEEPER:
            return keeper_today(lead, found.office, found.kept_out)
        case Decider.LEADERSHIP_HEAD:
            return found.office.head
        case _:
            return None


def _take_effect(lead: Lead, proposal: LeadProposal, day: date, scheme: Scheme) -> None:
    match Kind(proposal.kind):
        case Kind.DISPOSAL:
            _dispose(lead, proposal.code, day)
        case Kind.EXTENSION:
            save(lead, due_on=proposal.until_on)
        case Kind.OUTCOME:
            _bring_out(lead, proposal, day, scheme)
        case Kind.STOP:
            pass


def _dispose(lead: Lead, code: str, day: date) -> None:
    state = require_step(lead, LeadAct(code))
    values: dict[str, object] = {"state": state.value, "disposal": code, "disposed_on": day}
    if state is LeadState.CONCLUDED:
        values |= {"concluded_on": day, "result": Result.ENDED.value}
    save(lead, **values)


def _bring_out(lead: Lead, proposal: LeadProposal, day: date, scheme: Scheme) -> None:
    rung = rung_of(scheme, Kind.OUTCOME, proposal.code)
    if rung is None or proposal.person is None:
        raise AssertionError("proposed with a rung and a person")
    organisation = lead.organisation_id
    LeadOutcome.objects.create(
        lead=lead,
        proposal=proposal,
        person=proposal.person,
        code=rung.code,
        form=rung.form or "",
        decided_on=day,
        effect_until=after(organisation, day, rung.effect) if rung.effect else None,
        follow_up_on=after(organisation, day, rung.follow_up) if rung.follow_up else None,
    )


def _tell(
    lead: Lead,
    proposal: LeadProposal,
    what: LeadStep.What,
    action: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    note(
        lead,
        what,
        action,
        on=on,
        by=by,
        at=at,
        code=proposal.code,
        changes={
            "kind": (None, proposal.kind),
            "code": (None, proposal.code),
            "decided_on": (None, on.isoformat()),
        },
        sealed={
            "person": (None, proposal.person.name if proposal.person else ""),
            "answer": (None, proposal.answer),
            "decided_body": (None, proposal.decided_body),
            "decided_mark": (None, proposal.decided_mark),
        },
    )
    tell_people([proposal.proposed_by_id], page_of(lead), by=by, at=at)
