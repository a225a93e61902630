"""How the risk of somebody's units stands: their points by level, and their posts (五（三）)."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from lianfang.org.models import Appointment, Person, Post, holding
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.risks.access import risks_visible_to
from lianfang.risks.models import RiskPost
from lianfang.risks.queries.figures import LevelSum, level_sums
from lianfang.risks.queries.levels import PostInForce, levels_in_force
from lianfang.risks.rules.drawing import Segment, segments
from lianfang.scheme.model import Scheme

# as many posts as a corner of the desk holds
_MANY = 8


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """A post: its level in force (empty for none), who holds it, its risk points by level."""

    post: Post
    level: str
    holders: tuple[Person, ...]
    sums: tuple[LevelSum, ...]


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """The risk points of the units by level, and their posts, the highest first.

    `posts` counts all, of which `lines` shows the first; `register` and `levels` list the rest.
    """

    sums: tuple[LevelSum, ...]
    parts: tuple[Segment, ...]
    lines: tuple[PostLine, ...]
    posts: int
    register: str
    levels: str

    @property
    def total(self) -> int:
        """How many risk points there are."""
        return sum(one.count for one in self.sums)


def answered_for(standing: Standing) -> frozenset[int]:
    """Return the units somebody heads, else those in their portfolio. No statement."""
    return (standing.headed or standing.portfolio) if standing.is_staff else frozenset()


def portrait_of(standing: Standing) -> Portrait | None:
    """Return the portrait of the units somebody answers for, None for others. Six statements."""
    units = answered_for(standing)
    if not units:
        return None
    scheme = written_scheme(standing.scheme)
    risks = risks_visible_to(standing).filter(in_use(standing.on), unit__in=units).order_by()
    counts = Counter(dict(risks.values_list("rank").annotate(Count("pk"))))
    sums = level_sums(counts, scheme)
    posts = Post.objects.filter(in_use(standing.on), unit__in=units).select_related("unit")
    found = {post.pk: post for post in posts.order_by("order", "code")}
    one = urlencode({"unit": min(units)}) if len(units) == 1 else ""
    return Portrait(
        sums=sums,
        parts=segments([level.count for level in sums], sum(counts.values())),
        lines=_lines(standing, found, scheme),
        posts=len(found),
        register=_page("risks:register", one),
        levels=_page("risks:levels", one),
    )


def _lines(standing: Standing, posts: dict[int, Post], scheme: Scheme) -> tuple[PostLine, ...]:
    levels = levels_in_force(standing.organisation_id, standing.on, posts)
    counts = _counts_by_post(standing, posts)
    gravity = {key: (_rank(levels.get(key)), *_gravest(counts[key])) for key in posts}
    # sorted() keeps the order of the posts among equals, also where it reverses
    highest = sorted(posts, key=gravity.__getitem__, reverse=True)[:_MANY]
    holders = _holders(standing, highest)
    return tuple(
        PostLine(
            post=posts[key],
            level=levels[key].level if key in levels else "",
            holders=tuple(holders[key]),
            sums=level_sums(counts[key], scheme),
        )
        for key in highest
    )


def _gravest(counts: Counter[int]) -> tuple[int, int]:
    """Return the highest rank among risk points, and how many have it."""
    rank = max(counts, default=0)
    return rank, counts[rank]


def _rank(level: PostInForce | None) -> int:
    return level.rank if level else 0


def _counts_by_post(standing: Standing, posts: Collection[int]) -> defaultdict[int, Counter[int]]:
    """Return how many risk points of each rank name a post. One statement."""
    named = RiskPost.objects.filter(
        in_use(standing.on, "risk__"), post__in=posts, risk__in=risks_visible_to(standing)
    )
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for post, rank, count in named.values_list("post", "risk__rank").annotate(Count("pk")):
        found[post][rank] = count
    return found


def _holders(standing: Standing, posts: Collection[int]) -> dict[int, list[Person]]:
    """Return who holds each post today. One statement."""
    seats = Appointment.objects.filter(holding(standing.on), post__in=posts)
    found: defaultdict[int, list[Person]] = defaultdict(list)
    for seat in seats.select_related("person").order_by("kind", "from_on", "pk"):
        found[seat.post_id].append(seat.person)
    return found


def _page(name: str, query: str) -> str:
    return reverse(name) + (f"?{query}" if query else "")
