"""The register of the example: collected by the office, and who looked for risks, in both years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from lianfang.accounts.models import User
from lianfang.example.deeds import Deed
from lianfang.example.earlier import FIRST_UNITS, earlier
from lianfang.example.governed import Governed, example_register
from lianfang.example.moments import TOOK_PART, TOOK_PART_BEFORE, Calendar, counted_on
from lianfang.org.models import Appointment, Organisation, Person, Post, holding
from lianfang.org.queries.numbers import written_scheme
from lianfang.powers.actions.english import name_in_english
from lianfang.register.model import Register
from lianfang.risks.actions.apply import apply_register
from lianfang.risks.actions.crediting import credit_finders
from lianfang.risks.actions.finding import take_part
from lianfang.risks.queries.finding import questions_of
from lianfang.scheme.model import Scheme

# One in so many has not taken part yet; in the year before, one in so many never did.
_ABSENT, _ABSENT_BEFORE = 9, 31


@dataclass(frozen=True)
class _Filing:
    organisation: Organisation
    office: User
    scheme: Scheme
    governed: Governed

    def collect(self, register: Register, at: datetime) -> None:
        """Store what units govern and found."""
        apply_register(
            organisation=self.organisation,
            register=register,
            scheme=self.scheme,
            on=at.date(),
            by=self.office,
            at=at,
        )

    def name(self, at: datetime) -> None:
        """Name in English what powers and regulations are there."""
        name_in_english(
            organisation=self.organisation, names=self.governed.english, by=self.office, at=at
        )

    def credit(self, register: Register, at: datetime) -> None:
        """Note who found what."""
        credit_finders(
            organisation=self.organisation,
            finders=_finders(register, self._seats(at)),
            by=self.office,
            at=at,
        )

    def ask(self, year: int, units: Sequence[str] | None, absent: int, at: datetime) -> None:
        """Let those who hold posts take part for a year, one a minute; all units for None."""
        answers: dict[int, dict[str, str]] = {}
        for number, seat in enumerate(self._seats(at, units)):
            if number % absent == absent - 1:
                continue
            if seat.post_id not in answers:
                answers[seat.post_id] = _answers(seat.post, self.scheme)
            take_part(
                post=seat.post,
                person=seat.person,
                asked=tuple(answers[seat.post_id]),
                answers=answers[seat.post_id],
                on=counted_on(at, year),
                by=seat.person.login,
                at=at + timedelta(minutes=number),
            )

    def _seats(self, at: datetime, units: Sequence[str] | None = None) -> list[Appointment]:
        rows = Appointment.objects.filter(holding(at.date()), organisation=self.organisation)
        if units is not None:
            rows = rows.filter(post__unit__code__in=units)
        rows = rows.select_related("post__unit", "person__login")
        return list(rows.order_by("person__code", "post__code"))


def deeds_of_register(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> Iterator[Deed]:
    """Let the first units file what they govern, and a year later all of them; most take part."""
    scheme = written_scheme(organisation.scheme)
    governed = example_register(calendar.on, scheme)
    filing = _Filing(organisation, logins["office"], scheme, governed)
    then = calendar.moment(TOOK_PART_BEFORE + 1, 14)
    before = earlier(governed.register, then.date())
    year, moment = calendar.on.year, calendar.moment
    for days, register, asked in (
        (TOOK_PART_BEFORE, before, (year - 1, FIRST_UNITS, _ABSENT_BEFORE)),
        (TOOK_PART, governed.register, (year, None, _ABSENT)),
    ):
        yield Deed(moment(days + 1, 14), partial(filing.collect, register))
        yield Deed(moment(days + 1, 15), filing.name)
        yield Deed(moment(days + 1, 16), partial(filing.credit, register))
        yield Deed(moment(days, 11), partial(filing.ask, *asked))


def _finders(register: Register, seats: list[Appointment]) -> Mapping[str, Person]:
    """Return who found each risk point: those who hold its first post, in turn."""
    holders: dict[str, list[Person]] = {}
    for seat in seats:
        holders.setdefault(seat.post.code, []).append(seat.person)
    found: dict[str, Person] = {}
    for number, risk in enumerate(register.risks):
        people = holders.get(risk.posts[0], []) if risk.posts else []
        if people:
            found[risk.id] = people[number % len(people)]
    return found


def _answers(post: Post, scheme: Scheme) -> dict[str, str]:
    """Return an answer to every question a post is asked; the first of each group is a yes."""
    return {
        question.code: "yes" if place == 0 else "no"
        for group in questions_of(post, scheme)
        for place, question in enumerate(group.questions)
    }
