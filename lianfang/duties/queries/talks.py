"""Talks as pages list them: mine to hold and to confirm, those held, with whom, about what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from lianfang.common.text import Text
from lianfang.duties.models import Duty, Talk, TalkDuty, TalkSupplement
from lianfang.duties.rules.talks import capacities
from lianfang.org.models import Person, Post
from lianfang.org.queries.structure import structure_of
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.risks.models import RiskPoint
from lianfang.scheme.model import Scheme

PAGE = 30
MANY = 100
TOPICS = 12


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """Which talks are asked for; what is empty asks for nothing. `before` is a key."""

    kind: str = ""
    state: str = ""
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class TalkPage:
    """Some talks, the last planned first; `older` is where the next page goes on."""

    talks: list[Talk]
    older: int | None


@dataclass(frozen=True, kw_only=True)
class Partner:
    """Somebody the asker may talk with, in view of a post."""

    person: Person
    post: Post

    @property
    def code(self) -> str:
        """What a form sends for it."""
        return f"{self.person.pk}-{self.post.pk}"


def talk_labels(scheme: Scheme) -> Mapping[str, Text]:
    """Return what the scheme calls its kinds of talk, by code."""
    return {kind.code: kind.label for kind in scheme.talks}


def talk_page(rows: QuerySet[Talk], narrowed: Narrowed) -> TalkPage:
    """Return a page of talks. One statement."""
    asked = {"kind": narrowed.kind, "state": narrowed.state, "pk__lt": narrowed.before}
    found = rows.filter(**{name: value for name, value in asked.items() if value})
    shown = list(_named(found).order_by("-pk")[: PAGE + 1])
    older = shown[PAGE - 1].pk if len(shown) > PAGE else None
    return TalkPage(talks=shown[:PAGE], older=older)


def talks_planned(rows: QuerySet[Talk]) -> list[Talk]:
    """Return the planned talks among these, soonest first. One statement."""
    planned = rows.filter(state=Talk.State.PLANNED)
    return list(_named(planned).order_by("starts_at", "pk")[:MANY])


def supplements_of(talk: Talk) -> list[TalkSupplement]:
    """Return what was added to a talk, oldest first. One statement."""
    return list(talk.supplements.select_related("said_by__person").order_by("pk"))


def talks_to_confirm(standing: Standing) -> list[Talk]:
    """Return the records that wait for the asker to confirm them, oldest first. One statement."""
    if not standing.is_staff:
        return []
    rows = Talk.objects.filter(
        organisation=standing.organisation_id, person=standing.person_id, state=Talk.State.HELD
    )
    return list(_named(rows).order_by("starts_at", "pk")[:MANY])


def talks_to_follow(standing: Standing) -> list[Talk]:
    """Return the talks of the asker that are to be followed by another, none planned or held yet.

    The soonest first. One statement.
    """
    if not standing.is_staff:
        return []
    later = Talk.objects.filter(
        talker=OuterRef("talker"), person=OuterRef("person"), starts_at__gt=OuterRef("starts_at")
    ).exclude(state=Talk.State.CANCELLED)
    rows = Talk.objects.filter(
        ~Exists(later), organisation=standing.organisation_id, talker=standing.person_id,
        follow_up_on__isnull=False, person__left_on=None,
    ).exclude(state__in=[Talk.State.PLANNED, Talk.State.CANCELLED])  # fmt: skip
    return list(_named(rows).order_by("follow_up_on", "pk")[:MANY])


def duties_to_plan(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return the duties among these that ask for a talk and have none planned, soonest first."""
    planned = TalkDuty.objects.filter(duty=OuterRef("pk"), talk__state=Talk.State.PLANNED)
    found = rows.filter(
        ~Exists(planned), kind=Duty.Kind.TALK, actor__isnull=False,
        person__isnull=False, post__isnull=False,
    )  # fmt: skip
    return found.select_related("person", "post__unit", "unit").order_by("due_on", "pk")


def duties_for(rows: QuerySet[Duty], person: int) -> list[Duty]:
    """Return the duties among these to talk with a person, soonest first. One statement."""
    found = rows.filter(kind=Duty.Kind.TALK, person=person, actor__isnull=False)
    return list(found.select_related("person", "post", "unit").order_by("due_on", "pk")[:MANY])


def partners_for(standing: Standing, duties: QuerySet[Duty]) -> list[Partner]:
    """Return whom the asker may talk with: those below them in the chain, those duties name.

    Eight statements, and none of them grows with the staff.
    """
    structure = structure_of(standing.organisation_id, standing.on)
    me = standing.person_id or 0
    pairs = {
        (seat.person, post): None
        for post, seats in structure.seats_of_post.items()
        for seat in seats
        if capacities(structure, me, seat.person, post)
    }
    talks = duties.filter(kind=Duty.Kind.TALK, person__isnull=False, post__isnull=False)
    owed = talks.exclude(person=me).values_list("person", "post")
    pairs |= {(person, post): None for person, post in owed if person and post}
    people = Person.objects.in_bulk({person for person, _ in pairs})
    posts = Post.objects.select_related("unit").in_bulk({post for _, post in pairs})
    found = [Partner(person=people[person], post=posts[post]) for person, post in pairs]
    return sorted(found, key=lambda each: (each.post.unit.order, each.post.code, each.person.code))


def second_talkers(standing: Standing) -> QuerySet[Person]:
    """Return who may be the second talker: the staff but the asker."""
    rows = Person.objects.filter(organisation=standing.organisation_id, left_on=None)
    return rows.exclude(pk=standing.person_id or 0).order_by("code")


def topics_of(post: Post, on: date) -> Sequence[str]:
    """Return what to talk about in view of a post: its confirmed risk points, highest first.

    At most TOPICS. One statement.
    """
    rows = RiskPoint.objects.filter(in_use(on), posts=post).exclude(confirmed="")
    found = rows.order_by("-rank", "code").values_list("code", "title").distinct()
    return [f"{title}（{code}）" for code, title in found[:TOPICS]]


def _named(rows: QuerySet[Talk]) -> QuerySet[Talk]:
    return rows.select_related("person", "post", "unit", "talker", "second")
