"""Who may see and do duties (三).

One sees one's own: those one is to do, and those that are about oneself. Heads see those of their
units, portfolio leaders those of their portfolio; the discipline office, the office of the leading
group and the leadership see all. No administrator sees any. Whoever is to act does a duty; only
somebody else waives it.
"""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from lianfang.duties.models import Duty, Reminder, Talk
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


def duties_reminding(standing: Standing) -> QuerySet[Duty]:
    """Return the open duties that somebody was reminded of and may know of."""
    reminded = Reminder.objects.filter(duty=OuterRef("pk"), person=standing.person_id)
    return duties_visible_to(standing).filter(Exists(reminded), state=Duty.State.OPEN)


def get_duty_for(standing: Standing, duty_id: int, *, to: To = "view") -> Duty:
    """Return a duty. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = duties_visible_to(standing).select_related(
        "organisation", "person", "post__unit", "unit", "measure", "actor", "override"
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


def _reach(standing: Standing) -> frozenset[int]:
    return standing.headed | standing.portfolio


def _of_bodies(standing: Standing) -> Q:
    roles = [code.value for code, role in BODIES.items() if standing.has(role)]
    return Q(actor=None, actor_role__in=roles) & ~Q(person=standing.person_id)


def is_talked(duty: Duty) -> bool:
    """Return whether a duty is done by recording a talk: one between two people here.

    Where a body acts, nobody here talks; then what was done is noted as for any other duty.
    """
    is_about_somebody = duty.person_id is not None and duty.post_id is not None
    return duty.kind == Duty.Kind.TALK and duty.actor_id is not None and is_about_somebody


# talks --------------------------------------------------------------------------------------------

ToTalk = Literal["view", "read", "attend", "record", "confirm", "scan", "add", "cancel"]
_BY_TALKERS = ("record", "scan", "cancel")
_BY_BOTH = ("attend", "add")


def talks_visible_to(standing: Standing) -> QuerySet[Talk]:
    """Return the talks somebody may know of; none for administrators.

    Those who talk and the person know of theirs, the discipline office of all. That a talk took
    place which level or appointment ask for, those above the post and the offices may know too.
    """
    rows = Talk.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    if standing.has(Role.DISCIPLINE_OFFICE):
        return rows
    routine = Q(is_routine=True)
    if not standing.has(*SEES_ALL):
        routine &= Q(unit__in=_reach(standing))
    return rows.filter(_takes_part(standing) | routine)


def talks_of(standing: Standing) -> QuerySet[Talk]:
    """Return the talks that somebody holds or that are with them."""
    rows = Talk.objects.filter(organisation=standing.organisation_id)
    return rows.filter(_takes_part(standing)) if standing.is_staff else rows.none()


def talks_with_some(standing: Standing) -> bool:
    """Return whether there are people with whom the asker may talk of their own accord."""
    is_above = bool(_reach(standing)) or standing.has(Role.LEADERSHIP_HEAD, Role.DISCIPLINE_OFFICE)
    return standing.is_staff and is_above


def open_talk_duties(talk: Talk) -> QuerySet[Duty]:
    """Return the open duties of those who talk, about anybody."""
    return Duty.objects.filter(
        organisation=talk.organisation_id, state=Duty.State.OPEN, actor__in=talk.talkers
    )


def get_talk_for(standing: Standing, talk_id: int, *, to: ToTalk = "view") -> Talk:
    """Return a talk. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = talks_visible_to(standing).select_related(
        "organisation", "person", "post__unit", "unit", "talker", "second", "scan",
        "confirmed_by__person",
    )  # fmt: skip
    found = get_object_or_404(rows, pk=talk_id)
    if not may_with_talk(standing, found, to):
        raise PermissionDenied
    return found


def may_with_talk(standing: Standing, talk: Talk, to: ToTalk) -> bool:
    """Return whether the asker may do that with a talk they see, whatever its state."""
    talks, is_person = standing.person_id in talk.talkers, standing.person_id == talk.person_id
    if to in _BY_TALKERS:
        return talks
    if to == "confirm":
        return is_person
    if to in _BY_BOTH:
        return talks or is_person
    return to == "view" or may_read(standing, talk)


def may_read(standing: Standing, talk: Talk) -> bool:
    """Return whether the asker may read what was said.

    Those who talk, the discipline office, and the person once the talk was held: what it is about
    they learn in the talk.
    """
    if standing.person_id == talk.person_id:
        return talk.number is not None
    return standing.person_id in talk.talkers or standing.has(Role.DISCIPLINE_OFFICE)


def _takes_part(standing: Standing) -> Q:
    own = standing.person_id
    return Q(talker=own) | Q(second=own) | Q(person=own)
