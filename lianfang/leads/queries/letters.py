"""What a letter of a lead says, from what is stored."""

from datetime import date

from django.db.models import QuerySet

from lianfang.leads.models import Lead, LeadLetter
from lianfang.leads.rules.letters import Letter, Written
from lianfang.org.models import Body, Person


def office_name(lead: Lead) -> str:
    """Return the body that works on a lead, by name. One statement."""
    rows = Body.objects.filter(
        organisation=lead.organisation_id, kind=lead.body, retired_on=None
    ).order_by("pk")
    return rows.values_list("name", flat=True).first() or str(lead.get_body_display())


def written_of(letter: LeadLetter, on: date) -> Written:
    """Return a letter as it is written on a day. No statement."""
    return Written(
        letter=Letter(letter.kind),
        organisation=letter.lead.organisation.name,
        office=letter.office,
        person=letter.person.name,
        until=letter.until_on,
        on=on,
        since=letter.since_on,
        said=letter.said,
    )


def people_to_write_to(lead: Lead, kind: str) -> QuerySet[Person]:
    """Return to whom a letter may go: whom the lead concerns, or who was admonished.

    No statement.
    """
    rows = Person.objects.order_by("code")
    if kind == Letter.ADMONITION:
        return rows.filter(pk__in=lead.outcomes.filter(code="admonition").values("person"))
    return rows.filter(pk__in=lead.concerned.values("person"))
