"""Who may open the lists of the register: staff; administrators may not know of them."""

from lianfang.org.tests.cast import AT, Cast
from lianfang.risks.models import SavedView
from tests.access.parts import ADMINISTRATORS, EVERYBODY, MOVED, NOBODY, STAFF, row


def view(cast: Cast) -> int:
    """Return a list that the clerk keeps under a name."""
    kept, _ = SavedView.objects.get_or_create(
        owner=cast.logins["clerk"], name="我的", defaults={"query": "mine=1", "created_at": AT}
    )
    return kept.pk


REGISTER = [
    row("risks:register", STAFF, hidden=ADMINISTRATORS),
    row("risks:heat", STAFF, hidden=ADMINISTRATORS),
    row("risks:figures", STAFF, hidden=ADMINISTRATORS),
    row(
        "risks:export",
        STAFF,
        hidden=ADMINISTRATORS,
        method="post",
        sent={"format": "list.csv", "query": ""},
    ),
    row("risks:select", STAFF, hidden=ADMINISTRATORS, method="post", status=MOVED),
    # nothing chosen: back to the list
    row("risks:classify", STAFF, hidden=ADMINISTRATORS, status=MOVED),
    row(
        "risks:view-save",
        STAFF,
        hidden=ADMINISTRATORS,
        method="post",
        status=MOVED,
        sent={"name": "视图", "query": "mine=1"},
    ),
    row(
        "risks:view-delete",
        {"clerk"},
        lambda own, other: [view(own)],
        hidden=EVERYBODY - {"clerk"},
        method="post",
        status=MOVED,
    ),
    row(
        "risks:view-delete",
        NOBODY,
        lambda own, other: [view(other)],
        about="of another organisation",
        hidden=EVERYBODY,
        method="post",
    ),
]
