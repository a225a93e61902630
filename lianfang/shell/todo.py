"""What a thing to do says, whatever room it comes from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from lianfang.risks.queries.todos import Due


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One thing to do: its kind with icon, title, reason with clause, due day, and the act.

    `days` are the working days left until it is due, below zero those since. What is `of_filling`
    is due when the stage ends in which units fill in.
    """

    kind: Promise | str
    icon: str
    title: str
    reason: str
    clause: str
    due: date
    act: Promise | str
    url: str
    level: str = ""
    days: int = 0
    of_filling: bool = False

    @property
    def late(self) -> int:
        """How many working days ago it was due."""
        return max(-self.days, 0)


def of_register(due: Due, **said: Any) -> tuple[Todo, ...]:
    """Return what was counted as one thing to do, nothing where there is none."""
    return (Todo(due=due.on, of_filling=True, **said),) if due.count else ()
