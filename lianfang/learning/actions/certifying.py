"""The certificate of a year's learning is issued as an official document (二)."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import override

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.documents.writing.official_pdf import record_pdf
from lianfang.files.actions import issue_document
from lianfang.learning.actions.parts import locked_organisation, note
from lianfang.learning.models import Certificate
from lianfang.learning.queries.record import learnt_in
from lianfang.learning.rules.certificate import TITLE, certificate_of
from lianfang.learning.rules.hours import Progress
from lianfang.org.models import Person

SERIES, KIND = "廉学", "learning"


class TooFewHours(Refused):
    """The hours that a year asks for are not reached."""


class CertifiedAlready(Refused):
    """A certificate of the year holds."""


class OwnCertificate(Refused):
    """Somebody issues their own certificate."""


@transaction.atomic
def issue_certificate(
    *, person: Person, year: int, on: date, by: AbstractBaseUser | None, at: datetime
) -> Certificate:
    """Issue the certificate of somebody whose hours of a year are reached, under the next number.

    Raises OwnCertificate, TooFewHours, CertifiedAlready, FontsRefused.
    """
    if by is not None and person.login_id == by.pk:
        raise OwnCertificate(
            Text(
                "不能给自己出具学习证明。请由另一位经办人出具。",
                "Nobody issues their own certificate. Let somebody else do it.",
            )
        )
    organisation = locked_organisation(person.organisation_id)
    rows = Certificate.objects.filter(person=person, year=year, document__void_on=None)
    if rows.exists():
        raise CertifiedAlready(
            Text(
                f"{person.name} {year} 年的学习证明已经出具。",
                f"The certificate of {person.name} for {year} was issued already.",
            )
        )
    with override("zh-hans"):
        learnt = learnt_in(organisation, person, year, on)
    if not Progress(done=learnt.done, asked=learnt.asked or None).is_reached:
        raise TooFewHours(
            Text(
                f"{person.name} {year} 年完成 {learnt.done:g} 学时，还没有达到规定学时，"
                "不能出具证明。",
                f"{person.name} has {learnt.done:g} hours in {year}, which is not what the year "
                "asks for; no certificate can be issued.",
            )
        )
    made = Certificate.objects.create(
        organisation=organisation, person=person, year=year, hours=learnt.done
    )
    title = f"{TITLE}（{person.name} {year}年）"
    made.document = issue_document(
        organisation=organisation.pk,
        series=SERIES,
        kind=KIND,
        title=title,
        about=made,
        is_confined=True,
        make=lambda mark: (f"{mark}{title}.pdf", record_pdf(certificate_of(learnt, mark))),
        on=on,
        by=by,
        at=at,
    )
    made.save(update_fields=["document"])
    told = {
        "person": (None, person.name),
        "year": (None, year),
        "hours": (None, f"{learnt.done:g}"),
        "mark": (None, made.document.mark),
    }
    note("certificate.issued", made, organisation.pk, by, at, told)
    return made
