"""Who may get which file: rooms above decide by their objects, this keeps organisations apart."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lianfang.files.models import Attachment, Import


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
