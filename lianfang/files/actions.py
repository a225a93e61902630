"""Files are kept, imports opened and closed, documents issued and voided; each is recorded."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

from lianfang.audit import actions as audit
from lianfang.common.clock import day_in
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import queries, rules, store
from lianfang.files.models import Attachment, Import, OutgoingDocument
from lianfang.files.rules import Kind
from lianfang.files.scanning import scan


class ImportClosed(Refused):
    """An import that was applied, given up or undone already."""


class DocumentVoid(Refused):
    """An official document that was voided already."""


class NoVoidReason(Refused):
    """An official document is to be voided, and nobody says why."""


@transaction.atomic
def keep(
    *,
    chunks: Iterable[bytes],
    name: str,
    organisation: int,
    by: AbstractBaseUser | None,
    at: datetime,
    among: Collection[Kind] = frozenset(Kind),
) -> Attachment:
    """Keep a file under its digest.

    Raises TooLarge, EmptyFile, KindRefused for a kind not `among` those asked for, Infected and
    NotScanned. Where the transaction fails afterwards, the bytes stay until the nightly sweep.
    """
    cleaned = rules.clean_name(name)
    waiting, kind = _entered(chunks, cleaned, among, at)
    attachment = Attachment(
        organisation=organisation,
        name=cleaned,
        digest=waiting.digest,
        algorithm=store.ALGORITHM,
        size=waiting.size,
        kind=kind,
        stored_by_id=by.pk if by else None,
        stored_at=at,
    )
    attachment.save(force_insert=True)
    audit.record(
        at=at,
        by=by,
        action="files.attachment.kept",
        subject=attachment,
        organisation=organisation,
        changes={
            "name": (None, cleaned),
            "digest": (None, waiting.digest),
            "size": (None, waiting.size),
        },
    )
    return attachment


def _entered(
    chunks: Iterable[bytes], name: str, among: Collection[Kind], at: datetime
) -> tuple[store.Waiting, Kind]:
    """Return a file that was looked at and lies in the store, and its kind."""
    waiting = store.receive(chunks, most=settings.FILE_BYTES)
    try:
        kind = rules.kind_of(name, waiting.head, waiting.parts(), among=among)
        scan(waiting.path, address=settings.CLAMAV)
        waiting.enter(at)
    finally:
        waiting.drop()
    return waiting, kind


@transaction.atomic
def open_import(
    *, attachment: Attachment, kind: str, by: AbstractBaseUser | None, at: datetime
) -> Import:
    """Note that a kept file is to be imported; nothing is written yet."""
    opened = Import(
        organisation=attachment.organisation,
        kind=kind,
        attachment=attachment,
        opened_by_id=by.pk if by else None,
        opened_at=at,
    )
    opened.save(force_insert=True)
    audit.record(
        at=at,
        by=by,
        action="files.import.opened",
        subject=opened,
        organisation=opened.organisation,
        changes={"name": (None, attachment.name), "digest": (None, attachment.digest)},
    )
    return opened


@transaction.atomic
def close_applied(
    *,
    opened: Import,
    applied: Mapping[str, int],
    deeds: Sequence[object],
    event: int,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Import:
    """Note that an import was applied: what was counted, what was written, which event told it."""
    opened = locked(opened)
    require_open(opened)
    opened.state = Import.State.APPLIED
    opened.applied, opened.deeds, opened.event = dict(applied), list(deeds), event
    opened.closed_by_id, opened.closed_at = by.pk if by else None, at
    opened.save()
    _record(opened, "files.import.applied", by, at, {"applied": ({}, dict(applied))})
    return opened


@transaction.atomic
def discard(*, opened: Import, by: AbstractBaseUser | None, at: datetime) -> Import:
    """Give an import up; the file stays. Raises ImportClosed."""
    opened = locked(opened)
    require_open(opened)
    opened.state = Import.State.DISCARDED
    opened.closed_by_id, opened.closed_at = by.pk if by else None, at
    opened.save(update_fields=["state", "closed_by", "closed_at"])
    _record(opened, "files.import.discarded", by, at, {})
    return opened


@transaction.atomic
def close_undone(*, opened: Import, by: AbstractBaseUser | None, at: datetime) -> Import:
    """Note that an import was undone. Raises ImportClosed unless it was applied."""
    opened = locked(opened)
    require_applied(opened)
    opened.state = Import.State.UNDONE
    opened.undone_by_id, opened.undone_at = by.pk if by else None, at
    opened.save(update_fields=["state", "undone_by", "undone_at"])
    _record(opened, "files.import.undone", by, at, {})
    return opened


@transaction.atomic
def issue_document(
    *,
    organisation: int,
    series: str,
    kind: str,
    title: str,
    about: models.Model,
    make: Callable[[str], tuple[str, bytes]],
    is_confined: bool = False,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> OutgoingDocument:
    """Keep an official document under the next number of its series in the year of `on`.

    `make` gets that number as it is printed, 廉防办〔2026〕3号, and returns the file's name and
    content. The log waits meanwhile: let it print what was fetched before. One that is confined
    stands in no archive and is given out by the room it comes from. Raises what `keep` raises;
    then no number is used up.
    """
    audit.take_turn()
    last = queries.last_number(organisation=organisation, series=series, year=on.year)
    document = OutgoingDocument(
        organisation=organisation,
        series=series,
        year=on.year,
        number=last + 1,
        kind=kind,
        title=title,
        issued_on=on,
        issued_at=at,
        issued_by_id=by.pk if by else None,
        about=audit.reference(about),
        is_confined=is_confined,
    )
    name, content = make(document.mark)
    document.attachment = keep(chunks=[content], name=name, organisation=organisation, by=by, at=at)
    document.save(force_insert=True)
    _record_issued(document, by, at)
    return document


@transaction.atomic
def void_document(
    *, document: OutgoingDocument, reason: str, by: AbstractBaseUser | None, at: datetime
) -> OutgoingDocument:
    """Say that an official document does not hold; its number and file stay.

    Raises DocumentVoid, NoVoidReason.
    """
    document = OutgoingDocument.objects.select_for_update().get(pk=document.pk)
    require_in_force(document)
    why = reason.strip()
    require_reason(why, document)
    document.void_on, document.void_reason = day_in(settings.TIME_ZONE, at), why
    document.save(update_fields=["void_on", "void_reason"])
    audit.record(
        at=at,
        by=by,
        action="files.document.voided",
        subject=document,
        organisation=document.organisation,
        changes={"void_on": (None, document.void_on.isoformat())},
        sealed={"void_reason": ("", why)},
    )
    return document


def locked(opened: Import) -> Import:
    """Return an import that nobody else can close meanwhile."""
    return Import.objects.select_for_update().get(pk=opened.pk)


def require_open(opened: Import) -> None:
    """Raise ImportClosed unless an import still waits for a decision."""
    if opened.state != Import.State.PREVIEWED:
        raise ImportClosed(
            Text(
                "这次导入已经处理过，没有再做任何事。请看导入列表。",
                "This import was decided already; nothing was done again. See the list of imports.",
            )
        )


def require_applied(opened: Import) -> None:
    """Raise ImportClosed unless an import was applied and not undone."""
    if opened.state != Import.State.APPLIED:
        raise ImportClosed(
            Text(
                "只有已导入、没有撤销过的导入可以撤销。",
                "Only an import that was applied, and not undone yet, can be undone.",
            )
        )


def require_in_force(document: OutgoingDocument) -> None:
    """Raise DocumentVoid for a document that was voided."""
    if document.void_on is not None:
        raise DocumentVoid(
            Text(
                f"{document.mark}已于 {document.void_on} 作废，没有再做任何事。如需更正，请另发一份"
                "文件。",
                f"{document.mark} was voided on {document.void_on} already; nothing was done "
                "again. To correct it, issue another document.",
            )
        )


def require_reason(reason: str, document: OutgoingDocument) -> None:
    """Raise NoVoidReason where nothing says why a document is voided."""
    if not reason:
        raise NoVoidReason(
            Text(
                f"{document.mark}没有作废：缺少原因。请写明为什么作废，然后再提交。",
                f"{document.mark} was not voided: the reason is missing. Say why it is voided, "
                "then submit again.",
            )
        )


def _record_issued(document: OutgoingDocument, by: AbstractBaseUser | None, at: datetime) -> None:
    """Tell the log of a document; its title may name a person, and can be erased alone."""
    audit.record(
        at=at,
        by=by,
        action="files.document.issued",
        subject=document,
        organisation=document.organisation,
        changes={
            "mark": (None, document.mark),
            "kind": (None, document.kind),
            "issued_on": (None, document.issued_on.isoformat()),
            "about": (None, document.about),
            "digest": (None, document.attachment.digest),
        },
        sealed={"title": (None, document.title)},
    )


def _record(
    opened: Import, action: str, by: AbstractBaseUser | None, at: datetime, changes: audit.Changes
) -> None:
    audit.record(
        at=at,
        by=by,
        action=action,
        subject=opened,
        organisation=opened.organisation,
        changes=changes,
    )
