"""A year's check opens: its sheets are frozen, each unit and person gets theirs (五（七）1)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from lianfang.assessment.actions.moving import CLAUSE, locked_year
from lianfang.assessment.models import AssessedSheet, Assessment
from lianfang.assessment.queries.people import assessable_in
from lianfang.assessment.queries.selves import selves_of
from lianfang.assessment.queries.sheets import sheets_in
from lianfang.assessment.rules.recusal import office_is_concerned
from lianfang.assessment.rules.sheets import PERSONS, fault_of
from lianfang.assessment.rules.states import Act
from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.notices.actions import Telling, tell_all
from lianfang.org.actions.changing import require_one_organisation
from lianfang.org.models import Appointment, Body, Membership, Unit, holding
from lianfang.org.queries.structure import structure_around
from lianfang.org.rules.chain import inspector_of

TOLD = "assessment.to_do"


class SheetUnsound(Refused):
    """A sheet that is not worth 100 points."""


class NothingToAssess(Refused):
    """A check of no unit, or one whose last day for self scores is past."""


@transaction.atomic
def open_assessment(
    *,
    assessment: Assessment,
    units: Sequence[Unit],
    self_until: date,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Assessment:
    """Open a check of these units and of their people in posts of the levels of the sheet.

    Raises NotNow, SheetUnsound with how to mend it, NothingToAssess and NotHere.
    """
    assessment = locked_year(assessment, Act.OPEN)
    require_one_organisation(assessment.organisation_id, *units)
    for sheet in sheets_in(assessment):
        fault = fault_of(sheet)
        if fault is not None:
            raise SheetUnsound(fault)
    _require_something(units, self_until, on)
    made = AssessedSheet.objects.bulk_create(
        [*_of_units(assessment, units, on), *_of_people(assessment, units, on)]
    )
    assessment.state = Assessment.State.OPEN
    assessment.opened_on, assessment.self_until = on, self_until
    assessment.version += 1
    assessment.save()
    _record(assessment, made, units, by, at)
    _tell(assessment, made, on, by, at)
    return assessment


def _record(
    assessment: Assessment,
    made: Sequence[AssessedSheet],
    units: Sequence[Unit],
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    until = assessment.self_until
    audit.record(
        at=at,
        by=by,
        action="assessment.assessment.opened",
        subject=assessment,
        organisation=assessment.organisation_id,
        changes={
            "state": ("draft", "open"),
            "self_until": (None, until and until.isoformat()),
            "scheme": (None, assessment.scheme_version),
            "units": (None, len(units)),
            "people": (None, len(made) - len(units)),
        },
        rule=CLAUSE,
    )
    audit.record_bulk(
        at=at,
        by=by,
        action="assessment.sheet.opened",
        subject=assessment,
        organisation=assessment.organisation_id,
        rows=[RowOfBulk(subject=sheet) for sheet in made],
        rule=CLAUSE,
    )


def _of_units(assessment: Assessment, units: Iterable[Unit], on: date) -> Iterable[AssessedSheet]:
    own_unit, of_members = _office(assessment.organisation_id, on)
    for unit in units:
        concerned = office_is_concerned(unit.pk, own_unit, of_members)
        yield AssessedSheet(
            assessment=assessment,
            kind=AssessedSheet.Kind.UNIT,
            unit=unit,
            assessor=AssessedSheet.Assessor.DISCIPLINE_OVERSIGHT
            if concerned
            else AssessedSheet.Assessor.DISCIPLINE_OFFICE,
        )


def _of_people(assessment: Assessment, units: Iterable[Unit], on: date) -> Iterable[AssessedSheet]:
    levels = next((s.levels for s in sheets_in(assessment) if s.code == PERSONS), ())
    structure = structure_around(assessment.organisation_id, on, ())
    for one in assessable_in(assessment.organisation_id, [unit.pk for unit in units], levels, on):
        yield AssessedSheet(
            assessment=assessment,
            kind=AssessedSheet.Kind.PERSON,
            unit_id=one.unit,
            person_id=one.person,
            post_id=one.post,
            level=one.level,
            assessor=AssessedSheet.Assessor(inspector_of(structure, one.person).value),
        )


def _office(organisation: int, on: date) -> tuple[int | None, list[frozenset[int]]]:
    """Return the unit that does the discipline office's work, and the units of each member."""
    body = Body.objects.filter(
        organisation=organisation, kind=Body.Kind.DISCIPLINE_OFFICE, retired_on=None
    ).first()
    if body is None:
        return None, []
    members = set(
        Membership.objects.filter(holding(on), body=body).values_list("person", flat=True)
    )
    units: dict[int, set[int]] = {person: set() for person in members}
    for person, unit in Appointment.objects.filter(holding(on), person__in=members).values_list(
        "person", "post__unit"
    ):
        units[person].add(unit)
    return body.unit_id, [frozenset(each) for each in units.values()]


def _require_something(units: Sequence[Unit], self_until: date, on: date) -> None:
    if not units:
        raise NothingToAssess(
            Text("请至少选择一个参加考核的单位。", "Choose at least one unit to be assessed.")
        )
    if self_until < on:
        raise NothingToAssess(
            Text(
                f"自评截止日期 {self_until} 已经过去。请填写今天（{on}）或以后的日期。",
                f"The last day for self scores, {self_until}, is past. Enter today, {on}, or a "
                "later day.",
            )
        )


def _tell(
    assessment: Assessment,
    made: Sequence[AssessedSheet],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Tell those who score themselves or their unit that there is something."""
    logins = selves_of(made, on)
    tell_all(
        tellings=[
            Telling(recipient=login, kind=TOLD, url=reverse("assessment:sheet", args=[sheet.pk]))
            for sheet in made
            for login in logins.get(sheet.pk, ())
        ],
        subject=assessment,
        organisation=assessment.organisation_id,
        by=by,
        at=at,
    )
