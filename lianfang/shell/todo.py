"""What a thing to do says, whatever room it comes from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from lianfang.risks.queries.todos import Due


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


def of_register(due: Due, **said: Any) -> tuple[Todo, ...]:
    """Return what was counted as one thing to do, nothing where there is none."""
    return (Todo(due=due.on, **said),) if due.count else ()
