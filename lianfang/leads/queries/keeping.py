"""Who keeps leads on a day, who heads the leadership, who is kin of whom; who stays out of one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lianfang.inspections.queries.population import kinship_in
from lianfang.leads.models import Lead, LeadAccess, LeadPerson, LeadRecusal
from lianfang.leads.rules.deciding import Seat, in_order, keeper_of
from lianfang.org.models import Appointment, Membership, holding
from lianfang.org.queries.structure import seats

OFFICE, OVERSIGHT = Lead.Body.OFFICE.value, Lead.Body.OVERSIGHT.value


@dataclass(frozen=True, kw_only=True)
class Office:
    """The discipline office and the body over it, each in order; the head of the leadership."""

    members: tuple[int, ...]
    oversight: tuple[int, ...]
    head: int | None
    kin: dict[int, frozenset[int]]

    def candidates(self, body: str) -> tuple[int, ...]:
        """Return who keeps the leads of a body, the first who may know of one; head last.

        What lies with the body over the office is kept by nobody of the office.
        """
        top = () if self.head is None else (self.head,)
        above = tuple(one for one in (*self.oversight, *top) if one not in self.members)
        return (*self.members, *above) if body == OFFICE else above

    def of_body(self, body: str) -> tuple[int, ...]:
        """Return who may handle the leads of a body."""
        if body == OFFICE:
            return self.members
        return tuple(one for one in self.candidates(OVERSIGHT) if one != self.head) or (
            self.candidates(OVERSIGHT)
        )

    def close_to(self, person: int) -> frozenset[int]:
        """Return a person and their kin on record."""
        return frozenset({person}) | self.kin.get(person, frozenset())


def office_of(organisation: int, on: date) -> Office:
    """Return who keeps leads on a day. Three statements."""
    found: dict[str, list[Seat]] = {OFFICE: [], OVERSIGHT: []}
    rows = Membership.objects.filter(
        holding(on), organisation=organisation, body__kind__in=found, body__retired_on=None
    )
    for kind, person, role, since in rows.values_list("body__kind", "person", "role", "from_on"):
        found[kind].append(Seat(person=person, role=role, since=since))
    heading = Appointment.objects.filter(
        organisation=organisation, post__is_leadership_head=True, post__retired_on=None
    )
    first = min(seats(heading, on), key=lambda seat: seat.order, default=None)
    return Office(
        members=in_order(found[OFFICE]),
        oversight=in_order(found[OVERSIGHT]),
        head=first.person if first is not None else None,
        kin=kinship_in(organisation),
    )


def kept_out_of(lead: Lead, office: Office) -> frozenset[int]:
    """Return who may know nothing of a lead: whom it concerns, their kin, who is recused.

    Two statements.
    """
    named = LeadPerson.objects.filter(lead=lead).values_list("person", flat=True)
    recused = LeadRecusal.objects.filter(lead=lead).values_list("person", flat=True)
    close = {one for person in named for one in office.close_to(person)}
    return frozenset({*close, *recused})


def keeper_today(lead: Lead, office: Office, kept_out: frozenset[int]) -> int | None:
    """Return who keeps a lead. No statement."""
    return keeper_of(office.candidates(lead.body), kept_out)


def having(on: date) -> Q:
    """Return the condition under which somebody may know of a lead on a day."""
    lasts = Q(until_on=None) | Q(until_on__gte=on)
    return Q(from_on__lte=on, ended_at=None) & lasts


def handlers_of(lead: Lead, on: date) -> frozenset[int]:
    """Return who handles a lead on a day. One statement."""
    rows = LeadAccess.objects.filter(having(on), lead=lead, part=LeadAccess.Part.HANDLES)
    return frozenset(rows.values_list("person", flat=True))
