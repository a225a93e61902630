"""Talks are recorded, confirmed by the person or a signed scan, then only added to (五（五）)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from lianfang.audit import actions as audit
from lianfang.common.clock import day_in
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.actions.closing import fulfil_duty, locked
from lianfang.duties.actions.planning import (
    NotTheirTalk,
    Partners,
    locked_talk,
    new_talk,
    record_event,
    require_of_talk,
    require_theirs,
    state_after,
    told_of_duty,
)
from lianfang.duties.models import Duty, Talk, TalkDuty, TalkSupplement
from lianfang.duties.rules.talks import TalkAct, TalkState, is_late, kind_called
from lianfang.files import actions as files
from lianfang.files.rules import Kind
from lianfang.org.models import Person
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.duties import TalkKind

SCANS = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG})
SEALED = ("points", "notes", "commitments")
_KEPT = (
    "second", "starts_at", "minutes", "place", "points", "notes", "commitments",
    "follow_up_on", "late_reason",
)  # fmt: skip


class NotYetHeld(Refused):
    """A talk that is recorded before it was held, or before the period of its duty begins."""


class SecondTalkerMissing(Refused):
    """A talk of a kind that two people hold, and only one is named."""


class LateReasonMissing(Refused):
    """A talk held after the day on which it was due, and nobody says why."""


class FollowUpTooEarly(Refused):
    """A follow-up that is not after the talk."""


class NothingSigned(Refused):
    """A record of a kind that nobody signs is to be confirmed by a scan."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the record of a talk says."""

    starts_at: datetime
    minutes: int
    place: str
    points: Sequence[str]
    notes: str
    commitments: str
    second: Person | None = None
    follow_up_on: date | None = None
    late_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A signed record as it was uploaded."""

    name: str
    chunks: Iterable[bytes]


@transaction.atomic
def record_talk(
    *,
    talk: Talk,
    said: Said,
    duties: Iterable[Duty],
    version: int | None = None,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Talk:
    """Record a planned talk as held, or put a record right that is not confirmed yet.

    The first time it gets its number and satisfies the open duties. A kind that nobody signs is
    confirmed at once. Raises TalkMovedOn, Stale, NotYetHeld, SecondTalkerMissing,
    LateReasonMissing, FollowUpTooEarly, NotTheirTalk, NotOfThisTalk, NotOpen.
    """
    talk = locked_talk(talk, version)
    after = state_after(talk, TalkAct.RECORD)
    # what was satisfied once is not chosen anew
    chosen = list(duties) if talk.state == TalkState.PLANNED else []
    return _recorded(talk, after, said, chosen, scheme, on, by, at)


@transaction.atomic
def record_unplanned(
    *,
    partners: Partners,
    kind: str,
    said: Said,
    duties: Iterable[Duty],
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Talk:
    """Record a talk that was held without being planned here; raises what `record_talk` does."""
    chosen = list(duties)
    talk = new_talk(partners, kind, said.starts_at, chosen, scheme)
    require_theirs(partners, kind_called(scheme, kind), chosen, on)
    return _recorded(talk, TalkState.HELD, said, chosen, scheme, on, by, at)


@transaction.atomic
def confirm_talk(*, talk: Talk, remark: str, by: AbstractBaseUser, at: datetime) -> Talk:
    """Confirm a record as the person talked to; a remark is kept beside it.

    Raises TalkMovedOn, and NotTheirTalk for anybody else.
    """
    talk = locked_talk(talk)
    if talk.person.login_id != by.pk:
        raise NotTheirTalk(
            Text(
                f"这份记录要由谈话对象{talk.person.name}本人确认。",
                f"This record is for {talk.person.name} to confirm.",
            )
        )
    _confirm(talk, by, at)
    record_event(talk, "confirmed", by, at, {"state": ("held", talk.state)})
    if remark:
        _add(talk, remark, by, at)
    return talk


@transaction.atomic
def confirm_by_scan(
    *, talk: Talk, scan: Scan, scheme: Scheme, by: AbstractBaseUser | None, at: datetime
) -> Talk:
    """Confirm a record by the signed paper, uploaded by whoever talked.

    Raises TalkMovedOn, NothingSigned, and what `files.keep` raises.
    """
    talk = locked_talk(talk)
    if not kind_called(scheme, talk.kind).signed:
        raise NothingSigned(
            Text(
                "这一种类的谈话记录不需要签字。",
                "A record of this kind of talk is not signed.",
            )
        )
    _confirm(talk, by, at)
    talk.scan = files.keep(
        chunks=scan.chunks,
        name=scan.name,
        organisation=talk.organisation_id,
        by=by,
        at=at,
        among=SCANS,
    )
    talk.save(update_fields=["scan"])
    told = {"state": ("held", talk.state), "scan": (None, talk.scan.digest)}
    record_event(talk, "confirmed", by, at, told)
    return talk


@transaction.atomic
def add_to_talk(
    *, talk: Talk, text: str, by: AbstractBaseUser | None, at: datetime
) -> TalkSupplement:
    """Add something to a confirmed record, which itself stays. Raises TalkMovedOn."""
    talk = locked_talk(talk)
    state_after(talk, TalkAct.ADD)
    return _add(talk, text, by, at)


def _recorded(
    talk: Talk,
    after: TalkState,
    said: Said,
    duties: list[Duty],
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Talk:
    kind = kind_called(scheme, talk.kind)
    before = {name: _plain(talk, name) for name in _KEPT}
    talk.second = said.second
    duties = [locked(duty) for duty in sorted(duties, key=lambda duty: duty.pk)]
    require_of_talk(talk, duties)
    held_on = day_in(talk.organisation.time_zone, said.starts_at)
    _require_sound(talk, kind, said, held_on, _duties_of(talk, duties), at)
    for name in _KEPT:
        setattr(talk, name, list(said.points) if name == "points" else getattr(said, name))
    is_first = talk.number is None
    if is_first:
        _number(talk, held_on.year)
    talk.state = after
    if not kind.signed:
        talk.state = TalkState.CONFIRMED
        talk.confirmed_at, talk.confirmed_by_id = at, by.pk if by else None
    talk.version += 0 if talk._state.adding else 1
    talk.save()
    _record(talk, before, "recorded" if is_first else "corrected", duties, by, at)
    if is_first:
        _satisfy(talk, duties, held_on, on, by, at)
    return talk


def _require_sound(
    talk: Talk, kind: TalkKind, said: Said, held_on: date, duties: list[Duty], at: datetime
) -> None:
    if talk.second_id in (talk.person_id, talk.talker_id):
        raise NotTheirTalk(
            Text(
                "第二谈话人不能是谈话对象或谈话人本人。请另选一人。",
                "The second talker can be neither the person talked to nor the first talker. "
                "Choose somebody else.",
            )
        )
    if kind.talkers.value > len(talk.talkers):
        raise SecondTalkerMissing(
            Text(
                f"{kind.label.zh}须两人在场。请填写第二谈话人。",
                "Two people hold a talk of this kind. Name the second one.",
            )
        )
    _require_held(said, held_on, duties, at)
    due = [duty.due_on for duty in duties]
    if is_late(due, held_on) and not said.late_reason:
        raise LateReasonMissing(
            Text(
                f"谈话应在 {min(due)} 前进行，已经逾期。请填写逾期原因。",
                f"The talk was due by {min(due)}. Say why it was late.",
            )
        )
    if said.follow_up_on is not None and said.follow_up_on <= held_on:
        raise FollowUpTooEarly(
            Text(
                f"后续谈话的日期要在这次谈话（{held_on}）之后。请改正日期。",
                f"The follow-up must come after this talk ({held_on}). Change its day.",
            )
        )


def _require_held(said: Said, held_on: date, duties: list[Duty], at: datetime) -> None:
    if said.starts_at > at:
        raise NotYetHeld(
            Text(
                "谈话时间还没有到。请在谈话之后记录，或改正时间。",
                "The talk is still to come. Record it afterwards, or correct the time.",
            )
        )
    early = next((duty for duty in duties if held_on < duty.opens_on), None)
    if early is not None:
        raise NotYetHeld(
            Text(
                f"义务“{told_of_duty(early)}”从 {early.opens_on} 起算，这次谈话在此之前。"
                "请取消选择。",
                f"The duty “{told_of_duty(early)}” counts from {early.opens_on}, and this talk was "
                "before that. Leave it out.",
            )
        )


def _duties_of(talk: Talk, chosen: list[Duty]) -> list[Duty]:
    """Return the duties a talk answers for: those chosen now, or those it has satisfied."""
    if chosen or talk.number is None:
        return chosen
    return list(Duty.objects.filter(by_talks__talk=talk))


def _number(talk: Talk, year: int) -> None:
    audit.take_turn()
    rows = Talk.objects.filter(organisation=talk.organisation_id, year=year)
    talk.year, talk.number = year, (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _satisfy(
    talk: Talk,
    duties: list[Duty],
    held_on: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    TalkDuty.objects.filter(talk=talk).exclude(duty__in=duties).delete()
    TalkDuty.objects.bulk_create(
        [TalkDuty(talk=talk, duty=duty) for duty in duties], ignore_conflicts=True
    )
    for duty in duties:
        fulfil_duty(duty=duty, done_on=held_on, evidence=talk.mark, on=on, by=by, at=at)


def _record(
    talk: Talk,
    before: dict[str, object],
    what: str,
    duties: list[Duty],
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    changed = {
        name: (before[name], after)
        for name in _KEPT
        if (after := _plain(talk, name)) != before[name]
    }
    open_ = {name: pair for name, pair in changed.items() if name not in SEALED}
    if what == "recorded":
        open_["number"] = (None, talk.mark)
        open_["duties"] = (None, [told_of_duty(duty) for duty in duties])
    sealed = {name: pair for name, pair in changed.items() if name in SEALED}
    record_event(talk, what, by, at, open_, sealed)


def _plain(talk: Talk, name: str) -> object:
    value = getattr(talk, name)
    if isinstance(value, Person):
        return value.name
    return value.isoformat() if isinstance(value, date) else value


def _confirm(talk: Talk, by: AbstractBaseUser | None, at: datetime) -> None:
    talk.state = state_after(talk, TalkAct.CONFIRM)
    talk.confirmed_at, talk.confirmed_by_id = at, by.pk if by else None
    talk.version += 1
    talk.save(update_fields=["state", "confirmed_at", "confirmed_by", "version"])


def _add(talk: Talk, text: str, by: AbstractBaseUser | None, at: datetime) -> TalkSupplement:
    added = TalkSupplement(talk=talk, text=text, said_by_id=by.pk if by else None, said_at=at)
    added.save(force_insert=True)
    record_event(talk, "supplemented", by, at, {}, {"text": (None, text)})
    return added
