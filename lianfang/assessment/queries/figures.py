"""The figures of sheets: as they stand now, or as they were frozen."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec
from django.db.models import QuerySet

from lianfang.alerts.models import Alert
from lianfang.assessment.models import AssessedSheet, Assessment, FrozenFigure
from lianfang.assessment.queries.facts import facts_of_units
from lianfang.assessment.queries.people import facts_of_people
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.figures import FIGURES, Figure
from lianfang.assessment.rules.figures.model import About, without
from lianfang.assessment.rules.sheets import MANUAL, items_of

# a sheet -> the code of an item -> its figure
Figures = dict[int, dict[str, Figure]]


def figures_of(assessment: Assessment, sheets: Sequence[AssessedSheet], on: date) -> Figures:
    """Return the figures of sheets as they stand on a day, by item; those by hand have none.

    The statements don't grow with the sheets.
    """
    units = {sheet.unit_id for sheet in sheets if sheet.person_id is None}
    people = {sheet.person_id for sheet in sheets if sheet.person_id is not None}
    organisation, year = assessment.organisation, assessment.year
    of_units = facts_of_units(organisation, year, units, on) if units else {}
    of_people = facts_of_people(organisation, year, people, on) if people else {}
    items = {
        kind: [
            (item.code, FIGURES[item.source])
            for item in items_of(sheet_in(assessment, kind))
            if item.source != MANUAL
        ]
        for kind in {sheet.kind for sheet in sheets}
    }
    return {
        sheet.pk: {
            code: count(
                of_units[sheet.unit_id] if sheet.person_id is None else of_people[sheet.person_id]
            )
            for code, count in items[sheet.kind]
        }
        for sheet in sheets
    }


def figures_in(sheet: AssessedSheet, on: date, counted: QuerySet[Alert]) -> dict[str, Figure]:
    """Return the figures of a sheet: frozen once it is confirmed, else as they stand on a day.

    `counted` are the alerts that the reader's figures may count: no number tells somebody of an
    alert about themself. One statement more where there are alerts.
    """
    if sheet.step == AssessedSheet.Step.CONFIRMED:
        found = frozen_in([sheet])[sheet.pk]
    else:
        found = figures_of(sheet.assessment, [sheet], on)[sheet.pk]
    alerts = {row.key for value in found.values() for row in value.rows if row.about is About.ALERT}
    if not alerts:
        return found
    kept = set(counted.filter(pk__in=alerts).values_list("pk", flat=True))
    return {code: without(value, About.ALERT, alerts - kept) for code, value in found.items()}


def frozen_in(sheets: Sequence[AssessedSheet]) -> Figures:
    """Return the figures with which sheets were confirmed. One statement."""
    found: Figures = defaultdict(dict)
    rows = FrozenFigure.objects.filter(sheet__in=[sheet.pk for sheet in sheets])
    for row in rows.order_by("pk"):
        found[row.sheet_id][row.item] = msgspec.convert(row.value, Figure)
    return found
