"""How many duties of units are done in a year, by kind (七（一））."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from lianfang.duties.models import Duty


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of how many."""

    done: int = 0
    owed: int = 0

    def __add__(self, other: "Share") -> "Share":
        """Return both together."""
        return Share(done=self.done + other.done, owed=self.owed + other.owed)

    @property
    def percent(self) -> int:
        """The share in hundredths, rounded down; all of nothing is none."""
        return self.done * 100 // self.owed if self.owed else 0


def shares_of(units: Collection[int], year: int) -> dict[str, Share]:
    """Return how many duties due in a year are done, by kind; waived ones are not owed.

    One statement.
    """
    state = Duty.State
    counted = (
        Duty.objects.filter(unit__in=units, due_on__year=year)
        .exclude(state__in=(state.LAPSED, state.WAIVED))
        .order_by()
        .values_list("kind")
        .annotate(Count("pk", filter=Q(state=state.DONE)), Count("pk"))
    )
    return {kind: Share(done=done, owed=owed) for kind, done, owed in counted}
