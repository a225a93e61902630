"""What sheets come to, from the points and adjustments stored with them."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from lianfang.assessment.models import Adjustment, AssessedSheet, Assessment, ItemScore
from lianfang.assessment.queries.sheets import provided, sheet_in
from lianfang.assessment.rules.scoring import Party, Tally, tally_of
from lianfang.org.queries.numbers import scheme_of


def tally_in(sheet: AssessedSheet) -> Tally:
    """Return what a sheet comes to as it stands. Three statements."""
    return tallies_of(sheet.assessment, [sheet])[sheet.pk]


def tallies_of(assessment: Assessment, sheets: Sequence[AssessedSheet]) -> dict[int, Tally]:
    """Return what sheets of a year come to as they stand. Three statements."""
    scheme = scheme_of(assessment.organisation, assessment.opened_on)
    keys = [sheet.pk for sheet in sheets]
    points: dict[int, dict[tuple[str, Party], Decimal]] = defaultdict(dict)
    for sheet, item, party, given in ItemScore.objects.filter(sheet__in=keys).values_list(
        "sheet", "item", "party", "points"
    ):
        points[sheet][item, Party(party)] = given
    adjusted: dict[int, list[Decimal]] = defaultdict(list)
    for sheet, given in Adjustment.objects.filter(sheet__in=keys, withdrawn_at=None).values_list(
        "sheet", "points"
    ):
        adjusted[sheet].append(given)
    return {
        sheet.pk: tally_of(
            sheet_in(assessment, sheet.kind),
            points[sheet.pk],
            adjusted[sheet.pk],
            most_added=provided(scheme, "assessment_additions"),
            most_taken=provided(scheme, "assessment_deductions"),
        )
        for sheet in sheets
    }


def points_of(sheets: Sequence[AssessedSheet], party: Party) -> dict[int, dict[str, Decimal]]:
    """Return what a party gave in each sheet, by item. One statement."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = ItemScore.objects.filter(sheet__in=[sheet.pk for sheet in sheets], party=party)
    for sheet, item, given in rows.values_list("sheet", "item", "points"):
        found[sheet][item] = given
    return found
