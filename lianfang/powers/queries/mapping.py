"""The power map of a unit with the names and addresses that a page needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from lianfang.org.models import Organisation, Post, Unit
from lianfang.org.standing import Standing
from lianfang.powers.models import Power, Regulation
from lianfang.powers.queries.levels import codes_by_rank, top_posts, with_top
from lianfang.powers.queries.load import powers_register
from lianfang.powers.rules.keys import key_posts
from lianfang.powers.rules.mapping import MapLine, Plane, PowerMap, map_of, shortened
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """A line with its row and the code of its highest level."""

    line: MapLine
    power: Power
    label: str
    level: str
    rated: bool


@dataclass(frozen=True, kw_only=True)
class ShownPlane:
    """A plane with its regulation and its lines."""

    plane: Plane
    rule: Regulation | None
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, kw_only=True)
class ShownColumn:
    """A post above its points."""

    post: Post
    x: int
    words: tuple[tuple[int, str], ...]
    is_key: bool


@dataclass(frozen=True, kw_only=True)
class ShownMap:
    """The map of a unit."""

    map: PowerMap
    columns: tuple[ShownColumn, ...]
    planes: tuple[ShownPlane, ...]


def shown_map(unit: Unit, standing: Standing, scheme: Scheme) -> ShownMap:
    """Return the map of a unit. Fourteen statements."""
    organisation = Organisation.objects.get(pk=unit.organisation_id)
    register = powers_register(organisation, standing.on, units=[unit.pk])
    codes = {part.post for power in register.powers for part in power.posts}
    codes |= {s.post for power in register.powers for s in power.steps if s.post}
    posts = {
        post.code: post for post in Post.objects.filter(organisation=organisation, code__in=codes)
    }
    names = {code: post.shown_name for code, post in posts.items()}
    order = sorted(register.posts, key=lambda post: post.unit != unit.code)
    made = map_of(register.powers, [post.id for post in order], names)
    rows = _powers(organisation, [power.id for power in register.powers])
    rules = {
        row.code: row
        for row in Regulation.objects.filter(
            organisation=organisation, bases__power__unit=unit
        ).distinct()
    }
    keys = key_posts(register.powers, scheme, top_posts([row.pk for row in rows.values()], scheme))
    levels = codes_by_rank(scheme)
    return ShownMap(
        map=made,
        columns=tuple(
            ShownColumn(
                post=posts[column.post],
                x=column.x,
                words=column.words,
                is_key=column.post in keys,
            )
            for column in made.columns
        ),
        planes=tuple(_plane(plane, rules, rows, levels) for plane in made.planes),
    )


def _plane(
    plane: Plane,
    rules: Mapping[str, Regulation],
    rows: Mapping[str, Power],
    levels: Mapping[int, str],
) -> ShownPlane:
    return ShownPlane(
        plane=plane,
        rule=rules.get(plane.regulation or ""),
        lines=tuple(_line(line, rows, levels) for line in plane.lines),
    )


def _line(line: MapLine, rows: Mapping[str, Power], levels: Mapping[int, str]) -> ShownLine:
    power = rows[line.power.id]
    top, count = getattr(power, "top", 0), getattr(power, "points", 0)
    return ShownLine(
        line=line,
        power=power,
        label=shortened(f"{power.code} {power.shown_name}"),
        level=levels.get(top, ""),
        rated=bool(count),
    )


def _powers(organisation: Organisation, codes: list[str]) -> dict[str, Power]:
    rows = with_top(Power.objects.filter(organisation=organisation, code__in=codes))
    return {row.code: row for row in rows}
