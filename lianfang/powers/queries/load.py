"""The stored powers of an organisation, or of some of its units, as a Register value.

The id of every part is its code. Posts that a power still names are there though they are retired.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from lianfang.org.models import Appointment, Organisation, Post, Unit, holding
from lianfang.org.queries.tree import in_use
from lianfang.powers.models import Arrow, Basis, Power, PowerPost, Regulation, Step
from lianfang.register import model

AnyModel = TypeVar("AnyModel", bound=Model)


def powers_register(
    organisation: Organisation,
    on: date,
    *,
    units: Collection[int] | None = None,
    powers: Collection[int] | None = None,
) -> model.Register:
    """Return the powers in use on a day, of these units, or these very powers. Nine statements.

    The risk points are left out. With `powers`, units, posts and regulations are only those that
    the powers mention, and a retired power is there, too.
    """
    loading = PowersLoading(organisation, on, units, powers)
    return model.Register(
        scheme=organisation.scheme,
        organisation=organisation.name,
        units=loading.units(),
        posts=loading.posts(),
        regulations=loading.regulations(),
        powers=loading.powers(),
        holders=loading.holders(),
    )


class PowersLoading:
    """One pass over the tables, with the codes that stand for their keys.

    Somebody may save between two of its statements: a part whose post or target is not known yet
    is then left out. An action that writes what it read locks the organisation before.
    """

    def __init__(
        self,
        organisation: Organisation,
        on: date,
        units: Collection[int] | None = None,
        powers: Collection[int] | None = None,
    ) -> None:
        self.organisation, self.on = organisation, on
        self.wanted = None if units is None else set(units)
        self._wanted_powers = None if powers is None else set(powers)
        self.seats = Post.objects.filter(self._seat(), organisation=organisation)
        self._posts = list(self.seats.order_by("unit__order", "unit__code", "order", "code"))
        rules = Regulation.objects.filter(self._rule(), organisation=organisation)
        self._rules = list(rules.order_by("code"))
        places = Unit.objects.filter(self._place(), organisation=organisation)
        self._units = list(places.order_by("order", "code"))
        self.unit_code = {unit.pk: unit.code for unit in self._units}
        self.post_code = {post.pk: post.code for post in self._posts}
        self.regulation_code = {row.pk: row.code for row in self._rules}
        self.power_code: dict[int, str] = {}
        self.step_code: dict[int, str] = {}

    def units(self) -> tuple[model.Unit, ...]:
        return tuple(
            model.Unit(
                id=unit.code,
                name=unit.name,
                kind=model.UnitKind(unit.kind),
                parent=self.unit_code.get(unit.parent_id) if unit.parent_id else None,
                code=unit.code,
            )
            for unit in self._units
        )

    def posts(self) -> tuple[model.Post, ...]:
        return tuple(
            model.Post(
                id=post.code,
                unit=self.unit_code[post.unit_id],
                name=post.name,
                duties=tuple(line.strip() for line in post.duties.splitlines() if line.strip()),
                leadership=post.is_leadership,
                unit_head=post.is_unit_head,
                leadership_head=post.is_leadership_head,
            )
            for post in self._posts
            if post.unit_id in self.unit_code
        )

    def regulations(self) -> tuple[model.Regulation, ...]:
        return tuple(
            model.Regulation(
                id=row.code,
                title=row.title,
                number=row.number,
                issuer=row.issuer,
                state=model.RegulationState(row.state),
                in_force_on=row.in_force_on,
                repealed_on=row.repealed_on,
                owner=self.post(row.owner_id),
                due_on=row.due_on,
            )
            for row in self._rules
        )

    def powers(self) -> tuple[model.Power, ...]:
        rows = self._powers_wanted()
        powers = list(rows.order_by("unit__order", "unit__code", "code"))
        self.power_code = {power.pk: power.code for power in powers}
        bases = grouped(Basis.objects.filter(power__in=rows).order_by("order"), "power_id")
        parts = grouped(PowerPost.objects.filter(power__in=rows).order_by("order"), "power_id")
        steps = grouped(Step.objects.filter(power__in=rows).order_by("order"), "power_id")
        self.step_code = {step.pk: step.code for found in steps.values() for step in found}
        arrows = grouped(
            Arrow.objects.filter(source__power__in=rows).order_by("order"), "source_id"
        )
        return tuple(
            model.Power(
                id=power.code,
                unit=self.unit_code[power.unit_id],
                name=power.name,
                code=power.code,
                category=power.category or None,
                kind=power.kind,
                matters=tuple(power.matters),
                frequency=power.frequency,
                bases=tuple(self._basis(basis) for basis in bases[power.pk]),
                posts=tuple(
                    self._part(part) for part in parts[power.pk] if part.post_id in self.post_code
                ),
                steps=tuple(self._step(step, arrows[step.pk]) for step in steps[power.pk]),
                public=power.public,
                extras=extras_of(power.extras),
            )
            for power in powers
        )

    def holders(self) -> tuple[model.Holder, ...]:
        rows = (
            Appointment.objects.filter(holding(self.on), post__in=self.seats)
            .order_by("post__code", "kind", "from_on", "pk")
            .values_list("post", "person__name", "kind")
        )
        return tuple(
            model.Holder(post=self.post_code[post], person=name, kind=model.HolderKind(kind))
            for post, name, kind in rows
            if post in self.post_code
        )

    def scoped(self, rows: QuerySet[AnyModel]) -> QuerySet[AnyModel]:
        """Return the rows of something that is in use in a unit, of the units asked for."""
        wanted = Q() if self.wanted is None else Q(unit__in=self.wanted)
        living = in_use(self.on) & in_use(self.on, "unit__")
        return rows.filter(living, wanted, organisation=self.organisation)

    def post(self, post: int | None) -> str | None:
        """Return the code of a post, None for none."""
        return None if post is None else self.post_code.get(post)

    def regulation(self, row: int | None) -> str | None:
        """Return the code of a regulation, None for none and for one no longer in use."""
        return None if row is None else self.regulation_code.get(row)

    def _basis(self, basis: Basis) -> model.Basis:
        return model.Basis(
            text=basis.text,
            regulation=self.regulation(basis.regulation_id),
            article=basis.article,
        )

    def _part(self, part: PowerPost) -> model.PowerPost:
        return model.PowerPost(
            post=self.post_code[part.post_id],
            role=model.Role(part.role),
            limit=part.limit,
            amount=part.amount,
        )

    def _step(self, step: Step, arrows: Iterable[Arrow]) -> model.Step:
        return model.Step(
            id=step.code,
            name=step.name,
            kind=model.StepKind(step.kind),
            post=self.post(step.post_id),
            lane=step.lane,
            days=step.days,
            term=step.term,
            output=step.output,
            arrows=tuple(
                model.Arrow(to=self.step_code[arrow.target_id], condition=arrow.condition)
                for arrow in arrows
                if arrow.target_id in self.step_code
            ),
        )

    def _powers_wanted(self) -> QuerySet[Power]:
        if self._wanted_powers is None:
            return self.scoped(Power.objects.all())
        return Power.objects.filter(pk__in=self._wanted_powers, organisation=self.organisation)

    def _seat(self) -> Q:
        """Return the condition on posts: in use, or named by a power; only these for some."""
        named = Q(Exists(PowerPost.objects.filter(self._of_power(), post=OuterRef("pk")))) | Q(
            Exists(Step.objects.filter(self._of_power(), post=OuterRef("pk")))
        )
        return named if self._wanted_powers is not None else in_use(self.on) | named

    def _rule(self) -> Q:
        """Return the condition on regulations: in use, or a basis; only these for some."""
        named = Q(Exists(Basis.objects.filter(self._of_power(), regulation=OuterRef("pk"))))
        return named if self._wanted_powers is not None else in_use(self.on) | named

    def _place(self) -> Q:
        if self._wanted_powers is None:
            return in_use(self.on)
        places = {post.unit_id for post in self._posts}
        own = Power.objects.filter(pk__in=self._wanted_powers).values("unit")
        return Q(pk__in=places) | Q(pk__in=own)

    def _of_power(self) -> Q:
        if self._wanted_powers is None:
            return in_use(self.on, "power__")
        return Q(power__in=self._wanted_powers)


def grouped(rows: Iterable[AnyModel], by: str) -> defaultdict[int, list[AnyModel]]:
    """Return rows by the key of what they belong to."""
    groups: defaultdict[int, list[AnyModel]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, by)].append(row)
    return groups


def extras_of(stored: list[list[str]]) -> tuple[model.Extra, ...]:
    """Return the cells that fit no field."""
    return tuple(model.Extra(label=label, text=text) for label, text in stored)
