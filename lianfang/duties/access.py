"""Who may see and do duties (三).

One sees one's own: those one is to do, and those that are about oneself. Heads see those of their
units, portfolio leaders those of their portfolio; the discipline office, the office of the leading
group and the leadership see all. No administrator sees any. Whoever is to act does a duty; only
somebody else waives it.
"""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from lianfang.duties.models import Duty
from lianfang.org.models import Unit
from lianfang.org.queries.tree import in_use
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

To = Literal["view", "do", "waive"]
SEES_ALL = (
    Role.DISCIPLINE_OFFICE,
    Role.LEADING_GROUP_OFFICE,
    Role.LEADERSHIP,
    Role.LEADERSHIP_HEAD,
)
# the role of whoever acts for a body
BODIES = {
    Duty.ActorRole.LEADERSHIP: Role.LEADERSHIP,
    Duty.ActorRole.LEADERSHIP_HEAD: Role.LEADERSHIP_HEAD,
    Duty.ActorRole.LEADING_GROUP: Role.LEADING_GROUP,
    Duty.ActorRole.LEADING_GROUP_OFFICE: Role.LEADING_GROUP_OFFICE,
    Duty.ActorRole.DISCIPLINE_OFFICE: Role.DISCIPLINE_OFFICE,
    Duty.ActorRole.DISCIPLINE_OVERSIGHT: Role.DISCIPLINE_OVERSIGHT,
    # what the organisation or an outside body is to do, the office sees to and records
    Duty.ActorRole.ORGANISATION: Role.LEADING_GROUP_OFFICE,
    Duty.ActorRole.SUPERIOR: Role.LEADING_GROUP_OFFICE,
    Duty.ActorRole.COMPETENT_BODY: Role.LEADING_GROUP_OFFICE,
}


def duties_visible_to(standing: Standing) -> QuerySet[Duty]:
    """Return the duties somebody may know of; none for administrators."""
    rows = Duty.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    if standing.has(*SEES_ALL):
        return rows
    own = Q(actor=standing.person_id) | Q(person=standing.person_id)
    return rows.filter(own | _of_bodies(standing) | Q(unit__in=_reach(standing)))


def duties_of(standing: Standing) -> QuerySet[Duty]:
    """Return the open duties that somebody is to do, as a person or for a body."""
    rows = Duty.objects.filter(organisation=standing.organisation_id, state=Duty.State.OPEN)
    if not standing.is_staff:
        return rows.none()
    return rows.filter(Q(actor=standing.person_id) | _of_bodies(standing))


def get_duty_for(standing: Standing, duty_id: int, *, to: To = "view") -> Duty:
    """Return a duty. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = duties_visible_to(standing).select_related(
        "organisation", "person", "post", "unit", "measure", "actor", "override"
    )
    found = get_object_or_404(rows, pk=duty_id)
    if not may(standing, found, to):
        raise PermissionDenied
    return found


def may(standing: Standing, duty: Duty, to: To) -> bool:
    """Return whether the asker may do that with a duty they see."""
    if to == "do":
        return may_do(standing, duty)
    return to == "view" or may_waive(standing, duty)


def may_do(standing: Standing, duty: Duty) -> bool:
    """Return whether the asker is to act: the person named, or one of the body that acts."""
    if not standing.is_staff:
        return False
    if duty.actor_id is not None:
        return duty.actor_id == standing.person_id
    role = BODIES.get(Duty.ActorRole(duty.actor_role))
    # nobody oversees themself
    return role is not None and standing.has(role) and duty.person_id != standing.person_id


def may_waive(standing: Standing, duty: Duty) -> bool:
    """Return whether the asker may waive a duty: above it, and neither to act nor its subject."""
    if not standing.is_staff or standing.person_id in (duty.actor_id, duty.person_id):
        return False
    if standing.has(Role.DISCIPLINE_OFFICE, Role.LEADERSHIP_HEAD):
        return not may_do(standing, duty)
    return duty.unit_id in _reach(standing)


def units_looked_at(standing: Standing) -> QuerySet[Unit]:
    """Return the units in use whose duties somebody may look through, their own for a start."""
    if not standing.is_staff:
        return Unit.objects.none()
    rows = Unit.objects.filter(in_use(standing.on), organisation=standing.organisation_id)
    if standing.has(*SEES_ALL):
        return rows
    return rows.filter(pk__in=_reach(standing) | standing.units)


def sees_whole(standing: Standing, unit_id: int) -> bool:
    """Return whether somebody sees everybody's duties in a unit, not just their own."""
    return standing.is_staff and (standing.has(*SEES_ALL) or unit_id in _reach(standing))


def _reach(standing: Standing) -> frozenset[int]:
    return standing.headed | standing.portfolio


def _of_bodies(standing: Standing) -> Q:
    roles = [code.value for code, role in BODIES.items() if standing.has(role)]
    return Q(actor=None, actor_role__in=roles) & ~Q(person=standing.person_id)
