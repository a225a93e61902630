"""Who may know of a lead: whoever handles it and whoever keeps it; nobody else (五（六）2（2）).

A role alone opens nothing. Whom a lead concerns, their kin on record and whoever is recused never
see it, whatever they are; for them there is no such lead: every page answers 404. Who decides a
proposal sees that proposal, and only while it waits.
"""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.alerts.access import OPEN, alerts_visible_to
from lianfang.alerts.models import Alert
from lianfang.leads.models import (
    Lead,
    LeadAccess,
    LeadLetter,
    LeadOutcome,
    LeadPerson,
    LeadProposal,
    LeadRecusal,
)
from lianfang.leads.queries.keeping import OFFICE, OVERSIGHT, Office, having, office_of
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

To = Literal["view", "work", "keep"]
ROOM = (Role.DISCIPLINE_OFFICE, Role.DISCIPLINE_OVERSIGHT)
_SHOWN = ("organisation", "unit", "post__unit", "power", "registered_by__person")


def leads_visible_to(standing: Standing) -> QuerySet[Lead]:
    """Return the leads somebody may know of. Three statements."""
    if not standing.is_staff or standing.person_id is None:
        return Lead.objects.none()
    office = office_of(standing.organisation_id, standing.on)
    return _known(standing, office).filter(_handled(standing) | _kept(standing, office))


def leads_handled_by(standing: Standing) -> QuerySet[Lead]:
    """Return the leads somebody handles. Three statements."""
    if not standing.is_staff or standing.person_id is None:
        return Lead.objects.none()
    office = office_of(standing.organisation_id, standing.on)
    return _known(standing, office).filter(_handled(standing, LeadAccess.Part.HANDLES))


def leads_counted_for(standing: Standing) -> QuerySet[Lead]:
    """Return the leads that statistics tell somebody of the discipline office, or over it.

    What they are kept out of is not counted, and what lies with the other body is not: whom a lead
    concerns sees the number there would be without it. Three statements.
    """
    office = office_of(standing.organisation_id, standing.on)
    bodies = {Role.DISCIPLINE_OFFICE: OFFICE, Role.DISCIPLINE_OVERSIGHT: OVERSIGHT}
    mine = [body for role, body in bodies.items() if standing.has(role)]
    rows = _known(standing, office).filter(body__in=mine)
    return rows.exclude(state=Lead.State.STRUCK)


def get_lead_for(standing: Standing, lead_id: UUID, *, to: To = "view") -> Lead:
    """Return a lead. Raises Http404 where it may not be known, PermissionDenied to others."""
    found = get_object_or_404(leads_visible_to(standing).select_related(*_SHOWN), pk=lead_id)
    if to == "work" and not may_work(standing, found):
        raise PermissionDenied
    if to == "keep" and not may_keep(standing, found):
        raise PermissionDenied
    return found


def may_work(standing: Standing, lead: Lead) -> bool:
    """Return whether somebody who sees a lead handles it. One statement."""
    rows = LeadAccess.objects.filter(having(standing.on), lead=lead, person=standing.person_id)
    return rows.filter(part=LeadAccess.Part.HANDLES).exists()


def may_keep(standing: Standing, lead: Lead) -> bool:
    """Return whether somebody who sees a lead keeps it. Four statements."""
    office = office_of(standing.organisation_id, standing.on)
    return Lead.objects.filter(_kept(standing, office), pk=lead.pk).exists()


def may_handle(standing: Standing) -> bool:
    """Return whether somebody handles any lead, were they not kept out. One statement."""
    rows = LeadAccess.objects.filter(having(standing.on), person=standing.person_id)
    return standing.is_staff and rows.filter(part=LeadAccess.Part.HANDLES).exists()


def proposals_to_decide(standing: Standing) -> QuerySet[LeadProposal]:
    """Return what waits for somebody to decide; never their own, nor about them or their kin.

    Three statements, none for those who decide nothing.
    """
    decides = standing.has(Role.LEADERSHIP_HEAD, *ROOM)
    if not standing.is_staff or standing.person_id is None or not decides:
        return LeadProposal.objects.none()
    office = office_of(standing.organisation_id, standing.on)
    known = _known(standing, office)
    kept = Q(decider=LeadProposal.Decider.KEEPER) & Q(
        lead__in=known.filter(_kept(standing, office))
    )
    heads = Q(decider=LeadProposal.Decider.LEADERSHIP_HEAD, lead__in=known)
    mine = kept | heads if standing.person_id == office.head else kept
    rows = LeadProposal.objects.filter(mine, state=LeadProposal.State.WAITING)
    return rows.exclude(proposed_by=standing.person_id)


