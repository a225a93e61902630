"""Leads as tests make them: the officer handles one about the clerk, the secretary decides."""

from datetime import date, timedelta
from typing import Any

import msgspec

from lianfang.leads.actions.closing import BreachSaid, close_lead
from lianfang.leads.actions.deciding import approve_proposal
from lianfang.leads.actions.opening import open_lead
from lianfang.leads.actions.proposing import Proposed, propose
from lianfang.leads.actions.working import conclude_lead
from lianfang.leads.models import Lead, LeadProposal
from lianfang.leads.rules.states import Kind
from lianfang.org.actions import create_person, join_body
from lianfang.org.models import Kinship, Membership
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, login
from lianfang.scheme.model import Scheme

SCHEME = written_scheme("cnas-2012")
# the scheme where the organisation keeps content
OPEN: Scheme = msgspec.structs.replace(
    SCHEME, leads=msgspec.structs.replace(SCHEME.leads, register_only=False)
)
DAY = timedelta(days=1)
ABOUT = "收受参评机构礼金三千元"


def opened(cast: Cast, *people: str, by: str = "officer", **values: Any) -> Lead:
    """Return a lead about these parts, the clerk where none is named."""
    given: dict[str, Any] = {
        "origin": "report",
        "people": [cast.people[part] for part in people or ("clerk",)],
        "received_on": ON,
        "handlers": [cast.people["officer"]],
        "scheme": SCHEME,
        "on": ON,
        "by": cast.logins[by],
        "at": AT,
    }
    return open_lead(organisation=cast.organisation, **{**given, **values})


def asked(
    cast: Cast,
    lead: Lead,
    code: str,
    *,
    kind: Kind = Kind.DISPOSAL,
    by: str = "officer",
    on: date = ON,
    scheme: Scheme = SCHEME,
    **more: Any,
) -> LeadProposal:
    return propose(
        lead=lead,
        proposed=Proposed(kind=kind, code=code, **more),
        scheme=scheme,
        on=on,
        by=cast.logins[by],
        at=AT + (on - ON),
    )


def agreed(
    cast: Cast, proposal: LeadProposal, *, by: str = "secretary", on: date = ON, **more: Any
) -> LeadProposal:
    given: dict[str, Any] = {"scheme": SCHEME, **more}
    return approve_proposal(
        proposal=proposal, on=on, by=cast.logins[by], at=AT + (on - ON), **given
    )


def disposed(cast: Cast, lead: Lead | None = None, code: str = "inquiry") -> Lead:
    lead = lead or opened(cast)
    agreed(cast, asked(cast, lead, code))
    lead.refresh_from_db()
    return lead


def concluded(cast: Cast, lead: Lead | None = None, result: str = "found") -> Lead:
    return conclude_lead(
        lead=lead or disposed(cast),
        result=result,
        concluded_on=ON,
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )


def punished(
    cast: Cast, lead: Lead | None = None, code: str = "admonition", part: str = "clerk"
) -> Lead:
    """Return a lead of which something came for somebody."""
    lead = lead or concluded(cast)
    person = cast.people[part]
    agreed(cast, asked(cast, lead, code, kind=Kind.OUTCOME, person=person))
    return lead


def closed(cast: Cast, lead: Lead | None = None, breach: str = "") -> Lead:
    """Return a closed lead, with a breach in a post where one is given."""
    said = BreachSaid(post=cast.posts[breach]) if breach else None
    return close_lead(
        lead=lead or punished(cast),
        breach=said,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )


def related(cast: Cast, one: str, other: str) -> None:
    """Let two parts be kin on record."""
    Kinship.objects.create(
        person=cast.people[one], relative=cast.people[other], relation="配偶", recorded_on=ON
    )


def second_officer(cast: Cast, part: str = "second", role: str = "member") -> None:
    """Let somebody else join the discipline office."""
    person = create_person(
        organisation=cast.organisation,
        code=f"09{len(cast.people)}",
        name=part,
        is_party_member=True,
        by=None,
        at=AT,
    )
    person.login = cast.logins[part] = login(f"{cast.organisation.code}-{part}")
    person.save(update_fields=["login"])
    cast.people[part] = person
    join_body(body=cast.bodies["discipline_office"], person=person, from_on=SINCE, by=None, at=AT)
    Membership.objects.filter(person=person).update(role=role)
