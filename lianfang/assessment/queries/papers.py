"""What the papers of the yearly check say, as plain values."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import override

from lianfang.assessment.models import Accountability, AssessedSheet, Assessment, AssessmentTask
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.papers import Issuer, TaskTold, UnitTold, letter_of, notice_of
from lianfang.assessment.rules.scoring import ranks_of
from lianfang.assessment.rules.sheets import UNITS
from lianfang.documents.writing.official import OfficialPaper
from lianfang.org.models import Body, Organisation
from lianfang.scheme.model import Scheme

Paper = Callable[[str], OfficialPaper]
_APPEAL = (
    "对本决定不服的，可以在系统中提出申诉，也可以向作出决定的机构或上级机关书面提出；"
    "申诉期间不停止执行。"
)


def notice_paper(assessment: Assessment, scope: Assessment.Scope, on: date) -> tuple[Paper, str]:
    """Return the notice of a year's results, to be given its number, and its title.

    Four statements.
    """
    asked = sheet_in(assessment, UNITS)
    labels = {band.code: band.label.zh for band in asked.bands}
    sheets = list(
        assessment.assessed.filter(step=AssessedSheet.Step.CONFIRMED, person=None)
        .select_related("unit")
        .order_by("-score", "unit__order", "unit__code")
    )
    people = assessment.assessed.filter(
        step=AssessedSheet.Step.CONFIRMED, person__isnull=False
    ).count()
    ranks = ranks_of({sheet.pk: sheet.score for sheet in sheets if sheet.score is not None})
    units = [
        UnitTold(
            name=sheet.unit.name,
            score=f"{sheet.score}",
            band=labels[sheet.band],
            rank=ranks[sheet.pk],
        )
        for sheet in sheets
    ]
    tasks = [
        TaskTold(unit=task.sheet.unit.name, what=task.what, due_on=task.due_on)
        for task in AssessmentTask.objects.filter(sheet__assessment=assessment, sheet__person=None)
        .select_related("sheet__unit")
        .order_by("sheet__unit__order", "pk")
    ]
    issuer, year = issuer_of(assessment.organisation), assessment.year
    with override("zh-hans"):
        told = str(scope.label)

    def paper(mark: str) -> OfficialPaper:
        return notice_of(
            issuer,
            mark,
            year=year,
            scope=told,
            units=units,
            bands=list(labels.values()),
            people=people,
            tasks=tasks,
            on=on,
        )

    return paper, f"{year} 年度廉政风险防控检查考核结果通报"


def letter_paper(matter: Accountability, scheme: Scheme, on: date) -> Paper:
    """Return the letter of what was decided, to be given its number. One statement."""
    kind = next(one for one in scheme.accountability if one.code == matter.kind)
    grounds = [text.zh for place, text in enumerate(kind.grounds) if place in matter.grounds]
    issuer = issuer_of(matter.organisation)

    def paper(mark: str) -> OfficialPaper:
        return letter_of(
            issuer,
            mark,
            person=matter.person.name,
            kind=kind.label.zh,
            clause=matter.clause,
            grounds=grounds,
            facts=matter.facts,
            decision=matter.decision,
            effect=matter.effect,
            appeal=_APPEAL,
            on=on,
        )

    return paper


def issuer_of(organisation: Organisation) -> Issuer:
    """Return who issues. One statement."""
    body = Body.objects.filter(
        organisation=organisation, kind=Body.Kind.LEADING_GROUP_OFFICE, retired_on=None
    ).first()
    return Issuer(
        organisation=organisation.name,
        office=body.name if body else "廉政风险防控领导小组办公室",
    )
