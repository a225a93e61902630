"""What a sheet comes to, from the points and adjustments stored with it."""

from lianfang.assessment.models import AssessedSheet
from lianfang.assessment.queries.sheets import provided
from lianfang.assessment.rules.scoring import Party, Tally, tally_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.scheme.model import Sheet


def tally_in(sheet: AssessedSheet, asked: Sheet) -> Tally:
    """Return what a sheet comes to as it stands. Three statements."""
    assessment = sheet.assessment
    scheme = scheme_of(assessment.organisation, assessment.opened_on)
    points = {
        (item, Party(party)): given
        for item, party, given in sheet.scores.values_list("item", "party", "points")
    }
    given = sheet.adjustments.filter(withdrawn_at=None).values_list("points", flat=True)
    return tally_of(
        asked,
        points,
        given,
        most_added=provided(scheme, "assessment_additions"),
        most_taken=provided(scheme, "assessment_deductions"),
    )
