"""What a browser without JavaScript leaves to the server: receipts derived, reports sealed, read.

All of it in memory, for as long as the request lasts. Two at a time in each process: who guesses
receipts keeps nobody else waiting.
"""

import threading
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lianfang.common.text import Text
from lianfang.org.models import Organisation
from lianfang.portal.actions.receiving import (
    NOBODY,
    NobodyReads,
    add_message,
    receive_report,
)
from lianfang.portal.cleaning import cleaned
from lianfang.portal.forms.report import FurtherForm, ReportForm
from lianfang.portal.models import PortalSetup, SealedMessage, SealedReport
from lianfang.portal.queries.keys import Recipients
from lianfang.sealing import filing, letters, parts, receipts

TOO_LARGE = Text(
    "附件太大，没有收下。请压缩、分次补充或寄送；文字还在。",
    "The file is too large and was not taken. Make it smaller, add it later or send it by post; "
    "what you wrote is still there.",
)
_TURNS = threading.BoundedSemaphore(2)


def derived(receipt: str, setup: PortalSetup) -> receipts.Derived:
    """Return what follows from a receipt."""
    with _TURNS:
        return receipts.derive(receipt, bytes(setup.salt))


def send_in_memory(
    organisation: Organisation,
    setup: PortalSetup,
    to: Recipients,
    form: ReportForm,
    on: date,
    at: datetime,
) -> SealedReport:
    """Seal a report and store it. What is sent again stays one report.

    With the same receipt and other words it is what the sender changed meanwhile: nothing is lost,
    it is added to the report as a letter. Raises NobodyReads, and what `receive_report` raises.
    """
    own = derived(form.cleaned_data["receipt"], setup)
    files = [cleaned(file) for file in form.plain_files]
    name = _name(own, {"body": form.body, "identity": form.identity}, files)
    if not to.readers:
        raise NobodyReads(NOBODY)
    sealed = filing.seal_report(
        report=name,
        body=form.body | {"sealed_in": "server"},
        readers=to.readers,
        files=files,
        identity=form.identity,
        witnesses=to.witnesses,
    )
    report = receive_report(
        organisation=organisation,
        sealed=sealed,
        token=own.token,
        sender_key=own.pair.public,
        sealed_in=SealedReport.SealedIn.SERVER,
        on=on,
        by=None,
        at=at,
    )
    if report.pk != name:
        _add(report, name, form.body, files, on, at)
    return report


def add_in_memory(
    report: SealedReport, own: receipts.Derived, form: FurtherForm, on: date, at: datetime
) -> SealedMessage:
    """Seal more facts and add them to a report."""
    files = [cleaned(file) for file in form.plain_files]
    content = {"format": 1, "text": form.cleaned_data["text"]}
    name = _name(own, content | {"once": form.cleaned_data["once"]}, files)
    return _add(report, name, content, files, on, at)


def opened(sealed: bytes, report: UUID, letter: UUID, own: receipts.Derived) -> str:
    """Return what the office answered. Raises CannotOpen."""
    key = letters.key_for_sender(sealed, pair=own.pair)
    told = parts.read(letters.open_letter(sealed, key=key, report=report, letter=letter))
    return str(told.get("text", ""))


def _add(
    report: SealedReport,
    name: UUID,
    content: Mapping[str, Any],
    files: list[filing.PlainFile],
    on: date,
    at: datetime,
) -> SealedMessage:
    sealed = filing.seal_further(
        report=report.pk,
        letter=name,
        letters_key=bytes(report.letters_key),
        content=dict(content),
        files=files,
    )
    return add_message(report=report, sealed=sealed, on=on, by=None, at=at)


def _name(own: receipts.Derived, content: Mapping[str, Any], files: list[filing.PlainFile]) -> UUID:
    whole = [parts.written(dict(content))]
    whole += [parts.packed_file(file.content, name=file.name, kind=file.kind) for file in files]
    return receipts.name_for(b"".join(whole), own.pair)
