"""Who may open the leadership's view: the leadership, the group, and the two offices."""

from tests.access.parts import ADMINISTRATORS, MOVED, row

LOOKS = {"secretary", "deputy", "office", "officer"}

OVERVIEW = [
    row("overview:overview", LOOKS, hidden=ADMINISTRATORS),
    row("overview:units", LOOKS, hidden=ADMINISTRATORS),
    row("overview:press", LOOKS, hidden=ADMINISTRATORS, method="post", status=MOVED),
    row("overview:brief", LOOKS, hidden=ADMINISTRATORS),
]
