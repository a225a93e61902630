"""The results are told to a chosen scope, by an official notice (五（七）1)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse

from lianfang.assessment.actions.moving import CLAUSE, locked_year
from lianfang.assessment.models import AssessedSheet, Assessment
from lianfang.assessment.queries.papers import notice_paper
from lianfang.assessment.queries.selves import selves_of
from lianfang.assessment.rules.states import Act
from lianfang.audit import actions as audit
from lianfang.documents.writing.official_pdf import official_pdf
from lianfang.files.actions import issue_document
from lianfang.files.models import OutgoingDocument
from lianfang.notices.actions import Telling, tell_all

SERIES, NOTICE = "廉防办", "assessment_notice"
PUBLISHED = "assessment.published"


@transaction.atomic
def publish_results(
    *,
    assessment: Assessment,
    scope: Assessment.Scope,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> OutgoingDocument:
    """Publish what the leading group confirmed, by a notice with a number, to a scope.

    Each unit and person is told that their own result is there. Raises NotNow and FontsRefused.
    """
    assessment = locked_year(assessment, Act.PUBLISH)
    document = _issued(assessment, scope, on, by, at)
    assessment.state = Assessment.State.PUBLISHED
    assessment.published_on, assessment.scope = on, scope
    assessment.version += 1
    assessment.save()
    audit.record(
        at=at,
        by=by,
        action="assessment.assessment.published",
        subject=assessment,
        organisation=assessment.organisation_id,
        changes={
            "state": ("confirmed", "published"),
            "scope": (None, scope.value),
            "document": (None, document.mark),
        },
        rule=CLAUSE,
    )
    rows = assessment.assessed.filter(step=AssessedSheet.Step.CONFIRMED)
    _tell(assessment, list(rows.order_by("pk")), on, by, at)
    return document


def _issued(
    assessment: Assessment,
    scope: Assessment.Scope,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> OutgoingDocument:
    paper, title = notice_paper(assessment, scope, on)

    def make(mark: str) -> tuple[str, bytes]:
        return f"{mark}{title}.pdf", official_pdf(paper(mark))

    return issue_document(
        organisation=assessment.organisation_id,
        series=SERIES,
        kind=NOTICE,
        title=title,
        about=assessment,
        make=make,
        is_confined=scope != Assessment.Scope.EVERYBODY,
        on=on,
        by=by,
        at=at,
    )


def _tell(
    assessment: Assessment,
    sheets: Sequence[AssessedSheet],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    logins = selves_of(sheets, on)
    tell_all(
        tellings=[
            Telling(
                recipient=login, kind=PUBLISHED, url=reverse("assessment:sheet", args=[sheet.pk])
            )
            for sheet in sheets
            for login in logins.get(sheet.pk, ())
        ],
        subject=assessment,
        organisation=assessment.organisation_id,
        by=by,
        at=at,
    )
