"""The duties of a unit's people in a year, a row each (五（五）)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Q, QuerySet

from lianfang.duties.models import Duty
from lianfang.duties.queries.marks import Months, Told, months_of
from lianfang.duties.queries.narrowing import Asked, Days, named, narrowed
from lianfang.duties.rules.looks import Look
from lianfang.duties.rules.values import Wanted
from lianfang.org.models import Appointment, Person, Post, Unit, holding
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.risks.queries.levels import PostInForce, levels_in_force

PAGE = 40
_MEASURE = Duty.Kind.MEASURE


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """Somebody of a unit with the posts held in it, the highest level first; or a vacant post.

    Nobody and no post: the unit itself. `level` is empty where none is in force.
    """

    months: Months
    person: Person | None = None
    posts: tuple[Appointment, ...] = ()
    vacant: Post | None = None
    level: str = ""


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """A page of people; `older` is the number of the next one, if any. `late_before` counts what
    fell due in earlier years and is still open.
    """

    rows: tuple[PersonRow, ...]
    page: int
    older: int | None
    late_before: int

    @property
    def newer(self) -> int | None:
        """The number of the page before."""
        return self.page - 1 if self.page > 1 else None


def people_page(
    rows: QuerySet[Duty],
    unit: Unit,
    standing: Standing,
    asked: Asked,
    days: Days,
    *,
    whole: bool,
    coming: Collection[Wanted] = (),
    size: int = PAGE,
) -> PeoplePage:
    """Return a page of the unit's people with their duties of a year; unless `whole`, the asker's.

    `rows` are the duties that the asker may know of, `coming` what is not stored yet. Eight
    statements at most.
    """
    reading = _Reading(rows, unit, standing, asked, days, whole)
    people = reading.people()
    first = (asked.page - 1) * size
    shown = people[first : first + size]
    told = reading.told(shown, people, coming)
    found = [replace(row, months=months_of(told.get(_key(row), ()))) for row in shown]
    if whole and asked.page == 1 and not asked.words:
        found.insert(0, PersonRow(months=months_of(told.get(None, ()))))
    if whole and first + size >= len(people) and not asked.words:
        found.extend(reading.vacant())
    return PeoplePage(
        rows=tuple(found),
        page=asked.page,
        older=asked.page + 1 if first + size < len(people) else None,
        late_before=reading.late_before(),
    )


@dataclass(frozen=True)
class _Reading:
    rows: QuerySet[Duty]
    unit: Unit
    standing: Standing
    asked: Asked
    days: Days
    whole: bool

    def people(self) -> list[PersonRow]:
        """Return who is in the unit, by level, and who left duties of the year there."""
        seats = self._seats()
        levels = levels_in_force(
            self.standing.organisation_id, self.standing.on, {seat.post_id for seat in seats}
        )
        seats.sort(key=lambda seat: (seat.person.code, seat.person_id))
        sitting = [
            _sitting(tuple(held), levels)
            for _person, held in groupby(seats, key=lambda seat: seat.person_id)
        ]
        sitting.sort(key=lambda row: _order(row, levels))
        return [*sitting, *self._gone({seat.person_id for seat in seats})]

    def told(
        self, shown: Sequence[PersonRow], people: Sequence[PersonRow], coming: Iterable[Wanted]
    ) -> Mapping[int | None, list[Told]]:
        """Return duties by whom they are about; measures by who sees to them, here or nobody."""
        everybody = {_key(row) for row in people}
        found: dict[int | None, list[Told]] = {}
        for duty in self._duties({_key(row) for row in shown}, everybody):
            person = duty.actor_id if duty.kind == _MEASURE else duty.person_id
            told = Told(
                month=duty.due_on.month,
                kind=duty.kind,
                look=self.days.look_of(duty),
                duty=duty.pk,
            )
            found.setdefault(person if person in everybody else None, []).append(told)
        for each in coming if self.asked.look in ("", Look.PLANNED) else ():
            person = each.actor if each.kind == _MEASURE else each.person
            if self._is_asked(each.kind):
                told = Told(month=each.due_on.month, kind=each.kind, look=Look.PLANNED)
                found.setdefault(person if person in everybody else None, []).append(told)
        return found

    def vacant(self) -> list[PersonRow]:
        """Return the posts that nobody holds, with their levels."""
        on = self.standing.on
        filled = Appointment.objects.filter(holding(on), post__unit=self.unit).values("post")
        posts = list(
            Post.objects.filter(in_use(on), unit=self.unit)
            .exclude(pk__in=filled)
            .order_by("order", "code")[:PAGE]
        )
        if not posts:
            return []
        levels = levels_in_force(self.standing.organisation_id, on, [post.pk for post in posts])
        return [
            PersonRow(vacant=post, level=_level(levels, post.pk), months=months_of(()))
            for post in posts
        ]

    def late_before(self) -> int:
        """Return how many of earlier years are open."""
        earlier = replace(self.asked, look=Look.LATE, earlier=True)
        rows = narrowed(self.rows, earlier, self.days)
        return rows.filter(due_on__year__lt=self.asked.year).count()

    def _seats(self) -> list[Appointment]:
        rows = Appointment.objects.filter(
            holding(self.standing.on),
            in_use(self.standing.on, "post__"),
            named(self.asked.words, "person__"),
            post__unit=self.unit,
        )
        if not self.whole:
            rows = rows.filter(person=self.standing.person_id)
        return list(rows.select_related("person", "post"))

    def _gone(self, sitting: Collection[int]) -> list[PersonRow]:
        if not self.whole:
            return []
        left = narrowed(self.rows, self.asked, self.days).filter(person__isnull=False)
        people = Person.objects.filter(named(self.asked.words), pk__in=left.values("person"))
        return [
            PersonRow(person=person, months=months_of(()))
            for person in people.exclude(pk__in=sitting).order_by("code")
        ]

    def _duties(
        self, shown: Collection[int | None], everybody: Collection[int | None]
    ) -> QuerySet[Duty]:
        own = Q(person__in=shown) | Q(kind=_MEASURE, actor__in=shown)
        if self.whole and self.asked.page == 1:
            own |= Q(person=None) & ~Q(kind=_MEASURE, actor__in=everybody)
        rows = narrowed(self.rows, replace(self.asked, words=""), self.days).filter(own)
        return rows.only("state", "kind", "opens_on", "due_on", "person", "actor")

    def _is_asked(self, kind: str) -> bool:
        return self.asked.kind in ("", kind)


def _sitting(held: tuple[Appointment, ...], levels: Mapping[int, PostInForce]) -> PersonRow:
    posts = tuple(sorted(held, key=lambda seat: (-_rank(levels, seat.post_id), seat.post.order)))
    return PersonRow(
        person=held[0].person,
        posts=posts,
        level=_level(levels, posts[0].post_id),
        months=months_of(()),
    )


def _order(row: PersonRow, levels: Mapping[int, PostInForce]) -> tuple[int, bool, int, str]:
    post = row.posts[0].post
    code = row.person.code if row.person else ""
    return -_rank(levels, post.pk), not post.is_unit_head, post.order, code


def _key(row: PersonRow) -> int | None:
    return row.person.pk if row.person else None


def _rank(levels: Mapping[int, PostInForce], post: int) -> int:
    return levels[post].rank if post in levels else -1


def _level(levels: Mapping[int, PostInForce], post: int) -> str:
    return levels[post].level if post in levels else ""
