"""The matrix of a unit: which post decides, executes or supervises which power (五（一）2)."""

from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.org.models import Appointment, Post, Unit, holding
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.models import Power, PowerPost, Step
from lianfang.powers.queries.levels import top_posts
from lianfang.powers.queries.load import grouped
from lianfang.powers.rules.clashes import clashes_by_post
from lianfang.powers.rules.keys import key_posts
from lianfang.register import model
from lianfang.scheme.model import Scheme

_ROLES = tuple(PowerPost.Role)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one post does in one power: its parts in the order of roles, and clashes by code."""

    parts: tuple[PowerPost, ...] = ()
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """A power with a cell for each post, and the roles that no post has."""

    power: Power
    cells: tuple[Cell, ...]
    missing: tuple[PowerPost.Role, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A post with those who hold it; `is_guest` where it sits in another unit."""

    post: Post
    people: tuple[str, ...]
    is_key: bool
    is_guest: bool


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The powers of a unit down, posts across: its own first, then those of other units."""

    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def clashes(self) -> int:
        """How many cells run into a clash."""
        return sum(bool(cell.clashes) for row in self.rows for cell in row.cells)


def matrix_of(powers: QuerySet[Power], unit: Unit, standing: Standing, scheme: Scheme) -> Matrix:
    """Return the matrix of a unit. Six statements."""
    found = list(powers.filter(in_use(standing.on), unit=unit).order_by("code"))
    parts = list(
        PowerPost.objects.filter(power__in=[power.pk for power in found])
        .select_related("post__unit")
        .order_by("order")
    )
    own = Post.objects.filter(in_use(standing.on), unit=unit).select_related("unit")
    posts = {post.pk: post for post in own.order_by("-is_unit_head", "order", "code")}
    guests = {part.post_id: part.post for part in parts if part.post_id not in posts}
    across = [*posts.values(), *sorted(guests.values(), key=_place)]
    held = grouped(
        Appointment.objects.filter(holding(standing.on), post__in=across)
        .select_related("person")
        .order_by("kind", "from_on"),
        "post_id",
    )
    of_power = grouped(parts, "power_id")
    steps = grouped(
        Step.objects.filter(power__in=[power.pk for power in found]).select_related("post"),
        "power_id",
    )
    values = {power.pk: _value(power, of_power[power.pk], steps[power.pk]) for power in found}
    people = {
        post.code: frozenset(str(seat.person_id) for seat in held[post.pk]) for post in across
    }
    keys = key_posts(values.values(), scheme, top_posts(values.keys(), scheme))
    return Matrix(
        columns=tuple(_column(post, unit, held[post.pk], keys) for post in across),
        rows=tuple(
            _row(power, of_power[power.pk], across, clashes_by_post(values[power.pk], people))
            for power in found
        ),
    )


def _column(post: Post, unit: Unit, seats: list[Appointment], keys: frozenset[str]) -> Column:
    return Column(
        post=post,
        people=tuple(seat.person.shown_name for seat in seats),
        is_key=post.code in keys,
        is_guest=post.unit_id != unit.pk,
    )


def _row(
    power: Power, parts: list[PowerPost], across: list[Post], clashes: dict[str, set[str]]
) -> MatrixRow:
    of_post = grouped(parts, "post_id")
    roles = {part.role for part in parts}
    return MatrixRow(
        power=power,
        cells=tuple(
            Cell(
                parts=tuple(sorted(of_post[post.pk], key=lambda part: _ROLES.index(part.role))),
                clashes=tuple(sorted(clashes.get(post.code, ()))),
            )
            for post in across
        ),
        missing=tuple(role for role in _ROLES if role not in roles),
    )


def _value(power: Power, parts: list[PowerPost], steps: list[Step]) -> model.Power:
    """Return as much of a power as its matrix shows."""
    return model.Power(
        id=power.code,
        unit="",
        name=power.name,
        matters=tuple(power.matters),
        posts=tuple(
            model.PowerPost(post=part.post.code, role=model.Role(part.role)) for part in parts
        ),
        steps=tuple(
            model.Step(
                id=step.code,
                name=step.name,
                kind=model.StepKind(step.kind),
                post=step.post.code if step.post else None,
            )
            for step in steps
        ),
    )


def _place(post: Post) -> tuple[int, str, int, str]:
    return post.unit.order, post.unit.code, post.order, post.code
