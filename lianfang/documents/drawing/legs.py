"""The parts of which a way between two nodes is made, before they have coordinates.

A chart is routed on two axes: `main`, along which the flow runs, and `cross`, along which the
lanes lie side by side. Portrait has main downwards, landscape to the right; nothing here knows.

Main ordinals: channel `c`, the space before rank `c`, is 2c; rank `r` is 2r+1.
Cross ordinals: gutter `g`, the space before column `g`, is 3g; the halves of column `c` are
3c+1 and 3c+2.
"""

from enum import Enum


class Side(Enum):
    """A side of a box: against and along the flow, and towards the first and last lane."""

    BEFORE = "before"
    AFTER = "after"
    LOW = "low"
    HIGH = "high"


class Course(Enum):
    """Where a leg runs: through a column or gutter (along main), a rank or channel (cross)."""

    PORT = "port"
    GUTTER = "gutter"
    ROW = "row"
    CHANNEL = "channel"


class Leg:
    """A straight part of a way; `first` to `last` are ordinals along it, `at` its coordinate.

    `lean` is -1 or 1 where a port's way turns to the low or high side, else 0; `turn` is the
    main ordinal of that turn, `reach` how many columns away it leads. `offset` is the distance
    from the middle of the column or rank in points.
    """

    __slots__ = ("at", "course", "first", "last", "lean", "offset", "place", "reach", "turn")

    def __init__(self, course: Course, place: int, first: int = 0, last: int = 0) -> None:
        self.course = course
        self.place = place
        self.first = min(first, last)
        self.last = max(first, last)
        self.offset = 0.0
        self.at = 0.0
        self.lean = 0
        self.turn = 0
        self.reach = 0

    @property
    def along_main(self) -> bool:
        return self.course is Course.PORT or self.course is Course.GUTTER


class Route:
    """The way of one link: the sides it leaves and enters by, and its legs in order.

    `label` is the size of its condition as (main, cross), in points; `label_turn` is -1 or 1
    for a label on the low or high side of a leg along main.
    """

    __slots__ = (
        "entry",
        "exit",
        "label",
        "label_turn",
        "legs",
        "loop",
        "place",
        "source",
        "target",
    )

    def __init__(
        self, place: int, source: int, target: int, loop: bool, label: tuple[float, float]
    ) -> None:
        self.place = place
        self.source = source
        self.target = target
        self.loop = loop
        self.label = label
        self.label_turn = 1
        self.exit = Side.AFTER
        self.entry = Side.BEFORE
        self.legs: list[Leg] = []
