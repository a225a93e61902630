"""Keys of officers and the envelopes sealed to them.

Enrolled, ended, put under another passphrase; given and taken, report by report. The server sees
public keys and what is wrapped or sealed, never a secret one. 五（六）1.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Body, Membership, Organisation, Person, holding
from lianfang.portal import mixing
from lianfang.portal.actions.setup import CLAUSE, ensure_setup
from lianfang.portal.models import Envelope, OfficerKey, SealedReport
from lianfang.sealing import keys as wrapping
from lianfang.sealing.envelopes import SEALED_KEY
from lianfang.sealing.keys import Wrapped
from lianfang.sealing.parts import KEY

_BODIES = {
    OfficerKey.Kind.READER: [Body.Kind.DISCIPLINE_OFFICE],
    OfficerKey.Kind.WITNESS: [Body.Kind.DISCIPLINE_OFFICE, Body.Kind.DISCIPLINE_OVERSIGHT],
}


class NotTheirs(Refused):
    """A key for somebody who may have none of that kind."""


class HasKey(Refused):
    """A second key in use for one person, or a key that is known already."""


class BadKey(Refused):
    """Bytes that are no key or no envelope, or a key that was ended."""


@transaction.atomic
def enrol_key(
    *,
    organisation: Organisation,
    person: Person,
    kind: OfficerKey.Kind,
    public_key: bytes,
    wrapped: Wrapped,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> OfficerKey:
    """Take the key that a person's browser made; reports are sealed to it from now on.

    Raises NotTheirs for somebody outside the office (and, for a witness, the body that oversees
    it), BadKey, HasKey where the person has a key in use.
    """
    _require_body(person, kind, on)
    _require_whole(public_key, wrapped)
    ensure_setup(organisation=organisation, by=by, at=at)
    try:
        with transaction.atomic():
            key = OfficerKey.objects.create(
                organisation=organisation,
                person=person,
                kind=kind,
                public_key=public_key,
                wrapped=wrapped.sealed,
                salt=wrapped.salt,
                operations=wrapped.operations,
                memory=wrapped.memory,
                made_on=on,
            )
    except IntegrityError as error:
        raise HasKey(
            Text(
                "此人已有一把在用的密钥。先停用它，再建立新的。",
                "This person has a key in use. End it first, then make a new one.",
            )
        ) from error
    audit.record(
        at=at,
        by=by,
        action="portal.key.enrolled",
        subject=key,
        organisation=organisation.pk,
        changes={
            "kind": (None, str(kind)),
            "person": (None, person.pk),
            "public_key": (None, public_key.hex()),
        },
        rule=CLAUSE,
    )
    return key


@transaction.atomic
def rewrap_key(
    *, key: OfficerKey, wrapped: Wrapped, by: AbstractBaseUser | None, at: datetime
) -> OfficerKey:
    """Keep a key under another passphrase. Raises BadKey for one that was ended."""
    key = _locked(key)
    _require_whole(bytes(key.public_key), wrapped)
    key.wrapped, key.salt = wrapped.sealed, wrapped.salt
    key.operations, key.memory = wrapped.operations, wrapped.memory
    key.save(update_fields=["wrapped", "salt", "operations", "memory"])
    _record_key("portal.key.rewrapped", key, by, at)
    return key


@transaction.atomic
def end_key(
    *, key: OfficerKey, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> OfficerKey:
    """End a key: nothing is sealed to it any more, and its envelopes are emptied.

    Reports it opened have to be sealed to a new key by another reader, or before by the same one.
    Raises BadKey where it was ended already.
    """
    key = _locked(key)
    key.ended_on, key.end_reason = on, reason
    key.save(update_fields=["ended_on", "end_reason"])
    emptied = Envelope.objects.filter(key=key, withdrawn_on=None)
    count = emptied.update(sealed=b"")
    _record_key("portal.key.ended", key, by, at, reason=(None, reason), envelopes=(count, 0))
    return key


@transaction.atomic
def add_envelopes(
    *,
    key: OfficerKey,
    envelopes: Mapping[UUID, bytes],
    kind: Envelope.Kind = Envelope.Kind.CONTENT,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Give an officer what another sealed to their key: report -> envelope. Returns how many.

    An officer who is recused from a report gets none of it, and one that is there already stays.
    Raises BadKey for a key that was ended, the wrong kind of key, or bytes that are no envelope.
    """
    key = _locked(key)
    reader = key.kind == OfficerKey.Kind.READER
    # a witness may consent: the half of the identity goes to a reader as well
    if not reader and kind != Envelope.Kind.IDENTITY_B:
        raise BadKey(_NO_KEY)
    if any(len(sealed) != SEALED_KEY for sealed in envelopes.values()):
        raise BadKey(_NO_KEY)
    reports = SealedReport.objects.filter(organisation=key.organisation_id, destroyed_on=None)
    known = set(reports.filter(pk__in=envelopes).values_list("pk", flat=True))
    recused = Envelope.objects.filter(
        report__in=known, key__person=key.person_id, withdrawn_on__isnull=False
    )
    there = Envelope.objects.filter(report__in=known, key=key, kind=kind)
    left_out = {*recused.values_list("report", flat=True), *there.values_list("report", flat=True)}
    made = [
        Envelope(report_id=report, key=key, kind=kind, sealed=envelopes[report])
        for report in sorted(known - left_out)
    ]
    mixing.add(made)
    if made:
        told: dict[str, tuple[object, object]] = {"kind": (None, str(kind))}
        audit.record_bulk(
            at=at,
            by=by,
            action="portal.envelopes.added",
            subject=key,
            organisation=key.organisation_id,
            rows=[audit.RowOfBulk(subject=one, changes=told) for one in made],
            rule=CLAUSE,
        )
    return len(made)


