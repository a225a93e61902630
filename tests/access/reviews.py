"""Who may review risk points: staff look, whoever drafts a unit's register confirms."""

from tests.access.parts import ADMINISTRATORS, MOVED, STAFF, row

REVIEWS = [
    row("risks:reviews", STAFF, hidden=ADMINISTRATORS),
    # nothing ticked: told so on the page
    row("risks:reviews-confirm", STAFF, hidden=ADMINISTRATORS, method="post", status=MOVED),
]
