"""Which duties a page is about, and how they stand, as conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lianfang.duties.models import Duty
from lianfang.duties.rules.looks import Look, look_of
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.rules.calendar import add_working_days
from lianfang.org.standing import Standing

# a duty stands out when it falls due within so many working days
SOON = 5
# asked for as a state: whatever was not waived
OWED = "owed"


@dataclass(frozen=True, kw_only=True)
class Days:
    """The day on which somebody looks, and the last one that is soon."""

    on: date
    soon_until: date

    def look_of(self, duty: Duty) -> Look:
        """Return how a duty stands."""
        return look_of(
            state=duty.state,
            opens_on=duty.opens_on,
            due_on=duty.due_on,
            on=self.on,
            soon_until=self.soon_until,
        )

    @property
    def looks(self) -> Mapping[Look, Q]:
        """The conditions of `rules.looks.look_of`."""
        is_open, is_due = Q(state=Duty.State.OPEN), Q(due_on__gte=self.on)
        begun = is_open & is_due & Q(opens_on__lte=self.on)
        return {
            Look.LATE: is_open & Q(due_on__lt=self.on),
            Look.SOON: begun & Q(due_on__lte=self.soon_until),
            Look.OPEN: begun & Q(due_on__gt=self.soon_until),
            Look.PLANNED: is_open & is_due & Q(opens_on__gt=self.on),
            Look.DONE: Q(state=Duty.State.DONE),
            Look.WAIVED: Q(state=Duty.State.WAIVED),
        }


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a page of duties was narrowed by; empty for not at all.

    `month` counts from 1. `person` is whom a duty is about or, where it is about no person, who is
    to act; `mine` are those that the asker is to do. `words` are part of a name. `earlier` takes in
    what fell due in years before. `look` is a Look or OWED; `units` are those for which `leader`
    answers in the leadership, None where no leader is asked for.
    """

    year: int
    unit: int | None = None
    kind: str = ""
    look: str = ""
    words: str = ""
    month: int | None = None
    person: int | None = None
    mine: bool = False
    leader: int | None = None
    units: frozenset[int] | None = None
    earlier: bool = False
    page: int = 1


def days_of(standing: Standing) -> Days:
    """Return the days by the work calendar of the organisation. Two statements."""
    calendar = calendar_of(standing.organisation_id, range(standing.on.year, standing.on.year + 2))
    return Days(on=standing.on, soon_until=add_working_days(calendar, standing.on, SOON))


def narrowed(rows: QuerySet[Duty], asked: Asked, days: Days) -> QuerySet[Duty]:
    """Return the duties of a year that are asked for; those that have lapsed are left out.

    No statement.
    """
    rows = rows.exclude(state=Duty.State.LAPSED).filter(due_on__lte=date(asked.year, 12, 31))
    if not asked.earlier:
        rows = rows.filter(due_on__gte=date(asked.year, 1, 1))
    if asked.month:
        rows = rows.filter(due_on__month=asked.month)
    if asked.look == OWED:
        rows = rows.filter(~days.looks[Look.WAIVED])
    elif asked.look:
        rows = rows.filter(days.looks[Look(asked.look)])
    if asked.units is not None:
        rows = rows.filter(unit__in=asked.units)
    if asked.unit is not None:
        rows = rows.filter(unit=asked.unit)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    return rows.filter(_of_person(asked))


def named(words: str, path: str = "") -> Q:
    """Return the condition that part of a name is in a person's name, in either language."""
    if not words:
        return Q()
    return Q(**{f"{path}name__icontains": words}) | Q(**{f"{path}name_en__icontains": words})


def _of_person(asked: Asked) -> Q:
    found = Q()
    if asked.person is not None:
        found &= Q(person=asked.person) | Q(person=None, actor=asked.person)
    if asked.words:
        found &= named(asked.words, "person__") | (Q(person=None) & named(asked.words, "actor__"))
    return found
