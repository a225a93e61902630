"""Files are kept, imports are opened and closed; each is recorded."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import rules, store
from lianfang.files.models import Attachment, Import
from lianfang.files.rules import Kind
from lianfang.files.scanning import scan


class ImportClosed(Refused):
    """An import that was applied, given up or undone already."""


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
