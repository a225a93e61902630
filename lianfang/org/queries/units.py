"""What stands on a unit's page."""

from dataclasses import dataclass

from django.db.models import Case, Prefetch, When

from lianfang.org.models import Appointment, Body, Membership, Portfolio, Post, Unit, holding
from lianfang.org.queries.tree import ShownChain, chains_for_posts, in_use
from lianfang.org.standing import Standing


@dataclass(frozen=True, kw_only=True)
class PostRow:
    """A post with those who hold it, and who answers for it."""

    post: Post
    chains: list[ShownChain]

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds the post today."""
        return all(chain.holder is None for chain in self.chains)


def posts_in(unit: Unit, standing: Standing) -> list[PostRow]:
    """Return the posts of a unit in use, with holders and control owners. Seven statements."""
    posts = list(
        Post.objects.filter(in_use(standing.on), unit=unit)
        .select_related("unit")
        .order_by("-is_unit_head", "order", "code")
    )
    chains = chains_for_posts(standing, posts) if posts else {}
    return [PostRow(post=post, chains=chains.get(post.pk, [])) for post in posts]


def sub_units(unit: Unit, standing: Standing) -> list[Unit]:
    """Return the units right below one. One statement."""
    return list(unit.children.filter(in_use(standing.on)).order_by("order", "code"))


def portfolios_of(unit: Unit) -> list[Portfolio]:
    """Return who had a unit in portfolio, newest first. One statement."""
    return list(unit.portfolios.select_related("leader").order_by("-from_on", "-pk"))


def bodies_with_members(standing: Standing) -> list[Body]:
    """Return the bodies with `now`, those who sit in them today, and `past`. Three statements."""
    now = holding(standing.on)
    rank = Case(*(When(role=role, then=place) for place, role in enumerate(Membership.Role)))
    memberships = Membership.objects.select_related("person").order_by(rank, "from_on", "pk")
    return list(
        Body.objects.filter(organisation=standing.organisation_id)
        .select_related("unit")
        .prefetch_related(
            Prefetch("memberships", queryset=memberships.filter(now), to_attr="now"),
            Prefetch("memberships", queryset=memberships.exclude(now), to_attr="past"),
        )
        .order_by("kind", "pk")
    )


def held_now(appointments: list[Appointment], standing: Standing) -> list[Appointment]:
    """Return those that hold today, of appointments loaded already."""
    return [appointment for appointment in appointments if appointment.holds(standing.on)]
