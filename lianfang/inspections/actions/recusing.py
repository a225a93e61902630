"""Nobody inspects themself, their own unit, kin, or those over or under them (三, 五（五）)."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.models import AbstractBaseUser

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.models import Duty
from lianfang.inspections.queries.population import kinship_in
from lianfang.inspections.rules.recusal import recused_people, recused_units
from lianfang.org.models import Person
from lianfang.org.queries.structure import structure_of
from lianfang.org.rules.structure import BodyKind


class Recused(Refused):
    """Somebody would inspect whom they may not."""


class NotOfTheBody(Refused):
    """Somebody would inspect who does not belong to the body that does."""


class NobodyInspects(Refused):
    """A record that names no inspector."""


def require_inspectors(
    duty: Duty, inspectors: Sequence[Person], *, on: date, by: AbstractBaseUser | None
) -> None:
    """Raise unless all who inspect, and who writes it, may: of the body, and not recused.

    Raises NobodyInspects, NotOfTheBody and Recused. Seven statements.
    """
    if not inspectors:
        raise NobodyInspects(
            Text("请至少填写一名检查人员。", "Name at least one person who inspects.")
        )
    structure = structure_of(duty.organisation_id, on)
    members = structure.members.get(BodyKind(duty.actor_role), frozenset())
    kin = kinship_in(duty.organisation_id)
    writer = Person.objects.filter(login=by.pk).first() if by is not None else None
    for one in (*inspectors, *([writer] if writer is not None else [])):
        if one.pk not in members:
            raise _not_of_the_body(one)
        is_known = duty.person_id in recused_people(structure, one.pk, kin)
        if is_known or duty.unit_id in recused_units(structure, one.pk):
            raise _recused(one)


def require_judge(duty: Duty, *, on: date, by: AbstractBaseUser | None) -> None:
    """Raise unless who judges a correction could inspect. Raises NotOfTheBody and Recused."""
    if by is not None:
        people = list(Person.objects.filter(login=by.pk))
        require_inspectors(duty, people, on=on, by=None)


def _not_of_the_body(person: Person) -> NotOfTheBody:
    return NotOfTheBody(
        Text(
            f"{person.name}现在不属于负责检查的机构。请另选检查人员。",
            f"{person.name} is not of the body that inspects. Choose somebody else.",
        )
    )


def _recused(person: Person) -> Recused:
    return Recused(
        Text(
            f"{person.name}与被检查人同单位、有亲属关系或有领导关系，应当回避。请另选检查人员。",
            f"{person.name} is of the same unit, kin, or over or under the person inspected, and "
            "stays out of it. Choose somebody else.",
        )
    )
