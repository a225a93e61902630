"""Whom and what the forms of this room offer."""

from django.db.models import Q, QuerySet

from lianfang.leads.models import Lead
from lianfang.leads.queries.keeping import OFFICE, OVERSIGHT, kept_out_of, office_of
from lianfang.org.models import Person, Post
from lianfang.org.queries.tree import in_use
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing


def people_to_name(standing: Standing, lead: Lead | None = None) -> QuerySet[Person]:
    """Return whom a lead may concern, but for the asker and those who are named. No statement."""
    rows = Person.objects.filter(organisation=standing.organisation_id)
    rows = rows.exclude(pk=standing.person_id or 0)
    if lead is not None:
        rows = rows.exclude(pk__in=lead.concerned.values("person"))
    return rows.order_by("code")


def posts_to_name(standing: Standing) -> QuerySet[Post]:
    """Return the posts a lead may be about. No statement."""
    rows = Post.objects.filter(in_use(standing.on), organisation=standing.organisation_id)
    return rows.order_by("unit__order", "order", "code")


def own_people(standing: Standing) -> list[Person]:
    """Return who may handle a lead that the asker registers: their body. Four statements."""
    office = office_of(standing.organisation_id, standing.on)
    body = OFFICE if standing.has(Role.DISCIPLINE_OFFICE) else OVERSIGHT
    return list(Person.objects.filter(pk__in=office.of_body(body)).order_by("code"))


def people_to_let_in(standing: Standing, lead: Lead) -> QuerySet[Person]:
    """Return who may get access to a lead: nobody who is kept out of it. Five statements."""
    office = office_of(lead.organisation_id, standing.on)
    shut = set(kept_out_of(lead, office))
    if lead.body == OVERSIGHT:
        shut |= set(office.members)
    rows = Person.objects.filter(organisation=lead.organisation_id).exclude(pk__in=shut)
    here = Q(left_on=None) | Q(left_on__gt=standing.on)
    return rows.filter(here).order_by("code")


def people_to_recuse(standing: Standing, lead: Lead, *, keeps: bool) -> QuerySet[Person]:
    """Return who may be kept out: whoever keeps the lead says so of all, others of themselves."""
    if not keeps:
        return Person.objects.filter(pk=standing.person_id or 0)
    return people_to_let_in(standing, lead)
