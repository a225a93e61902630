"""Who may open the pages of duties: one's own, those beneath one, all for offices and leaders."""

from lianfang.duties.models import Duty
from lianfang.duties.tests.making import owed
from lianfang.org.tests.cast import Cast
from tests.access.parts import ADMINISTRATORS, MOVED, STAFF, own_and_other, row

SEES = {"head", "clerk", "deputy", "secretary", "office", "officer"}
HIDDEN = ADMINISTRATORS | (STAFF - SEES)


def duty(cast: Cast) -> int:
    """Return a talk that the head of finance is to have with the clerk."""
    found = Duty.objects.filter(organisation=cast.organisation).first()
    return (found or owed(cast)).pk


DUTIES = [
    row("duties:duties", STAFF, hidden=ADMINISTRATORS),
    row("duties:reminders", STAFF, hidden=ADMINISTRATORS),
    *own_and_other("duties:duty", SEES, duty, hidden=HIDDEN),
    # a talk is recorded as one
    *own_and_other("duties:duty-fulfil", {"head"}, duty, hidden=HIDDEN, status=MOVED),
    *own_and_other("duties:duty-waive", SEES - {"head", "clerk", "office"}, duty, hidden=HIDDEN),
]
