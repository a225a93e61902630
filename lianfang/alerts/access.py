"""Who may know of alerts, and do what with them: need to know (五（六）, 三).

Whom an alert concerns, their kin on record and whoever stays out of it never see it: in no list,
count, colour, export or search. Of the others, those who recorded it, those who were told, the
body that has it, and the discipline office unless it is about that office. No administrator.
"""

from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.alerts.models import (
    Alert,
    AlertFile,
    AlertLetter,
    AlertPerson,
    AlertRecusal,
    AlertTold,
    UnitCorrection,
)
from lianfang.org.access import require
from lianfang.org.models import Kinship, Person, Post, Unit
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.powers.models import Power
from lianfang.risks.models import RiskPoint

To = Literal["view", "triage", "act", "add", "strike", "recuse", "judge"]
ToLetter = Literal["view", "answer", "judge"]
OPEN = (Alert.State.NOTICED, Alert.State.TRIAGED, Alert.State.IN_HAND)
_ROLES = {
    Alert.Role.LEADERSHIP_HEAD: Role.LEADERSHIP_HEAD,
    Alert.Role.DISCIPLINE_OFFICE: Role.DISCIPLINE_OFFICE,
    Alert.Role.DISCIPLINE_OVERSIGHT: Role.DISCIPLINE_OVERSIGHT,
    Alert.Role.LEADING_GROUP_OFFICE: Role.LEADING_GROUP_OFFICE,
}
# who answers for others, and may record what they notice
_RECORDS = (
    Role.UNIT_HEAD,
    Role.PORTFOLIO_LEADER,
    Role.LEADERSHIP,
    Role.LEADERSHIP_HEAD,
    Role.DISCIPLINE_OFFICE,
    Role.DISCIPLINE_OVERSIGHT,
)
# who is shown numbers of the whole organisation
_COUNTS_ALL = (Role.LEADERSHIP, Role.LEADERSHIP_HEAD, Role.DISCIPLINE_OFFICE)


def alerts_visible_to(standing: Standing) -> QuerySet[Alert]:
    """Return the alerts somebody may know of; none for administrators."""
    if not standing.is_staff:
        return Alert.objects.none()
    told = AlertTold.objects.filter(alert=OuterRef("pk"), person=standing.person_id)
    mine = Q(recorded_by=standing.person_id) | Exists(told) | _of_bodies(standing)
    if standing.has(Role.DISCIPLINE_OFFICE):
        mine |= Q(about_office=False)
    return _free(standing).filter(mine)


def alerts_counted_for(standing: Standing) -> QuerySet[Alert]:
    """Return the alerts that somebody's figures count: all for the leadership and the office.

    Less those hidden from them, and those that went up, which only who has them counts.
    """
    if not standing.is_staff or not standing.has(*_COUNTS_ALL):
        return alerts_visible_to(standing)
    plain = Q(about_office=False, about_leader=False)
    seen = alerts_visible_to(standing).values("pk")
    return _free(standing).filter(plain | Q(pk__in=seen))


