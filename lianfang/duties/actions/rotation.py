"""The plan of rotations, and who stays for a while (五（五）3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.actions.reconcile import reconcile
from lianfang.duties.models import RotationExemption, RotationMove
from lianfang.org.models import Organisation, Person, Post

CLAUSE = "五（五）3"
# an exemption is looked at again after so many years at the latest
LONGEST_YEARS = 2
_DAYS_A_YEAR = 366


class NotElsewhere(Refused):
    """A rotation into the post that is held already."""


class OwnExemption(Refused):
    """Somebody approves that they stay themself."""


class TooLong(Refused):
    """An exemption that ends before it begins, or too late."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """Where somebody is to go, and when; `to_post` None: not settled yet."""

    to_post: Post | None
    planned_on: date
    note: str


@dataclass(frozen=True, kw_only=True)
class Staying:
    """Why somebody stays, who approved it, what takes the place of the rotation, and how long."""

    reason: str
    approver: Person
    control: str
    from_on: date
    until_on: date


@transaction.atomic
def plan_move(
    *, person: Person, post: Post, move: Move, by: AbstractBaseUser | None, at: datetime
) -> RotationMove:
    """Put a rotation into the plan of its year, in place of the line that was there.

    Raises NotElsewhere.
    """
    if move.to_post is not None and move.to_post.pk == post.pk:
        raise NotElsewhere(
            Text(
                f"拟轮换到的岗位“{move.to_post.name}”就是现任岗位，请另选岗位。",
                f"“{move.to_post.name}” is the post held already; choose another one.",
            )
        )
    made, _is_new = RotationMove.objects.update_or_create(
        organisation_id=post.organisation_id,
        year=move.planned_on.year,
        person=person,
        post=post,
        defaults={
            "to_post": move.to_post,
            "planned_on": move.planned_on,
            "note": move.note,
            "planned_by_id": by.pk if by else None,
            "planned_at": at,
        },
    )
    audit.record(
        at=at,
        by=by,
        action="duties.rotation.planned",
        subject=made,
        organisation=made.organisation_id,
        changes={
            "person": (None, person.name),
            "post": (None, post.name),
            "to_post": (None, move.to_post.name if move.to_post else None),
            "planned_on": (None, move.planned_on.isoformat()),
            "note": (None, move.note),
        },
        rule=CLAUSE,
    )
    return made


@transaction.atomic
def drop_move(*, move: RotationMove, by: AbstractBaseUser | None, at: datetime) -> None:
    """Take a line out of the plan; the log keeps it."""
    move = RotationMove.objects.select_for_update().select_related("person", "post").get(pk=move.pk)
    audit.record(
        at=at,
        by=by,
        action="duties.rotation.dropped",
        subject=move,
        organisation=move.organisation_id,
        changes={
            "person": (move.person.name, None),
            "post": (move.post.name, None),
            "planned_on": (move.planned_on.isoformat(), None),
        },
        rule=CLAUSE,
    )
    move.delete()


@transaction.atomic
def exempt(
    *,
    person: Person,
    post: Post,
    staying: Staying,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> RotationExemption:
    """Let somebody stay in a post until a day; the rotation falls due on it.

    Raises OwnExemption and TooLong.
    """
    _require_other(person, staying)
    _require_span(staying)
    # before the log, as everybody does who reconciles
    organisation = Organisation.objects.select_for_update().get(pk=post.organisation_id)
    made = RotationExemption.objects.create(
        organisation=organisation,
        person=person,
        post=post,
        reason=staying.reason,
        approver=staying.approver,
        control=staying.control,
        from_on=staying.from_on,
        until_on=staying.until_on,
        recorded_by_id=by.pk if by else None,
        recorded_at=at,
    )
    audit.record(
        at=at,
        by=by,
        action="duties.rotation.exempted",
        subject=made,
        organisation=organisation.pk,
        changes={
            "person": (None, person.name),
            "post": (None, post.name),
            "exempt_reason": (None, staying.reason),
            "approver": (None, staying.approver.name),
            "control": (None, staying.control),
            "from_on": (None, staying.from_on.isoformat()),
            "until_on": (None, staying.until_on.isoformat()),
        },
        rule=CLAUSE,
    )
    reconcile(organisation=organisation, units=[post.unit_id], on=on, by=by, at=at)
    return made


@transaction.atomic
def end_exemption(
    *,
    exemption: RotationExemption,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> RotationExemption:
    """End an exemption today; one that has not begun yet ends on its first day.

    Raises TooLong for one that has ended already.
    """
    organisation = Organisation.objects.select_for_update().get(pk=exemption.organisation_id)
    rows = RotationExemption.objects.select_for_update(of=("self",)).select_related("post")
    found = rows.get(pk=exemption.pk)
    if found.until_on < on:
        raise TooLong(
            Text(
                f"这次暂不轮岗已于 {found.until_on} 到期，不必再结束。",
                f"This exemption ended on {found.until_on} already; nothing is left to end.",
            )
        )
    before, found.until_on = found.until_on, max(on, found.from_on)
    found.ended_reason = reason
    found.save(update_fields=["until_on", "ended_reason"])
    audit.record(
        at=at,
        by=by,
        action="duties.rotation.exemption_ended",
        subject=found,
        organisation=organisation.pk,
        changes={
            "until_on": (before.isoformat(), found.until_on.isoformat()),
            "ended_reason": (None, reason),
        },
        rule=CLAUSE,
    )
    reconcile(organisation=organisation, units=[found.post.unit_id], on=on, by=by, at=at)
    return found


def _require_other(person: Person, staying: Staying) -> None:
    if staying.approver.pk == person.pk:
        raise OwnExemption(
            Text(
                "批准人不能是本人，请另选一位领导班子成员。",
                "Nobody approves that they stay themself; choose another member of the leadership.",
            )
        )


def _require_span(staying: Staying) -> None:
    last = staying.from_on + timedelta(days=LONGEST_YEARS * _DAYS_A_YEAR)
    if not staying.from_on <= staying.until_on <= last:
        raise TooLong(
            Text(
                f"到期日 {staying.until_on} 应不早于 {staying.from_on}，不晚于 {last}；"
                "到期后仍不能轮岗的，再登记一次。",
                f"The last day, {staying.until_on}, must lie between {staying.from_on} and "
                f"{last}; record another exemption if the rotation is still not possible then.",
            )
        )
