"""Activities as pages list them: narrowed, by month, with who is expected and who came."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from lianfang.learning.models import Activity, Attendance, Material, QuizTry
from lianfang.learning.queries.cases import warned_in
from lianfang.learning.queries.seats import seats_of
from lianfang.learning.rules.warning import Audience, Seat, expected, with_below
from lianfang.org.models import Person, Post, Unit

PAGE = 30
MOST = 5_000
MONTHS = range(1, 13)
# what comes before the day, by how the list is sorted
_ORDERS = {
    "title": ("title",),
    "unit": (F("unit__order").asc(nulls_first=True), "unit__code"),
    "hours": ("-hours",),
    "came": ("-came",),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which activities are asked for; what is empty asks for nothing."""

    year: int | None = None
    kind: str = ""
    state: str = ""
    unit: int | None = None
    words: str = ""
    sort: str = "time"
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class ActivityPage:
    """A page of activities with how many came; `older` is the number of the next, if any."""

    activities: tuple[Activity, ...]
    page: int
    older: int | None
    count: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


@dataclass(frozen=True, kw_only=True)
class MonthPlanned:
    """The activities that begin in a month."""

    month: int
    activities: tuple[Activity, ...]


@dataclass(frozen=True, kw_only=True)
class Comer:
    """Somebody who is to come, or came: the post, the entry, and how the quiz went."""

    person: Person
    post: Post | None
    attendance: Attendance | None
    is_expected: bool
    has_passed: bool = False


def narrowed(rows: QuerySet[Activity], asked: Asked) -> QuerySet[Activity]:
    """Return the activities that are asked for."""
    plain = {
        "plan__year": asked.year,
        "kind": asked.kind,
        "state": asked.state,
        "unit": asked.unit,
        "title__icontains": asked.words,
    }
    return rows.filter(**{name: value for name, value in plain.items() if value})


def listed(rows: QuerySet[Activity], sort: str = "time") -> QuerySet[Activity]:
    """Return activities with how many came, the latest first unless they are sorted otherwise."""
    came = Count("attendances", filter=Q(attendances__undone_at=None))
    order = _ORDERS.get(sort, ())
    return (
        rows.select_related("unit", "plan")
        .annotate(came=came)
        .order_by(*order, "-starts_at", "-pk")
    )


def activity_page(rows: QuerySet[Activity], page: int, sort: str = "time") -> ActivityPage:
    """Return a page of activities. Two statements."""
    first, count = (page - 1) * PAGE, rows.count()
    return ActivityPage(
        activities=tuple(listed(rows, sort)[first : first + PAGE]),
        page=page,
        older=page + 1 if first + PAGE < count else None,
        count=count,
    )


def months_of(rows: Iterable[Activity], zone: ZoneInfo) -> list[MonthPlanned]:
    """Return activities by the month in which they begin, months without any among them."""
    found: dict[int, list[Activity]] = {month: [] for month in MONTHS}
    for activity in sorted(rows, key=lambda each: (each.starts_at, each.pk)):
        found[activity.starts_at.astimezone(zone).month].append(activity)
    return [
        MonthPlanned(month=month, activities=tuple(activities))
        for month, activities in found.items()
    ]


def materials_of(activity: Activity) -> list[Material]:
    """Return what an activity works with. One statement."""
    return list(activity.materials.select_related("attachment", "case").order_by("pk"))


def audience_of(activity: Activity, units: Collection[int], on: date) -> Audience:
    """Return whom an activity is for, in so many units. One statement where it is about a case."""
    return Audience(
        levels=frozenset(activity.levels),
        units=frozenset(units),
        warned=frozenset(warned_in(activity.case, on)) if activity.case else None,
    )


def comers_of(activity: Activity, units: Collection[int], on: date) -> list[Comer]:
    """Return who is to come and who came, by unit and post.

    Six statements, and one each where units are named, and a case.
    """
    seats = seats_of(activity.organisation_id, on)
    reach = with_below(units, parents_of(activity.organisation_id)) if units else ()
    wanted = set(expected(audience_of(activity, reach, on), seats))
    passed = QuizTry.objects.filter(quiz__activity=activity, person=OuterRef("person"), passed=True)
    rows = activity.attendances.filter(undone_at=None).annotate(has_passed=Exists(passed))
    came: dict[int, Any] = {row.person_id: row for row in rows.select_related("person")}
    first: dict[int, Seat] = {}
    for seat in seats:
        if seat.person in wanted or seat.person in came:
            first.setdefault(seat.person, seat)
    people = Person.objects.in_bulk([*first, *(who for who in came if who not in first)])
    posts = Post.objects.select_related("unit").in_bulk({seat.post for seat in first.values()})
    return [
        Comer(
            person=person,
            post=posts[first[who].post] if who in first else None,
            attendance=came.get(who),
            is_expected=who in wanted,
            has_passed=bool(who in came and came[who].has_passed),
        )
        for who, person in ((who, people[who]) for who in [*first, *(set(came) - set(first))])
    ]


def coming_to(
    rows: QuerySet[Activity], person: int, organisation: int, on: date, until: datetime | None
) -> list[Activity]:
    """Return what somebody is to come to that is open, or begins by a moment, soonest first.

    Left out is what they came to. One statement where there is none, else five, one where units are
    named, and one for each case an activity is about.
    """
    came = Attendance.objects.filter(activity=OuterRef("pk"), person=person, undone_at=None)
    near = Q(state=Activity.State.OPEN)
    if until is not None:
        near |= Q(state=Activity.State.PLANNED, starts_at__lte=until)
    found = list(
        rows.filter(near, ~Exists(came))
        .select_related("case", "plan")
        .prefetch_related("units")
        .order_by("starts_at", "pk")[:MOST]
    )
    own = tuple(seats_of(organisation, on, person=person)) if found else ()
    named = any(each.units.all() for each in found)
    parents = parents_of(organisation) if named else {}
    return [each for each in found if _takes(each, own, parents, on)]


def quizzes_to_take(rows: QuerySet[Activity], person: int) -> list[Activity]:
    """Return what somebody came to and has a quiz not passed with tries left. One statement."""
    tried = QuizTry.objects.filter(quiz__activity=OuterRef("pk"), person=person)
    came = Attendance.objects.filter(activity=OuterRef("pk"), person=person, undone_at=None)
    found = rows.filter(
        Exists(came),
        ~Exists(tried.filter(passed=True)),
        state__in=(Activity.State.OPEN, Activity.State.HELD),
        quiz__isnull=False,
    ).annotate(tried=Count("quiz__taken", filter=Q(quiz__taken__person=person)))
    return [
        each
        for each in found.select_related("quiz").order_by("starts_at", "pk")
        if getattr(each, "tried", 0) < each.quiz.tries
    ]


def parents_of(organisation: int) -> dict[int, int | None]:
    """Return the unit above each unit. One statement."""
    return dict(Unit.objects.filter(organisation=organisation).values_list("pk", "parent"))


def _takes(
    activity: Activity, seats: tuple[Seat, ...], parents: Mapping[int, int | None], on: date
) -> bool:
    reach = with_below([unit.pk for unit in activity.units.all()], parents)
    audience = audience_of(activity, reach, on)
    return any(audience.takes(seat) for seat in seats)
