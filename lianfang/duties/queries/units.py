"""The duties of units in a year: a row each, counted month by month (三, 五（五）)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, QuerySet, Value, When
from django.db.models.functions import ExtractMonth

from lianfang.duties.models import Duty
from lianfang.duties.queries.narrowing import Asked, Days, narrowed
from lianfang.duties.rules.looks import Look
from lianfang.org.models import Unit


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many duties of a month are owed, done, late and soon."""

    owed: int = 0
    done: int = 0
    late: int = 0
    soon: int = 0

    @property
    def look(self) -> str:
        """How the month stands as a whole: what presses most, or done."""
        if self.late:
            return Look.LATE
        if self.soon:
            return Look.SOON
        return Look.DONE if self.owed == self.done else Look.OPEN


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A unit with its year."""

    unit: Unit
    months: tuple[Tally, ...]

    @property
    def whole(self) -> Tally:
        """The twelve months together."""
        return Tally(
            owed=sum(month.owed for month in self.months),
            done=sum(month.done for month in self.months),
            late=sum(month.late for month in self.months),
            soon=sum(month.soon for month in self.months),
        )


def unit_rows(
    rows: QuerySet[Duty], units: Sequence[Unit], asked: Asked, days: Days
) -> list[UnitRow]:
    """Return the units that have duties in the year, in the order given. One statement."""
    counted = (
        narrowed(rows, asked, days)
        .annotate(
            month=ExtractMonth("due_on"),
            look=Case(
                *(
                    When(condition, then=Value(look.value))
                    for look, condition in days.looks.items()
                ),
                output_field=CharField(),
            ),
        )
        .values_list("unit", "month", "look")
        .annotate(many=Count("pk"))
        .order_by("unit")
    )
    found: dict[int, list[dict[str, int]]] = {}
    for unit, month, look, many in counted:
        found.setdefault(unit, [{} for _month in range(12)])[month - 1][look] = many
    return [
        UnitRow(unit=unit, months=tuple(map(_tally, found[unit.pk])))
        for unit in units
        if unit.pk in found
    ]


def _tally(counts: dict[str, int]) -> Tally:
    return Tally(
        owed=sum(many for look, many in counts.items() if look != Look.WAIVED),
        done=counts.get(Look.DONE, 0),
        late=counts.get(Look.LATE, 0),
        soon=counts.get(Look.SOON, 0),
    )
