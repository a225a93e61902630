"""The agenda of the next meeting is issued: numbered, kept by digest, once for a day (六（三）)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.deciding import members_of
from lianfang.cycles.actions.papers import NothingToTell, house_of, issue, issued_already
from lianfang.cycles.models import Cycle
from lianfang.cycles.queries.agenda import consulted_in, items_of, labels_of
from lianfang.cycles.queries.meetings import agenda_of
from lianfang.cycles.rules.agenda import Agenda, agenda_paper
from lianfang.documents.writing.official import OfficialPaper
from lianfang.files.models import OutgoingDocument
from lianfang.files.queries import documents_about
from lianfang.scheme.model import Scheme

AGENDA = "agenda"


class MeetingPassed(Refused):
    """An agenda is issued before the meeting."""


@transaction.atomic
def issue_agenda(
    *,
    cycle: Cycle,
    held_on: date,
    place: str,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> OutgoingDocument:
    """Issue the agenda of a meeting about all filings that were checked and not decided about.

    Raises MeetingPassed, NothingToTell where no filing waits, IssuedAlready for the same day.
    """
    require_ahead(held_on, on)
    title = f"{held_on:%Y-%m-%d} 审议会议议程"
    if any(one.title == title and one.void_on is None for one in documents_about(cycle)):
        raise issued_already()
    filings = agenda_of(cycle)
    if not filings:
        raise _nothing_waits()
    members = members_of(cycle.organisation_id, held_on)
    agenda = Agenda(
        year=cycle.year,
        held_on=held_on,
        place=place,
        items=items_of(cycle, filings, members, scheme, held_on=held_on, on=on),
        labels=labels_of(scheme),
        consultations=consulted_in(cycle),
        present=scheme.resolution.present.value,
        approving=scheme.resolution.approving.value,
    )
    house = house_of(cycle.organisation)

    def paper(mark: str) -> OfficialPaper:
        return agenda_paper(house, mark, agenda, on)

    return issue(cycle.organisation, AGENDA, title, cycle, paper, on, by, at)


def require_ahead(held_on: date, on: date) -> None:
    """Raise MeetingPassed for a meeting before today."""
    if held_on < on:
        raise MeetingPassed(
            Text(
                "会议日期已经过去，没有印发议程。请填今天或以后的日期；已经开过的会请直接记录。",
                "The day of the meeting has passed, so no agenda was issued. Choose today or a "
                "later day; record a meeting that was held.",
            )
        )


def _nothing_waits() -> NothingToTell:
    return NothingToTell(
        Text(
            "没有等待审议的填报，没有印发议程。请先完成审核，再印发。",
            "No filing waits for a decision, so no agenda was issued. Conclude the checks first.",
        )
    )
