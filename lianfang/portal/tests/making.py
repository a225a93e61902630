"""Keys and sealed reports for tests, made as a browser makes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.portal.access import setup_of
from lianfang.portal.actions.keys import enrol_key
from lianfang.portal.actions.receiving import add_message, receive_report
from lianfang.portal.models import Envelope, OfficerKey, SealedMessage, SealedReport
from lianfang.portal.queries.keys import recipients_of
from lianfang.sealing import envelopes, filing, keys, parts, receipts

READER, WITNESS = OfficerKey.Kind.READER, OfficerKey.Kind.WITNESS
PASSPHRASE = "一句只有自己知道的话"
BODY: dict[str, Any] = {"format": 1, "answers": {"what": "收受土特产两盒"}}
IDENTITY = {"name": "王某某", "contact": "010-1234"}
_CHEAP = {"operations": keys.LEAST_OPERATIONS, "memory": keys.LEAST_MEMORY}


@dataclass(frozen=True, kw_only=True)
class Holder:
    """An officer's key as it stands in the database, and what only their browser has."""

    key: OfficerKey
    pair: envelopes.Pair


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A report that arrived, and what its sender has of it."""

    report: SealedReport
    receipt: str
    derived: receipts.Derived
    sealed: filing.SealedReport = field(repr=False)


def wrapped_key(pair: envelopes.Pair, passphrase: str = PASSPHRASE) -> keys.Wrapped:
    """Return a private key wrapped as cheaply as is allowed."""
    return keys.wrap(pair, passphrase, **_CHEAP)


def holder(cast: Cast, part: str = "officer", kind: OfficerKey.Kind = READER) -> Holder:
    """Let a part enrol a key."""
    pair = envelopes.new_pair()
    key = enrol_key(
        organisation=cast.organisation,
        person=cast.people[part],
        kind=kind,
        public_key=pair.public,
        wrapped=wrapped_key(pair),
        on=ON,
        by=cast.logins[part],
        at=AT,
    )
    return Holder(key=key, pair=pair)


def sent(
    cast: Cast,
    *,
    body: dict[str, Any] | None = None,
    identity: dict[str, Any] | None = None,
    files: Sequence[filing.PlainFile] = (),
    receipt: str | None = None,
    on: date = ON,
    at: datetime = AT,
) -> Sent:
    """Send a report to every key in use."""
    receipt = receipt or receipts.new_receipt()
    derived = derive(cast, receipt)
    to = recipients_of(cast.organisation, on)
    sealed = filing.seal_report(
        report=uuid4(),
        body=body or BODY,
        readers=to.readers,
        files=files,
        identity=identity,
        witnesses=to.witnesses,
    )
    report = receive_report(
        organisation=cast.organisation,
        sealed=sealed,
        token=derived.token,
        sender_key=derived.pair.public,
        sealed_in=SealedReport.SealedIn.BROWSER,
        on=on,
        by=None,
        at=at,
    )
    return Sent(report=report, receipt=receipt, derived=derived, sealed=sealed)


def derive(cast: Cast, receipt: str) -> receipts.Derived:
    """Return what follows from a receipt of the organisation."""
    return receipts.derive(receipt, bytes(setup_of(cast.organisation).salt))


def added(one: Sent, text: str = "补充一点", on: date = ON) -> SealedMessage:
    """Let the sender add to a report."""
    sealed = filing.seal_further(
        report=one.report.pk,
        letter=uuid4(),
        letters_key=bytes(one.report.letters_key),
        content={"text": text},
    )
    return add_message(report=one.report, sealed=sealed, on=on, by=None, at=AT)


def answer(report: SealedReport, text: str = "请问是哪一周？") -> filing.SealedLetter:
    """Return an answer of the office, sealed."""
    return filing.seal_further(
        report=report.pk,
        letter=uuid4(),
        letters_key=bytes(report.letters_key),
        content={"text": text},
        sender=bytes(report.sender_key),
    )


def key_of(report: SealedReport, holder_: Holder, kind: str = filing.CONTENT) -> bytes:
    """Return what an envelope of a report holds for somebody. Raises CannotOpen."""
    envelope = Envelope.objects.get(report=report, key=holder_.key, kind=kind)
    return envelopes.open_key(bytes(envelope.sealed), holder_.pair)


def opened(report: SealedReport, holder_: Holder) -> dict[str, Any]:
    """Return the body of a report as somebody reads it. Raises CannotOpen."""
    key, body = key_of(report, holder_), bytes(SealedReport.objects.get(pk=report.pk).body)
    return parts.read(parts.open_part(body, key=key, report=report.pk, name=parts.BODY))


def resealed(reports: Sequence[SealedReport], by: Holder, to: Holder) -> dict[UUID, bytes]:
    """Return envelopes for somebody's key, made by somebody who opens these reports."""
    return {report.pk: envelopes.seal_key(key_of(report, by), to.pair.public) for report in reports}
