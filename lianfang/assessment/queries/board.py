"""The year's board: units by steps, the people of each, and what the asker has to do there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from lianfang.assessment.models import AssessedSheet, Assessment
from lianfang.org.models import Unit
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing

_STEPS = tuple(AssessedSheet.Step)


@dataclass(frozen=True, kw_only=True)
class PeopleCount:
    """How many people of a unit are assessed, and how many of them are scored or further."""

    every: int
    scored: int


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """A unit's sheet, None where the asker may open none of it, with its people's in numbers."""

    unit: Unit
    sheet: AssessedSheet | None
    people: PeopleCount
    place: int


@dataclass(frozen=True, kw_only=True)
class Board:
    """A year's check as somebody sees it."""

    rows: list[BoardRow]
    own: list[AssessedSheet]
    counts: dict[str, int]

    @property
    def all(self) -> int:
        """How many units there are."""
        return sum(self.counts.values())


def years_of(rows: QuerySet[Assessment]) -> list[Assessment]:
    """Return the years' checks, the newest first. One statement."""
    return list(rows.select_related("organisation").order_by("-year"))


def board_of(rows: QuerySet[AssessedSheet], standing: Standing) -> Board:
    """Return the sheets that somebody may open, by unit. Three statements."""
    people: dict[int, Counter[bool]] = {}
    counted = rows.filter(person__isnull=False).order_by().values_list("unit", "step")
    done = (AssessedSheet.Step.SCORED, AssessedSheet.Step.CONFIRMED)
    for unit, step, many in counted.annotate(many=Count("pk")):
        people.setdefault(unit, Counter())[step in done] += many
    sheets = list(
        rows.filter(person=None).select_related("unit").order_by("unit__order", "unit__code")
    )
    own = list(rows.filter(person=standing.person_id).select_related("unit", "post", "person"))
    return Board(
        rows=[
            BoardRow(
                unit=sheet.unit,
                sheet=sheet,
                people=_count(people.get(sheet.unit_id)),
                place=_STEPS.index(AssessedSheet.Step(sheet.step)),
            )
            for sheet in sheets
        ],
        own=own,
        counts=dict(Counter(sheet.step for sheet in sheets)),
    )


def people_of(rows: QuerySet[AssessedSheet], unit: int | None = None) -> list[AssessedSheet]:
    """Return the sheets of people, by unit and post: an order that ranks nobody. One statement."""
    found = rows.filter(person__isnull=False)
    if unit is not None:
        found = found.filter(unit=unit)
    return list(
        found.select_related("unit", "post", "person").order_by(
            "unit__order", "unit__code", "post__order", "post__code", "pk"
        )
    )


def units_to_assess(standing: Standing) -> list[Unit]:
    """Return the departments and companies in use; the leadership is for the superior body.

    One statement.
    """
    kinds = (Unit.Kind.DEPARTMENT, Unit.Kind.COMPANY)
    rows = Unit.objects.filter(
        in_use(standing.on), organisation=standing.organisation_id, kind__in=kinds
    )
    return list(rows.order_by("order", "code"))


def scored_sheets(rows: QuerySet[AssessedSheet]) -> Sequence[AssessedSheet]:
    """Return what waits to be confirmed, units first. One statement."""
    found: QuerySet[Any] = rows.select_related("unit", "person", "post")
    return list(found.order_by("-kind", "unit__order", "unit__code", "pk"))


def _count(found: Counter[bool] | None) -> PeopleCount:
    if found is None:
        return PeopleCount(every=0, scored=0)
    return PeopleCount(every=found.total(), scored=found[True])
