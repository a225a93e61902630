"""Who may open the pages of logins: the security administrator, of others' logins only."""

from lianfang.org.tests.cast import Cast
from tests.access.parts import AUDIT, NOBODY, SECURITY, STAFF, SYSTEM, own_and_other, row


def login_of_clerk(cast: Cast) -> int:
    return cast.logins["clerk"].pk


def login_of_audit(cast: Cast) -> int:
    return cast.logins["audit"].pk


_OTHERS = STAFF | SYSTEM | AUDIT
LOGINS = [
    row("org:logins", SECURITY),
    row("org:login-add", SECURITY),
    *own_and_other("org:login", SECURITY, login_of_clerk, hidden=_OTHERS),
    *[
        line
        for name in (
            "reset",
            "close",
            "reopen",
            "end-sessions",
            "remove-factor",
            "detach",
            "attach",
        )
        for line in (
            *own_and_other(f"org:login-{name}", SECURITY, login_of_clerk, hidden=_OTHERS),
            row(
                f"org:login-{name}",
                NOBODY,
                lambda own, other: [login_of_audit(own)],
                about="of an administrator",
                hidden=_OTHERS,
            ),
        )
    ],
]
