"""Chooses the way of every link over the grid: no leg ever runs through an occupied cell.

The first way that is free is taken, from the straightest to the one that always exists: out
after the source, along a channel, through a gutter, along a channel, in before the target.
"""

from collections.abc import Sequence

from lianfang.documents.drawing.flow import Chart
from lianfang.documents.drawing.legs import Course, Leg, Route, Side
from lianfang.documents.drawing.ordering import Grid
from lianfang.register.model import StepKind

PITCH = 12.0
_OFFSETS = (0.0, PITCH, -PITCH, 2 * PITCH, -2 * PITCH)


class Rows:
    """What runs along each rank: two ways that share a stretch keep their distance."""

    def __init__(self) -> None:
        self._runs: dict[int, list[tuple[int, int, float, float]]] = {}

    def offset(
        self, rank: int, first: int, last: int, label: float = 0.0, most: int = 5
    ) -> float | None:
        """Return the offset nearest to the middle that is free, of the `most` first ones."""
        low, high = min(first, last), max(first, last)
        near = [run for run in self._runs.get(rank, ()) if run[0] <= high and low <= run[1]]
        for offset in _OFFSETS[:most]:
            before, after = offset - PITCH / 2 - label, offset + PITCH / 2
            if all(after <= run[2] or run[3] <= before for run in near):
                return offset
        return None

    def take(self, rank: int, first: int, last: int, offset: float, label: float = 0.0) -> Leg:
        """Return the leg of a run, whose stretch is taken from now on."""
        leg = Leg(Course.ROW, rank, first, last)
        leg.offset = offset
        run = (leg.first, leg.last, offset - PITCH / 2 - label, offset + PITCH / 2)
        self._runs.setdefault(rank, []).append(run)
        return leg


