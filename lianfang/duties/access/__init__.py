"""Who may see and do duties (三).

One sees one's own: those one is to do, and those that are about oneself. Heads see those of their
units, portfolio leaders those of their portfolio; the discipline office, the office of the leading
group and the leadership see all. No administrator sees any. Whoever is to act does a duty; only
somebody else waives it.
"""

from collections.abc import Collection
from typing import Literal, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.duties.models import (
    Duty,
    DutyEvidence,
    MeasureInForce,
    Reminder,
    RotationExemption,
    RotationMove,
    Talk,
)
from lianfang.org.models import (
    Appointment,
    Body,
    Kinship,
    Membership,
    Person,
    Unit,
    holding,
)
from lianfang.org.queries.tree import in_use
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

To = Literal["view", "do", "show", "waive"]
Arranged = TypeVar("Arranged", RotationMove, RotationExemption)
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
    rows = rows.filter(~Q(origin=Duty.Origin.ALERT) | _of_alerts(standing))
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
        "organisation",
        "person",
        "post__unit",
        "unit",
        "measure",
        "actor",
        "override",
        "closed_by__person",
    )
    found = get_object_or_404(rows, pk=duty_id)
    if not may(standing, found, to):
        raise PermissionDenied
    return found


def may(standing: Standing, duty: Duty, to: To) -> bool:
    """Return whether the asker may do that with a duty they see."""
    if to == "do":
        return may_do(standing, duty)
    if to == "show":
        return may_show(standing, duty)
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


def get_leader_for(standing: Standing, leader_id: int | None) -> Person | None:
    """Return a leader by whose units duties are narrowed, None for none. Raises Http404."""
    if leader_id is None:
        return None
    return get_object_or_404(Person, pk=leader_id, organisation=standing.organisation_id)


def sees_whole(standing: Standing, unit_id: int) -> bool:
    """Return whether somebody sees everybody's duties in a unit, not just their own."""
    return standing.is_staff and (standing.has(*SEES_ALL) or unit_id in _reach(standing))


def seats_looked_at(standing: Standing, units: Collection[Unit]) -> QuerySet[Appointment]:
    """Return the appointments in these units that somebody may look at: all, or their own."""
    whole = [unit.pk for unit in units if sees_whole(standing, unit.pk)]
    own = Q(person=standing.person_id, post__unit__in=[unit.pk for unit in units])
    return Appointment.objects.filter(Q(post__unit__in=whole) | own)


def evidence_visible_to(standing: Standing) -> QuerySet[DutyEvidence]:
    """Return the files of the duties that the asker sees."""
    return DutyEvidence.objects.filter(duty__in=duties_visible_to(standing))


def get_evidence_for(standing: Standing, duty_id: int, evidence_id: int) -> DutyEvidence:
    """Return a file of a duty that the asker sees. Raises Http404."""
    rows = evidence_visible_to(standing).filter(duty=duty_id)
    rows = rows.select_related("attachment", "added_by__person")
    return get_object_or_404(rows, pk=evidence_id)


def may_show(standing: Standing, duty: Duty) -> bool:
    """Return whether the asker may add a file: whoever acts, or noted that it was done."""
    if duty.state == Duty.State.DONE and duty.closed_by_id == standing.user_id:
        return standing.is_staff
    return duty.state in (Duty.State.OPEN, Duty.State.DONE) and may_do(standing, duty)


def measures_visible_to(standing: Standing) -> QuerySet[MeasureInForce]:
    """Return the measures in force: of the units one looks after, else those one is to see to."""
    rows = MeasureInForce.objects.filter(organisation=standing.organisation_id, until_on=None)
    if not standing.is_staff:
        return rows.none()
    if standing.has(*SEES_ALL):
        return rows
    own = Duty.objects.filter(
        actor=standing.person_id, state=Duty.State.OPEN, measure__isnull=False
    )
    return rows.filter(Q(unit__in=_reach(standing)) | Q(pk__in=own.values("measure")))


def measures_to_confirm(standing: Standing, keys: Collection[int]) -> list[Duty]:
    """Return these duties about measures, all of them for the asker to do. Raises Http404."""
    rows = duties_of(standing).filter(pk__in=keys, kind=Duty.Kind.MEASURE)
    found = list(rows.select_related("measure", "unit").order_by("due_on", "pk"))
    if not found or len(found) != len(set(keys)):
        raise Http404
    return found


