"""Many sheets at once: by the figures, or as the office scored them (五（七）1)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.assessment.actions.moving import CLAUSE, locked_all
from lianfang.assessment.actions.recusing import require_other_than_any
from lianfang.assessment.actions.scoring import ACTS, PointsMissing
from lianfang.assessment.models import AssessedSheet, Assessment, ItemScore
from lianfang.assessment.queries.figures import figures_of
from lianfang.assessment.queries.sheets import provided, sheet_in
from lianfang.assessment.queries.tally import points_of, tallies_of
from lianfang.assessment.rules.scoring import Party, proposed, result_of
from lianfang.assessment.rules.sheets import items_of, maximum_of
from lianfang.assessment.rules.states import SheetAct, sheet_after
from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.common.text import Text
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.rules.calendar import add_working_days

_Points = Mapping[int, Mapping[str, Decimal]]


@transaction.atomic
def score_by_figures(
    *,
    assessment: Assessment,
    sheets: Sequence[AssessedSheet],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Give the office's points of several sheets by what the figures propose, and send them on.

    Where nothing was counted it is what the unit or person gave. Returns how many sheets went on.
    Raises NotNow, Recused and PointsMissing. The statements don't grow with the sheets.
    """
    found = locked_all(assessment, sheets, SheetAct.SCORE_OFFICE)
    require_other_than_any(found, by, on)
    figures = figures_of(assessment, found, on)
    own = points_of(found, Party.SELF)
    points: dict[int, dict[str, Decimal]] = {}
    for sheet in found:
        given = points[sheet.pk] = dict(own[sheet.pk])
        for item in items_of(sheet_in(assessment, sheet.kind)):
            figure = figures[sheet.pk].get(item.code)
            told = proposed(figure.share, maximum_of(item)) if figure is not None else None
            if told is not None:
                given[item.code] = told
    _pass_on(assessment, found, points, Party.OFFICE, on, by, at)
    return len(found)


@transaction.atomic
def agree_with_office(
    *,
    assessment: Assessment,
    sheets: Sequence[AssessedSheet],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Give the leadership's points of several sheets as the office gave its own.

    Returns how many sheets got their score. Raises NotNow, Recused and PointsMissing. The
    statements don't grow with the sheets.
    """
    found = locked_all(assessment, sheets, SheetAct.SCORE_LEADERSHIP)
    require_other_than_any(found, by, on)
    _pass_on(assessment, found, points_of(found, Party.OFFICE), Party.LEADERSHIP, on, by, at)
    return len(found)


def _pass_on(
    assessment: Assessment,
    sheets: Sequence[AssessedSheet],
    points: _Points,
    party: Party,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    _require_all(assessment, sheets, points)
    keys = [sheet.pk for sheet in sheets]
    ItemScore.objects.filter(sheet__in=keys, party=party).delete()
    ItemScore.objects.bulk_create(
        ItemScore(sheet=sheet, item=item, party=party, points=given)
        for sheet in sheets
        for item, given in points[sheet.pk].items()
    )
    for sheet in sheets:
        sheet.step = AssessedSheet.Step(sheet_after(sheet.step, ACTS[party]) or sheet.step)
        sheet.returned_for = ""
        sheet.version += 1
    if party is Party.LEADERSHIP:
        _score(assessment, sheets, on)
    fields = ("step", "returned_for", "version", "score", "band", "scored_on", "objections_until")
    AssessedSheet.objects.bulk_update(sheets, fields)
    audit.record_bulk(
        at=at,
        by=by,
        action="assessment.sheet.points_taken_over",
        subject=assessment,
        organisation=assessment.organisation_id,
        rows=[
            RowOfBulk(
                subject=sheet,
                changes={
                    "party": (None, party.value),
                    "points": (None, str(sum(points[sheet.pk].values(), Decimal(0)))),
                },
            )
            for sheet in sheets
        ],
        rule=CLAUSE,
    )


def _score(assessment: Assessment, sheets: Sequence[AssessedSheet], on: date) -> None:
    scheme = scheme_of(assessment.organisation, assessment.opened_on)
    days = int(provided(scheme, "assessment_objection"))
    until = add_working_days(calendar_of(assessment.organisation_id), on, days)
    for pk, tally in tallies_of(assessment, sheets).items():
        sheet = next(one for one in sheets if one.pk == pk)
        asked = sheet_in(assessment, sheet.kind)
        sheet.score, sheet.scored_on, sheet.objections_until = tally.score, on, until
        sheet.band = result_of(tally.score, asked, {sheet.cap} - {""}).code


def _require_all(assessment: Assessment, sheets: Sequence[AssessedSheet], points: _Points) -> None:
    for sheet in sheets:
        items = {item.code for item in items_of(sheet_in(assessment, sheet.kind))}
        if items - points[sheet.pk].keys():
            name = sheet.person.name if sheet.person else sheet.unit.name
            raise PointsMissing(
                Text(
                    f"“{name}”的考核表有的项没有数据也没有前一方的评分，不能一并评分。请单独评分。",
                    f"In the sheet of {name} some items have neither a figure nor points given "
                    "before. Score that one by itself.",
                )
            )
