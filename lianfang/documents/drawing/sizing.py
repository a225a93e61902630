"""Turns ways and faces into lengths: how large each box, rank, column, gutter and channel is."""

from collections.abc import Sequence

from lianfang.documents.drawing.faces import Face
from lianfang.documents.drawing.flow import Chart
from lianfang.documents.drawing.legs import Course, Leg, Route, Side
from lianfang.documents.drawing.ordering import Grid
from lianfang.documents.drawing.ports import LABEL_GAP
from lianfang.documents.drawing.routing import PITCH
from lianfang.register.model import StepKind

STRIP = 12.0
GUTTER = 22.0
GUTTER_EDGE = 14.0
CHANNEL = 24.0
CHANNEL_EDGE = 10.0
HEAD = 17.0


class Body:
    """A node's half extents along main and cross, and its strip's, in points.

    `left` and `right` are the offsets of the topmost arrows that meet the sides of the box;
    the drops say how far number and marks sink into the corners of a diamond.
    """

    __slots__ = ("half_cross", "half_main", "left", "number_drop", "right", "strip", "tags_drop")

    def __init__(self, half_main: float, half_cross: float) -> None:
        self.half_main = half_main
        self.half_cross = half_cross
        self.strip = 0.0
        self.left = 0.0
        self.right = 0.0
        self.number_drop = 0.0
        self.tags_drop = 0.0


def bodies_of(
    chart: Chart, faces: Sequence[Face], routes: Sequence[Route], *, portrait: bool
) -> list[Body]:
    """Return bodies large enough for their faces and for every arrow that meets them."""
    bodies = [
        Body(face.height / 2, face.width / 2) if portrait else Body(face.width / 2, face.height / 2)
        for face in faces
    ]
    asks = [node.kind is StepKind.DECISION for node in chart.nodes]
    topmost = Side.BEFORE if portrait else Side.LOW
    left, right = (Side.LOW, Side.HIGH) if portrait else (Side.BEFORE, Side.AFTER)
    for body, face in zip(bodies, faces, strict=True):
        _widen(body, (face.number_width + face.tags_width) / 2 + 4, portrait=portrait)
    for route in routes:
        for node, side, leg in (
            (route.source, route.exit, route.legs[0]),
            (route.target, route.entry, route.legs[-1]),
        ):
            _hold(bodies[node], side, leg.offset, slanted=asks[node])
            if side is left:
                bodies[node].left = min(bodies[node].left, leg.offset)
            elif side is right:
                bodies[node].right = min(bodies[node].right, leg.offset)
            if side is topmost:
                face = faces[node]
                least = max(face.number_width - leg.offset, face.tags_width + leg.offset) + 7
                _widen(bodies[node], least, portrait=portrait)
    for node, body in enumerate(bodies):
        _drop(body, faces[node], slanted=asks[node], portrait=portrait)
    return bodies


def _widen(body: Body, half_width: float, *, portrait: bool) -> None:
    if portrait:
        body.half_cross = max(body.half_cross, half_width)
    else:
        body.half_main = max(body.half_main, half_width)


def _hold(body: Body, side: Side, offset: float, *, slanted: bool) -> None:
    """Make the side long enough for an arrow at `offset` from its middle."""
    least = abs(offset) * 1.7 + 4 if slanted else abs(offset) + 8
    if side in (Side.BEFORE, Side.AFTER):
        body.half_cross = max(body.half_cross, least)
    else:
        body.half_main = max(body.half_main, least)


def _drop(body: Body, face: Face, *, slanted: bool, portrait: bool) -> None:
    """Set the strip's height; over a diamond, number and marks sink into its empty corners."""
    half_width = body.half_cross if portrait else body.half_main
    half_height = body.half_main if portrait else body.half_cross
    if slanted:
        free = half_height / half_width
        number = min(half_height + body.left - 9, free * (half_width - face.number_width) - 3)
        tags = min(half_height + body.right - 9, free * (half_width - face.tags_width) - 3)
        body.number_drop, body.tags_drop = max(0.0, number), max(0.0, tags)
    over_number = STRIP - body.number_drop if face.number_width else 0.0
    over_tags = face.tags_height - body.tags_drop if face.tags else 0.0
    body.strip = max(over_number, over_tags, 0.0)


