"""The register of the example: collected by the office, and who has looked for risks this year."""

from collections.abc import Mapping

from lianfang.accounts.models import User
from lianfang.example.governed import example_register
from lianfang.example.moments import Calendar
from lianfang.org.models import Appointment, Organisation, Person, Post, holding
from lianfang.org.queries.numbers import written_scheme
from lianfang.powers.actions.english import name_in_english
from lianfang.register.model import Register
from lianfang.risks.actions.apply import apply_register
from lianfang.risks.actions.crediting import credit_finders
from lianfang.risks.actions.finding import take_part
from lianfang.risks.queries.finding import questions_of
from lianfang.scheme.model import Scheme

# One in so many has not taken part yet.
_ABSENT = 9


def fill_register(organisation: Organisation, logins: dict[str, User], calendar: Calendar) -> None:
    """Store what the units governed and found; let most of the staff have taken part."""
    scheme = written_scheme(organisation.scheme)
    governed = example_register(calendar.on, scheme)
    office = logins["office"]
    apply_register(
        organisation=organisation,
        register=governed.register,
        scheme=scheme,
        on=calendar.on,
        by=office,
        at=calendar.moment(37, 15),
    )
    name_in_english(
        organisation=organisation,
        names=governed.english,
        by=office,
        at=calendar.moment(37, 16),
    )
    seats = list(
        Appointment.objects.filter(holding(calendar.on), organisation=organisation)
        .select_related("post__unit", "person__login")
        .order_by("person__code", "post__code")
    )
    credit_finders(
        organisation=organisation,
        finders=_finders(governed.register, seats),
        by=office,
        at=calendar.moment(37, 17),
    )
    _take_part(seats, scheme, calendar)


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


def _take_part(seats: list[Appointment], scheme: Scheme, calendar: Calendar) -> None:
    answers: dict[int, dict[str, str]] = {}
    for number, seat in enumerate(seats):
        if number % _ABSENT == _ABSENT - 1:
            continue
        if seat.post_id not in answers:
            answers[seat.post_id] = _answers(seat.post, scheme)
        take_part(
            post=seat.post,
            person=seat.person,
            asked=tuple(answers[seat.post_id]),
            answers=answers[seat.post_id],
            on=calendar.on,
            by=seat.person.login,
            at=calendar.moment(36, 9 + number // 60, number % 60),
        )


def _answers(post: Post, scheme: Scheme) -> dict[str, str]:
    """Return an answer to every question a post is asked; the first of each group is a yes."""
    return {
        question.code: "yes" if place == 0 else "no"
        for group in questions_of(post, scheme)
        for place, question in enumerate(group.questions)
    }
