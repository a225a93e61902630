"""What arrives from a sender: a report, and letters that follow it.

Nothing is logged but, the day after, the root over everything of the day (`actions.days`). Sent
again, with the receipt or the identifier of before, it is answered as before and stored once.
五（六）1.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation
from lianfang.portal import mixing
from lianfang.portal.models import (
    Envelope,
    OfficerKey,
    SealedFile,
    SealedMessage,
    SealedReport,
)
from lianfang.portal.pepper import lookup_of
from lianfang.portal.queries.keys import keys_in_use
from lianfang.portal.rules import limits
from lianfang.sealing import digests, filing, letters, parts
from lianfang.sealing.envelopes import SEALED_KEY
from lianfang.sealing.padding import SMALLEST
from lianfang.sealing.receipts import TOKEN

_OF_KIND = {
    filing.CONTENT: OfficerKey.Kind.READER,
    filing.IDENTITY_A: OfficerKey.Kind.READER,
    filing.IDENTITY_B: OfficerKey.Kind.WITNESS,
}


class NobodyReads(Refused):
    """A report that no officer could open."""


class NotSealed(Refused):
    """Bytes that are no sealed report or letter."""


class Taken(Refused):
    """An identifier that belongs to another report or letter."""


class TooMany(Refused):
    """More letters than a report may get on a day."""


def receive_report(
    *,
    organisation: Organisation,
    sealed: filing.SealedReport,
    token: bytes,
    sender_key: bytes,
    sealed_in: SealedReport.SealedIn,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> SealedReport:
    """Store a report under what follows from its receipt; the same receipt again is the same one.

    `token` is what a receipt gives to find it by. `by` and `at` are taken as every action takes
    them and written nowhere. Envelopes for keys that were ended meanwhile are left out. Raises
    NotSealed, NobodyReads, Taken.
    """
    del by, at
    _require_report(sealed, token, sender_key)
    report = SealedReport(
        pk=sealed.report,
        organisation=organisation,
        arrived_on=on,
        status_on=on,
        sealed_in=sealed_in,
        lookup=lookup_of(token),
        sender_key=sender_key,
        letters_key=sealed.letters_key,
        signed=bool(sealed.identity),
        body=sealed.body,
        identity=sealed.identity,
        digest=_digest(sealed),
    )
    return _stored(report, sealed)


@transaction.atomic
def _stored(report: SealedReport, sealed: filing.SealedReport) -> SealedReport:
    """Store a report with what belongs to it, or return that of the same receipt."""
    same = SealedReport.objects.filter(lookup=report.lookup)
    found = same.first()
    if found is not None:
        return found
    envelopes = _envelopes_in_use(report.organisation, sealed, report.arrived_on)
    try:
        with transaction.atomic():
            mixing.add([report])
    except IntegrityError as error:
        # both arrived at once, and the other was first
        found = same.first()
        if found is None:
            raise Taken(_TAKEN) from error
        return found
    mixing.add(
        [
            Envelope(report=report, key_id=one.key, kind=one.kind, sealed=one.sealed)
            for one in envelopes
        ]
    )
    _add_files(report, None, sealed.files)
    return report


@transaction.atomic
def add_message(
    *,
    report: SealedReport,
    sealed: filing.SealedLetter,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> SealedMessage:
    """Store what a sender adds to a report; the same letter again is the same one.

    `by` and `at` are written nowhere. Raises NotSealed, Taken, TooMany.
    """
    del by, at
    _require_letter(sealed, envelopes=1)
    report = SealedReport.objects.select_for_update().get(pk=report.pk)
    today = report.messages.filter(origin=SealedMessage.Origin.SENDER, arrived_on=on).count()
    return store_letter(
        report=report,
        sealed=sealed,
        origin=SealedMessage.Origin.SENDER,
        on=on,
        is_full=report.destroyed_on is not None or today >= limits.MOST_LETTERS_A_DAY,
    )


def store_letter(
    *,
    report: SealedReport,
    sealed: filing.SealedLetter,
    origin: SealedMessage.Origin,
    on: date,
    is_full: bool = False,
) -> SealedMessage:
    """Store a letter of a report that the caller has locked, once. Raises Taken, TooMany."""
    there = SealedMessage.objects.filter(pk=sealed.letter).first()
    if there is not None:
        if there.report_id != report.pk or there.origin != origin:
            raise Taken(_TAKEN)
        return there
    if is_full:
        raise TooMany(_TOO_MANY)
    told = [(parts.letter_part(sealed.letter), sealed.sealed), *sealed.files]
    message = SealedMessage(
        pk=sealed.letter,
        report=report,
        origin=origin,
        arrived_on=on,
        number=report.messages.count() + 1,
        sealed=sealed.sealed,
        digest=digests.digest_of(digests.LETTER, sealed.letter, told),
    )
    mixing.add([message])
    _add_files(report, message, sealed.files)
    return message


def require_letter(sealed: filing.SealedLetter, *, envelopes: int) -> None:
    """Raise NotSealed unless these bytes have the shape of a letter and its files."""
    _require_letter(sealed, envelopes=envelopes)


_TAKEN = Text(
    "这个编号已被使用。请再提交一次；填写的内容还在。",
    "This identifier is in use. Send it again; what you wrote is still there.",
)
_TOO_MANY = Text(
    "今天补充的次数已到上限。请保存内容，明天再来。",
    "No more can be added today. Keep what you wrote and come back tomorrow.",
)
_NOT_SEALED = Text(
    "收到的内容不完整，没有保存。请再提交一次；填写的内容还在。",
    "What arrived is not whole and was not stored. Send it again; what you wrote is still there.",
)
NOBODY = Text(
    "目前没有人可以打开新的举报，因此没有收下。请使用上级机关的渠道或公开举报电话。",
    "Nobody can open a new report at present, so nothing was taken. Please use the channel of the "
    "superior body or the public hotline.",
)


def _require_report(sealed: filing.SealedReport, token: bytes, sender_key: bytes) -> None:
    named = [name for name, _ in sealed.files]
    if not (
        len(token) == TOKEN
        and len(sender_key) == len(sealed.letters_key) == parts.KEY
        and limits.is_part(sealed.body, most=limits.LARGEST_BODY)
        and (not sealed.identity or limits.is_part(sealed.identity, most=limits.LARGEST_BODY))
        and named == [parts.file_part(number) for number in range(1, len(named) + 1)]
        and limits.fit([content for _, content in sealed.files])
        and all(len(one.sealed) == SEALED_KEY for one in sealed.envelopes)
    ):
        raise NotSealed(_NOT_SEALED)


def _require_letter(sealed: filing.SealedLetter, *, envelopes: int) -> None:
    named = [name for name, _ in sealed.files]
    wanted = [parts.letter_file_part(sealed.letter, n) for n in range(1, len(named) + 1)]
    begin = 1 + SEALED_KEY * envelopes
    if not (
        letters.is_letter(sealed.sealed, envelopes=envelopes, least=SMALLEST)
        and limits.is_part(sealed.sealed[begin:], most=limits.LARGEST_BODY)
        and named == wanted
        and limits.fit([content for _, content in sealed.files])
    ):
        raise NotSealed(_NOT_SEALED)


def _envelopes_in_use(
    organisation: Organisation, sealed: filing.SealedReport, on: date
) -> list[filing.SealedEnvelope]:
    """Return the envelopes for keys in use. Raises NobodyReads where a part opens for nobody."""
    keys = keys_in_use(organisation, on)
    kinds = dict(keys.values_list("pk", "kind"))
    usable = {
        (one.key, one.kind): one
        for one in sealed.envelopes
        if one.key in kinds and _OF_KIND.get(one.kind) == kinds[one.key]
    }
    needed = {filing.CONTENT}
    if sealed.identity:
        needed |= {filing.IDENTITY_A, filing.IDENTITY_B}
    if not needed <= {kind for _, kind in usable}:
        raise NobodyReads(NOBODY)
    return [one for one in usable.values() if one.kind in needed]


def _digest(sealed: filing.SealedReport) -> str:
    told = [(parts.BODY, sealed.body), *sealed.files]
    if sealed.identity:
        told.append((parts.IDENTITY, sealed.identity))
    return digests.digest_of(digests.REPORT, sealed.report, told)


def _add_files(
    report: SealedReport, message: SealedMessage | None, files: Sequence[tuple[str, bytes]]
) -> None:
    mixing.add(
        [
            SealedFile(report=report, message=message, part=name, sealed=content)
            for name, content in files
        ]
    )
