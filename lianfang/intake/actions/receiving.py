"""Files come in: each is kept as it is, to be read by the workers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.files.models import Attachment
from lianfang.files.rules import TABLES, clean_name
from lianfang.files.store import EmptyFile, TooLarge
from lianfang.intake.models import Delivery, Paper
from lianfang.intake.rules.settings import Settings, to_json
from lianfang.intake.rules.work import READING, REGISTER
from lianfang.jobs import actions as jobs
from lianfang.org.models import Organisation

CLAUSE = "六（一）"


class NothingSent(Refused):
    """A delivery without a file that could be kept."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file as it was sent: its name and its bytes, piece by piece."""

    name: str
    chunks: Iterable[bytes]


@transaction.atomic
def receive(
    *,
    organisation: Organisation,
    sent: Sequence[Sent],
    settings: Settings,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Delivery:
    """Keep files that came together; nothing is read yet.

    Raises NothingSent, and what `files.actions.keep` refuses: then none of them is kept.
    """
    if not sent:
        raise NothingSent(
            Text(
                "没有收到文件。请选择一个或几个表格文件，或装着它们的 zip。",
                "No file came. Choose one or more tables, or a zip that holds them.",
            )
        )
    delivery = Delivery.objects.create(
        organisation=organisation, opened_by_id=by.pk if by else None, opened_at=at
    )
    for each in sent:
        attachment = _kept(each, organisation, by, at)
        opened = files.open_import(attachment=attachment, kind=REGISTER, by=by, at=at)
        Paper.objects.create(delivery=delivery, opened=opened, settings=to_json(settings))
    audit.record(
        at=at,
        by=by,
        action="intake.delivery.opened",
        subject=delivery,
        organisation=organisation.pk,
        changes={"files": (None, len(sent))},
        rule=CLAUSE,
    )
    return delivery


def _kept(
    sent: Sent, organisation: Organisation, by: AbstractBaseUser | None, at: datetime
) -> Attachment:
    """Keep one file; what is refused for its size says which of the files it is."""
    try:
        return files.keep(
            chunks=sent.chunks,
            name=sent.name,
            organisation=organisation.pk,
            by=by,
            at=at,
            among=TABLES,
        )
    except (EmptyFile, TooLarge) as refused:
        name, text = clean_name(sent.name), refused.text
        raise type(refused)(Text(f"{name}：{text.zh}", f"{name}: {text.en}")) from refused


@transaction.atomic
def ask_to_read(*, paper: Paper, by: AbstractBaseUser, at: datetime) -> None:
    """Leave the reading of a file to the workers."""
    jobs.start(
        kind=READING,
        by=by,
        organisation=paper.opened.organisation,
        at=at,
        arguments={"import": paper.opened_id},
    )
