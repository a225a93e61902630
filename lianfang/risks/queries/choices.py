"""What a risk point or measure of a unit may hang on, be carried by, rest on: rows to choose."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from lianfang.org.models import Post, Unit
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.models import Power, PowerPost, Regulation, Step
from lianfang.risks.models import RiskPoint

Thing = Power | Step | Post | Regulation


@dataclass(frozen=True, kw_only=True)
class Subjects:
    """What a risk point of a unit may hang on, by the key of the choice; "" is the unit itself."""

    unit: Unit
    powers: list[Power]
    steps: Mapping[int, list[Step]]
    posts: list[Post]
    regulations: list[Regulation]

    def things(self) -> dict[str, Thing]:
        """Return everything by its key."""
        steps = [step for found in self.steps.values() for step in found]
        rows: list[Thing] = [*self.powers, *steps, *self.posts, *self.regulations]
        return {key_of(row): row for row in rows}


def key_of(thing: Thing) -> str:
    """Return the key under which something is chosen, such as `step-12`."""
    return f"{type(thing).__name__.lower()}-{thing.pk}"


def subjects_of(unit: Unit, standing: Standing, risk: RiskPoint | None = None) -> Subjects:
    """Return what a risk point of a unit may hang on; what `risk` hangs on is among it.

    Four statements.
    """
    powers = list(
        Power.objects.filter(
            _or_own(in_use(standing.on), risk.power_id if risk else None), unit=unit
        ).order_by("code")
    )
    steps: dict[int, list[Step]] = {}
    for step in (
        Step.objects.filter(power__in=powers)
        .select_related("power", "post__unit")
        .order_by("power", "order")
    ):
        steps.setdefault(step.power_id, []).append(step)
    regulations = Regulation.objects.filter(
        _or_own(in_use(standing.on), risk.regulation_id if risk else None),
        organisation=unit.organisation_id,
    )
    posts = Post.objects.filter(
        _or_own(in_use(standing.on), risk.post_id if risk else None),
        organisation=unit.organisation_id,
        unit=unit,
    )
    return Subjects(
        unit=unit,
        powers=powers,
        steps=steps,
        posts=list(posts.order_by("order", "code")),
        regulations=list(regulations.order_by("code")),
    )


def carriers_of(unit: Unit, standing: Standing, risk: RiskPoint | None = None) -> QuerySet[Post]:
    """Return the posts that may carry a risk point: of the unit, then others in its powers."""
    part = PowerPost.objects.filter(post=OuterRef("pk"), power__unit=unit)
    near = (Q(unit=unit) | Q(Exists(part))) & in_use(standing.on)
    held = Q(pk__in=risk.posts.values("pk")) if risk is not None else Q(pk=None)
    posts = Post.objects.filter(near | held, organisation=unit.organisation_id)
    own = ExpressionWrapper(Q(unit=unit), output_field=BooleanField())
    return (
        posts.annotate(is_own=own)
        .select_related("unit")
        .order_by("-is_own", "unit__order", "unit__code", "order", "code")
    )


def posts_in_use(standing: Standing) -> QuerySet[Post]:
    """Return every post in use: a measure may be anybody's."""
    posts = Post.objects.filter(in_use(standing.on), organisation=standing.organisation_id)
    return posts.select_related("unit").order_by("unit__order", "unit__code", "order", "code")


def regulations_in_use(standing: Standing) -> QuerySet[Regulation]:
    """Return the regulations that a measure may rest on or ask for."""
    rows = Regulation.objects.filter(in_use(standing.on), organisation=standing.organisation_id)
    return rows.order_by("code")


def _or_own(living: Q, own: int | None) -> Q:
    return living if own is None else living | Q(pk=own)
