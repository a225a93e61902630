"""A large institution for counts and benchmarks: units with heads, posts held, levels given."""

from collections.abc import Iterator
from datetime import date

from lianfang.common.bulk import insert
from lianfang.org.models import Appointment, Person, Post, Unit
from lianfang.org.tests.cast import AT, ON, SINCE, Cast
from lianfang.risks.models import PostLevel

PER_UNIT = 50
# of ten posts two are high, five medium, three low
LEVELS = ("high", "high", *("medium",) * 5, *("low",) * 3)
RANKS = {"high": 3, "medium": 2, "low": 1}
EDITION = "2026-1"


def fill(cast: Cast, posts: int, *, from_on: date = ON) -> None:
    """Store so many posts in units of fifty, each held by somebody of its own and rated."""
    root, organisation = cast.units["root"].pk, cast.organisation.pk
    codes = [f"N{number:05}" for number in range((posts + PER_UNIT - 1) // PER_UNIT)]
    unit_rows = ((organisation, root, "department", code, code) for code in codes)
    insert(Unit, ("organisation", "parent", "kind", "code", "name"), unit_rows)
    units = dict(Unit.objects.filter(code__in=codes).values_list("code", "pk")) if codes else {}
    insert(
        Post,
        ("organisation", "unit", "code", "name", "is_unit_head"),
        (
            (organisation, units[codes[n // PER_UNIT]], f"N{n:07}", "经办岗", n % PER_UNIT == 0)
            for n in range(posts)
        ),
    )
    insert(
        Person,
        ("organisation", "code", "name", "is_party_member"),
        ((organisation, f"N{n:07}", "某人", n % 2 == 0) for n in range(posts)),
    )
    held = list(_keys(cast))
    insert(
        Appointment,
        ("organisation", "person", "post", "from_on"),
        ((organisation, person, post, SINCE) for person, post, _ in held),
    )
    insert(
        PostLevel,
        ("organisation", "unit", "post", "level", "rank", "edition", "from_on"),
        (
            (organisation, unit, post, level, RANKS[level], EDITION, from_on)
            for n, (_, post, unit) in enumerate(held)
            for level in (LEVELS[n % len(LEVELS)],)
        ),
    )


def _keys(cast: Cast) -> Iterator[tuple[int, int, int]]:
    """Yield person, post and unit of each seat, by their codes, which are the same."""
    people = dict(
        Person.objects.filter(organisation=cast.organisation, code__startswith="N").values_list(
            "code", "pk"
        )
    )
    posts = Post.objects.filter(organisation=cast.organisation, code__startswith="N")
    for code, post, unit in posts.order_by("code").values_list("code", "pk", "unit"):
        yield people[code], post, unit


__all__ = ["AT", "EDITION", "ON", "fill"]
