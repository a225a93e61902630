"""Who may get which file: rooms above decide by their objects, this keeps organisations apart.

Official documents are for all staff of the organisation: whoever works there may know them. Those
that are confined are given out by the room they come from, to those who see what they are about.
"""

from typing import Protocol

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lianfang.files.models import Attachment, Import, OutgoingDocument


class Reader(Protocol):
    """Who asks for a document; `org.standing.Standing`, further up, is one."""

    @property
    def organisation_id(self) -> int:
        """The organisation in which they ask."""

    @property
    def is_staff(self) -> bool:
        """Whether this is a person of it, not one of its administrators."""


def attachments_of(organisation: int) -> QuerySet[Attachment]:
    """Return the files of one organisation."""
    return Attachment.objects.filter(organisation=organisation)


def get_attachment_for(
    *, organisation: int, attachment_id: int, stored_by: int | None = None
) -> Attachment:
    """Return a file of an organisation; with `stored_by`, only one that this login stored.

    Raises Http404. A page whose object refers to a file fetches that object by its own access.
    """
    rows = attachments_of(organisation)
    if stored_by is not None:
        rows = rows.filter(stored_by=stored_by)
    return get_object_or_404(rows, pk=attachment_id)


def imports_of(organisation: int, kind: str) -> QuerySet[Import]:
    """Return the imports of one kind in one organisation."""
    return Import.objects.filter(organisation=organisation, kind=kind)


def documents_visible_to(standing: Reader) -> QuerySet[OutgoingDocument]:
    """Return the official documents of the organisation, for its staff; administrators see none."""
    if not standing.is_staff:
        return OutgoingDocument.objects.none()
    return OutgoingDocument.objects.filter(organisation=standing.organisation_id, is_confined=False)


def get_document_for(standing: Reader, document_id: int) -> OutgoingDocument:
    """Return an official document with its file. Raises Http404."""
    rows = documents_visible_to(standing).select_related("attachment")
    return get_object_or_404(rows, pk=document_id)
