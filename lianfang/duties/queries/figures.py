"""How many duties of units are done in a year, by kind (七（一））."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

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


def shares_of(units: Collection[int], on: date) -> dict[str, Share]:
    """Return how many duties due in the year of a day are done, by kind.

    Measures count by the period that runs, whatever the year. What was waived is not owed. What
    alerts ask for is left out: no number tells of an alert. One statement.
    """
    state = Duty.State
    counted = (
        Duty.objects.filter(unit__in=units)
        .filter(Q(due_on__year=on.year) & ~Q(kind=Duty.Kind.MEASURE) | running_measures(on))
        .exclude(state__in=(state.LAPSED, state.WAIVED))
        .exclude(origin=Duty.Origin.ALERT)
        .order_by()
        .values_list("kind")
        .annotate(done=Count("pk", filter=Q(state=state.DONE)), owed=Count("pk"))
    )
    return {kind: Share(done=done, owed=owed) for kind, done, owed in counted}


def running_measures(on: date) -> Q:
    """Return the condition of duties about measures that count on a day.

    Those of the period that runs, and what was left open before.
    """
    is_running = Q(opens_on__lte=on) & (Q(due_on__gte=on) | Q(state=Duty.State.OPEN))
    return Q(kind=Duty.Kind.MEASURE) & is_running
