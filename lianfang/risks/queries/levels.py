"""Which level posts have on a day and why, and how it came about (五（三）, 五（七）2（2）)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from lianfang.org.models import Organisation, Post
from lianfang.org.queries.tree import in_use
from lianfang.risks.models import Breach, LevelOverride, PostLevel

# the post that was ever raised or 0, rank, first and last day, when the posts retired, how many
_Span = tuple[int, int, date, date | None, date | None, int]

PAGE = 50
BETWEEN = "~"


@dataclass(frozen=True, kw_only=True)
class OverrideInForce:
    """What raises a post for a while; `until_on` is its last day, None until it is ended."""

    pk: int
    level: str
    rank: int
    reason: str
    from_on: date
    until_on: date | None
    is_breach: bool


@dataclass(frozen=True, kw_only=True)
class PostInForce:
    """The level of a post on a day; `override` is what lifts it above its edition, if anything.

    `edition_level` and `from_edition`, the edition's number, are empty where no edition in force
    gives a level. `from_on` is the day from which the level holds for that reason.
    """

    level: str
    rank: int
    from_on: date
    edition_level: str = ""
    from_edition: str = ""
    override: OverrideInForce | None = None


@dataclass(frozen=True, kw_only=True)
class Past:
    """A level that an edition or an override gave a post, and for how long.

    The edition's number stands in `edition`, that of the edition which ended an override in
    `ended_by`. `until_on` is the last day; from `ended_on` on an override holds no more.
    """

    kind: Literal["edition", "override"]
    pk: int
    level: str
    from_on: date
    until_on: date | None
    edition: str = ""
    reason: str = ""
    is_breach: bool = False
    ended_on: date | None = None
    ended_reason: str = ""
    ended_by: str = ""
    state: str = "past"

    @property
    def can_be_ended(self) -> bool:
        """Whether it raises the post now, until somebody ends it."""
        return self.kind == "override" and self.state == "now"

    @property
    def held_never(self) -> bool:
        """Whether another edition took its place on the day it began."""
        return self.until_on is not None and self.until_on < self.from_on


@dataclass(frozen=True, kw_only=True)
class LevelLine:
    """A post with its level in force, None where it has none."""

    post: Post
    level: PostInForce | None


@dataclass(frozen=True, kw_only=True)
class LevelPage:
    """Posts from one key to the next; `more` is empty where there is no further page."""

    lines: tuple[LevelLine, ...]
    more: str


def levels_in_force(
    organisation: Organisation | int, on: date, posts: Collection[int] | None = None
) -> dict[int, PostInForce]:
    """Return the level in force of each post on a day; a post without one is absent.

    All posts of the organisation, or those of `posts`. Two statements.
    """
    key = organisation if isinstance(organisation, int) else organisation.pk
    given = _of_posts(PostLevel.objects.filter(_edition_holding(on), organisation=key), posts)
    above = _of_posts(LevelOverride.objects.filter(_holding(on), organisation=key), posts)
    found = {
        row.post_id: PostInForce(
            level=row.level,
            rank=row.rank,
            from_on=row.from_on,
            edition_level=row.level,
            from_edition=row.edition,
        )
        for row in given
    }
    for override in above.order_by("rank", "-from_on", "-pk"):
        known = found.get(override.post_id)
        if known is None or override.rank > known.rank:
            found[override.post_id] = _lifted(known, override)
    return found


def counts_in_force(organisation: int, days: Collection[date]) -> list[Counter[int]]:
    """Return for each day how many posts in use have each rank in force, those without one apart.

    Two statements, whatever the days; costs the levels that editions gave, counted in the database.
    """
    raised = LevelOverride.objects.filter(organisation=organisation)
    of_raised = Exists(raised.filter(post=OuterRef("post")))
    given = PostLevel.objects.filter(organisation=organisation).order_by()
    groups = given.annotate(raised_post=Case(When(of_raised, then=F("post")), default=Value(0)))
    spans = [
        *groups.values_list(
            "raised_post", "rank", "from_on", "until_on", "post__retired_on"
        ).annotate(many=Count("pk")),
        *(
            (post, rank, from_on, _last_day(until_on, ended_on), retired_on, 1)
            for post, rank, from_on, until_on, ended_on, retired_on in raised.values_list(
                "post", "rank", "from_on", "until_on", "ended_on", "post__retired_on"
            )
        ),
    ]
    return [_counted(spans, day) for day in days]


def history_of(post: Post, on: date | None = None) -> list[Past]:
    """Return what editions and overrides gave a post, in the order in which they began.

    With a day, what holds on it has the state `now`, what begins later `next`. Two statements.
    """
    editions = PostLevel.objects.filter(post=post).order_by("from_on", "pk")
    overrides = LevelOverride.objects.filter(post=post).order_by("from_on", "pk")
    found = [
        *(_edition_past(row, on) for row in editions),
        *(_override_past(row, on) for row in overrides),
    ]
    # sorted() keeps editions before overrides of one day
    return sorted(found, key=lambda past: past.from_on)


def breaches_not_absorbed(organisation: Organisation | int) -> list[Breach]:
    """Return the breaches that no edition has taken up, the oldest first, with post and power.

    One statement.
    """
    rows = Breach.objects.filter(organisation=organisation, absorbed_on=None)
    return list(rows.select_related("post__unit", "power").order_by("found_on", "pk"))


def page_of_posts(
    posts: QuerySet[Post],
    on: date,
    *,
    units: Collection[int] | None = None,
    rank: int | None = None,
    after: str = "",
) -> LevelPage:
    """Return a page of the posts in use, the highest level first, then by code. Three statements.

    `rank` narrows to one level, 0 to posts without one. A key that is none begins at the beginning.
    """
    rows = posts.filter(in_use(on)).annotate(in_force=_rank_on(on))
    if units is not None:
        rows = rows.filter(unit__in=units)
    if rank is not None:
        rows = rows.filter(in_force=rank)
    key = _key_of(after)
    if key is not None:
        rows = rows.filter(Q(in_force__lt=key[0]) | Q(in_force=key[0], code__gt=key[1]))
    found = list(rows.select_related("unit").order_by("-in_force", "code")[: PAGE + 1])
    shown = found[:PAGE]
    organisation = shown[0].organisation_id if shown else 0
    levels = levels_in_force(organisation, on, [post.pk for post in shown])
    last = shown[-1] if len(found) > PAGE else None
    return LevelPage(
        lines=tuple(LevelLine(post=post, level=levels.get(post.pk)) for post in shown),
        more=f"{last.in_force}{BETWEEN}{last.code}" if last is not None else "",
    )


def _edition_holding(on: date) -> Q:
    return Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gte=on))


def _holding(on: date) -> Q:
    """Return the condition of `rules.levels.Override.holds`."""
    return _edition_holding(on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def _last_day(until_on: date | None, ended_on: date | None) -> date | None:
    """Return the last day on which an override holds."""
    ends = [until_on] if until_on is not None else []
    if ended_on is not None:
        ends.append(ended_on - timedelta(days=1))
    return min(ends, default=None)


def _counted(spans: list[_Span], on: date) -> Counter[int]:
    """Return how many posts have each rank; one that was ever raised has the highest it holds."""
    found, raised = Counter[int](), dict[int, int]()
    for post, rank, from_on, until_on, retired_on, many in spans:
        is_over = until_on is not None and until_on < on
        if from_on > on or is_over or (retired_on is not None and retired_on <= on):
            continue
        if post:
            raised[post] = max(rank, raised.get(post, 0))
        else:
            found[rank] += many
    found.update(raised.values())
    return found


def _of_posts(rows: QuerySet[Any], posts: Collection[int] | None) -> QuerySet[Any]:
    return rows if posts is None else rows.filter(post__in=posts)


def _lifted(known: PostInForce | None, row: LevelOverride) -> PostInForce:
    return PostInForce(
        level=row.level,
        rank=row.rank,
        from_on=row.from_on,
        edition_level=known.edition_level if known else "",
        from_edition=known.from_edition if known else "",
        override=OverrideInForce(
            pk=row.pk,
            level=row.level,
            rank=row.rank,
            reason=row.reason,
            from_on=row.from_on,
            until_on=row.until_on,
            is_breach=row.breach_id is not None,
        ),
    )


def _edition_past(row: PostLevel, on: date | None) -> Past:
    return Past(
        kind="edition",
        pk=row.pk,
        level=row.level,
        from_on=row.from_on,
        until_on=row.until_on,
        edition=row.edition,
        state=_state(row.from_on, row.until_on, on),
    )


def _override_past(row: LevelOverride, on: date | None) -> Past:
    ended = row.ended_on is not None and on is not None and row.ended_on <= on
    return Past(
        kind="override",
        pk=row.pk,
        level=row.level,
        from_on=row.from_on,
        until_on=row.until_on,
        reason=row.reason,
        is_breach=row.breach_id is not None,
        ended_on=row.ended_on,
        ended_reason=row.ended_reason,
        ended_by=row.ended_by_edition,
        state="past" if ended else _state(row.from_on, row.until_on, on),
    )


def _state(from_on: date, until_on: date | None, on: date | None) -> str:
    if on is None or (until_on is not None and until_on < max(on, from_on)):
        return "past"
    return "next" if on < from_on else "now"


def _rank_on(on: date) -> Greatest:
    """Return the rank of a post's level in force, 0 for none."""
    given = PostLevel.objects.filter(_edition_holding(on), post=OuterRef("pk")).values("rank")
    above = (
        LevelOverride.objects.filter(_holding(on), post=OuterRef("pk"))
        .order_by()
        .values("post")
        .annotate(top=Max("rank"))
        .values("top")
    )
    ranks = [
        Coalesce(Subquery(rows, output_field=IntegerField()), Value(0))
        for rows in (given[:1], above)
    ]
    return Greatest(*ranks)


def _key_of(text: str) -> tuple[int, str] | None:
    rank, between, code = text.partition(BETWEEN)
    is_key = between and rank.isascii() and rank.isdecimal() and len(rank) <= 4
    return (int(rank), code) if is_key else None
