"""What the pages of this room show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.alerts.access import may_record
from lianfang.common.http import AppRequest
from lianfang.cycles.queries.strip import year_run
from lianfang.example.entering import ExampleLogin, Kind, example_logins
from lianfang.notices.models import Notice
from lianfang.notices.queries import unseen_for
from lianfang.org.access import standing_or_none
from lianfang.org.models import Appointment, Post, holding
from lianfang.org.queries.tree import ChainLink, ShownChain, chains_for_posts, in_use
from lianfang.org.standing import Standing
from lianfang.shell.both import Both, both_of
from lianfang.shell.frame import Frame, page_of
from lianfang.shell.guides.firstday import FirstDay, first_day_of
from lianfang.shell.portrait import Portrait, portrait_of
from lianfang.shell.recent import mark_of
from lianfang.shell.sweep import late_days
from lianfang.shell.todos import TodoGroup, todos_for


@dataclass(frozen=True, kw_only=True)
class HeldPost:
    """A post somebody holds today."""

    post: Post
    kind: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """The chain above somebody, in every post in which the same people stand above them."""

    posts: tuple[Post, ...]
    chain: ShownChain


# to-dos that leave room for notices below them
_FEW = 10


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What stands on somebody's desk today."""

    todos: tuple[TodoGroup, ...]
    notices: list[Notice]
    posts: tuple[HeldPost, ...]
    ladders: tuple[Ladder, ...]
    owned_posts: int
    is_staff: bool
    duties: tuple[str, ...]
    both: Both | None = None
    portrait: Portrait | None = None
    first_day: FirstDay | None = None
    may_record: bool = False

    @property
    def many(self) -> int:
        """How many things there are to do."""
        return sum(len(group.todos) for group in self.todos)

    @property
    def notices_below(self) -> bool:
        """Whether notices stand below the to-dos: where the other column is long, or not there."""
        return not self.posts or (self.portrait is not None and self.many <= _FEW)


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """A group of the people one may enter as in the example."""

    title: Promise | str
    doors: tuple[ExampleLogin, ...]


_ENTRANCES: tuple[tuple[Promise | str, frozenset[Kind]], ...] = (
    (_("工作人员和单位负责人"), frozenset({Kind.CLERK, Kind.HEAD})),
    (_("领导班子"), frozenset({Kind.LEADER, Kind.SECRETARY})),
    (_("办公室和纪检"), frozenset({Kind.OFFICE, Kind.OFFICER, Kind.OVERSEER})),
    (_("三员"), frozenset({Kind.SYSTEM, Kind.SECURITY, Kind.AUDIT})),
)


def entrances() -> tuple[Entrance, ...]:
    """Return the people of the example, by what they do. No statement."""
    return tuple(
        Entrance(title=title, doors=tuple(one for one in example_logins() if one.kind in kinds))
        for title, kinds in _ENTRANCES
    )


def frame_for(request: HttpRequest) -> Frame:
    """Return the frame of a request: who asks is found once, the rest is computed.

    One statement for the nightly work and two at most for the year, beside those for who asks.
    """
    if not request.user.is_authenticated:
        return Frame()
    signed_in = cast("AppRequest", request)
    standing = standing_or_none(signed_in)
    return Frame(
        page=page_of(request),
        login=signed_in.user.get_username(),
        standing=standing,
        late_days=late_days(signed_in.at) if standing else 0,
        run=year_run(standing) if standing and standing.is_staff else None,
        recent=mark_of(request) if standing else "",
    )


def desk_of(standing: Standing, on: date) -> Desk:
    """Return somebody's desk. At most 23 statements and the to-dos', whatever they hold."""
    held = _held_by(standing, on)
    chains = chains_for_posts(standing, [seat.post for seat in held]) if held else {}
    own = [
        chain
        for of_post in chains.values()
        for chain in of_post
        if chain.holder is not None and chain.holder.pk == standing.person_id
    ]
    return Desk(
        todos=todos_for(standing),
        notices=unseen_for(standing.user_id),
        posts=tuple(
            HeldPost(post=seat.post, kind=seat.get_kind_display(), since=seat.from_on)
            for seat in held
        ),
        ladders=ladders_of(own),
        owned_posts=_posts_below(standing, on),
        is_staff=standing.is_staff,
        duties=tuple(sorted(standing.roles)),
        both=both_of(standing),
        portrait=portrait_of(standing),
        first_day=first_day_of(standing),
        may_record=may_record(standing),
    )


def ladders_of(chains: Iterable[ShownChain]) -> tuple[Ladder, ...]:
    """Return the chains as ladders; posts under the same people share one."""
    together: dict[tuple[ChainLink, ...], list[ShownChain]] = {}
    for chain in chains:
        together.setdefault(chain.links, []).append(chain)
    return tuple(
        Ladder(posts=tuple(chain.post for chain in same), chain=same[0])
        for same in together.values()
    )


def _held_by(standing: Standing, on: date) -> list[Appointment]:
    if standing.person_id is None:
        return []
    held = Appointment.objects.filter(
        holding(on), in_use(on, "post__"), person=standing.person_id
    ).select_related("post__unit")
    return list(held.order_by("kind", "from_on"))


def _posts_below(standing: Standing, on: date) -> int:
    if not standing.headed:
        return 0
    return Post.objects.filter(in_use(on), unit__in=standing.headed).count()
