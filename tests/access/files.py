"""Who may open official documents: all staff of the organisation that issued them."""

from lianfang.files.actions import issue_document
from lianfang.files.models import OutgoingDocument
from lianfang.org.tests.cast import AT, ON, Cast
from tests.access.parts import ADMINISTRATORS, STAFF, own_and_other


def document(cast: Cast) -> int:
    """Return a notice that the office of the leading group issued."""
    found = OutgoingDocument.objects.filter(organisation=cast.organisation.pk).first()
    if found is None:
        found = issue_document(
            organisation=cast.organisation.pk,
            series="廉防办",
            kind="notice",
            title="关于开展风险排查的通知",
            about=cast.organisation,
            make=lambda mark: (f"{mark}.txt", mark.encode()),
            on=ON,
            by=cast.logins["office"],
            at=AT,
        )
    return found.pk


FILES = [*own_and_other("files:document", STAFF, document, hidden=ADMINISTRATORS)]
