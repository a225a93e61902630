"""Checks and matters as tests make them: finance and review, the clerk in a high post."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lianfang.assessment.actions import (
    confirming,
    drafting,
    following,
    holding,
    objecting,
    opening,
    publishing,
    scoring,
)
from lianfang.assessment.actions.scoring import Given
from lianfang.assessment.models import (
    Accountability,
    AssessedSheet,
    Assessment,
    AssessmentTask,
    Objection,
)
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.accountability import Candidate
from lianfang.assessment.rules.figures.model import About, Row
from lianfang.assessment.rules.scoring import Party
from lianfang.assessment.rules.sheets import items_of, maximum_of
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.risks.tests.leveling import publish

SCHEME = written_scheme("cnas-2012")
DAY = timedelta(days=1)
YEAR = 2026
SELF_UNTIL = ON + 14 * DAY
# after the days in which one may object
LATER = date(2026, 6, 15)


def drafted(cast: Cast, year: int = YEAR) -> Assessment:
    return drafting.draft_assessment(
        organisation=cast.organisation,
        year=year,
        scheme=SCHEME,
        by=cast.logins["office"],
        at=AT,
    )


def opened(cast: Cast, units: tuple[str, ...] = ("CW", "PS"), year: int = YEAR) -> Assessment:
    publish(cast, "2026-1", ON, "CW", CWG="high")
    return opening.open_assessment(
        assessment=drafted(cast, year),
        units=[cast.units[code] for code in units],
        self_until=SELF_UNTIL,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def sheet_of(assessment: Assessment, cast: Cast, unit: str = "CW") -> AssessedSheet:
    return AssessedSheet.objects.get(assessment=assessment, unit=cast.units[unit], person=None)


def sheet_of_clerk(assessment: Assessment, cast: Cast) -> AssessedSheet:
    return AssessedSheet.objects.get(assessment=assessment, person=cast.people["clerk"])


def share_of_all(sheet: AssessedSheet, share: str) -> dict[str, Given]:
    """Return so much of the maximum of every item."""
    asked = sheet_in(sheet.assessment, sheet.kind)
    return {
        item.code: Given(points=(maximum_of(item) * Decimal(share)).quantize(Decimal("0.1")))
        for item in items_of(asked)
    }


def give(
    cast: Cast, sheet: AssessedSheet, party: Party, share: str = "0.9", **values: Any
) -> AssessedSheet:
    by = {Party.SELF: "head", Party.OFFICE: "officer", Party.LEADERSHIP: "deputy"}
    given: dict[str, Any] = {
        "given": share_of_all(sheet, share),
        "is_sent": True,
        "on": ON,
        "by": cast.logins[by[party]],
        "at": AT,
    }
    return scoring.give_points(sheet=sheet, party=party, **{**given, **values})


def scored(cast: Cast, sheet: AssessedSheet, *shares: str) -> AssessedSheet:
    """Return a sheet to which all three gave so much of every item, 0.9 unless said."""
    for party, share in zip(Party, shares or ("0.9", "0.9", "0.9"), strict=True):
        sheet = give(cast, sheet, party, share)
    return sheet


def confirmed(cast: Cast, year: int = YEAR, *shares: str) -> Assessment:
    """Return a check of finance alone that the leading group confirmed."""
    assessment = opened(cast, ("CW",), year)
    sheets = [sheet_of(assessment, cast), sheet_of_clerk(assessment, cast)]
    return confirming.confirm_sheets(
        assessment=assessment,
        sheets=[scored(cast, sheet, *shares) for sheet in sheets],
        on=LATER,
        by=cast.logins["secretary"],
        at=AT,
    )


def published(
    cast: Cast, scope: Assessment.Scope = Assessment.Scope.HEADS, year: int = YEAR
) -> Assessment:
    assessment = confirmed(cast, year)
    publishing.publish_results(
        assessment=assessment, scope=scope, on=LATER, by=cast.logins["office"], at=AT
    )
    assessment.refresh_from_db()
    return assessment


def objected(cast: Cast, sheet: AssessedSheet) -> Objection:
    return objecting.object_to(
        sheet=sheet, text="按期填报一项少计了。", on=ON, by=cast.logins["head"], at=AT
    )


def task(cast: Cast, sheet: AssessedSheet) -> AssessmentTask:
    return following.set_task(
        sheet=sheet,
        what="补齐会议记录。",
        due_on=LATER + 30 * DAY,
        on=LATER,
        by=cast.logins["office"],
        at=AT,
    )


def candidate(cast: Cast, part: str = "head", **values: Any) -> Candidate:
    given: dict[str, Any] = {
        "key": f"reporting:{cast.units['CW'].pk}:2026",
        "kind": "reporting",
        "person": cast.people[part].pk,
        "unit": cast.units["CW"].pk,
        "grounds": (0,),
        "rows": (
            Row(about=About.DUTY, key=1, label="财务处", counts=True, kind="unit_report", on=ON),
        ),
    }
    return Candidate(**{**given, **values})


def matter(cast: Cast, part: str = "head", **values: Any) -> Accountability:
    return holding.open_matter(
        organisation=cast.organisation,
        candidate=candidate(cast, part, **values),
        facts="上半年单位报告没有报送。",
        year=YEAR,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )


def heard(cast: Cast, part: str = "head") -> Accountability:
    return holding.record_hearing(
        matter=matter(cast, part),
        heard_on=ON,
        hearing="人员变动，交接时遗漏。",
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )


def decided(cast: Cast, part: str = "head") -> Accountability:
    found = heard(cast, part)
    holding.decide_matter(
        matter=found,
        decision="责令一周内补报，并在处长会议上说明情况。",
        effect="当年不评优",
        on=ON,
        by=cast.logins["secretary"],
        at=AT,
    )
    found.refresh_from_db()
    return found
