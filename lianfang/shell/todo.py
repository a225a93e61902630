"""What a thing to do says, whatever room it comes from."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One thing to do: its kind with icon, title, reason with clause, due day, and the act."""

    kind: Promise | str
    icon: str
    title: str
    reason: str
    clause: str
    due: date
    act: Promise | str
    url: str
    level: str = ""
