"""The sheet of a draw is issued: numbered, kept by its digest, once (五（五）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text
from lianfang.documents.writing.pdf import to_pdf
from lianfang.files.actions import issue_document
from lianfang.files.models import OutgoingDocument
from lianfang.inspections.models import Draw
from lianfang.inspections.queries.draws import SHEET, paper_of, sheet_in
from lianfang.inspections.rules.sheet_paper import sheet_paper
from lianfang.org.queries.numbers import written_scheme

SERIES = "廉检"


class SheetIssued(Refused):
    """The sheet was issued before and holds, or there is none yet."""


@transaction.atomic
def issue_sheet(
    *, draw: Draw, on: date, by: AbstractBaseUser | None, at: datetime
) -> OutgoingDocument:
    """Issue the sheet of a draw as a PDF. Raises SheetIssued and FontsRefused."""
    if not draw.sheet or paper_of(draw) is not None:
        raise SheetIssued(
            Text(
                "抽取单还没有产生，或已经印发。要更正的，请先作废原件，再重新印发。",
                "There is no sheet yet, or it was issued already. To correct it, void it first, "
                "then issue it anew.",
            )
        )
    sheet, scheme = sheet_in(draw), written_scheme(draw.organisation.scheme)
    title = f"{draw.title}抽取单"

    def make(mark: str) -> tuple[str, bytes]:
        paper = sheet_paper(sheet, scheme, mark=mark, on=draw.drawn_on or on, language=Language.ZH)
        return f"{mark}{title}.pdf", to_pdf(paper)

    return issue_document(
        organisation=draw.organisation_id,
        series=SERIES,
        kind=SHEET,
        title=title,
        about=draw,
        make=make,
        on=on,
        by=by,
        at=at,
    )
