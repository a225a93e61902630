"""Who handles a lead proposes: how to dispose of it, an outcome, to stop an act, more time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.leads.actions.moving import (
    Around,
    NotPossible,
    around,
    locked,
    note,
    require_content,
    require_handling,
    tell_people,
)
from lianfang.leads.models import Lead, LeadProposal, LeadStep
from lianfang.leads.queries.keeping import keeper_today
from lianfang.leads.queries.ladders import EXTENSION, approver_of, rung_of
from lianfang.leads.rules.deciding import Decider, decider_of
from lianfang.leads.rules.states import (
    Kind,
    ProposalAct,
    Result,
    lead_after,
    may_propose,
    proposal_after,
)
from lianfang.org.models import Person
from lianfang.scheme.model import Scheme

_PARTY = ("party_light", "party_heavy")


class ProposedAlready(Refused):
    """The same waits to be decided already."""


class NotNamed(Refused):
    """An outcome for nobody, or for somebody whom the lead does not concern."""


class NoMember(Refused):
    """Party discipline for somebody who is no member of the Party."""


class NoMoreTime(Refused):
    """A new day that is no later than the one there is."""


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What is proposed: a code of the scheme's ladder, for whom, until when, why, in which words.

    `why` and `until_on` belong to more time, `person` to an outcome; `said` is content.
    """

    kind: Kind
    code: str = EXTENSION
    person: Person | None = None
    until_on: date | None = None
    why: str = ""
    said: str = ""


@transaction.atomic
def propose(
    *,
    lead: Lead,
    proposed: Proposed,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> LeadProposal:
    """Propose something about a lead to whom the scheme names, or to the next one above.

    Raises NotYours, NotPossible, ContentOff, ProposedAlready, NotNamed, NoMember and NoMoreTime.
    """
    lead = locked(lead)
    found = around(lead, on, by)
    require_handling(lead, found)
    require_content(scheme, proposed.said)
    _require_possible(lead, proposed, scheme)
    _require_once(lead, proposed)
    _require_sound(lead, proposed, on)
    approver = approver_of(scheme, proposed.kind, proposed.code)
    keeper = keeper_today(lead, found.office, found.kept_out)
    decider = decider_of(
        approver,
        keeper=keeper,
        head=found.office.head,
        proposer=found.person,
        kept_out=found.kept_out,
    )
    made = LeadProposal(
        lead=lead,
        kind=proposed.kind.value,
        code=proposed.code,
        person=proposed.person,
        until_on=proposed.until_on,
        why=proposed.why,
        said=proposed.said.strip(),
        approver=approver.value,
        decider=decider.value,
        proposed_by_id=found.person,
        proposed_on=on,
    )
    made.save(force_insert=True)
    _tell_log(made, LeadStep.What.PROPOSED, "leads.proposal.made", on, by, at)
    tell_people(
        [_who(decider, found, keeper)],
        reverse("leads:decide", args=[made.pk]),
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def withdraw(
    *, proposal: LeadProposal, on: date, by: AbstractBaseUser | None, at: datetime
) -> LeadProposal:
    """Take back what waits to be decided. Raises NotYours and NotPossible."""
    lead = locked(proposal.lead)
    require_handling(lead, around(lead, on, by))
    proposal = waiting(proposal)
    settle(proposal, ProposalAct.WITHDRAW, on, by)
    _tell_log(proposal, LeadStep.What.WITHDRAWN, "leads.proposal.withdrawn", on, by, at)
    return proposal


def waiting(proposal: LeadProposal) -> LeadProposal:
    """Return a proposal that waits, locked. Raises NotPossible."""
    rows = LeadProposal.objects.select_for_update(of=("self",))
    found = rows.select_related("lead__organisation", "person").get(pk=proposal.pk)
    if proposal_after(found.state, ProposalAct.APPROVE) is None:
        raise NotPossible(
            Text(
                "这件事项已经有了结果，不能再办。请刷新页面再看。",
                "This has been decided or taken back already. Reload the page.",
            )
        )
    return found


def settle(
    proposal: LeadProposal,
    act: ProposalAct,
    decided_on: date,
    by: AbstractBaseUser | None,
    **values: str,
) -> None:
    """Let a waiting proposal come to its end, and save it."""
    state = proposal_after(proposal.state, act)
    if state is None:
        raise AssertionError("fetched as waiting")
    proposal.state, proposal.decided_on = state.value, decided_on
    proposal.decided_by_id = by.pk if by else None
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.save()


def _who(decider: Decider, found: Around, keeper: int | None) -> int | None:
    if decider is Decider.KEEPER:
        return keeper
    return found.office.head if decider is Decider.LEADERSHIP_HEAD else None


def _require_possible(lead: Lead, proposed: Proposed, scheme: Scheme) -> None:
    is_found = lead.result == Result.FOUND
    fits = may_propose(lead.state, proposed.kind, is_found=is_found)
    if proposed.kind is Kind.DISPOSAL:
        fits = fits and lead_after(lead.state, proposed.code) is not None
        fits = fits and proposed.code != lead.disposal
    if proposed.kind is not Kind.EXTENSION:
        fits = fits and rung_of(scheme, proposed.kind, proposed.code) is not None
    if not fits:
        raise NotPossible(
            Text(
                f"{lead.mark}现在不能提出这一事项。请刷新页面再看。",
                f"This can't be proposed about {lead.mark} as it stands. Reload its page.",
            )
        )


def _require_once(lead: Lead, proposed: Proposed) -> None:
    rows = lead.proposals.filter(kind=proposed.kind.value, state=LeadProposal.State.WAITING)
    if proposed.kind is Kind.OUTCOME:
        rows = rows.filter(code=proposed.code, person=proposed.person)
    if rows.exists():
        raise ProposedAlready(
            Text(
                "同类事项正在等待审批。请等待结果，或先撤回。",
                "One of this kind waits to be decided. Wait for it, or take it back first.",
            )
        )


def _require_sound(lead: Lead, proposed: Proposed, on: date) -> None:
    if proposed.kind is Kind.OUTCOME:
        _require_named(lead, proposed)
    if proposed.kind is Kind.EXTENSION and (
        proposed.until_on is None or proposed.until_on <= max(lead.due_on, on)
    ):
        raise NoMoreTime(
            Text(
                f"新的期限应晚于今天和原期限 {lead.due_on}。",
                f"The new day must be later than today and than {lead.due_on}.",
            )
        )


def _require_named(lead: Lead, proposed: Proposed) -> None:
    person = proposed.person
    if person is None or not lead.concerned.filter(person=person).exists():
        raise NotNamed(
            Text(
                "请选择线索涉及的人员；没有写明的，请先补充涉及人员。",
                "Choose somebody whom the lead concerns; who is not there is named first.",
            )
        )
    if proposed.code in _PARTY and person.is_party_member is False:
        raise NoMember(
            Text(
                f"{person.name}不是中共党员，不适用党纪处分。请另选处理方式。",
                f"{person.name} is no member of the Party, so Party discipline does not apply. "
                "Choose another outcome.",
            )
        )


def _tell_log(
    proposal: LeadProposal,
    what: LeadStep.What,
    action: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    note(
        proposal.lead,
        what,
        action,
        on=on,
        by=by,
        at=at,
        code=proposal.code,
        changes={
            "kind": (None, proposal.kind),
            "code": (None, proposal.code),
            "decider": (None, proposal.decider),
            "until_on": (None, proposal.until_on.isoformat() if proposal.until_on else None),
        },
        sealed={
            "person": (None, proposal.person.name if proposal.person else ""),
            "said": (None, proposal.said),
        },
    )
