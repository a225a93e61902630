"""Official papers of the year are issued: numbered, kept by digest, once each."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import override

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.models import Edition, Filing, Meeting
from lianfang.cycles.queries.filing import due_of, is_late
from lianfang.cycles.rules.papers import (
    Decided,
    House,
    Published,
    letter_to,
    minutes_of,
    notice_of,
)
from lianfang.documents.writing.official import OfficialPaper
from lianfang.documents.writing.official_pdf import official_pdf
from lianfang.files.actions import issue_document
from lianfang.files.models import OutgoingDocument
from lianfang.files.queries import documents_about
from lianfang.org.models import Body, Organisation
from lianfang.register.edition import read_frozen

SERIES = "廉防办"
MINUTES, NOTICE, LETTER = "minutes", "notice", "letter"


class IssuedAlready(Refused):
    """The paper was issued before and holds."""


class NothingToTell(Refused):
    """A paper would have nothing in it: no edition was published, or the unit is not late."""


@transaction.atomic
def issue_minutes(
    *, meeting: Meeting, on: date, by: AbstractBaseUser | None, at: datetime
) -> OutgoingDocument:
    """Issue the minutes of a meeting. Raises IssuedAlready."""
    require_none(meeting, MINUTES)
    with override("zh-hans"):
        decided = [
            Decided(
                unit=one.filing.unit_on_paper,
                outcome=str(one.get_outcome_display()),
                changes=one.changes,
                approving=len(one.approving.all()),
                recused=tuple(person.name for person in one.recused.all()),
            )
            for one in meeting.decisions.select_related("filing__unit", "filing__revision")
            .prefetch_related("approving", "recused")
            .order_by("pk")
        ]
    present = {person.pk: person.name for person in meeting.present.order_by("pk")}
    absent = [person.name for person in meeting.members.order_by("pk") if person.pk not in present]
    house = house_of(meeting.organisation)

    def paper(mark: str) -> OfficialPaper:
        return minutes_of(
            house,
            mark,
            year=meeting.cycle.year,
            held_on=meeting.held_on,
            place=meeting.place,
            present=list(present.values()),
            absent=absent,
            decided=decided,
            on=on,
        )

    title = f"{meeting.held_on:%Y-%m-%d} 审议会议纪要"
    return issue(meeting.organisation, MINUTES, title, meeting, paper, on, by, at)


@transaction.atomic
def issue_notice(
    *, meeting: Meeting, on: date, by: AbstractBaseUser | None, at: datetime
) -> OutgoingDocument:
    """Issue the notice of the editions that a meeting's approvals became.

    Raises IssuedAlready, and NothingToTell where none is published yet.
    """
    require_none(meeting, NOTICE)
    filings = meeting.decisions.values_list("filing")
    editions = list(
        Edition.objects.filter(filing__in=filings)
        .select_related("unit")
        .order_by("unit__order", "unit__code")
    )
    if not editions:
        raise NothingToTell(
            Text(
                "这次会议通过的填报还没有发布。请先发布版本，再印发通知。",
                "Nothing that this meeting approved is published yet. Publish first, then issue "
                "the notice.",
            )
        )
    published = [_published(edition) for edition in editions]
    house = house_of(meeting.organisation)
    effective_from = max(edition.effective_from for edition in editions)

    def paper(mark: str) -> OfficialPaper:
        return notice_of(
            house,
            mark,
            year=meeting.cycle.year,
            effective_from=effective_from,
            published=published,
            on=on,
        )

    title = f"{meeting.cycle.year} 年度廉政风险防控措施发布通知"
    return issue(meeting.organisation, NOTICE, title, meeting, paper, on, by, at)


@transaction.atomic
def issue_letter(
    *, filing: Filing, on: date, by: AbstractBaseUser | None, at: datetime
) -> OutgoingDocument:
    """Issue a letter to a unit that has not filed in time; once a day at most.

    Raises NothingToTell for one that is not late, IssuedAlready.
    """
    if not is_late(filing, on):
        raise NothingToTell(
            Text(
                f"{filing.unit.name}没有逾期，不需要催报。",
                f"{filing.unit.name} is not late, so there is nothing to remind it of.",
            )
        )
    if any(one.issued_on == on and one.void_on is None for one in documents_about(filing)):
        raise issued_already()
    house, due_on = house_of(filing.organisation), due_of(filing)
    with override("zh-hans"):
        state = str(filing.get_state_display())

    def paper(mark: str) -> OfficialPaper:
        return letter_to(
            house,
            mark,
            unit=filing.unit.name,
            year=filing.cycle.year,
            state=state,
            due_on=due_on,
            on=on,
        )

    title = f"{filing.unit.name} {filing.cycle.year} 年度填报催报函"
    return issue(filing.organisation, LETTER, title, filing, paper, on, by, at)


def issue(
    organisation: Organisation,
    kind: str,
    title: str,
    about: models.Model,
    paper: Callable[[str], OfficialPaper],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> OutgoingDocument:
    """Keep a paper as a PDF under the next number. Raises FontsRefused."""

    def make(mark: str) -> tuple[str, bytes]:
        return f"{mark}{title}.pdf", official_pdf(paper(mark))

    return issue_document(
        organisation=organisation.pk,
        series=SERIES,
        kind=kind,
        title=title,
        about=about,
        make=make,
        on=on,
        by=by,
        at=at,
    )


def _published(edition: Edition) -> Published:
    register = read_frozen(edition.content.encode()).register
    return Published(
        unit=edition.unit.name,
        number=edition.number,
        powers=_own(register.powers, edition.unit.code),
        risks=_own(register.risks, edition.unit.code),
        digest=edition.digest,
    )


def _own(parts: Sequence[object], unit: str) -> int:
    return sum(getattr(part, "unit", "") == unit for part in parts)


def house_of(organisation: Organisation) -> House:
    """Return who issues: the organisation and its bodies by name. One statement."""
    kinds = (Body.Kind.LEADING_GROUP, Body.Kind.LEADING_GROUP_OFFICE)
    bodies = dict(
        Body.objects.filter(organisation=organisation, kind__in=kinds, retired_on=None)
        .order_by("pk")
        .values_list("kind", "name")
    )
    return House(
        organisation=organisation.name,
        group=bodies.get(Body.Kind.LEADING_GROUP, "廉政风险防控领导小组"),
        office=bodies.get(Body.Kind.LEADING_GROUP_OFFICE, "廉政风险防控领导小组办公室"),
    )


def require_none(about: models.Model, kind: str) -> None:
    """Raise IssuedAlready where a paper of that kind about a thing was issued and holds."""
    if any(one.kind == kind and one.void_on is None for one in documents_about(about)):
        raise issued_already()


def issued_already() -> IssuedAlready:
    """Return the refusal to issue a paper twice."""
    return IssuedAlready(
        Text(
            "这份公文已经印发。要更正的，请先作废原件，再重新印发。",
            "This paper was issued already. To correct it, void it first, then issue it anew.",
        )
    )
