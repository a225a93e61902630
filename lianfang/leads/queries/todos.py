"""What leads ask of somebody: to act, to decide, to follow up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lianfang.leads.models import Lead, LeadOutcome, LeadProposal
from lianfang.leads.rules.course import Next, next_of

_MOST = 50


@dataclass(frozen=True, kw_only=True)
class Due:
    """What is to be done next with a lead, and by when."""

    lead: Lead
    next: Next
    due_on: date


def leads_due(rows: QuerySet[Lead], on: date) -> list[Due]:
    """Return the leads that wait for whoever handles them. Three statements."""
    found = list(rows.filter(state__in=_WAITS).order_by("due_on", "pk")[:_MOST])
    keys = [lead.pk for lead in found]
    waiting: dict[UUID, set[str]] = {}
    for key, kind in LeadProposal.objects.filter(
        lead__in=keys, state=LeadProposal.State.WAITING
    ).values_list("lead", "kind"):
        waiting.setdefault(key, set()).add(kind)
    has = set(LeadOutcome.objects.filter(lead__in=keys).values_list("lead", flat=True))
    return list(_due(found, waiting, has, on))


def follow_ups(rows: QuerySet[Lead]) -> list[LeadOutcome]:
    """Return the outcomes of these leads that are to be followed up. One statement."""
    found = LeadOutcome.objects.filter(lead__in=rows, followed_on=None, follow_up_on__isnull=False)
    return list(found.select_related("lead").order_by("follow_up_on", "pk")[:_MOST])


def waiting_for(rows: QuerySet[LeadProposal]) -> list[LeadProposal]:
    """Return what waits to be decided, oldest first. One statement."""
    return list(rows.select_related("lead").order_by("proposed_on", "pk")[:_MOST])


# named one by one, so that an index finds them beside any number that rest
_WAITS = (Lead.State.REGISTERED, Lead.State.IN_DISPOSAL, Lead.State.CONCLUDED)


def _due(
    leads: list[Lead], waiting: dict[UUID, set[str]], has: set[UUID], on: date
) -> Iterator[Due]:
    for lead in leads:
        found = next_of(lead.state, lead.result, waiting.get(lead.pk, set()), lead.pk in has)
        if found is Next.DISPOSE:
            yield Due(lead=lead, next=found, due_on=lead.due_on)
        elif found is not Next.WAIT:
            yield Due(lead=lead, next=found, due_on=max(lead.due_on, on))
