"""Whom a draw may hit, and who may inspect them, as the organisation stands on a day (五（五）)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from lianfang.duties.queries.facts import facts_of
from lianfang.duties.rules.levels import given_on
from lianfang.inspections.models import Draw
from lianfang.inspections.rules.plan import Entry, Head, Inspector, Plan, frozen_plan
from lianfang.inspections.rules.recusal import kin_of, recused_people, recused_units
from lianfang.inspections.rules.shares import shares_of
from lianfang.org.models import Kinship, Person, Post, Unit
from lianfang.org.queries.structure import structure_of
from lianfang.org.rules.chain import inspector_of
from lianfang.org.rules.structure import BodyKind, Structure
from lianfang.scheme.model import Scheme

# key -> code and name
Names = Mapping[int, tuple[str, str]]
BODIES = (BodyKind.DISCIPLINE_OFFICE, BodyKind.DISCIPLINE_OVERSIGHT)


def plan_of(draw: Draw, scheme: Scheme, on: date) -> Plan:
    """Return the plan of a draw as it would be frozen on a day.

    Who holds a post of one of its levels may be drawn, once for each post. Statements don't grow
    with the staff: those of `facts_of`, five for the structure, four for names and kinship.
    """
    organisation = draw.organisation
    shares = shares_of(scheme, draw.levels)
    structure = structure_of(organisation.pk, on)
    people = dict(_named(Person.objects.filter(organisation=organisation)))
    units = dict(_named(Unit.objects.filter(organisation=organisation)))
    head = Head(
        organisation=organisation.code,
        organisation_name=organisation.name,
        title=draw.title,
        year=draw.year,
        scheme=organisation.scheme,
        scheme_version=scheme.version,
        source=draw.source,
        public_on=draw.public_on,
        due_on=draw.due_on,
        team=draw.team,
        shares=shares,
    )
    levels = {share.level for share in shares}
    return frozen_plan(
        head,
        _entries(draw, levels, structure, units, people, on),
        _inspectors(draw, structure, units, people),
    )


def kinship_in(organisation: int) -> dict[int, frozenset[int]]:
    """Return the relatives on record of each person inside the organisation. One statement."""
    rows = Kinship.objects.filter(person__organisation=organisation, relative__isnull=False)
    return dict(kin_of(rows.order_by("pk").values_list("person", "relative")))


def _entries(
    draw: Draw,
    levels: set[str],
    structure: Structure,
    units: Names,
    people: Names,
    on: date,
) -> Iterator[Entry]:
    posts = dict(_named(Post.objects.filter(organisation=draw.organisation)))
    facts = facts_of(draw.organisation, on)
    for holding in facts.holdings:
        given = given_on(facts.levels.get(holding.post, ()), on)
        is_there = holding.holds(on) and holding.unit in structure.units
        if given is None or given.level not in levels or not is_there:
            continue
        yield Entry(
            level=given.level,
            unit=units[holding.unit][0],
            unit_name=units[holding.unit][1],
            post=posts[holding.post][0],
            post_name=posts[holding.post][1],
            person=people[holding.person][0],
            person_name=people[holding.person][1],
            body=inspector_of(structure, holding.person).value,
        )


def _inspectors(
    draw: Draw, structure: Structure, units: Names, people: Names
) -> Iterator[Inspector]:
    kin = kinship_in(draw.organisation_id)
    for body in BODIES:
        for person in structure.members.get(body, frozenset()):
            known = recused_people(structure, person, kin)
            yield Inspector(
                body=body.value,
                person=people[person][0],
                person_name=people[person][1],
                units=tuple(sorted(units[unit][0] for unit in recused_units(structure, person))),
                people=tuple(sorted(people[one][0] for one in known)),
            )


def _named(rows: QuerySet[Any]) -> Iterator[tuple[int, tuple[str, str]]]:
    for key, code, name in rows.order_by("pk").values_list("pk", "code", "name"):
        yield key, (code, name)