def may_arrange(standing: Standing, person_id: int) -> bool:
    """Return whether the asker arranges the rotation of somebody, who is never themself."""
    arranges = standing.has(Role.LEADING_GROUP_OFFICE, Role.LEADERSHIP_HEAD)
    return standing.is_staff and arranges and standing.person_id != person_id


def get_holder_for(standing: Standing, person_id: int, post_id: int) -> Appointment:
    """Return whom the asker is to arrange a rotation for, in the post held today.

    Raises Http404, and PermissionDenied to those who arrange none.
    """
    if not standing.is_staff:
        raise Http404
    rows = Appointment.objects.filter(holding(standing.on), organisation=standing.organisation_id)
    found = rows.filter(person=person_id, post=post_id).select_related("person", "post__unit")
    seat = found.order_by("from_on").first()
    if seat is None:
        raise Http404
    if not may_arrange(standing, person_id):
        raise PermissionDenied
    return seat


def get_move_for(standing: Standing, move_id: int) -> RotationMove:
    """Return a line of the plan, to be dropped. Raises Http404 and PermissionDenied."""
    rows = RotationMove.objects.filter(organisation=standing.organisation_id)
    return _arranged(standing, rows, move_id)


def get_exemption_for(standing: Standing, exemption_id: int) -> RotationExemption:
    """Return an exemption, to be ended. Raises Http404 and PermissionDenied."""
    rows = RotationExemption.objects.filter(organisation=standing.organisation_id)
    return _arranged(standing, rows, exemption_id)


def _arranged(standing: Standing, rows: QuerySet[Arranged], key: int) -> Arranged:
    if not standing.is_staff:
        raise Http404
    found = get_object_or_404(rows.select_related("person", "post"), pk=key)
    if not may_arrange(standing, found.person_id):
        raise PermissionDenied
    return found


def _of_alerts(standing: Standing) -> Q:
    """Return which duties that alerts ask for somebody may know of (五（六）).

    Those they are to do; the discipline office all, but for those about itself, about the asker
    and about their kin on record.
    """
    own = Q(actor=standing.person_id)
    if not standing.has(Role.DISCIPLINE_OFFICE):
        return own
    return own | ~_hidden(standing)


def _hidden(standing: Standing) -> Q:
    """Return about whom one of the discipline office learns nothing that alerts ask for.

    Themself, their kin on record, and the people of the office.
    """
    me = standing.person_id
    of_office = Membership.objects.filter(
        holding(standing.on),
        organisation=standing.organisation_id,
        body__kind=Body.Kind.DISCIPLINE_OFFICE,
    )
    kin = Kinship.objects.filter(relative__isnull=False)
    return (
        Q(person=me)
        | Q(person__in=of_office.values("person"))
        | Q(person__in=kin.filter(person=me).values("relative"))
        | Q(person__in=kin.filter(relative=me).values("person"))
    )


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


def is_inspected(duty: Duty) -> bool:
    """Return whether a duty is done by confirming the record of a visit to somebody in a post."""
    is_about_somebody = duty.person_id is not None and duty.post_id is not None
    return duty.kind == Duty.Kind.INSPECTION and is_about_somebody


# talks --------------------------------------------------------------------------------------------

ToTalk = Literal["view", "read", "attend", "record", "confirm", "scan", "add", "cancel"]
_BY_TALKERS = ("record", "scan", "cancel")
_BY_BOTH = ("attend", "add")


def talks_visible_to(standing: Standing) -> QuerySet[Talk]:
    """Return the talks somebody may know of; none for administrators.

    Those who talk and the person know of theirs, the discipline office of all, but for those with
    its own people and kin. That a talk took place which level or appointment ask for, those above
    the post and the offices may know too.
    """
    rows = Talk.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    routine = Q(is_routine=True)
    if standing.has(Role.DISCIPLINE_OFFICE):
        return rows.filter(_takes_part(standing) | routine | ~_hidden(standing))
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


def duties_of_talk(standing: Standing, talk: Talk) -> QuerySet[Duty]:
    """Return the duties of a talk that the asker sees, as far as they may know what asks for them.

    Whom an alert is about does not read on the page of the talk that there is one.
    """
    return talk.duties.filter(~Q(origin=Duty.Origin.ALERT) | _of_alerts(standing))


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
