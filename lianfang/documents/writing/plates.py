"""Draws two flowcharts for print: side by side where both stay readable, else in turn."""

from collections.abc import Iterator
from typing import Any

from lianfang.documents.drawing.flow import Chart
from lianfang.documents.drawing.geometry import Layout, Orientation
from lianfang.documents.drawing.layout import lay_out
from lianfang.documents.drawing.pages import A3, LEAST_SCALE, paged
from lianfang.documents.drawing.printing import svg_of_page
from lianfang.documents.drawing.svg import svg_of
from lianfang.documents.writing.official import POINTS_PER_MM
from lianfang.documents.writing.paper import A3_LANDSCAPE, MARGIN, Plate

# what margins, footer and captions take from a page, and the gap between the two, in millimetres
_FRAME, _GAP = 45.0, 8.0
_ROOM = (
    (A3_LANDSCAPE.width - 2 * MARGIN - _GAP) / 2 * POINTS_PER_MM,
    (A3_LANDSCAPE.height - _FRAME) * POINTS_PER_MM,
)


def plate_sheets(plate: Plate) -> Iterator[dict[str, Any]]:
    """Yield the pages of a plate as the template takes them: one with both, or each by itself."""
    layouts = [_best(chart) if chart is not None else None for chart in plate.charts]
    scale = min(_scale(layout) for layout in layouts if layout is not None)
    if scale >= LEAST_SCALE:
        heading = f"{plate.name}　{plate.code}".strip()
        yield {
            "heading": heading,
            "width": A3_LANDSCAPE.width,
            "height": A3_LANDSCAPE.height,
            "captions": plate.captions,
            "pictures": [_picture(layout, scale) for layout in layouts],
        }
        return
    for caption, chart in zip(plate.captions, plate.charts, strict=True):
        for page in paged(chart, A3) if chart is not None else ():
            yield {
                "caption": caption,
                "width": page.paper.width / POINTS_PER_MM,
                "height": page.paper.height / POINTS_PER_MM,
                "whole": svg_of_page(page),
            }


def _best(chart: Chart) -> Layout:
    """Return the chart upright, with boxes as narrow as lets it be printed the largest."""
    layouts = [lay_out(chart, Orientation.PORTRAIT, narrow=narrow) for narrow in (False, True)]
    return max(layouts, key=_scale)


def _scale(layout: Layout) -> float:
    return min(1.0, _ROOM[0] / layout.width, _ROOM[1] / layout.height)


def _picture(layout: Layout | None, scale: float) -> dict[str, Any] | None:
    if layout is None:
        return None
    return {"svg": svg_of(layout), "width": layout.width * scale}