class Extents:
    """How far ranks and columns reach from their middles, boxes, strips and labels included."""

    def __init__(self, grid: Grid) -> None:
        self.before = [0.0] * grid.ranks
        self.after = [0.0] * grid.ranks
        self.low = [0.0] * grid.columns
        self.high = [0.0] * grid.columns

    def reach(
        self, rank: int, column: int, main: tuple[float, float], cross: tuple[float, float]
    ) -> None:
        """Take in a rectangle given by its bounds from the middle of a rank and column."""
        self.before[rank] = max(self.before[rank], -main[0])
        self.after[rank] = max(self.after[rank], main[1])
        self.reach_across(column, cross)

    def reach_across(self, column: int, cross: tuple[float, float]) -> None:
        self.low[column] = max(self.low[column], -cross[0])
        self.high[column] = max(self.high[column], cross[1])


Bounds = tuple[tuple[float, float], tuple[float, float]]


def label_bounds(route: Route, body: Body, *, portrait: bool) -> Bounds:
    """Return where a label stands, as bounds along main and cross from its source's middle."""
    main, cross = route.label
    offset = route.legs[0].offset
    if route.exit is Side.AFTER:
        start = body.half_main + 3
        across = offset + LABEL_GAP if route.label_turn > 0 else offset - LABEL_GAP - cross
        return (start, start + main), (across, across + cross)
    before = (offset - 3 - main, offset - 3)
    if route.exit is Side.HIGH:
        return before, (body.half_cross + 4, body.half_cross + 4 + cross)
    edge = body.half_cross + 4 + (0.0 if portrait else body.strip)
    return before, (-edge - cross, -edge)


def extents_of(
    grid: Grid, bodies: Sequence[Body], routes: Sequence[Route], *, portrait: bool
) -> Extents:
    """Return the extents that keep every box and label clear of all channels and gutters."""
    extents = Extents(grid)
    for node, body in enumerate(bodies):
        strip_main, strip_cross = (body.strip, 0.0) if portrait else (0.0, body.strip)
        extents.reach(
            grid.rank_of[node],
            grid.column_of[node],
            (-body.half_main - strip_main, body.half_main),
            (-body.half_cross - strip_cross, body.half_cross),
        )
    for route in routes:
        if route.label[0]:
            main, cross = label_bounds(route, bodies[route.source], portrait=portrait)
            extents.reach(
                grid.rank_of[route.source],
                grid.column_of[route.source],
                (main[0] - 2, main[1] + 2),
                (cross[0] - 3, cross[1] + 3),
            )
        for leg in (route.legs[0], route.legs[-1]):
            if leg.course is Course.PORT:
                extents.reach_across(leg.place, (leg.offset - 6, leg.offset + 6))
    return extents


def tracks_of(legs: Sequence[Leg]) -> int:
    """Give each leg of one gutter a track as its `at`, and return how many there are.

    Legs that lean low (their `lean`) get the first tracks, short ones nearest to the side.
    """
    low = sorted((leg for leg in legs if leg.lean <= 0), key=_length)
    high = sorted((leg for leg in legs if leg.lean > 0), key=_length)
    low_count = _coloured(low)
    count = low_count + _coloured(high)
    for leg in high:
        leg.at = count - 1 - leg.at
    return count


def _length(leg: Leg) -> int:
    return leg.last - leg.first


def _coloured(legs: Sequence[Leg]) -> int:
    tracks: list[list[Leg]] = []
    for leg in legs:
        for number, track in enumerate(tracks):
            if all(leg.last < other.first or other.last < leg.first for other in track):
                track.append(leg)
                leg.at = number
                break
        else:
            leg.at = len(tracks)
            tracks.append([leg])
    return len(tracks)


def gutter_width(tracks: int) -> float:
    """Return the width of a gutter with so many tracks."""
    return GUTTER if not tracks else 2 * GUTTER_EDGE + (tracks - 1) * PITCH


def channel_size(tracks: int, *, outer: bool) -> float:
    """Return the length of a channel along main; an `outer` one needs no room when empty."""
    if not tracks:
        return 6.0 if outer else CHANNEL
    return CHANNEL_EDGE + (tracks - 1) * PITCH + HEAD
