"""What a group of the sidebar is, and the conditions under which somebody may open it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from lianfang.intake.access import may_import
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing

May = Callable[[Standing], bool]


def roles(*any_of: Role) -> May:
    """Return a condition: any of these roles is held."""
    return lambda standing: standing.has(*any_of)


def staff(standing: Standing) -> bool:
    """Return whether this is a person of the organisation, not an administrator."""
    return standing.is_staff


def anybody(standing: Standing) -> bool:
    """Return true: everybody with a standing may."""
    del standing
    return True


def drafts(standing: Standing) -> bool:
    """Return whether somebody drafts a unit's register, or collects all of them."""
    return may_import(standing)


def either(*conditions: May) -> May:
    """Return a condition: any of these holds."""
    return lambda standing: any(may(standing) for may in conditions)


def knows_staff(standing: Standing) -> bool:
    """Return whether units, posts and people by name are open to somebody."""
    return standing.is_staff or standing.has(Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page of a group; `covers` are names of pages beneath it, by prefix."""

    label: Promise | str
    page: str
    may: May
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Group:
    """A line of the sidebar. It leads to its own `page`, or to the first entry one may open.

    `covers` are names of pages beneath its own, by prefix.
    """

    label: Promise | str
    icon: str
    page: str = ""
    may: May = anybody
    covers: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
