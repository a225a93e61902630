"""The parts of a small organisation, and what a row of the matrix says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lianfang.org.tests.cast import Cast

STAFF = {"secretary", "deputy", "head", "clerk", "colleague", "office", "officer", "overseer"}
SYSTEM, SECURITY, AUDIT = {"system"}, {"security"}, {"audit"}
ADMINISTRATORS = SYSTEM | SECURITY | AUDIT
EVERYBODY = STAFF | ADMINISTRATORS
NOBODY: set[str] = set()
SHOWN, MOVED, DENIED, UNKNOWN, REFUSED = 200, 302, 403, 404, 422

# The organisation of whoever asks, and another one, to the arguments of the address.
Arguments = Callable[[Cast, Cast], list[Any]]


def none(own: Cast, other: Cast) -> list[Any]:
    """Return no arguments."""
    del own, other
    return []


@dataclass(frozen=True, kw_only=True)
class Row:
    """An address by name, what it is asked about, and the statuses it answers with.

    `opens` are the parts that get `status`; `hidden` those who may not know of it, 404; everybody
    else is told that it is not for them, 403. `nobody` is for somebody who is not signed in.
    """

    name: str
    opens: set[str]
    about: str = ""
    arguments: Arguments = none
    hidden: set[str]
    status: int = SHOWN
    nobody: int = MOVED
    method: str = "get"
    sent: dict[str, str] | None = None

    def expected(self, part: str) -> int:
        """Return the status that part of the organisation gets."""
        if part in self.opens:
            return self.status
        return UNKNOWN if part in self.hidden else DENIED


def row(name: str, opens: set[str], arguments: Arguments = none, **more: Any) -> Row:
    """Return a row; what is not said is the usual: shown to GET, hidden from nobody."""
    return Row(name=name, opens=opens, arguments=arguments, **{"hidden": NOBODY, **more})


def own_and_other(
    name: str, opens: set[str], find: Callable[[Cast], Any], *, hidden: set[str], **more: Any
) -> list[Row]:
    """Return a row for a thing of one's organisation, and one for the same thing of another."""
    status = {"status": MOVED} if more.get("method") == "post" else {}
    own = row(
        name,
        opens,
        lambda own, other: [find(own)],
        **{"about": "own", "hidden": hidden, **status, **more},
    )
    other = row(
        name,
        NOBODY,
        lambda own, other: [find(other)],
        **{**more, "about": "of another organisation", "hidden": EVERYBODY},
    )
    return [own, other]
