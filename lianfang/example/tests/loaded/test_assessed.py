"""The yearly check of the example: last year's is told and followed, this year's is in draft."""

from lianfang.assessment.models import (
    Accountability,
    AssessedSheet,
    Assessment,
    AssessmentTask,
    FrozenFigure,
    Objection,
)
from lianfang.assessment.queries.results import results_of
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.sheets import fault_of
from lianfang.example.tests.loaded.moments import MAY, loaded_at
from lianfang.org.models import Organisation

pytestmark = loaded_at(MAY)


def test_last_year_was_checked_told_and_followed_and_this_year_is_drafted(
    organisation: Organisation,
) -> None:
    last, this = Assessment.objects.order_by("year")
    assert (last.year, last.state, this.year, this.state) == (2025, "published", 2026, "draft")
    assert fault_of(sheet_in(this, "units")) is None
    assert set(last.assessed.values_list("step", flat=True)) == {"confirmed"}
    rows = results_of(organisation.pk, 2025)
    units = last.assessed.filter(person=None)
    assert len(rows) == units.count() > 20
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)
    own = units.get(unit__code="JJS")
    assert own.assessor == AssessedSheet.Assessor.DISCIPLINE_OVERSIGHT
    assert FrozenFigure.objects.filter(sheet=own).count() == 14
    assert Objection.objects.get().outcome == Objection.Outcome.REJECTED
    assert AssessmentTask.objects.get().state == AssessmentTask.State.CONFIRMED
    assert Accountability.objects.get().state == Accountability.State.CLOSED
