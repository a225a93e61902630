"""Lays a chart out: ranks, columns, ways, lengths, coordinates, and words in their places.

Pure and deterministic. Cost grows about with nodes plus arrows; 8 steps take about 1 ms.
"""

from lianfang.documents.drawing.faces import faces_of, label_size
from lianfang.documents.drawing.flow import Chart
from lianfang.documents.drawing.geometry import Layout, Orientation
from lianfang.documents.drawing.ordering import Grid, gridded
from lianfang.documents.drawing.placing import Placing
from lianfang.documents.drawing.ports import set_ports
from lianfang.documents.drawing.ranking import ranked
from lianfang.documents.drawing.routing import routed
from lianfang.documents.drawing.sheet import Plan, sheet_of
from lianfang.documents.drawing.sizing import bodies_of, extents_of
from lianfang.documents.drawing.surround import least_lanes

_WIDEST = 132.0
NARROWEST = 92.0
_PORTRAIT_ROOM = 539.0
_GUTTER_ROOM = 24.0


def lay_out(
    chart: Chart,
    orientation: Orientation = Orientation.PORTRAIT,
    *,
    framed: bool = True,
    narrow: bool = False,
) -> Layout:
    """Return the geometry of `chart` on one sheet as large as it needs.

    Not `framed`, it has neither title nor legend, for a page that shows them itself; `narrow`
    makes the boxes as narrow as they may be.
    """
    portrait = orientation is Orientation.PORTRAIT
    ranks = ranked(chart, 3 if len(chart.lanes) < 4 else 2)
    grid = gridded(chart, ranks)
    width = NARROWEST if narrow else _box_width(grid, portrait=portrait)
    faces = faces_of(chart, width)
    sizes = [label_size(link.condition) for link in chart.links]
    labels = [(high, wide) if portrait else (wide, high) for wide, high in sizes]
    routes = routed(chart, grid, ranks.loops, labels)
    set_ports(routes, grid, 1 if portrait else -1)
    bodies = bodies_of(chart, faces, routes, portrait=portrait)
    extents = extents_of(grid, bodies, routes, portrait=portrait)
    placing = Placing(grid, routes, extents)
    placing.place_cross(least_lanes(chart, portrait=portrait))
    placing.place_main()
    plan = Plan(
        chart=chart,
        orientation=orientation,
        framed=framed,
        faces=faces,
        bodies=bodies,
        routes=routes,
        placing=placing,
    )
    return sheet_of(plan)


def _box_width(grid: Grid, *, portrait: bool) -> float:
    """Return the width of boxes at which a chart of so many columns still fits A4 upright."""
    if not portrait:
        return _WIDEST if grid.ranks <= 5 else 112.0
    room = _PORTRAIT_ROOM / max(grid.columns, 1) - _GUTTER_ROOM
    return min(max(room, NARROWEST), _WIDEST)
