"""Cases: which are offered to somebody and why, whom a case reaches, who has read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from lianfang.common.text import Text
from lianfang.learning.models import CaseReading, WarningCase
from lianfang.learning.queries.seats import risks_carried, seats_of
from lianfang.learning.rules.warning import Kinds, Seat, warned_posts
from lianfang.org.models import Person, Post
from lianfang.scheme.model import Scheme

PAGE = 30


@dataclass(frozen=True, kw_only=True)
class Why:
    """A post of somebody that a case warns, and by which kinds of risk."""

    post: Post
    kinds: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A case that is offered to somebody, why, and when they read it; None: not yet."""

    case: WarningCase
    why: tuple[Why, ...]
    read_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Somebody whom a case warns, in their first such post, and when they read it."""

    person: Person
    post: Post
    read_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """A case in the list, with how many have read it."""

    case: WarningCase
    read: int
    kinds: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """A page of cases; `older` is the number of the next, if any."""

    lines: tuple[CaseLine, ...]
    page: int
    older: int | None

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


def kind_words(kinds: Kinds, scheme: Scheme) -> tuple[Text, ...]:
    """Return what the scheme calls kinds of risk, in its order."""
    listed = (
        (scheme.focus_areas, kinds.focus),
        (scheme.aspects, kinds.aspects),
        (scheme.categories, kinds.categories),
    )
    return tuple(
        entry.label for entries, codes in listed for entry in entries if entry.code in codes
    )


def offers_to(
    person: int,
    cases: QuerySet[WarningCase],
    scheme: Scheme,
    *,
    organisation: int,
    on: date,
    unread_only: bool = False,
) -> list[Offer]:
    """Return the cases that warn somebody, unread ones first.

    Two statements where there is no case to offer, seven at most.
    """
    read = dict(CaseReading.objects.filter(person=person).values_list("case", "read_at"))
    found = [case for case in cases if not (unread_only and case.pk in read)]
    if not found:
        return []
    posts = {seat.post for seat in seats_of(organisation, on, person=person)}
    risks = list(risks_carried(organisation, on, posts)) if posts else []
    named = Post.objects.select_related("unit").in_bulk(posts) if risks else {}
    offers = [
        Offer(
            case=case,
            why=tuple(
                Why(post=named[post], kinds=kind_words(kinds, scheme))
                for post, kinds in warned_posts(case.kinds, risks).items()
            ),
            read_at=read.get(case.pk),
        )
        for case in found
    ]
    return sorted(
        (offer for offer in offers if offer.why), key=lambda offer: offer.read_at is not None
    )


def reached_by(case: WarningCase, on: date) -> list[Reached]:
    """Return whom a case warns, those who have not read it first. Seven statements."""
    warned = warned_in(case, on)
    first: dict[int, Seat] = {}
    for seat in seats_of(case.organisation_id, on):
        if seat.post in warned:
            first.setdefault(seat.person, seat)
    read = dict(case.readings.values_list("person", "read_at"))
    posts = Post.objects.select_related("unit").in_bulk({seat.post for seat in first.values()})
    people = Person.objects.in_bulk(list(first))
    found = [
        Reached(person=people[who], post=posts[seat.post], read_at=read.get(who))
        for who, seat in first.items()
    ]
    return sorted(found, key=lambda each: each.read_at is not None)


def warned_in(case: WarningCase, on: date) -> Mapping[int, Kinds]:
    """Return the posts that a case warns. One statement."""
    return warned_posts(case.kinds, risks_carried(case.organisation_id, on))


def case_page(rows: QuerySet[WarningCase], scheme: Scheme, page: int) -> CasePage:
    """Return a page of cases, drafts first, then the latest. One statement."""
    first = (page - 1) * PAGE
    found = list(
        rows.annotate(read=Count("readings")).order_by("-published_at", "-pk")[
            first : first + PAGE + 1
        ]
    )
    return CasePage(
        lines=_lines(found[:PAGE], scheme),
        page=page,
        older=page + 1 if len(found) > PAGE else None,
    )


def _lines(cases: Sequence[WarningCase], scheme: Scheme) -> tuple[CaseLine, ...]:
    return tuple(
        CaseLine(case=case, read=getattr(case, "read", 0), kinds=kind_words(case.kinds, scheme))
        for case in cases
    )


def same_case(case: WarningCase) -> QuerySet[WarningCase]:
    """Return one case as rows."""
    return WarningCase.objects.filter(pk=case.pk)
