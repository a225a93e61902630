"""The figures that stand beside the demands of the plan: what one is, and which room gives which.

Each room's function counts within what the asker may see, in a number of statements that does not
grow with what is stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from lianfang.org.standing import Standing


@dataclass(frozen=True, kw_only=True)
class Figure:
    """How many, or how many of how many; `page` lists them. `bad` where none were better."""

    label: Promise | str
    count: int
    of: int | None = None
    page: str = ""
    bad: bool = False

    @property
    def percent(self) -> int:
        """The share in hundredths, rounded down; all of nothing is none."""
        return self.count * 100 // self.of if self.of else 0

    @property
    def alarms(self) -> bool:
        """Whether there are some of what had better be none."""
        return self.bad and self.count > 0


Figures = Mapping[str, Figure]
Counting = Callable[[Standing], Figures]
