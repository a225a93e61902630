"""Who may open the archive of official documents: staff, as far as each may know a document."""

from lianfang.cycles.models import Meeting
from lianfang.files.actions import issue_document
from lianfang.files.models import OutgoingDocument
from lianfang.learning.models import Certificate
from lianfang.learning.tests.making import certified
from lianfang.org.tests.cast import AT, ON, Cast
from tests.access.cycles import meeting
from tests.access.parts import ADMINISTRATORS, EVERYBODY, STAFF, own_and_other, row

OFFICE = {"office"}
# the clerk, who is certified, and those who answer for the clerk
ANSWERS = {"clerk", "head", "deputy", "secretary", "office", "officer"}


def document(cast: Cast) -> int:
    """Return the minutes of a meeting, as they were issued."""
    found = OutgoingDocument.objects.filter(
        organisation=cast.organisation.pk, about__startswith="cycles."
    ).first()
    if found is None:
        found = issue_document(
            organisation=cast.organisation.pk,
            series="廉防办",
            kind="minutes",
            title="审议会议纪要",
            about=Meeting.objects.get(pk=meeting(cast)),
            make=lambda mark: (f"{mark}.txt", mark.encode()),
            on=ON,
            by=cast.logins["office"],
            at=AT,
        )
    return found.pk


def certificate(cast: Cast) -> int:
    """Return a document that is about one person, which learning alone may show."""
    found = Certificate.objects.filter(organisation=cast.organisation).first() or certified(cast)
    return found.document_id or 0


ARCHIVE = [
    row("shell:archive", STAFF, hidden=ADMINISTRATORS),
    row("shell:archive-export", STAFF, hidden=ADMINISTRATORS),
    *own_and_other("shell:paper", STAFF, document, hidden=ADMINISTRATORS),
    *own_and_other(
        "shell:paper",
        ANSWERS,
        certificate,
        hidden=EVERYBODY - ANSWERS,
        about="a certificate of the clerk",
    ),
    *own_and_other("shell:paper-file", STAFF, document, hidden=ADMINISTRATORS),
    *own_and_other(
        "files:document", set(), certificate, hidden=EVERYBODY, about="which learning alone shows"
    ),
    *own_and_other("shell:paper-void", OFFICE, document, hidden=ADMINISTRATORS),
]
