"""A meeting of the leading group decides about checked filings (六（三）)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.checking import due_again, require_checker
from lianfang.cycles.actions.moving import locked, move, not_now, require
from lianfang.cycles.models import Cycle, Decision, Filing, Meeting
from lianfang.cycles.rules.deciding import Sitting, recused_among, shortfall
from lianfang.cycles.rules.states import Act
from lianfang.org.models import Appointment, Body, Membership, Person, holding
from lianfang.scheme.model import Scheme

Outcome = Decision.Outcome
_APPROVES = (Outcome.APPROVED, Outcome.WITH_CHANGES)


class NoQuorum(Refused):
    """Too few members were present, or in favour."""


class NotAMember(Refused):
    """Somebody who decides is no member of the leading group on that day."""


class MeetingInFuture(Refused):
    """A meeting is recorded when it was held."""


@dataclass(frozen=True, kw_only=True)
class Vote:
    """What is decided about one filing; `approving` are those in favour."""

    filing: Filing
    outcome: Outcome
    changes: str = ""
    approving: Sequence[Person] = field(default_factory=tuple)


@transaction.atomic
def record_meeting(
    *,
    cycle: Cycle,
    held_on: date,
    place: str,
    present: Collection[Person],
    votes: Sequence[Vote],
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Meeting:
    """Record a meeting with who was there, and move the filings it decided about.

    Members who hold a post in a filing's unit are recused from that filing. Raises NotAMember,
    MeetingInFuture, NoQuorum, NotNow: then nothing is recorded.
    """
    if held_on > on:
        raise MeetingInFuture(
            Text(
                "会议日期在今天之后。请在会议召开之后记录。",
                "The meeting is still to come. Record it after it was held.",
            )
        )
    members = _members(cycle.organisation_id, held_on)
    _require_members(members, [*present, *(one for vote in votes for one in vote.approving)])
    meeting = Meeting.objects.create(
        organisation=cycle.organisation,
        cycle=cycle,
        held_on=held_on,
        place=place,
        recorded_at=at,
        recorded_by_id=by.pk if by else None,
    )
    meeting.members.set(members)
    meeting.present.set([person.pk for person in present])
    audit.record(
        at=at,
        by=by,
        action="cycles.meeting.recorded",
        subject=meeting,
        organisation=meeting.organisation_id,
        changes={
            "held_on": (None, held_on.isoformat()),
            "place": (None, place),
            "present": (None, [person.name for person in present]),
            "members": (None, len(members)),
        },
        rule="六（三）",
    )
    here = frozenset(person.pk for person in present)
    for vote in votes:
        _decide(meeting, vote, frozenset(members), here, scheme, on, by, at)
    return meeting


@transaction.atomic
def confirm_changes(
    *, filing: Filing, checker: Person, on: date, by: AbstractBaseUser | None, at: datetime
) -> Filing:
    """Approve a filing whose listed changes were made, without a new meeting.

    Raises NotNow, also for one that was not approved with changes, Recused and NotTheChecker.
    """
    filing = locked(filing)
    require(filing, Act.CONFIRM_CHANGES)
    if not filing.has_changes_listed:
        raise not_now(filing)
    require_checker(filing, checker, on)
    return move(
        filing, Act.CONFIRM_CHANGES, by=by, at=at, told={"changes": (None, filing.returned_for)}
    )


def members_of(organisation: int, on: date) -> dict[int, Person]:
    """Return who sits in the leading group on a day, by key. One statement."""
    seats = Membership.objects.filter(
        holding(on),
        body__organisation=organisation,
        body__kind=Body.Kind.LEADING_GROUP,
    ).select_related("person")
    return {seat.person_id: seat.person for seat in seats}


def _members(organisation: int, on: date) -> list[int]:
    return list(members_of(organisation, on))


def _require_members(members: Collection[int], people: Collection[Person]) -> None:
    for person in people:
        if person.pk not in members:
            raise NotAMember(
                Text(
                    f"{person.name}在会议当天不是领导小组成员。请核对出席和表决名单。",
                    f"{person.name} was no member of the leading group on that day. Check who "
                    "was present and who voted.",
                )
            )


def _decide(
    meeting: Meeting,
    vote: Vote,
    members: frozenset[int],
    present: frozenset[int],
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    filing = locked(vote.filing)
    act = Act(vote.outcome.value)
    require(filing, act)
    seated = Appointment.objects.filter(holding(meeting.held_on), post__unit=filing.unit_id)
    sitting = Sitting(
        members=members,
        present=present,
        recused=recused_among(members, set(seated.values_list("person", flat=True))),
        approving=frozenset(person.pk for person in vote.approving),
    )
    if vote.outcome in _APPROVES:
        _require_quorum(filing, sitting, scheme)
    made = Decision.objects.create(
        meeting=meeting, filing=filing, outcome=vote.outcome, changes=vote.changes
    )
    made.approving.set(sitting.approving - sitting.recused)
    made.recused.set(sitting.recused)
    if act is not Act.APPROVE:
        filing.returned_for = vote.changes
        filing.due_on = due_again(filing, scheme, on)
    filing.has_changes_listed = vote.outcome == Outcome.WITH_CHANGES
    told = {
        "meeting": (None, meeting.held_on.isoformat()),
        "changes": (None, vote.changes),
        "approving": (None, len(sitting.approving - sitting.recused)),
        "recused": (None, len(sitting.recused)),
    }
    move(filing, act, by=by, at=at, told=told)


def _require_quorum(filing: Filing, sitting: Sitting, scheme: Scheme) -> None:
    rule = scheme.resolution
    lacks = shortfall(sitting, present=rule.present.value, approving=rule.approving.value)
    unit = filing.unit.name
    if lacks == "present":
        raise NoQuorum(
            Text(
                f"{unit}的填报不能表决：除回避人员外，出席不足 {rule.present.value:g}%。"
                "请补充出席人员或另行开会。",
                f"No vote on {unit}: without those recused, fewer than {rule.present.value:g} % "
                "were present. Complete the list, or meet again.",
            )
        )
    if lacks:
        raise NoQuorum(
            Text(
                f"{unit}的填报没有通过：赞成的不超过应到的 {rule.approving.value:g}%。"
                "请改为退回，或核对赞成名单。",
                f"{unit} was not approved: no more than {rule.approving.value:g} % of those "
                "entitled were in favour. Send it back, or check who was in favour.",
            )
        )
