"""The power map of a unit: posts are the points, processes the lines, rules the planes (二).

Pure geometry in points. A plane is a regulation with the powers that rest on it first; a line is
a power, from the first to the last of its posts; a point is a post where it takes part.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lianfang.register.model import Power, Role

LABEL, COLUMN, HEAD, TITLE, LINE, FOOT, EDGE = 308, 104, 74, 30, 38, 8, 12
NAME, PER_LINE, LINES = 17, 7, 3
# how wide a label may be, counted in Latin letters; a Chinese character counts twice
_LABEL_LETTERS = 31


@dataclass(frozen=True, kw_only=True)
class PointMark:
    """A post on a line: what it does there, first the heaviest role; empty for a step alone."""

    x: int
    post: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True)
class MapLine:
    """A power: its height, where its line begins and ends, and its points."""

    power: Power
    y: int
    start: int
    end: int
    points: tuple[PointMark, ...]
    also: int

    @property
    def is_thin(self) -> bool:
        """Whether the power has no process yet."""
        return not self.power.steps


@dataclass(frozen=True, kw_only=True)
class Plane:
    """A regulation, None for powers that rest on none, with the lines on it."""

    regulation: str | None
    y: int
    height: int
    lines: tuple[MapLine, ...]

    @property
    def title_y(self) -> int:
        """Where its title is written."""
        return self.y + 20


@dataclass(frozen=True, kw_only=True)
class PostColumn:
    """A post above its points, its name in short lines."""

    post: str
    x: int
    words: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class PowerMap:
    """The whole map."""

    width: int
    height: int
    columns: tuple[PostColumn, ...]
    planes: tuple[Plane, ...]

    @property
    def floor(self) -> int:
        """Where the columns end."""
        return self.height - EDGE

    @property
    def breadth(self) -> int:
        """How wide a plane is."""
        return self.width - 2 * EDGE


def map_of(powers: Sequence[Power], posts: Sequence[str], names: Mapping[str, str]) -> PowerMap:
    """Return the map of some powers; `posts` gives the order of the columns, `names` their words.

    Posts that take part nowhere get no column. A post without a place in `posts` comes last.
    """
    named = [post for power in powers for post in _roles(power)]
    known = [post for post in posts if post in set(named)]
    across = list(dict.fromkeys([*known, *named]))
    xs = {post: EDGE + LABEL + COLUMN * place + COLUMN // 2 for place, post in enumerate(across)}
    planes: list[Plane] = []
    y = EDGE + HEAD
    for regulation, resting in _by_regulation(powers):
        plane = _plane(regulation, resting, y, xs)
        planes.append(plane)
        y += plane.height + FOOT
    return PowerMap(
        width=EDGE + LABEL + COLUMN * len(across) + EDGE,
        height=y + EDGE,
        columns=tuple(
            PostColumn(post=post, x=xs[post], words=_stacked(names.get(post, post)))
            for post in across
        ),
        planes=tuple(planes),
    )


def _by_regulation(powers: Iterable[Power]) -> list[tuple[str | None, list[Power]]]:
    """Return the powers under their first regulation, those with none at the end."""
    found: dict[str | None, list[Power]] = {}
    for power in powers:
        first = next((basis.regulation for basis in power.bases if basis.regulation), None)
        found.setdefault(first, []).append(power)
    return sorted(found.items(), key=lambda pair: pair[0] is None)


def _plane(regulation: str | None, powers: Sequence[Power], y: int, xs: Mapping[str, int]) -> Plane:
    lines = tuple(
        _line(power, y + TITLE + LINE * place + LINE // 2, xs) for place, power in enumerate(powers)
    )
    return Plane(regulation=regulation, y=y, height=TITLE + LINE * len(powers) + FOOT, lines=lines)


def _line(power: Power, y: int, xs: Mapping[str, int]) -> MapLine:
    roles = _roles(power)
    points = sorted(
        (PointMark(x=xs[post], post=post, roles=tuple(held)) for post, held in roles.items()),
        key=lambda point: point.x,
    )
    others = {basis.regulation for basis in power.bases if basis.regulation}
    return MapLine(
        power=power,
        y=y,
        start=EDGE + LABEL,
        end=points[-1].x if points else EDGE + LABEL,
        points=tuple(points),
        also=max(len(others) - 1, 0),
    )


def _roles(power: Power) -> dict[str, list[Role]]:
    """Return the posts of a power with their roles in order; those of its steps alone with none."""
    found: dict[str, list[Role]] = {}
    for role in Role:
        for part in power.posts:
            if part.role is role:
                held = found.setdefault(part.post, [])
                if role not in held:
                    held.append(role)
    for step in power.steps:
        if step.post:
            found.setdefault(step.post, [])
    return found


def _stacked(name: str) -> tuple[tuple[int, str], ...]:
    """Return a name in at most three short lines with their heights, the last right above."""
    lines = _wrapped(name)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1]}…"]
    top = EDGE + HEAD - 16 - NAME * (len(lines) - 1)
    return tuple((top + NAME * place, line) for place, line in enumerate(lines))


def _wrapped(name: str) -> list[str]:
    if " " not in name and not name.isascii():
        return [name[start : start + PER_LINE] for start in range(0, len(name), PER_LINE)]
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= 2 * PER_LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shortened(label: str) -> str:
    """Return a label that fits beside its line, cut with an ellipsis where it is too long."""
    width, kept = 0, ""
    for letter in label:
        width += 1 if letter.isascii() else 2
        if width > _LABEL_LETTERS:
            return f"{kept}…"
        kept += letter
    return kept
