"""Talks are planned, one or several one after another, and cancelled with a reason (五（五）)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused, Stale
from lianfang.common.text import Text
from lianfang.duties.models import Duty, Talk, TalkDuty
from lianfang.duties.rules.talks import (
    TalkAct,
    TalkState,
    capacities,
    is_routine,
    kind_called,
    kind_for,
    may_hold,
    slots,
    talk_after,
)
from lianfang.org.models import Person, Post
from lianfang.org.queries.structure import structure_around
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.duties import TalkKind


class TalkMovedOn(Refused):
    """A talk whose state does not allow the act."""


class NotTheirTalk(Refused):
    """Somebody would hold a talk that is not theirs to hold, or with themself."""


class NotOfThisTalk(Refused):
    """A duty that a talk can't satisfy."""


class NothingToPlan(Refused):
    """No duty was chosen for which a talk could be planned."""


@dataclass(frozen=True, kw_only=True)
class Partners:
    """Who talks with whom: the person in view of a post, the talker, perhaps a second one."""

    person: Person
    post: Post
    talker: Person
    second: Person | None = None


@transaction.atomic
def plan_talk(
    *,
    partners: Partners,
    kind: str,
    starts_at: datetime,
    place: str,
    duties: Iterable[Duty] = (),
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Talk:
    """Plan a talk. Raises NotTheirTalk, and NotOfThisTalk for a duty of somebody else."""
    chosen = list(duties)
    talk = new_talk(partners, kind, starts_at, chosen, scheme)
    talk.place = place
    require_of_talk(talk, chosen)
    require_theirs(partners, kind_called(scheme, kind), chosen, on)
    talk.save(force_insert=True)
    TalkDuty.objects.bulk_create([TalkDuty(talk=talk, duty=duty) for duty in chosen])
    record_event(
        talk,
        "planned",
        by,
        at,
        {
            "kind": (None, kind_called(scheme, kind).label.zh),
            "talker": (None, partners.talker.name),
            "second": (None, partners.second.name if partners.second else ""),
            "starts_at": (None, starts_at.isoformat()),
            "place": (None, place),
            "duties": (None, [told_of_duty(duty) for duty in chosen]),
        },
    )
    return talk


@transaction.atomic
def plan_talks(
    *,
    duties: Sequence[Duty],
    talker: Person,
    starts_at: datetime,
    minutes: int,
    place: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    second: Person | None = None,
) -> list[Talk]:
    """Plan talks one after another, `minutes` apart, one with each person and post.

    `second` sits in all of them, but for one with themself. Duties about the same person and post
    become one talk. Raises NothingToPlan, NotOfThisTalk.
    """
    grouped: dict[tuple[int | None, int | None], list[Duty]] = {}
    for duty in duties:
        grouped.setdefault((duty.person_id, duty.post_id), []).append(duty)
    if not grouped:
        raise NothingToPlan(
            Text(
                "没有选择谈话对象。请至少选择一项待谈的义务。",
                "Nobody was chosen to talk with. Choose at least one duty.",
            )
        )
    moments = slots(starts_at, minutes, len(grouped))
    return [
        plan_talk(
            partners=_with(partners_of(together[0], talker), second),
            kind=kind_for(scheme, together[0].rule),
            starts_at=moment,
            place=place,
            duties=together,
            scheme=scheme,
            on=on,
            by=by,
            at=at,
        )
        for moment, together in zip(moments, grouped.values(), strict=True)
    ]


def _with(partners: Partners, second: Person | None) -> Partners:
    return partners if second == partners.person else replace(partners, second=second)


@transaction.atomic
def cancel_talk(*, talk: Talk, reason: str, by: AbstractBaseUser | None, at: datetime) -> Talk:
    """Cancel a planned talk for a reason that stays on it. Raises TalkMovedOn."""
    talk = locked_talk(talk)
    talk.state = state_after(talk, TalkAct.CANCEL)
    talk.cancelled_reason = reason
    talk.version += 1
    talk.save(update_fields=["state", "cancelled_reason", "version"])
    record_event(talk, "cancelled", by, at, {"cancelled_reason": (None, reason)})
    return talk


def partners_of(duty: Duty, talker: Person) -> Partners:
    """Return who talks with whom for a duty. Raises NotOfThisTalk for one about nobody."""
    if duty.person is None or duty.post is None:
        raise _not_of_this(duty)
    return Partners(person=duty.person, post=duty.post, talker=talker)


def new_talk(
    partners: Partners, kind: str, starts_at: datetime, duties: Sequence[Duty], scheme: Scheme
) -> Talk:
    """Return a talk that is not stored yet, under the scheme as it is now.

    Its clause is that of the duty it is held for, else that of its kind; so it is for what an
    alert asks for, since the person reads it before the talk.
    """
    return Talk(
        organisation_id=partners.person.organisation_id,
        kind=kind,
        scheme_version=str(scheme.version),
        clause=_clause_of(kind, duties, scheme),
        is_routine=is_routine(scheme, kind),
        person=partners.person,
        post=partners.post,
        unit_id=partners.post.unit_id,
        talker=partners.talker,
        second=partners.second,
        starts_at=starts_at,
    )


def _clause_of(kind: str, duties: Sequence[Duty], scheme: Scheme) -> str:
    told = [duty.clause for duty in duties if duty.origin != Duty.Origin.ALERT]
    return told[0] if told else kind_called(scheme, kind).clause.section


def require_theirs(partners: Partners, kind: TalkKind, duties: Iterable[Duty], on: date) -> None:
    """Raise NotTheirTalk unless the talker may hold that kind with the person.

    Whoever owes the talk may; else those in the chain of the post and in offices that the scheme
    names. Five statements where no duty says so.
    """
    person, post, talker = partners.person, partners.post, partners.talker
    who = {person.pk, talker.pk, partners.second.pk if partners.second else None}
    if len(who) < 3 and (partners.second is not None or person.pk == talker.pk):
        raise NotTheirTalk(
            Text(
                "谈话对象、谈话人和第二谈话人必须是不同的人。请重新选择。",
                "The person talked to and those who talk must be different people. Choose again.",
            )
        )
    if any(duty.actor_id == talker.pk for duty in duties):
        return
    structure = structure_around(person.organisation_id, on, [post.pk])
    if not may_hold(kind, capacities(structure, talker.pk, person.pk, post.pk)):
        raise NotTheirTalk(
            Text(
                f"按方案，{kind.label.zh}不由您与{person.name}进行。"
                "请改选谈话种类，或请防控责任人办理。",
                f"By the scheme a talk of this kind ({kind.label.en}) with {person.name} is not "
                "yours to hold. Choose another kind, or ask the control owner.",
            )
        )


def require_of_talk(talk: Talk, duties: Iterable[Duty]) -> None:
    """Raise NotOfThisTalk for a duty that is no talk with this person by one of its talkers."""
    for duty in duties:
        is_talk = duty.kind == Duty.Kind.TALK and duty.person_id == talk.person_id
        if not is_talk or duty.actor_id not in talk.talkers:
            raise _not_of_this(duty)


def locked_talk(talk: Talk, version: int | None = None) -> Talk:
    """Return a talk, locked until the transaction ends. Raises Stale for another version."""
    rows = Talk.objects.select_for_update(of=("self",))
    found = rows.select_related("organisation", "person", "post", "unit", "talker", "second").get(
        pk=talk.pk
    )
    if version is not None and found.version != version:
        raise Stale(
            Text(
                "您打开之后，这份谈话记录已被别人修改。请核对后再保存。",
                "Somebody else changed this record since you opened it. Compare, then save again.",
            ),
            found.version,
        )
    return found


def state_after(talk: Talk, act: TalkAct) -> TalkState:
    """Return the state a talk comes to. Raises TalkMovedOn."""
    after = talk_after(talk.state, act)
    if after is None:
        raise TalkMovedOn(
            Text(
                "这次谈话的状态已经变化，这一步不能做。请刷新页面看现在该做什么。",
                "This talk has moved on, so this can't be done. Reload the page to see what comes "
                "next.",
            )
        )
    return after


def told_of_duty(duty: Duty) -> str:
    """Return how the log and refusals name a duty to talk: with whom, by when."""
    name = duty.person.name if duty.person else ""
    return f"{name} {duty.clause} {duty.due_on}"


def record_event(
    talk: Talk,
    what: str,
    by: AbstractBaseUser | None,
    at: datetime,
    changes: audit.Changes,
    sealed: audit.Changes | None = None,
) -> None:
    """Append what was done to a talk to the log; what is `sealed` can be erased alone."""
    audit.record(
        at=at,
        by=by,
        action=f"duties.talk.{what}",
        subject=talk,
        organisation=talk.organisation_id,
        changes=changes,
        sealed=sealed,
        rule=talk.clause,
    )


def _not_of_this(duty: Duty) -> NotOfThisTalk:
    return NotOfThisTalk(
        Text(
            f"“{told_of_duty(duty)}”不是谈话人与这位谈话对象的谈话义务，不能由这次谈话履行。"
            "请取消选择。",
            f"The duty “{told_of_duty(duty)}” is no talk of these people, so this talk can't "
            "satisfy it. Leave it out.",
        )
    )
