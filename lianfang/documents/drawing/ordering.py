"""Places the nodes of a lane that stand abreast in columns, so that ways run straight."""

from collections.abc import Sequence
from typing import NamedTuple

from lianfang.documents.drawing.flow import Chart
from lianfang.documents.drawing.ranking import Ranks


class Grid(NamedTuple):
    """`column_of` counts over all lanes; `at` finds the node of a column and rank."""

    rank_of: tuple[int, ...]
    column_of: tuple[int, ...]
    lane_columns: tuple[range, ...]
    at: dict[tuple[int, int], int]
    ranks: int
    columns: int


def gridded(chart: Chart, ranks: Ranks) -> Grid:
    """Return the cell of every node; no two share one, and lanes keep their order."""
    cells: dict[tuple[int, int], list[int]] = {}
    widths = [1] * len(chart.lanes)
    for node, rank in enumerate(ranks.of):
        lane = chart.nodes[node].lane
        cell = cells.setdefault((rank, lane), [])
        cell.append(node)
        widths[lane] = max(widths[lane], len(cell))
    lanes: list[range] = []
    start = 0
    for width in widths:
        lanes.append(range(start, start + width))
        start += width
    column_of = _columns(chart, ranks, cells, lanes)
    return Grid(
        rank_of=ranks.of,
        column_of=tuple(column_of),
        lane_columns=tuple(lanes),
        at={(column_of[node], rank): node for node, rank in enumerate(ranks.of)},
        ranks=max(ranks.of, default=0) + 1,
        columns=start,
    )


def _columns(
    chart: Chart,
    ranks: Ranks,
    cells: dict[tuple[int, int], list[int]],
    lanes: Sequence[range],
) -> list[int]:
    """Return the column of each node: rank by rank, near to where its arrows come from."""
    before: list[list[int]] = [[] for _ in chart.nodes]
    for place, link in enumerate(chart.links):
        if place not in ranks.loops:
            before[link.target].append(link.source)
    column_of = [-1] * len(chart.nodes)
    for (_, lane), nodes in sorted(cells.items()):
        columns = lanes[lane]
        middle = columns.start + (len(columns) - 1) // 2
        if len(columns) == 1:
            column_of[nodes[0]] = columns.start
            continue
        wishes = [_wish(chart, node, before[node], column_of, middle) for node in nodes]
        order = sorted(range(len(nodes)), key=lambda at: (wishes[at], nodes[at]))
        for at, column in zip(order, _spread([wishes[at] for at in order], columns), strict=True):
            column_of[nodes[at]] = column
    return column_of


def _wish(
    chart: Chart, node: int, before: Sequence[int], column_of: Sequence[int], middle: int
) -> float:
    lane = chart.nodes[node].lane
    own = [column_of[source] for source in before if chart.nodes[source].lane == lane]
    if len(own) == 1:
        return own[0]
    if own:
        return sum(own) / len(own)
    return middle


def _spread(wishes: Sequence[float], columns: range) -> list[int]:
    """Return rising columns of a lane, each as near to its wish as the others let it be."""
    chosen: list[int] = []
    for at, wish in enumerate(wishes):
        first = chosen[-1] + 1 if chosen else columns.start
        last = columns.stop - (len(wishes) - at)
        chosen.append(min(max(first, int(wish + 0.5)), last))
    return chosen
