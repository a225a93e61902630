"""Surveys and the people in them as pages list them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, F, QuerySet

from lianfang.duties.models import Duty
from lianfang.org.models import Appointment, Person, Unit, holding
from lianfang.surveys.models import Survey, SurveySubject

# so many people are shown at once, without unfolding
FEW = 40
PAGE = 30
# what comes before the day of planning, by how the list is sorted
_ORDERS = {
    "title": ("title",),
    "opened": (F("opened_on").desc(nulls_last=True),),
    "closes": (F("closes_on").desc(nulls_last=True),),
    "answered": (F("answered").desc(nulls_last=True),),
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Somebody who can be chosen: by which key, who, in which post, and whether it is owed."""

    key: int
    person: Person
    seat: Appointment
    owed: bool = False
    checked: bool = False


@dataclass(frozen=True, kw_only=True)
class UnitChoices:
    """The people of a unit who can be chosen."""

    unit: Unit
    choices: list[Choice] = field(default_factory=list)
    is_open: bool = False


def ticked(offered: Iterable[UnitChoices], keys: Collection[int]) -> list[UnitChoices]:
    """Return the same people with these ticked: units unfolded where somebody is, or all of few."""
    units = list(offered)
    are_few = sum(len(unit.choices) for unit in units) <= FEW
    found = []
    for unit in units:
        choices = [replace(choice, checked=choice.key in keys) for choice in unit.choices]
        is_open = are_few or any(choice.checked for choice in choices)
        found.append(UnitChoices(unit=unit.unit, choices=choices, is_open=is_open))
    return found


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which surveys are asked for, and in which order; an empty state asks for all."""

    state: str = ""
    sort: str = "planned"
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class SurveyPage:
    """A page of surveys with how many subjects they have; `older` is the next, if any."""

    surveys: list[Survey]
    page: int
    older: int | None
    count: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


def survey_page(rows: QuerySet[Survey], asked: Asked) -> SurveyPage:
    """Return a page of surveys, the newest first unless they are sorted. Two statements."""
    found = rows.filter(state=asked.state) if asked.state else rows
    first, count = (asked.page - 1) * PAGE, found.count()
    shown = found.annotate(number=Count("subjects")).order_by(
        *_ORDERS.get(asked.sort, ()), "-planned_at", "-pk"
    )
    return SurveyPage(
        surveys=list(shown[first : first + PAGE]),
        page=asked.page,
        older=asked.page + 1 if first + PAGE < count else None,
        count=count,
    )


def subjects_of(survey: Survey) -> list[SurveySubject]:
    """Return the subjects with how many are asked about each. One statement."""
    rows = survey.subjects.select_related("person", "post", "unit")
    return list(
        rows.annotate(number=Count("invitations")).order_by("unit__order", "post__order", "pk")
    )


def seats_by_unit(seats: QuerySet[Appointment], on: date) -> list[UnitChoices]:
    """Return the posts that can be surveyed, by unit, owed ones marked. Two statements."""
    rows = list(seats.order_by("post__unit__order", "post__unit__code", "post__order", "person"))
    owed = set(
        Duty.objects.filter(
            kind=Duty.Kind.SURVEY,
            state=Duty.State.OPEN,
            opens_on__lte=on,
            post__in={seat.post_id for seat in rows},
        ).values_list("person", "post")
    )
    return _by_unit(
        Choice(
            key=seat.pk,
            person=seat.person,
            seat=seat,
            owed=(seat.person_id, seat.post_id) in owed,
        )
        for seat in rows
    )


def people_by_unit(people: QuerySet[Person], on: date) -> list[UnitChoices]:
    """Return people by the unit of their first post. One statement."""
    rows = (
        Appointment.objects.filter(holding(on), person__in=people)
        .select_related("person", "post__unit")
        .order_by("post__unit__order", "post__unit__code", "post__order", "person")
    )
    first: dict[int, Appointment] = {}
    for seat in rows:
        first.setdefault(seat.person_id, seat)
    return _by_unit(
        Choice(key=seat.person_id, person=seat.person, seat=seat) for seat in first.values()
    )


def _by_unit(choices: Iterable[Choice]) -> list[UnitChoices]:
    found: dict[int, UnitChoices] = {}
    for choice in choices:
        unit = choice.seat.post.unit
        found.setdefault(unit.pk, UnitChoices(unit=unit)).choices.append(choice)
    return list(found.values())
