"""Who may open the pages of senders: everybody, signed in or not; who sets them up: one."""

from lianfang.org.tests.cast import Cast
from lianfang.portal.models import OfficerKey
from lianfang.portal.tests.making import holder
from tests.access.parts import EVERYBODY, MOVED, REFUSED, SHOWN, SYSTEM, row


def code_of(own: Cast, other: Cast) -> list[object]:
    """Return the code of an organisation with a key in use."""
    del other
    if not OfficerKey.objects.filter(organisation=own.organisation).exists():
        holder(own)
    return [own.organisation.code]


def other_code(own: Cast, other: Cast) -> list[object]:
    """Return the code of another one, whose pages are as public."""
    return code_of(other, own)


PORTAL = [
    row("portal:start", EVERYBODY, nobody=SHOWN),
    row("portal:of", EVERYBODY, code_of, nobody=SHOWN),
    row("portal:of", EVERYBODY, other_code, nobody=SHOWN, about="of another organisation"),
    row("portal:elsewhere", EVERYBODY, code_of, nobody=SHOWN),
    row("portal:write", EVERYBODY, code_of, status=MOVED, about="before the question"),
    row(
        "portal:write",
        EVERYBODY,
        code_of,
        method="post",
        sent={"concerns": "none"},
        status=REFUSED,
        nobody=REFUSED,
        about="empty",
    ),
    row("portal:follow", EVERYBODY, code_of, nobody=SHOWN),
    row("portal:keys", EVERYBODY, code_of, nobody=SHOWN),
    *(
        row(f"portal:{name}", EVERYBODY, code_of, method="post", status=REFUSED, nobody=REFUSED)
        for name in ("send", "open", "add")
    ),
    row("portal:setup", SYSTEM),
]
