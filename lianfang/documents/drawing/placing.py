"""Turns lengths into coordinates along main and cross, counted from the corner of the lanes."""

from collections.abc import Sequence
from itertools import pairwise

from lianfang.documents.drawing.legs import Course, Leg, Route, Side
from lianfang.documents.drawing.ordering import Grid
from lianfang.documents.drawing.routing import PITCH
from lianfang.documents.drawing.sizing import (
    CHANNEL_EDGE,
    GUTTER_EDGE,
    Body,
    Extents,
    channel_size,
    gutter_width,
    tracks_of,
)

_OUTER_GUTTER = 12.0
_CLEAR = 6.0


class Placing:
    """Coordinates of ranks, columns and lane borders; legs carry their own in `at`."""

    def __init__(self, grid: Grid, routes: Sequence[Route], extents: Extents) -> None:
        self.grid = grid
        self.extents = extents
        self.cross_of: list[float] = []
        self.main_of: list[float] = []
        self.borders: list[float] = []
        self.channel_starts: list[float] = []
        self.length = 0.0
        self._gutters: list[list[Leg]] = [[] for _ in range(grid.columns + 1)]
        self._channels: list[list[tuple[Leg, Leg, Leg]]] = [[] for _ in range(grid.ranks + 1)]
        self._ports: list[Leg] = []
        self._rows: list[Leg] = []
        for route in routes:
            self._sort(route)
        self._tracks = [tracks_of(legs) if legs else 0 for legs in self._gutters]
        self._track_at = {id(leg): leg.at for legs in self._gutters for leg in legs}

    def _sort(self, route: Route) -> None:
        legs = route.legs
        for at, leg in enumerate(legs):
            if leg.course is Course.GUTTER:
                leg.lean = self._lean(route, at)
                self._gutters[leg.place].append(leg)
            elif leg.course is Course.CHANNEL:
                self._channels[leg.place].append((legs[at - 1], leg, legs[at + 1]))
            elif leg.course is Course.PORT:
                self._ports.append(leg)
            else:
                self._rows.append(leg)

    def _lean(self, route: Route, at: int) -> int:
        """Return to which side of its gutter a leg belongs: the target's, as its end is there."""
        gutter = route.legs[at].place
        column = self.grid.column_of[route.source if at == 1 else route.target]
        return -1 if column < gutter else 1

    def place_cross(self, least: Sequence[float]) -> None:
        """Set all coordinates across; `least` is the least breadth of each lane."""
        self._columns()
        if self._widened(least):
            self._columns()
        for leg in self._ports:
            leg.at = self.cross_of[leg.place] + leg.offset
        for gutter, legs in enumerate(self._gutters):
            for leg in legs:
                leg.at = self._starts[gutter] + GUTTER_EDGE + PITCH * self._track_at[id(leg)]

    def _widened(self, least: Sequence[float]) -> bool:
        """Give lanes that are too narrow the extents they need; return whether any was."""
        widened = False
        for lane, columns in enumerate(self.grid.lane_columns):
            missing = least[lane] - (self.borders[lane + 1] - self.borders[lane])
            if missing > 0:
                self.extents.low[columns.start] += missing / 2
                self.extents.high[columns.stop - 1] += missing / 2
                widened = True
        return widened

    def _columns(self) -> None:
        grid, extents = self.grid, self.extents
        firsts = {columns.start for columns in grid.lane_columns}
        self.cross_of, self.borders, self._starts = [], [], []
        at = 0.0
        for gutter in range(grid.columns + 1):
            self._starts.append(at)
            wide = self._gutter(gutter)
            if gutter in (0, grid.columns):
                self.borders.append(0.0 if gutter == 0 else at + wide)
            elif gutter in firsts:
                self.borders.append(at + self._border(gutter, wide))
            at += wide
            if gutter < grid.columns:
                self.cross_of.append(at + extents.low[gutter])
                at += extents.low[gutter] + extents.high[gutter]

    def _gutter(self, gutter: int) -> float:
        outer = gutter in (0, self.grid.columns)
        return (
            _OUTER_GUTTER
            if outer and not self._tracks[gutter]
            else gutter_width(self._tracks[gutter])
        )

    def _border(self, gutter: int, wide: float) -> float:
        """Return where in a gutter two lanes meet: between two tracks."""
        legs = self._gutters[gutter]
        if not legs:
            return wide / 2
        low = {self._track_at[id(leg)] for leg in legs if leg.lean <= 0}
        return GUTTER_EDGE + PITCH * len(low) - PITCH / 2

    def place_main(self) -> None:
        """Set all coordinates along the flow, once those across are known."""
        extents = self.extents
        at = 0.0
        for channel, crossings in enumerate(self._channels):
            self.channel_starts.append(at)
            outer = channel in (0, self.grid.ranks)
            tracks = _channel_tracks(crossings)
            for _, leg, _ in crossings:
                leg.at = at + CHANNEL_EDGE + PITCH * leg.at
            at += channel_size(tracks, outer=outer)
            if channel < self.grid.ranks:
                self.main_of.append(at + extents.before[channel])
                at += extents.before[channel] + extents.after[channel]
        self.length = at
        for leg in self._rows:
            leg.at = self.main_of[leg.place] + leg.offset

    def way(
        self, route: Route, bodies: Sequence[Body], slanted: Sequence[bool]
    ) -> list[tuple[float, float]]:
        """Return the corners of a way as (main, cross), border to border."""
        legs = route.legs
        points = [self._meet(route.source, route.exit, legs[0], bodies, slanted)]
        for leg, following in pairwise(legs):
            points.append((following.at, leg.at) if leg.along_main else (leg.at, following.at))
        points.append(self._meet(route.target, route.entry, legs[-1], bodies, slanted))
        return points

    def _meet(
        self, node: int, side: Side, leg: Leg, bodies: Sequence[Body], slanted: Sequence[bool]
    ) -> tuple[float, float]:
        """Return the point at which a leg meets the border of a node."""
        body = bodies[node]
        main = self.main_of[self.grid.rank_of[node]]
        cross = self.cross_of[self.grid.column_of[node]]
        if side in (Side.BEFORE, Side.AFTER):
            rest = 1 - abs(leg.at - cross) / body.half_cross if slanted[node] else 1.0
            return (main + (-1 if side is Side.BEFORE else 1) * body.half_main * rest, leg.at)
        rest = 1 - abs(leg.at - main) / body.half_main if slanted[node] else 1.0
        return (leg.at, cross + (-1 if side is Side.LOW else 1) * body.half_cross * rest)


def _channel_tracks(crossings: Sequence[tuple[Leg, Leg, Leg]]) -> int:
    """Give each leg of a channel its track as `at`, and return how many there are.

    A way to the high side starts the nearer to the source the further on it begins, which
    saves crossings; ways that share any stretch get tracks of their own.
    """
    tracks: list[list[tuple[float, float]]] = []
    for before, leg, after in sorted(crossings, key=_precedence):
        low, high = min(before.at, after.at) - _CLEAR, max(before.at, after.at) + _CLEAR
        for number, track in enumerate(tracks):
            if all(high <= other[0] or other[1] <= low for other in track):
                track.append((low, high))
                leg.at = number
                break
        else:
            leg.at = len(tracks)
            tracks.append([(low, high)])
    return len(tracks)


def _precedence(crossing: tuple[Leg, Leg, Leg]) -> tuple[float, float]:
    before, _, after = crossing
    return (-before.at, -after.at) if after.at > before.at else (before.at, after.at)
