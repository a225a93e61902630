"""Visits are recorded, then confirmed: with a number, for good, and the duty is done (五（五）)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from django.utils.translation import override

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.actions.closing import fulfil_duty, locked
from lianfang.duties.models import Duty, MeasureInForce
from lianfang.inspections.actions.recusing import require_inspectors
from lianfang.inspections.models import Finding, Record, RecordLine
from lianfang.inspections.queries.records import drawn_inspectors
from lianfang.inspections.rules.records import are_others, unanswered
from lianfang.org.actions.changing import require_version
from lianfang.org.models import Organisation, Person, Post

SEALED = ("remark", "answers", "findings")


class RecordConfirmed(Refused):
    """A record that was confirmed, after which nothing changes."""


class NotAnInspection(Refused):
    """A duty that asks for no visit."""


class NotYetVisited(Refused):
    """A visit before its duty begins, or in the future."""


class ChangedWithoutReason(Refused):
    """Others inspect than those who were drawn, and nobody says why."""


class RecordIncomplete(Refused):
    """A record with measures nobody looked at, or without words on one that is not in place."""


class FindingUnclear(Refused):
    """A finding with a day before the visit, or with a post of another unit."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """How a measure was found: `answer` may be empty until the record is confirmed."""

    measure: MeasureInForce
    answer: str
    seen: str = ""
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is to be put right by a day; without a post the head of the unit answers for it."""

    what: str
    due_on: date
    measure: MeasureInForce | None = None
    post: Post | None = None


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a record says."""

    held_on: date
    inspectors: Sequence[Person]
    remark: str = ""
    changed_reason: str = ""
    answers: Sequence[Answered] = ()
    findings: Sequence[Found] = ()


@transaction.atomic
def write_record(
    *,
    duty: Duty,
    written: Written,
    version: int | None = None,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Record:
    """Write the record of a visit, or write it anew until it is confirmed.

    Raises NotOpen, NotAnInspection, RecordConfirmed, NotYetVisited, ChangedWithoutReason, Recused,
    FindingUnclear and Stale.
    """
    duty = locked(duty)
    record = _record_of(duty, version)
    _require_sound(duty, written, on)
    require_inspectors(duty, written.inspectors, on=on, by=by)
    is_new = record.pk is None
    record.held_on, record.remark = written.held_on, written.remark
    record.changed_reason = written.changed_reason
    record.version += 0 if is_new else 1
    record.save()
    record.inspectors.set(written.inspectors)
    _write_parts(record, written)
    audit.record(
        at=at,
        by=by,
        action=f"inspections.record.{'started' if is_new else 'written'}",
        subject=record,
        organisation=record.organisation_id,
        changes={
            "held_on": (None, written.held_on.isoformat()),
            "inspectors": (None, [one.name for one in written.inspectors]),
            **_reason(written),
        },
        sealed=_sealed(written),
        rule=duty.clause,
    )
    return record


@transaction.atomic
def confirm_record(
    *, record: Record, on: date, by: AbstractBaseUser | None, at: datetime
) -> Record:
    """Confirm a record: it gets its number, the duty is done, what was found is to be put right.

    Raises NotOpen, RecordConfirmed, RecordIncomplete, NotYetVisited and Recused.
    """
    Organisation.objects.select_for_update().get(pk=record.organisation_id)
    record = Record.objects.select_for_update(of=("self",)).get(pk=record.pk)
    _require_draft(record)
    duty = locked(record.duty)
    inspectors = list(record.inspectors.order_by("code"))
    require_inspectors(duty, inspectors, on=on, by=by)
    _require_whole(list(record.lines.select_related("measure").order_by("place")))
    _number(record)
    record.state = Record.State.CONFIRMED
    record.confirmed_at, record.confirmed_by_id = at, by.pk if by else None
    record.version += 1
    record.save()
    audit.record(
        at=at,
        by=by,
        action="inspections.record.confirmed",
        subject=record,
        organisation=record.organisation_id,
        changes={
            "number": (None, record.mark),
            "inspectors": (None, [one.name for one in inspectors]),
            "found": (None, record.findings.count()),
        },
        rule=duty.clause,
    )
    fulfil_duty(duty=duty, done_on=record.held_on, evidence=record.mark, on=on, by=by, at=at)
    return record


def _record_of(duty: Duty, version: int | None) -> Record:
    if duty.kind != Duty.Kind.INSPECTION or duty.person_id is None or duty.post_id is None:
        raise NotAnInspection(
            Text(
                "这项义务不是监督检查，没有检查记录。",
                "This duty is no inspection, so there is no record of a visit.",
            )
        )
    found = Record.objects.select_for_update(of=("self",)).filter(duty=duty).first()
    if found is None:
        return Record(
            organisation_id=duty.organisation_id,
            duty=duty,
            person_id=duty.person_id,
            post_id=duty.post_id,
            unit_id=duty.unit_id,
        )
    _require_draft(found)
    require_version(found, version, "检查记录")
    return found


def _write_parts(record: Record, written: Written) -> None:
    record.lines.all().delete()
    record.findings.all().delete()
    RecordLine.objects.bulk_create(
        RecordLine(
            record=record,
            measure=one.measure,
            place=place,
            answer=one.answer,
            seen=one.seen,
            remark=one.remark,
        )
        for place, one in enumerate(written.answers, 1)
    )
    Finding.objects.bulk_create(
        Finding(
            record=record,
            place=place,
            what=one.what,
            measure=one.measure,
            unit_id=record.unit_id,
            post=one.post,
            due_on=one.due_on,
        )
        for place, one in enumerate(written.findings, 1)
    )


def _sealed(written: Written) -> dict[str, tuple[object, object]]:
    """Return what the log keeps of the content, each part to be erased alone."""
    with override("zh-hans"):
        answers = [_answered(one) for one in written.answers]
    findings = [f"{one.what} {one.due_on}" for one in written.findings]
    told: dict[str, tuple[object, object]] = {
        "remark": (None, written.remark),
        "answers": (None, answers),
        "findings": (None, findings),
    }
    return {name: pair for name, pair in told.items() if pair[1]}


def _answered(one: Answered) -> str:
    answer = str(RecordLine.Answer(one.answer).label) if one.answer else ""
    return f"{one.measure.code} {answer} {one.remark}".strip()


def _reason(written: Written) -> dict[str, tuple[object, object]]:
    return {"changed_reason": (None, written.changed_reason)} if written.changed_reason else {}


def _number(record: Record) -> None:
    audit.take_turn()
    year = record.held_on.year
    rows = Record.objects.filter(organisation=record.organisation_id, year=year)
    record.year, record.number = year, (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _require_draft(record: Record) -> None:
    if record.state != Record.State.DRAFT:
        raise RecordConfirmed(
            Text(
                f"检查记录 {record.mark} 已经确认，不能再改。",
                f"The record {record.mark} is confirmed and stays as it is.",
            )
        )


def _require_sound(duty: Duty, written: Written, on: date) -> None:
    if not duty.opens_on <= written.held_on <= on:
        raise NotYetVisited(
            Text(
                f"检查日期 {written.held_on} 应在 {duty.opens_on} 至今天（{on}）之间。",
                f"The day of the visit, {written.held_on}, must lie between {duty.opens_on} and "
                f"today, {on}.",
            )
        )
    inspected = [one.pk for one in written.inspectors]
    if are_others(inspected, drawn_inspectors(duty)) and not written.changed_reason:
        raise ChangedWithoutReason(
            Text(
                "检查人员与抽取的不同。请写明更换的理由。",
                "Others inspect than those who were drawn. Say why.",
            )
        )
    for one in written.findings:
        _require_clear(duty, one, written.held_on)


def _require_clear(duty: Duty, found: Found, held_on: date) -> None:
    if found.due_on < held_on:
        raise FindingUnclear(
            Text(
                f"问题“{found.what}”的整改期限 {found.due_on} 早于检查日期 {held_on}。请改正。",
                f"“{found.what}” is to be put right by {found.due_on}, before the visit of "
                f"{held_on}. Correct the day.",
            )
        )
    if found.post is not None and found.post.unit_id != duty.unit_id:
        raise FindingUnclear(
            Text(
                f"责任岗位“{found.post.name}”不属于被检查单位。请另选，或不选由单位负责人负责。",
                f"The post {found.post.name} is of another unit. Choose another one, or none: then "
                "the head of the unit answers for it.",
            )
        )


def _require_whole(lines: Sequence[RecordLine]) -> None:
    left = unanswered(line.answer for line in lines)
    if left:
        raise RecordIncomplete(
            Text(
                f"还有 {left} 条措施没有填写是否落实。请逐条填写后再确认。",
                f"{left} measures have no answer yet. Answer each, then confirm.",
            )
        )
    bad = (RecordLine.Answer.PARTLY, RecordLine.Answer.NO)
    silent = next((line for line in lines if line.answer in bad and not line.remark), None)
    if silent is not None:
        raise RecordIncomplete(
            Text(
                f"措施 {silent.measure.code} 没有完全落实，请写明情况。",
                f"The measure {silent.measure.code} is not all in place; say in words how it is.",
            )
        )