@transaction.atomic
def withdraw_envelopes(
    *,
    report: SealedReport,
    person: Person,
    reason: str,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Recuse an officer from a report: every envelope of theirs is emptied, and none is added.

    Where a key of theirs had none, one without content says that they are recused. Returns how
    many were emptied.
    """
    report = SealedReport.objects.select_for_update().get(pk=report.pk)
    theirs = Envelope.objects.filter(report=report, key__person=person, withdrawn_on=None)
    emptied = theirs.update(sealed=b"", withdrawn_on=on)
    without = OfficerKey.objects.filter(person=person, ended_on=None).exclude(
        pk__in=Envelope.objects.filter(report=report, key__person=person).values("key")
    )
    marks = [
        Envelope(report=report, key=key, kind=Envelope.Kind.CONTENT, sealed=b"", withdrawn_on=on)
        for key in without
    ]
    mixing.add(marks)
    audit.record(
        at=at,
        by=by,
        action="portal.envelopes.withdrawn",
        subject=report,
        organisation=report.organisation_id,
        changes={"person": (person.pk, None)},
        sealed={"reason": (None, reason)},
        rule=CLAUSE,
    )
    return emptied


_NO_KEY = Text("这不是可用的密钥或信封。", "This is no key or envelope that can be used.")
_ENDED = Text("这把密钥已经停用。", "This key was ended.")


def _locked(key: OfficerKey) -> OfficerKey:
    key = OfficerKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if key.ended_on is not None:
        raise BadKey(_ENDED)
    return key


def _require_body(person: Person, kind: OfficerKey.Kind, on: date) -> None:
    seats = Membership.objects.filter(
        holding(on),
        person=person,
        body__organisation=person.organisation_id,
        body__kind__in=_BODIES[kind],
        body__retired_on=None,
    )
    if not seats.exists():
        raise NotTheirs(
            Text(
                "只有纪检监察室的成员可以持有密钥；见证人还可以是监督机构的成员。",
                "Only members of the discipline office hold keys; a witness may also be of the "
                "body that oversees it.",
            )
        )


def _require_whole(public_key: bytes, wrapped: Wrapped) -> None:
    if (
        len(public_key) != KEY
        or len(wrapped.sealed) != wrapping.WRAPPED
        or len(wrapped.salt) != wrapping.SALT
        or not wrapping.LEAST_OPERATIONS <= wrapped.operations <= wrapping.MOST_OPERATIONS
        or not wrapping.LEAST_MEMORY <= wrapped.memory <= wrapping.MOST_MEMORY
    ):
        raise BadKey(_NO_KEY)


def _record_key(
    action: str,
    key: OfficerKey,
    by: AbstractBaseUser | None,
    at: datetime,
    **changes: tuple[object, object],
) -> None:
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=key,
        organisation=key.organisation_id,
        changes=changes,
        rule=CLAUSE,
    )
