"""A report is begun from the records, written, sent, put on record or disclosed (五（五）)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.text import Text
from lianfang.duties.actions.closing import fulfil_duty, locked
from lianfang.duties.actions.report_parts import (
    ReportNotSo,
    Unfinished,
    keep_sending,
    locked_report,
    note,
    recipient_now,
    require_act,
    unfinished,
)
from lianfang.duties.models import Duty, Report, ReportSection
from lianfang.duties.queries.report_facts import records_for
from lianfang.duties.rules.actors import Actors
from lianfang.duties.rules.report_facts import facts_for
from lianfang.duties.rules.reports import (
    COURSES,
    HELD,
    PARTS,
    Act,
    Course,
    State,
    missing_parts,
)
from lianfang.org.actions.changing import require_order, require_version
from lianfang.org.models import Person
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.structure import structure_around
from lianfang.scheme.model import Scheme

_TITLES = {
    Duty.Kind.REPORT: "书面报告",
    Duty.Kind.UNIT_REPORT: "单位报告",
    Duty.Kind.STATEMENT: "会议说明",
    Duty.Kind.DISCLOSURE: "内部公开",
    Duty.Kind.VISIT: "督促检查记录",
}


@transaction.atomic
def start_report(
    *, duty: Duty, scheme: Scheme, on: date, by: AbstractBaseUser | None, at: datetime
) -> Report:
    """Begin the report that a duty asks for, with what is on record; return the one begun before.

    Raises NotOpen, and ReportNotSo for a duty that asks for no words.
    """
    begun = Report.objects.filter(duty=duty).first()
    if begun is None:
        duty = locked(duty)
        # begun by a second click while this one waited
        begun = Report.objects.filter(duty=duty).first()
    if begun is not None:
        return begun
    _require_words(duty)
    report = Report.objects.create(
        organisation_id=duty.organisation_id,
        duty=duty,
        kind=duty.kind,
        unit_id=duty.unit_id,
        post_id=duty.post_id,
        author=_author(duty, by),
        from_on=duty.opens_on,
        until_on=duty.due_on,
        form=duty.form,
        facts_on=on,
    )
    records = records_for(duty, scheme, on)
    ReportSection.objects.bulk_create(
        ReportSection(
            report=report, order=order, code=part.code, facts=facts_for(part.code, records)
        )
        for order, part in enumerate(PARTS[duty.kind])
    )
    told = {"kind": (None, duty.kind), "unit": (None, duty.unit.name)}
    note("started", report, by, at, {**told, "due_on": (None, duty.due_on.isoformat())})
    return report


@transaction.atomic
def write_report(
    *,
    report: Report,
    texts: Mapping[str, str],
    held_on: date | None = None,
    version: int | None = None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Report:
    """Keep what was written in the sections named; what the records say stays as it is.

    Raises ReportNotSo where it was sent, NotOpen where the duty lapsed, and Stale.
    """
    report = _being_written(report)
    require_version(report, version, "报告")
    labels = {part.code: part.label.zh for part in PARTS[report.kind]}
    changed = []
    for section in report.sections.order_by("order"):
        text = texts.get(section.code, section.text)
        if text != section.text:
            section.text = text
            section.save(update_fields=["text"])
            changed.append(labels[section.code])
    told: dict[str, tuple[object, object]] = {}
    if changed:
        told["sections"] = (None, "、".join(changed))
    if held_on != report.held_on:
        told["held_on"] = (_iso(report.held_on), _iso(held_on))
        report.held_on = held_on
    if told:
        _save(report, "held_on")
        note("written", report, by, at, told)
    return report


@transaction.atomic
def renew_facts(
    *, report: Report, scheme: Scheme, on: date, by: AbstractBaseUser | None, at: datetime
) -> Report:
    """Read the records anew; what was written stays. Raises ReportNotSo and NotOpen."""
    report = _being_written(report)
    records = records_for(report.duty, scheme, on)
    for section in report.sections.all():
        section.facts = facts_for(section.code, records)
        section.save(update_fields=["facts"])
    told = {"facts_on": (report.facts_on.isoformat(), on.isoformat())}
    report.facts_on = on
    _save(report, "facts_on")
    note("renewed", report, by, at, told)
    return report


@transaction.atomic
def send_report(
    *,
    report: Report,
    public_from: date | None = None,
    public_until: date | None = None,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Report:
    """Send a report to whoever reads it, put it on record, or disclose it inside the unit.

    The duty is done with it: on the day of the meeting or visit, else on `on`. What was sent is
    kept as it was. Raises ReportNotSo, Unfinished, NotOpen, NotYetDone and WrongDates.
    """
    report = _being_written(report)
    state = require_act(report, Act.SEND)
    texts = dict(report.sections.values_list("code", "text"))
    missing = missing_parts(report.kind, texts)
    if missing:
        raise unfinished(missing)
    report.author = _author(report.duty, by) or report.author
    if COURSES[report.kind] is Course.READ:
        actors = Actors(structure_around(report.organisation_id, on, [report.post_id or 0]))
        scheme = scheme_of(report.organisation, on)
        report.recipient_role, report.recipient_id = recipient_now(actors, scheme, report, on)
    if COURSES[report.kind] is Course.DISCLOSED:
        report.public_from, report.public_until = _public(public_from, public_until, on)
    done_on = _done_on(report, on)
    report.state, report.sent_on = state.value, on
    _save(
        report, "state", "sent_on", "author", "recipient_role", "recipient", "public_from",
        "public_until",
    )  # fmt: skip
    sending = keep_sending(report, by, at)
    note("sent", report, by, at, _told_of(report, sending.digest))
    fulfil_duty(duty=report.duty, done_on=done_on, evidence=_evidence(report), on=on, by=by, at=at)
    return report


def _being_written(report: Report) -> Report:
    """Return a report that may still be changed, locked, and its duty too."""
    report = locked_report(report)
    require_act(report, Act.SEND)
    report.duty = locked(report.duty)
    return report


def _author(duty: Duty, by: AbstractBaseUser | None) -> Person | None:
    """Return whose report it is: the one person who is to act, else whoever does it for a body."""
    if duty.actor_id is not None or by is None:
        return duty.actor
    return Person.objects.filter(login=by.pk).first()


def _public(begin: date | None, end: date | None, on: date) -> tuple[date, date]:
    begin = max(begin or on, on)
    if end is None:
        raise Unfinished(
            Text(
                "没有写明公开到哪一天。请填写公开的截止日期。",
                "It is not said until when this is disclosed. Enter the last day.",
            )
        )
    require_order(begin, end)
    return begin, end


def _done_on(report: Report, on: date) -> date:
    if report.kind not in HELD:
        return on
    if report.held_on is None:
        raise Unfinished(
            Text(
                "没有写明会议或检查是哪一天。请回到“修改”填写日期，然后再提交。",
                "The day of the meeting or visit is missing. Go back to edit, enter it, then "
                "send again.",
            )
        )
    return report.held_on


def _told_of(report: Report, digest: str) -> dict[str, tuple[object, object]]:
    told: dict[str, tuple[object, object]] = {
        "state": (None, report.state),
        "text_digest": (None, digest),
    }
    if report.recipient_role:
        told["recipient_role"] = (None, report.recipient_role)
    if report.recipient is not None:
        told["recipient"] = (None, report.recipient.name)
    if report.public_until is not None:
        told["public_until"] = (None, report.public_until.isoformat())
    return told


def _evidence(report: Report) -> str:
    title = _TITLES[Duty.Kind(report.kind)]
    if report.state == State.PUBLISHED:
        return f"{title}，公开至{report.public_until}"
    return f"{title}，期间{report.from_on}至{report.until_on}"


def _save(report: Report, *names: str) -> None:
    report.version += 1
    report.save(update_fields=[*names, "version"])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _require_words(duty: Duty) -> None:
    if duty.kind not in COURSES:
        raise ReportNotSo(
            Text(
                "这项义务不用写报告。请在义务页面记录履行情况。",
                "This duty asks for no report. Record on its page how it was done.",
            )
        )
