"""What stands around the flow: title, lanes with their heads, legend and notes."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from lianfang.common.text import Language, Text
from lianfang.documents.drawing.flow import Chart, Lane
from lianfang.documents.drawing.geometry import Area, LaneBox, LegendKey, Line, Tone
from lianfang.documents.drawing.wrapping import width_em, wrapped

MARGIN = 20.0
TITLE = 15.0
LANE = 11.0
NOTE = 8.5
HEAD_WIDTH = 84.0
_TITLE_LEADING = 20.0
_LANE_LEADING = 15.0
_NOTE_LEADING = 12.0
_LEAST_WIDTH = 300.0
_KEY_HEIGHT = 13.0
_LANE_EM = 6.5

_RISK_STEPS = Text("风险环节", "risk at this step")
_LOOPS = Text("虚线为退回", "dashed: back")
_TITLE = Text("{name}权力运行流程图", "{name}: flow of the power")


class Frame(NamedTuple):
    """The surroundings, and where the corner of the lanes' inside lies."""

    x: float
    y: float
    width: float
    height: float
    title: tuple[Line, ...]
    body: Area
    lanes: tuple[LaneBox, ...]
    legend: tuple[LegendKey, ...]
    notes: tuple[Line, ...]


def title_of(chart: Chart) -> str:
    """Return the words over the chart."""
    return _titled(chart.title, chart.language)


@lru_cache(maxsize=4_096)
def _titled(name: str, language: Language) -> str:
    return _TITLE.filled(name=name).in_(language)


def least_lanes(chart: Chart, *, portrait: bool) -> list[float]:
    """Return the least breadth of each lane, so that its head holds its name."""
    return [_least(lane, portrait=portrait) for lane in chart.lanes]


@lru_cache(maxsize=4_096)
def _least(lane: Lane, *, portrait: bool) -> float:
    name, note = _head(lane, _LANE_EM)
    if portrait:
        widest = max(map(width_em, name), default=0.0) * LANE * 1.02
        return max(widest, max(map(width_em, note), default=0.0) * NOTE) + 14
    return len(name) * _LANE_LEADING + len(note) * _NOTE_LEADING + 12


@lru_cache(maxsize=4_096)
def _head(lane: Lane, limit: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return wrapped(lane.name, limit), wrapped(lane.note, limit * LANE / NOTE)


def surround(
    chart: Chart,
    borders: Sequence[float],
    length: float,
    *,
    portrait: bool,
    framed: bool,
    loops: bool,
) -> Frame:
    """Return everything around lanes with such `borders` across and such a `length`."""
    heads = [
        _lane_head(chart.lanes[at], borders, at, portrait=portrait)
        for at in range(len(chart.lanes))
    ]
    head = _head_height(heads) if portrait else HEAD_WIDTH
    breadth = borders[-1]
    inner = (breadth, head + length) if portrait else (head + length, breadth)
    margin = MARGIN if framed else 1.0
    width = max(inner[0] + 2 * margin, _LEAST_WIDTH if framed else 0.0)
    title = tuple(_title(chart, width)) if framed else ()
    top = margin + len(title) * _TITLE_LEADING + (8 if title else 0)
    left = (width - inner[0]) / 2
    body = Area(left, top, inner[0], inner[1])
    legend = tuple(_legend(chart, width, top + inner[1] + 10, loops=loops)) if framed else ()
    under = legend[-1].area.y + _KEY_HEIGHT + 4 if legend else top + inner[1] + (6 if framed else 0)
    notes = tuple(_notes(chart, width, under + 2)) if framed else ()
    bottom = notes[-1].y + 4 if notes else under
    return Frame(
        x=left if portrait else left + head,
        y=top + head if portrait else top,
        width=width,
        height=bottom + (margin - 6 if framed else 1.0),
        title=title,
        body=body,
        lanes=tuple(_lanes(heads, borders, body, head, portrait=portrait)),
        legend=legend,
        notes=notes,
    )


_Head = tuple[tuple[str, ...], tuple[str, ...]]


def _head_height(heads: Sequence[_Head]) -> float:
    return max(len(name) * _LANE_LEADING + len(note) * _NOTE_LEADING for name, note in heads) + 10


def _lane_head(lane: Lane, borders: Sequence[float], at: int, *, portrait: bool) -> _Head:
    room = borders[at + 1] - borders[at] - 12 if portrait else HEAD_WIDTH - 12
    return _head(lane, max(_LANE_EM, int(room / LANE * 2) / 2) if portrait else _LANE_EM)


def _lanes(
    heads: Sequence[_Head], borders: Sequence[float], body: Area, head: float, *, portrait: bool
) -> Iterator[LaneBox]:
    for at, (name, note) in enumerate(heads):
        low, high = borders[at], borders[at + 1]
        if portrait:
            area = Area(body.x + low, body.y, high - low, body.height)
            top = Area(area.x, area.y, area.width, head)
        else:
            area = Area(body.x, body.y + low, body.width, high - low)
            top = Area(area.x, area.y, head, area.height)
        yield LaneBox(at, area, top, tuple(_head_lines(name, note, top)))


def _head_lines(name: Sequence[str], note: Sequence[str], head: Area) -> Iterator[Line]:
    x = head.x + head.width / 2
    height = len(name) * _LANE_LEADING + len(note) * _NOTE_LEADING
    y = head.y + (head.height - height) / 2
    for text in name:
        yield Line(x, y + 11.3, text, LANE, bold=True)
        y += _LANE_LEADING
    for text in note:
        yield Line(x, y + 9, text, NOTE, tone=Tone.FAINT)
        y += _NOTE_LEADING


def _title(chart: Chart, width: float) -> Iterator[Line]:
    for at, text in enumerate(wrapped(title_of(chart), (width - 2 * MARGIN) / TITLE)):
        y = MARGIN + at * _TITLE_LEADING + 14
        yield Line(width / 2, y, text, TITLE, bold=True)


def _legend(chart: Chart, width: float, top: float, *, loops: bool) -> Iterator[LegendKey]:
    """Yield the looks that stand in the chart, and the dashed line where there is a loop."""
    words = chart.language
    used = sorted({mark.look for node in chart.nodes for mark in node.marks})
    entries: list[tuple[int | None, bool, str]] = [
        (look, False, f"{chart.looks[look].shape}{chart.looks[look].label}") for look in used
    ]
    if used:
        entries.append((None, False, _RISK_STEPS.in_(words)))
    if loops:
        entries.append((None, True, _LOOPS.in_(words)))
    x, y = MARGIN, top
    for look, dashed, text in entries:
        lead = 26.0 if dashed else (5.0 if look is not None else 0.0)
        wide = lead + width_em(text) * NOTE + (5.0 if look is not None else 2.0)
        if x + wide > width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + _KEY_HEIGHT + 4
        line = Line(x + lead, y + 9.6, text, NOTE, "start", Tone.SOFT, look is not None)
        yield LegendKey(look, dashed, Area(x, y, wide, _KEY_HEIGHT), line)
        x += wide + 8


def _notes(chart: Chart, width: float, top: float) -> Iterator[Line]:
    y = top + 9
    for note in chart.notes:
        for text in wrapped(note, (width - 2 * MARGIN) / NOTE):
            yield Line(MARGIN, y, text, NOTE, "start", Tone.FAINT)
            y += _NOTE_LEADING
