"""What the figures of units are counted from, for all of them at once.

The register is read as it stands on the day of looking, what happened as far as it lies in the
year. The number of statements grows neither with units nor with rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from lianfang.assessment.queries.happened import Happened
from lianfang.assessment.rules.figures import Facts
from lianfang.assessment.rules.figures.model import (
    MeasureFact,
    PersonFact,
    PostFact,
    PowerFact,
    RiskFact,
)
from lianfang.org.models import Appointment, Organisation, Post, holding
from lianfang.org.queries.structure import structure_around, structure_of
from lianfang.org.queries.tree import in_use
from lianfang.org.rules.chain import chain_of
from lianfang.powers.models import Basis, Power, PowerPost, Step
from lianfang.powers.rules.clashes import clashes_by_post
from lianfang.register import model
from lianfang.risks.models import Measure, Participation, RiskPoint, RiskReview

# above so many posts or units all are read: a database takes no longer list
AROUND = 1_000


def facts_of_units(
    organisation: Organisation, year: int, units: Collection[int], on: date
) -> dict[int, Facts]:
    """Return what is counted of each unit in a year. At most thirty-two statements."""
    return _Reading(organisation, year, frozenset(units), on).facts()


@dataclass(frozen=True)
class _Reading:
    organisation: Organisation
    year: int
    units: frozenset[int]
    on: date

    def facts(self) -> dict[int, Facts]:
        happened = Happened(self.organisation, self.year, self.units, self.on)
        posts, people = self._posts(), self._people()
        powers, risks, measures = self._powers(), self._risks(), self._measures()
        found = happened.by_unit(self._unit_of_person)
        return {
            unit: Facts(
                on=self.on,
                posts=tuple(posts[unit]),
                people=tuple(people[unit]),
                powers=tuple(powers[unit]),
                risks=tuple(risks[unit]),
                measures=tuple(measures[unit]),
                **found[unit],
            )
            for unit in self.units
        }

    def _within(self, path: str = "unit") -> Q:
        if len(self.units) > AROUND:
            return Q(**{f"{path}__organisation": self.organisation})
        return Q(**{f"{path}__in": self.units})

    @cached_property
    def _own_posts(self) -> list[Post]:
        rows = Post.objects.filter(in_use(self.on), self._within())
        return list(rows.order_by("unit", "order", "code"))

    @cached_property
    def _seats(self) -> list[tuple[int, int, int, str, str]]:
        """Who holds which post of the units: person, post, unit, name, code of the post."""
        rows = Appointment.objects.filter(
            holding(self.on), in_use(self.on, "post__"), self._within("post__unit")
        )
        return list(
            rows.order_by("post__order", "post__code", "person").values_list(
                "person", "post", "post__unit", "person__name", "post__code"
            )
        )

    @cached_property
    def _unit_of_person(self) -> Mapping[int, Mapping[int, str]]:
        """Return the people of each unit with their names."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        for person, _post, unit, name, _code in self._seats:
            found[unit][person] = name
        return found

    def _posts(self) -> dict[int, list[PostFact]]:
        keys = [post.pk for post in self._own_posts]
        if len(keys) > AROUND:
            structure = structure_of(self.organisation.pk, self.on)
        else:
            structure = structure_around(self.organisation.pk, self.on, keys)
        found: dict[int, list[PostFact]] = defaultdict(list)
        for post in self._own_posts:
            seat = structure.first_in(post.pk)
            chain = chain_of(structure, post.pk, seat.person if seat else None)
            found[post.unit_id].append(
                PostFact(key=post.pk, label=post.name, has_owner=chain.owner.person is not None)
            )
        return found

    def _people(self) -> dict[int, list[PersonFact]]:
        took_part = set(
            Participation.objects.filter(
                organisation=self.organisation, year=self.year
            ).values_list("person", flat=True)
        )
        found: dict[int, list[PersonFact]] = defaultdict(list)
        for unit, people in self._unit_of_person.items():
            for person, name in people.items():
                found[unit].append(
                    PersonFact(key=person, label=name, took_part=person in took_part)
                )
        return found

    def _powers(self) -> dict[int, list[PowerFact]]:
        of_power = OuterRef("pk")
        living = RiskPoint.objects.filter(in_use(self.on), power=of_power)
        rows = Power.objects.filter(in_use(self.on), self._within()).annotate(
            has_basis=Exists(Basis.objects.filter(power=of_power)),
            has_step=Exists(Step.objects.filter(power=of_power)),
            has_risk=Exists(living),
        )
        parts = self._parts()
        holders = self._holders
        found: dict[int, list[PowerFact]] = defaultdict(list)
        for power in rows.order_by("unit", "code"):
            value = model.Power(id=power.code, unit="", name=power.name, posts=parts[power.pk])
            found[power.unit_id].append(
                PowerFact(
                    key=power.pk,
                    label=power.name,
                    category=power.category,
                    bases=int(power.has_basis),
                    steps=int(power.has_step),
                    risks=int(power.has_risk),
                    roles=frozenset(part.role.value for part in parts[power.pk]),
                    clashes=bool(clashes_by_post(value, holders)),
                )
            )
        return found

    def _parts(self) -> dict[int, tuple[model.PowerPost, ...]]:
        found: dict[int, tuple[model.PowerPost, ...]] = defaultdict(tuple)
        rows = PowerPost.objects.filter(self._within("power__unit"))
        for power, post, role in rows.order_by("power", "order").values_list(
            "power", "post__code", "role"
        ):
            found[power] = (*found[power], model.PowerPost(post=post, role=model.Role(role)))
        return found

    @cached_property
    def _holders(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for person, _post, _unit, _name, code in self._seats:
            found[code].add(str(person))
        return {post: frozenset(people) for post, people in found.items()}

    def _risks(self) -> dict[int, list[RiskFact]]:
        reviewed = RiskReview.objects.filter(risk=OuterRef("pk"), reviewed_on__year=self.year)
        rows = RiskPoint.objects.filter(in_use(self.on), self._within()).annotate(
            is_reviewed=Exists(reviewed)
        )
        found: dict[int, list[RiskFact]] = defaultdict(list)
        zone = ZoneInfo(self.organisation.time_zone)
        for risk in rows.order_by("unit", "-rank", "code"):
            found[risk.unit_id].append(
                RiskFact(
                    key=risk.pk,
                    label=risk.title,
                    level=risk.confirmed or risk.level,
                    computed=risk.computed,
                    reason=risk.endorsed_reason or risk.reason,
                    # one recorded in the year or later was looked at then
                    is_reviewed=risk.is_reviewed
                    or risk.created_at.astimezone(zone).year >= self.year,
                )
            )
        return found

    def _measures(self) -> dict[int, list[MeasureFact]]:
        rows = Measure.objects.filter(in_use(self.on, "risk__"), self._within("risk__unit"))
        return _grouped(
            (
                unit,
                MeasureFact(
                    risk=risk,
                    label=text,
                    who="post" if post else responsible,
                    when=frequency or (due_on.isoformat() if due_on else ""),
                    evidence=evidence,
                ),
            )
            for unit, risk, text, post, responsible, frequency, due_on, evidence in rows.order_by(
                "risk__code", "order"
            ).values_list(
                "risk__unit",
                "risk",
                "text",
                "post",
                "responsible",
                "frequency",
                "due_on",
                "evidence",
            )
        )


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for key, each in pairs:
        found[key].append(each)
    return found
