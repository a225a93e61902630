"""Who has looked for risks this year, and what is asked for a post (五（二）)."""

from dataclasses import dataclass, field

from lianfang.org.models import Appointment, Person, Post, Unit, holding
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.models import PowerPost
from lianfang.risks.models import Participation, RiskPoint
from lianfang.risks.rules.finding import QuestionGroup, questions_for
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class OwnPost:
    """A post of the asker's with this year's participation, None where they have not looked."""

    post: Post
    taken: Participation | None


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody in a post, and whether they have taken part this year."""

    person: Person
    post: Post
    taken: Participation | None


@dataclass(kw_only=True)
class UnitShare:
    """How many of a unit's seats have taken part."""

    unit: Unit
    seats: list[Seat] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """How many have taken part."""
        return sum(seat.taken is not None for seat in self.seats)

    @property
    def missing(self) -> list[Seat]:
        """Who has not."""
        return [seat for seat in self.seats if seat.taken is None]

    @property
    def found(self) -> int:
        """How many risk points they found."""
        return sum(seat.taken.found for seat in self.seats if seat.taken is not None)

    @property
    def percent(self) -> int:
        """The share in per cent, rounded down: 100 is everybody."""
        return 100 * self.taken // len(self.seats) if self.seats else 0


def own_posts(standing: Standing) -> list[OwnPost]:
    """Return the asker's posts, each with this year's participation. Two statements."""
    posts = Post.objects.filter(pk__in=standing.posts).select_related("unit").order_by("code")
    taken = {
        row.post_id: row
        for row in Participation.objects.filter(person=standing.person_id, year=standing.on.year)
    }
    return [OwnPost(post=post, taken=taken.get(post.pk)) for post in posts]


def participation_in(post: Post, standing: Standing) -> Participation | None:
    """Return the asker's participation for a post this year. One statement."""
    rows = Participation.objects.filter(person=standing.person_id, post=post)
    return rows.filter(year=standing.on.year).first()


def questions_of(post: Post, scheme: Scheme) -> tuple[QuestionGroup, ...]:
    """Return what the holder of a post is asked. One statement.

    Leaders are the members of the leadership and the heads of units.
    """
    roles = set(PowerPost.objects.filter(post=post).values_list("role", flat=True))
    leads = post.is_leadership or post.is_unit_head
    return questions_for(scheme, leads=leads, roles=roles)


def found_at(post: Post, standing: Standing) -> list[RiskPoint]:
    """Return the risk points in use that name a post, newest first. One statement."""
    rows = RiskPoint.objects.filter(in_use(standing.on), carriers__post=post)
    return list(rows.select_related("found_by").order_by("-created_at", "-pk")[:50])


def shares(standing: Standing) -> list[UnitShare]:
    """Return the units in use with who has taken part this year. Two statements."""
    taken = {
        (row.person_id, row.post_id): row
        for row in Participation.objects.filter(
            organisation=standing.organisation_id, year=standing.on.year
        ).defer("answers")
    }
    seats = (
        Appointment.objects.filter(
            holding(standing.on),
            in_use(standing.on, "post__"),
            in_use(standing.on, "post__unit__"),
            organisation=standing.organisation_id,
        )
        .select_related("person", "post__unit")
        .order_by("post__unit__order", "post__unit__code", "post__order", "post__code", "pk")
    )
    found: dict[int, UnitShare] = {}
    for row in seats:
        share = found.setdefault(row.post.unit_id, UnitShare(unit=row.post.unit))
        key = (row.person_id, row.post_id)
        share.seats.append(Seat(person=row.person, post=row.post, taken=taken.get(key)))
    return list(found.values())