def get_proposal_to_decide(standing: Standing, proposal_id: UUID) -> LeadProposal:
    """Return what somebody is to decide, while it waits. Raises Http404."""
    rows = proposals_to_decide(standing).select_related(
        "person", "proposed_by", *(f"lead__{name}" for name in _SHOWN)
    )
    return get_object_or_404(rows, pk=proposal_id)


def get_proposal_for(standing: Standing, lead: Lead, proposal_id: UUID) -> LeadProposal:
    """Return what waits to be decided about a lead that somebody handles.

    Raises Http404, and PermissionDenied to those who don't handle it.
    """
    rows = LeadProposal.objects.filter(lead=lead, state=LeadProposal.State.WAITING)
    found = get_object_or_404(rows.select_related("lead__organisation", "person"), pk=proposal_id)
    if not may_work(standing, lead):
        raise PermissionDenied
    return found


def get_access_for(lead: Lead, access_id: UUID) -> LeadAccess:
    """Return who may know of a lead, to end it. Raises Http404 where it ended already."""
    rows = LeadAccess.objects.filter(lead=lead, ended_at=None).select_related("person")
    return get_object_or_404(rows, pk=access_id)


def get_outcome_for(lead: Lead, outcome_id: UUID) -> LeadOutcome:
    """Return an outcome that is to be followed up. Raises Http404."""
    rows = LeadOutcome.objects.filter(
        lead=lead, followed_on=None, follow_up_on__isnull=False
    ).select_related("person")
    return get_object_or_404(rows, pk=outcome_id)


def get_letter_for(lead: Lead, letter_id: UUID) -> LeadLetter:
    """Return a letter of a lead with its file. Raises Http404."""
    rows = LeadLetter.objects.filter(lead=lead).select_related("document__attachment", "person")
    return get_object_or_404(rows, pk=letter_id)


def alerts_to_register(standing: Standing) -> QuerySet[Alert]:
    """Return the open alerts that lie with the discipline office and have no lead yet."""
    rows = Alert.objects.none()
    if standing.has(Role.DISCIPLINE_OFFICE):
        states = (Alert.State.TRIAGED, Alert.State.IN_HAND)
        rows = alerts_visible_to(standing).filter(
            state__in=states, way=Alert.Way.OFFICE, about_office=False, lead=None
        )
    return rows.order_by("triaged_on", "pk")


def get_alert_to_register(standing: Standing, alert_id: int) -> Alert:
    """Return an open alert that the discipline office makes a lead of. Raises Http404."""
    rows = alerts_visible_to(standing).filter(state__in=OPEN, about_office=False, lead=None)
    if not standing.has(Role.DISCIPLINE_OFFICE):
        raise Http404
    return get_object_or_404(rows.select_related("organisation", "unit", "post"), pk=alert_id)


def require_room(standing: Standing) -> None:
    """Raise Http404 unless the asker is of the discipline office or over it, or knows of a lead.

    Everybody else is told nothing, whether or not there is a lead about them.
    """
    if standing.is_staff and standing.has(*ROOM):
        return
    if not leads_visible_to(standing).exists():
        raise Http404


def require_registering(standing: Standing) -> None:
    """Raise Http404 unless the asker registers leads: of the office or the body over it."""
    if not may_register(standing):
        raise Http404


def may_register(standing: Standing) -> bool:
    """Return whether the asker registers leads and reads their statistics."""
    return standing.is_staff and standing.has(*ROOM)


def _known(standing: Standing, office: Office) -> QuerySet[Lead]:
    """Return the organisation's leads that somebody is not kept out of. No statement."""
    rows = Lead.objects.filter(organisation=standing.organisation_id)
    return rows.exclude(_out(standing.person_id or 0, office))


def _out(person: int, office: Office) -> Q:
    close = office.close_to(person)
    named = LeadPerson.objects.filter(lead=OuterRef("pk"), person__in=close)
    recused = LeadRecusal.objects.filter(lead=OuterRef("pk"), person=person)
    return Q(Exists(named)) | Q(Exists(recused))


def _handled(standing: Standing, *parts: LeadAccess.Part) -> Q:
    rows = LeadAccess.objects.filter(
        having(standing.on), lead=OuterRef("pk"), person=standing.person_id
    )
    return Q(Exists(rows.filter(part__in=parts) if parts else rows))


def _kept(standing: Standing, office: Office) -> Q:
    """Return the condition under which somebody keeps a lead: all before them are kept out."""
    found = Q(pk__in=())
    for body in (OFFICE, OVERSIGHT):
        candidates = office.candidates(body)
        if standing.person_id in candidates:
            before = candidates[: candidates.index(standing.person_id)]
            found |= _all(Q(body=body), (_out(one, office) for one in before))
    return found


def _all(first: Q, others: Iterable[Q]) -> Q:
    for other in others:
        first &= other
    return first
