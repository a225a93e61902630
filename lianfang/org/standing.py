"""Who somebody is in an organisation today: what every permission is decided by."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from lianfang.org.rules.roles import Role


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A login with its person or its administrator's duty, and what follows from them on `on`.

    `units` are those of the posts held; `headed` and `portfolio` reach down to the units below.
    """

    user_id: int
    organisation_id: int
    organisation_name: str
    organisation_name_en: str
    is_example: bool
    time_zone: str
    scheme: str
    on: date
    superior: str = ""
    superior_en: str = ""
    person_id: int | None = None
    name: str = ""
    name_en: str = ""
    title: str = ""
    title_en: str = ""
    roles: frozenset[Role] = frozenset()
    posts: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()
    portfolio: frozenset[int] = frozenset()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the organisation."""
        return ZoneInfo(self.time_zone)

    @property
    def is_staff(self) -> bool:
        """Whether this is a person of the organisation, not one of its administrators."""
        return self.person_id is not None

    def has(self, *roles: Role) -> bool:
        """Return whether any of the roles is held."""
        return not self.roles.isdisjoint(roles)