class Router:
    """Finds ways over one grid; the order in which links are asked for decides who is first."""

    def __init__(self, chart: Chart, grid: Grid) -> None:
        self.chart = chart
        self.grid = grid
        self.rows = Rows()
        self.gutters = [0] * (grid.columns + 1)

    def find(self, route: Route) -> None:
        """Give `route` its sides and legs."""
        grid = self.grid
        start = (grid.column_of[route.source], grid.rank_of[route.source])
        end = (grid.column_of[route.target], grid.rank_of[route.target])
        if end[1] > start[1]:
            self._onward(route, start, end)
        elif start != end and self._through_sides(route, start, end):
            return
        elif not self._back_over(route, start, end):
            self._around(route, start, end)

    def _onward(self, route: Route, start: tuple[int, int], end: tuple[int, int]) -> None:
        if start[0] == end[0]:
            found = self._straight(route, start, end) or self._through_sides(route, start, end)
        else:
            asks = self.chart.nodes[route.source].kind is StepKind.DECISION
            found = (
                self._out_sideways(route, start, end, 5 if asks else 1)
                or self._in_sideways(route, start, end)
                or self._stepped(route, start, end)
                or self._through_sides(route, start, end)
            )
        if not found:
            self._around(route, start, end)

    def _straight(self, route: Route, start: tuple[int, int], end: tuple[int, int]) -> bool:
        column, rank = start
        if not self._column_free(column, rank + 1, end[1] - 1):
            return False
        route.legs = [Leg(Course.PORT, column, 2 * rank + 1, 2 * end[1] + 1)]
        return True

    def _out_sideways(
        self, route: Route, start: tuple[int, int], end: tuple[int, int], most: int
    ) -> bool:
        """Leave by the side along the own rank, turn over the target, enter from before."""
        (column, rank), (goal, last) = start, end
        lean = 1 if goal > column else -1
        if not (self._row_free(rank, column, goal) and self._column_free(goal, rank, last - 1)):
            return False
        first, stop = _side_of(column, lean), _side_of(goal, -lean, inside=True)
        offset = self.rows.offset(rank, first, stop, route.label[0], most)
        if offset is None:
            return False
        route.exit = Side.HIGH if lean > 0 else Side.LOW
        row = self.rows.take(rank, first, stop, offset, route.label[0])
        route.legs = [
            row,
            _port(goal, 2 * rank + 1, 2 * last + 1, -lean, 2 * rank + 1, goal - column),
        ]
        return True

    def _in_sideways(self, route: Route, start: tuple[int, int], end: tuple[int, int]) -> bool:
        """Go down the own column to the rank of the target, and enter it by the side."""
        (column, rank), (goal, last) = start, end
        lean = 1 if goal > column else -1
        if not (self._column_free(column, rank + 1, last) and self._row_free(last, column, goal)):
            return False
        first, stop = _side_of(column, lean, inside=True), _side_of(goal, -lean)
        offset = self.rows.offset(last, first, stop, most=1)
        if offset is None:
            return False
        route.entry = Side.LOW if lean > 0 else Side.HIGH
        port = _port(column, 2 * rank + 1, 2 * last + 1, lean, 2 * last + 1, goal - column)
        route.legs = [port, self.rows.take(last, first, stop, offset)]
        return True

    def _stepped(self, route: Route, start: tuple[int, int], end: tuple[int, int]) -> bool:
        """Cross over in one channel: the first, down the target's column, or the last."""
        (column, rank), (goal, last) = start, end
        if self._column_free(goal, rank + 1, last - 1):
            channel = rank + 1
        elif self._column_free(column, rank + 1, last - 1):
            channel = last
        else:
            return False
        lean = 1 if goal > column else -1
        reach = goal - column
        route.legs = [
            _port(column, 2 * rank + 1, 2 * channel, lean, 2 * channel, reach),
            Leg(Course.CHANNEL, channel),
            _port(goal, 2 * channel, 2 * last + 1, -lean, 2 * channel, reach),
        ]
        return True

    def _through_sides(self, route: Route, start: tuple[int, int], end: tuple[int, int]) -> bool:
        """Leave by a side into the gutter there, and enter the target by a side from it."""
        column, rank = start
        best: tuple[float, int, float, float] | None = None
        for gutter in (column, column + 1):
            first = _side_of(column, 1 if gutter > column else -1)
            goal = self._side_from(gutter, end)
            if goal is None:
                continue
            leave = self.rows.offset(rank, first, 3 * gutter, route.label[0])
            arrive = self.rows.offset(end[1], 3 * gutter, goal)
            if leave is None or arrive is None:
                continue
            far = abs(end[0] + 0.5 - gutter) + abs(column + 0.5 - gutter)
            cost = abs(leave) + abs(arrive) + 4 * self.gutters[gutter] + 20 * far
            if best is None or cost < best[0]:
                best = (cost, gutter, leave, arrive)
        if best is None:
            return False
        self._take_sides(route, start, end, best[1:])
        return True

    def _take_sides(
        self,
        route: Route,
        start: tuple[int, int],
        end: tuple[int, int],
        choice: tuple[int, float, float],
    ) -> None:
        (column, rank), (_, last) = start, end
        gutter, leave, arrive = choice
        out = 1 if gutter > column else -1
        goal = self._side_from(gutter, end) or 0
        route.exit = Side.HIGH if out > 0 else Side.LOW
        route.entry = Side.LOW if gutter <= end[0] else Side.HIGH
        route.legs = [
            self.rows.take(rank, _side_of(column, out), 3 * gutter, leave, route.label[0]),
            Leg(Course.GUTTER, gutter, 2 * rank + 1, 2 * last + 1),
            self.rows.take(last, 3 * gutter, goal, arrive),
        ]
        self.gutters[gutter] += 1

    def _side_from(self, gutter: int, end: tuple[int, int]) -> int | None:
        """Return the ordinal at which a run from `gutter` meets the target's side, if free."""
        column, rank = end
        if gutter <= column:
            return _side_of(column, -1) if self._row_free(rank, gutter - 1, column) else None
        return _side_of(column, 1) if self._row_free(rank, column, gutter) else None

    def _back_over(self, route: Route, start: tuple[int, int], end: tuple[int, int]) -> bool:
        """Leave by a side into the gutter there, and enter the target from before."""
        (column, rank), (goal, last) = start, end
        for gutter in (column + 1, column) if goal >= column else (column, column + 1):
            out = 1 if gutter > column else -1
            first = _side_of(column, out)
            offset = self.rows.offset(rank, first, first, route.label[0])
            if offset is None:
                continue
            into = 1 if gutter > goal else -1
            route.exit = Side.HIGH if out > 0 else Side.LOW
            route.legs = [
                self.rows.take(rank, first, first, offset, route.label[0]),
                Leg(Course.GUTTER, gutter, 2 * rank + 1, 2 * last),
                Leg(Course.CHANNEL, last),
                _port(goal, 2 * last, 2 * last + 1, into, 2 * last, gutter - goal),
            ]
            self.gutters[gutter] += 1
            return True
        return False

    def _around(self, route: Route, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Take the way that always exists, through the gutter least used beside the target."""
        (column, rank), (goal, last) = start, end
        gutter = goal if column < goal else goal + 1
        if column == goal and self.gutters[goal] < self.gutters[goal + 1]:
            gutter = goal
        self.gutters[gutter] += 1
        leave, arrive = 2 * rank + 2, 2 * last
        out = 1 if gutter > column else -1
        into = 1 if gutter > goal else -1
        route.legs = [
            _port(column, 2 * rank + 1, leave, out, leave, gutter - column),
            Leg(Course.CHANNEL, rank + 1),
            Leg(Course.GUTTER, gutter, leave, arrive),
            Leg(Course.CHANNEL, last),
            _port(goal, arrive, 2 * last + 1, into, arrive, gutter - goal),
        ]

    def _column_free(self, column: int, first: int, last: int) -> bool:
        at = self.grid.at
        return not any((column, rank) in at for rank in range(first, last + 1))

    def _row_free(self, rank: int, column: int, goal: int) -> bool:
        """Return whether the cells strictly between two columns are free."""
        at = self.grid.at
        low, high = (column, goal) if column < goal else (goal, column)
        return not any((between, rank) in at for between in range(low + 1, high))


def _side_of(column: int, lean: int, *, inside: bool = False) -> int:
    """Return the ordinal of a column's half, or of the gutter beside it."""
    if inside:
        return 3 * column + (2 if lean > 0 else 1)
    return 3 * (column + 1) if lean > 0 else 3 * column


def _port(column: int, first: int, last: int, lean: int, turn: int, reach: int) -> Leg:
    leg = Leg(Course.PORT, column, first, last)
    leg.lean, leg.turn, leg.reach = lean, turn, abs(reach)
    return leg


def routed(
    chart: Chart, grid: Grid, loops: frozenset[int], labels: Sequence[tuple[float, float]]
) -> list[Route]:
    """Return the way of every link in order; `labels` are their sizes as (main, cross)."""
    routes = [
        Route(place, link.source, link.target, place in loops, labels[place])
        for place, link in enumerate(chart.links)
    ]
    router = Router(chart, grid)
    ranks, columns = grid.rank_of, grid.column_of

    def ease(route: Route) -> tuple[int, int]:
        onward = ranks[route.target] - ranks[route.source]
        aside = abs(columns[route.target] - columns[route.source])
        return (0 if onward > 0 else 1, 4 * aside + abs(onward))

    for route in sorted(routes, key=ease):
        router.find(route)
    return routes
