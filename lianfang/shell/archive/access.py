"""Who may know which official document.

What is open to staff, `files` says. Of what a room keeps close, certificates are listed here by the
access of learning; letters about signs, leads, reports and accountability are absent for everybody,
for their rooms alone give them out.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lianfang.cycles.access import is_office
from lianfang.files import access as files
from lianfang.files.models import OutgoingDocument
from lianfang.learning.access import people_recorded_for
from lianfang.learning.models import Certificate
from lianfang.org.standing import Standing


def papers_visible_to(standing: Standing) -> QuerySet[OutgoingDocument]:
    """Return the official documents somebody may know of; none for administrators."""
    rows = OutgoingDocument.objects.filter(organisation=standing.organisation_id)
    if not standing.is_staff:
        return rows.none()
    certificates = Certificate.objects.filter(person__in=people_recorded_for(standing))
    return rows.filter(
        Q(pk__in=files.documents_visible_to(standing).values("pk"))
        | Q(pk__in=certificates.values("document"))
    )


def require_archive(standing: Standing) -> None:
    """Raise Http404 unless this is a person of the organisation."""
    if not standing.is_staff:
        raise Http404


def get_paper_for(standing: Standing, document_id: int) -> OutgoingDocument:
    """Return an official document with its file and who issued it. Raises Http404."""
    rows = papers_visible_to(standing).select_related("attachment", "issued_by__person")
    return get_object_or_404(rows, pk=document_id)


def may_void(standing: Standing, paper: OutgoingDocument) -> bool:
    """Return whether the asker voids a document they see: the office, one of the year's work."""
    return is_office(standing) and paper.about.startswith("cycles.") and paper.void_on is None


def get_paper_to_void(standing: Standing, document_id: int) -> OutgoingDocument:
    """Return a document of the year's work to void. Raises Http404 and PermissionDenied."""
    found = get_paper_for(standing, document_id)
    if not found.about.startswith("cycles."):
        raise Http404
    if not is_office(standing):
        raise PermissionDenied
    return found