def get_alert_for(standing: Standing, alert_id: int, *, to: To = "view") -> Alert:
    """Return an alert. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = alerts_visible_to(standing).select_related(
        "organisation", "unit", "post__unit", "power", "risk", "recorded_by", "goes_to"
    )
    found = get_object_or_404(rows, pk=alert_id)
    if not may(standing, found, to):
        raise PermissionDenied
    return found


def may(standing: Standing, alert: Alert, to: To) -> bool:
    """Return whether the asker may do that with an alert they see, whatever its state."""
    is_office = standing.has(Role.DISCIPLINE_OFFICE) and not alert.about_office
    if to in ("view", "add"):
        return True
    if to == "strike":
        return is_office or alert.recorded_by_id == standing.person_id
    if to in ("triage", "recuse"):
        return is_office or has_it(standing, alert)
    return has_it(standing, alert)


def has_it(standing: Standing, alert: Alert) -> bool:
    """Return whether the asker has an alert now: the person it lies with, or one of the body."""
    if alert.goes_to_id is not None and alert.goes_to_id == standing.person_id:
        return True
    role = _ROLES.get(Alert.Role(alert.goes_to_role))
    is_body = alert.goes_to_id is None or role is Role.LEADERSHIP_HEAD
    return is_body and role is not None and standing.has(role)


def may_record(standing: Standing) -> bool:
    """Return whether the asker records signs: whoever answers for others, and the office."""
    return standing.is_staff and standing.has(*_RECORDS)


def require_recording(standing: Standing) -> None:
    """Raise Http404 for administrators, PermissionDenied for those who answer for nobody."""
    if not standing.is_staff:
        raise Http404
    require(standing, *_RECORDS)


def require_staff(standing: Standing) -> None:
    """Raise Http404 for administrators: for them there are no alerts."""
    if not standing.is_staff:
        raise Http404


def alerts_lying_with(standing: Standing) -> QuerySet[Alert]:
    """Return the open alerts that wait for the asker."""
    own = Q(goes_to=standing.person_id) | _of_bodies(standing)
    return alerts_visible_to(standing).filter(own, state__in=OPEN, handed_over_on=None)


def alerts_to_follow_up(standing: Standing) -> QuerySet[Alert]:
    """Return the closed alerts that the asker is to come back to."""
    own = Q(goes_to=standing.person_id) | _of_bodies(standing)
    rows = alerts_visible_to(standing).filter(own, state=Alert.State.CLOSED)
    return rows.filter(follow_up_on__isnull=False, followed_up_on=None)


def get_file_for(standing: Standing, alert_id: int, file_id: int) -> AlertFile:
    """Return a file of an alert that the asker sees. Raises Http404."""
    rows = AlertFile.objects.filter(alert__in=alerts_visible_to(standing), alert=alert_id)
    return get_object_or_404(rows.select_related("attachment"), pk=file_id)


# letters --------------------------------------------------------------------------------------


def letters_visible_to(standing: Standing) -> QuerySet[AlertLetter]:
    """Return the letters somebody may know of: those of alerts they see, notices to their unit.

    The head of a unit sees the notice, not the alert.
    """
    rows = AlertLetter.objects.filter(alert__organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    to_unit = Q(unit__in=standing.headed, kind=AlertLetter.Kind.NOTICE)
    free = Q(alert__in=_free(standing))
    return rows.filter(free & (Q(alert__in=alerts_visible_to(standing)) | to_unit))


def get_letter_for(standing: Standing, letter_id: int, *, to: ToLetter = "view") -> AlertLetter:
    """Return a letter. Raises Http404, and PermissionDenied to those who may not do that."""
    rows = letters_visible_to(standing).select_related(
        "alert__organisation", "alert__goes_to", "person", "unit", "document__attachment"
    )
    found = get_object_or_404(rows, pk=letter_id)
    if not may_with_letter(standing, found, to):
        raise PermissionDenied
    return found


def may_with_letter(standing: Standing, letter: AlertLetter, to: ToLetter) -> bool:
    """Return whether the asker may do that with a letter they see, whatever its state."""
    if to == "answer":
        return letter.unit_id is not None and letter.unit_id in standing.headed
    sees = letter.unit_id not in standing.headed
    office = standing.has(Role.DISCIPLINE_OFFICE) and not letter.alert.about_office
    return to == "view" or (sees and (has_it(standing, letter.alert) or office))


def letters_to_answer(standing: Standing) -> QuerySet[AlertLetter]:
    """Return the notices that wait for the head of a unit."""
    rows = letters_visible_to(standing).filter(state=AlertLetter.State.OPEN)
    return rows.filter(unit__in=standing.headed)


def letters_to_judge(standing: Standing) -> QuerySet[AlertLetter]:
    """Return the answers of units that wait for whoever has the alert."""
    own = Q(alert__goes_to=standing.person_id) | _of_bodies(standing, "alert__")
    rows = letters_visible_to(standing).filter(own, state=AlertLetter.State.ANSWERED)
    return rows.exclude(unit__in=standing.headed)


def get_correction_file_for(
    standing: Standing, letter_id: int, correction_id: int
) -> UnitCorrection:
    """Return what a unit put right, with its file. Raises Http404."""
    rows = UnitCorrection.objects.filter(
        letter__in=letters_visible_to(standing), letter=letter_id, evidence__isnull=False
    )
    return get_object_or_404(rows.select_related("evidence"), pk=correction_id)


# what a sign may be about -----------------------------------------------------------------------


def people_to_name(standing: Standing) -> QuerySet[Person]:
    """Return whom the asker may name: the people of the organisation, but not themself."""
    return people_to_recuse(standing).exclude(pk=standing.person_id or 0)


def people_to_recuse(standing: Standing) -> QuerySet[Person]:
    """Return who may be asked to stay out of an alert: the people, the asker among them."""
    rows = Person.objects.filter(organisation=standing.organisation_id, left_on=None)
    return rows if standing.is_staff else rows.none()


def units_to_name(standing: Standing) -> QuerySet[Unit]:
    """Return the units in use that a sign may be about."""
    rows = Unit.objects.filter(organisation=standing.organisation_id)
    rows = rows.filter(Q(retired_on=None) | Q(retired_on__gt=standing.on))
    return rows if standing.is_staff else rows.none()


def posts_to_name(standing: Standing) -> QuerySet[Post]:
    """Return the posts in use that a sign may be about."""
    rows = Post.objects.filter(organisation=standing.organisation_id)
    rows = rows.filter(Q(retired_on=None) | Q(retired_on__gt=standing.on))
    return rows if standing.is_staff else rows.none()


def powers_to_name(standing: Standing) -> QuerySet[Power]:
    """Return the powers in use that a sign may be about."""
    rows = Power.objects.filter(organisation=standing.organisation_id)
    rows = rows.filter(Q(retired_on=None) | Q(retired_on__gt=standing.on))
    return rows if standing.is_staff else rows.none()


def risks_to_name(standing: Standing) -> QuerySet[RiskPoint]:
    """Return the risk points in use that a sign may be about: all, or of the units one is over."""
    rows = RiskPoint.objects.filter(organisation=standing.organisation_id)
    rows = rows.filter(Q(retired_on=None) | Q(retired_on__gt=standing.on))
    if standing.has(*_COUNTS_ALL):
        return rows
    return rows.filter(unit__in=standing.headed | standing.portfolio)


def get_risk_for(standing: Standing, risk_id: int) -> RiskPoint:
    """Return a risk point beside which alerts are shown. Raises Http404."""
    require_staff(standing)
    rows = RiskPoint.objects.filter(organisation=standing.organisation_id)
    return get_object_or_404(rows, pk=risk_id)


def get_power_for(standing: Standing, power_id: int) -> Power:
    """Return a power beside which alerts are shown. Raises Http404."""
    require_staff(standing)
    rows = Power.objects.filter(organisation=standing.organisation_id)
    return get_object_or_404(rows, pk=power_id)


def units_coloured_for(standing: Standing) -> QuerySet[Unit]:
    """Return the units whose colour somebody may look at: all, or those they answer for."""
    rows = units_to_name(standing).exclude(kind=Unit.Kind.ORGANISATION)
    if standing.has(*_COUNTS_ALL):
        return rows
    return rows.filter(pk__in=standing.headed | standing.portfolio)


def get_coloured_unit_for(standing: Standing, unit_id: int) -> Unit:
    """Return a unit with its colour. Raises Http404."""
    return get_object_or_404(units_coloured_for(standing), pk=unit_id)


def _free(standing: Standing) -> QuerySet[Alert]:
    """Return the organisation's alerts without those hidden from the asker whatever they are."""
    me = standing.person_id
    kin = Q(person__in=Kinship.objects.filter(person=me, relative__isnull=False).values("relative"))
    kin |= Q(person__in=Kinship.objects.filter(relative=me).values("person"))
    concerned = AlertPerson.objects.filter(Q(person=me) | kin, alert=OuterRef("pk"))
    recused = AlertRecusal.objects.filter(person=me, alert=OuterRef("pk"))
    rows = Alert.objects.filter(organisation=standing.organisation_id)
    return rows.filter(~Exists(concerned), ~Exists(recused))


def _of_bodies(standing: Standing, path: str = "") -> Q:
    """Return the condition that a body has it of which the asker is."""
    roles = [code.value for code, role in _ROLES.items() if standing.has(role)]
    head = [Alert.Role.LEADERSHIP_HEAD.value] if Alert.Role.LEADERSHIP_HEAD in roles else []
    return Q(**{f"{path}goes_to_role__in": roles, f"{path}goes_to": None}) | Q(
        **{f"{path}goes_to_role__in": head}
    )
