"""Sets the ways that share the gap between two boxes of a column beside each other."""

from collections.abc import Sequence
from itertools import pairwise

from lianfang.documents.drawing.legs import Course, Leg, Route
from lianfang.documents.drawing.ordering import Grid
from lianfang.documents.drawing.routing import PITCH

LABEL_GAP = 5.0


class Port:
    """A leg at a gap, and the room its label needs across; a straight leg leaves."""

    __slots__ = ("label", "leaves", "leg", "route")

    def __init__(self, leg: Leg, route: Route, *, leaves: bool) -> None:
        self.leg = leg
        self.route = route
        self.leaves = leaves
        self.label = route.label[1] + LABEL_GAP + 4 if leaves and route.label[1] else 0.0

    def outwardness(self) -> tuple[int, int]:
        """Sort key: small is near the middle, so that fewer ways cross."""
        leg = self.leg
        return (-leg.turn, leg.reach) if self.leaves else (leg.turn, leg.reach)


def set_ports(routes: Sequence[Route], grid: Grid, label_side: int) -> None:
    """Give every port leg its offset from the middle of its column.

    `label_side` is where the label of a straight way stands: -1 low, 1 high.
    """
    gaps: dict[tuple[int, int], list[Port]] = {}
    above = _nodes_above(grid)
    for route in routes:
        first, last = route.legs[0], route.legs[-1]
        if first.course is Course.PORT:
            key = (first.place, grid.rank_of[route.source])
            gaps.setdefault(key, []).append(Port(first, route, leaves=True))
        if last is not first and last.course is Course.PORT:
            key = (last.place, above[route.target])
            gaps.setdefault(key, []).append(Port(last, route, leaves=False))
    for ports in gaps.values():
        _set_gap(ports, label_side)


def _nodes_above(grid: Grid) -> dict[int, int]:
    """Return, for each node, the rank of the node before it in its column, -1 for none."""
    above: dict[int, int] = {}
    last: dict[int, int] = {}
    for (column, rank), node in sorted(grid.at.items()):
        above[node] = last.get(column, -1)
        last[column] = rank
    return above


def _set_gap(ports: list[Port], label_side: int) -> None:
    if len(ports) == 1:
        if ports[0].leaves:
            ports[0].route.label_turn = label_side
        return
    leaving = [port for port in ports if port.leaves]
    entering = [port for port in ports if not port.leaves]
    if leaving and entering and not _meet(leaving, entering):
        _line_up(leaving, label_side)
        _line_up(entering, label_side)
    else:
        _line_up(ports, label_side)


def _meet(leaving: Sequence[Port], entering: Sequence[Port]) -> bool:
    """Return whether a way out and a way in share any stretch of the gap."""
    return max(port.leg.last for port in leaving) >= min(port.leg.first for port in entering)


def _line_up(ports: Sequence[Port], label_side: int) -> None:
    low = [port for port in ports if port.leg.lean < 0]
    middle = [port for port in ports if port.leg.lean == 0]
    high = [port for port in ports if port.leg.lean > 0]
    low.sort(key=Port.outwardness, reverse=True)
    high.sort(key=Port.outwardness)
    order = [*low, *middle, *high]
    for port in order:
        if port.leaves:
            port.route.label_turn = port.leg.lean or label_side
    places = [0.0]
    for left, right in pairwise(order):
        places.append(places[-1] + PITCH + _room(left, 1) + _room(right, -1))
    centred = (places[0] + places[-1]) / 2
    origin = places[len(low)] if len(middle) == 1 else centred
    for port, place in zip(order, places, strict=True):
        port.leg.offset = place - origin


def _room(port: Port, side: int) -> float:
    return port.label if port.leaves and port.route.label_turn == side else 0.0
