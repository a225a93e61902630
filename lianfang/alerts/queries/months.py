"""Signs by month and channel, as a table shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.alerts.queries.figures import MonthCount
from lianfang.common.text import Text
from lianfang.org.rules.calendar import add_months
from lianfang.scheme.model import Scheme

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class ChannelRow:
    """A channel with its twelve months."""

    label: Text
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """The twelve months together."""
        return sum(self.counts)


@dataclass(frozen=True, kw_only=True)
class MonthsShown:
    """The last twelve months and the channels."""

    months: tuple[date, ...]
    rows: tuple[ChannelRow, ...]

    @property
    def total(self) -> int:
        """All signs together."""
        return sum(row.total for row in self.rows)


def months_shown(counts: Sequence[MonthCount], scheme: Scheme, on: date) -> MonthsShown:
    """Return the counts as a table of the last twelve months."""
    first = add_months(on.replace(day=1), 1 - MONTHS)
    months = tuple(add_months(first, ahead) for ahead in range(MONTHS))
    found = {(each.month, each.channel): each.count for each in counts}
    return MonthsShown(
        months=months,
        rows=tuple(
            ChannelRow(
                label=channel.label,
                counts=tuple(found.get((month, channel.code), 0) for month in months),
            )
            for channel in scheme.channels
        ),
    )
