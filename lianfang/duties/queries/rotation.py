"""The clock of rotation: how long people have sat in high posts, what is planned (五（五）3)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianfang.duties.models import Duty, RotationExemption, RotationMove
from lianfang.duties.rules.clock import later
from lianfang.duties.rules.facts import Holding, joined
from lianfang.duties.rules.tenure import Tenure, Term
from lianfang.org.models import Appointment, Person, Post
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.rules.calendar import WorkCalendar
from lianfang.org.standing import Standing
from lianfang.risks.queries.levels import levels_in_force
from lianfang.scheme.model import DutyRule, Occasion, Quantity, Scheme

_Key = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class TenureLine:
    """Somebody in a high post: the clock, what is planned, the exemption, and the duty, if open.

    `due_on` is the day of the duty where one is open, else that of the clock.
    """

    person: Person
    post: Post
    level: str
    tenure: Tenure
    term: Term
    months: int
    due_on: date
    move: RotationMove | None
    exemption: RotationExemption | None
    duty: int | None

    @property
    def years(self) -> float:
        """The years in the post, to a tenth."""
        return int(self.months / 12 * 10) / 10


def rotation_rule(scheme: Scheme) -> DutyRule | None:
    """Return the rule by which people rotate, None where it is switched off."""
    found = (rule for rule in scheme.duties if rule.occasion is Occasion.TENURE and rule.on)
    return next((rule for rule in found if rule.tenure is not None), None)


def tenures(
    standing: Standing,
    rule: DutyRule,
    *,
    seats: QuerySet[Appointment],
) -> list[TenureLine]:
    """Return who of these sits in a post of the rule's levels, longest beyond the term first.

    Eight statements.
    """
    if rule.tenure is None:
        return []
    reading = _Reading(standing, rule, rule.tenure, seats)
    found = list(reading.lines())
    ranks = list(Term)
    return sorted(found, key=lambda line: (ranks.index(line.term), line.due_on, line.post.code))


@dataclass(frozen=True)
class _Reading:
    standing: Standing
    rule: DutyRule
    term: Quantity
    seats: QuerySet[Appointment]

    def lines(self) -> Iterator[TenureLine]:
        on = self.standing.on
        in_force = levels_in_force(self.standing.organisation_id, on)
        levels = {
            post: given.level for post, given in in_force.items() if given.level in self.rule.levels
        }
        seats = list(self._seats(levels))
        people = {seat.person_id for seat in seats}
        names = {seat.person_id: seat.person for seat in seats}
        posts = {seat.post_id: seat.post for seat in seats}
        moves, exemptions = self._moves(people), self._exemptions(people)
        duties, calendar = self._duties(people), calendar_of(self.standing.organisation_id)
        for held in joined(map(_holding, seats)):
            if held.holds(on):
                key = (held.person, held.post)
                exemption = exemptions.get(key)
                tenure = self._tenure(held, exemption, calendar)
                duty, due_on = duties.get(key, (None, tenure.due_on))
                yield TenureLine(
                    person=names[held.person],
                    post=posts[held.post],
                    level=levels[held.post],
                    tenure=tenure,
                    term=tenure.term_on(on),
                    months=tenure.months_on(on),
                    due_on=due_on,
                    move=moves.get(key),
                    exemption=exemption,
                    duty=duty,
                )

    def _tenure(
        self, held: Holding, exemption: RotationExemption | None, calendar: WorkCalendar
    ) -> Tenure:
        ends = later(held.from_on, self.term, calendar)
        notice = self.rule.notice
        return Tenure(
            since=held.from_on,
            ends_on=ends,
            notice_on=later(ends, notice, calendar, -1) if notice else ends,
            exempt_until=exemption.until_on if exemption else None,
        )

    def _seats(self, posts: Mapping[int, str]) -> QuerySet[Appointment]:
        rows = self.seats.filter(post__in=list(posts), withdrawn_at=None)
        return rows.select_related("person", "post__unit").order_by(
            "person", "post", "from_on", "pk"
        )

    def _moves(self, people: Collection[int]) -> dict[_Key, RotationMove]:
        """Return what is planned next for each, from this year on."""
        rows = RotationMove.objects.filter(
            organisation=self.standing.organisation_id,
            year__gte=self.standing.on.year,
            person__in=people,
        )
        found = rows.select_related("to_post__unit").order_by("-year")
        return {(row.person_id, row.post_id): row for row in found}

    def _exemptions(self, people: Collection[int]) -> dict[_Key, RotationExemption]:
        """Return the exemption of each that lasts longest, of those that have begun."""
        rows = RotationExemption.objects.filter(
            organisation=self.standing.organisation_id,
            person__in=people,
            from_on__lte=self.standing.on,
        )
        found = rows.select_related("approver").order_by("until_on", "pk")
        return {(row.person_id, row.post_id): row for row in found}

    def _duties(self, people: Collection[int]) -> dict[_Key, tuple[int, date]]:
        rows = Duty.objects.filter(
            organisation=self.standing.organisation_id,
            kind=Duty.Kind.ROTATION,
            state=Duty.State.OPEN,
            person__in=people,
            post__isnull=False,
        )
        columns = rows.values_list("person", "post", "pk", "due_on")
        return {(person, post): (pk, due_on) for person, post, pk, due_on in columns}


def _holding(seat: Appointment) -> Holding:
    return Holding(seat.person_id, seat.post_id, seat.post.unit_id, seat.from_on, seat.to_on)


def plan_of(organisation: int, year: int) -> list[RotationMove]:
    """Return the lines of a year's plan, by day. One statement."""
    rows = RotationMove.objects.filter(organisation=organisation, year=year)
    found = rows.select_related("person", "post__unit", "to_post__unit")
    return list(found.order_by("planned_on", "pk"))


def moved_among(moves: Collection[RotationMove], on: date) -> frozenset[int]:
    """Return the keys of the moves whose people have left the post by a day. One statement."""
    stay = set(
        Appointment.objects.filter(
            person__in={move.person_id for move in moves}, withdrawn_at=None, from_on__lte=on
        )
        .exclude(to_on__lt=on)
        .values_list("person", "post")
    )
    return frozenset(move.pk for move in moves if (move.person_id, move.post_id) not in stay)


def moves_to(person: Person, post: Post, since: int) -> RotationMove | None:
    """Return what is planned for somebody in this year or a later one. One statement."""
    rows = RotationMove.objects.filter(person=person, post=post, year__gte=since)
    return rows.order_by("year").first()
