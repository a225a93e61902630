"""A finance department over two years, every duty written down by hand (五（五）).

2026-07-01 the first edition: head high, clerk medium, cashier low. From 2026-10-01 gao is cashier.
chen, the head, goes on 2026-10-31; tang follows on 2027-01-15. 2027-03-10 a breach raises the
clerk's post. 2027-07-01 the next edition: head medium, clerk high, taking up the breach. On
2027-12-01 he, the clerk, becomes cashier, and gao is gone.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest

from lianfang.duties.actions.appointing import confirm_appointment
from lianfang.duties.actions.reconcile import Reconciled, reconcile
from lianfang.duties.models import Duty
from lianfang.duties.queries.facts import facts_of
from lianfang.duties.rules.oracle import wanted
from lianfang.org import actions as org
from lianfang.org.models import Appointment, Organisation, Unit
from lianfang.org.tests.cast import AT, Cast, organisation
from lianfang.risks.tests.leveling import breach, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_rules")]
SINCE = date(2024, 1, 1)
FIRST, SECOND = date(2026, 7, 1), date(2027, 7, 1)
BREACH, LAST = date(2027, 3, 10), date(2028, 6, 30)
CHEN_GOES, TANG_COMES = date(2026, 10, 31), date(2027, 1, 15)
HE_MOVES = date(2027, 12, 1)
LEFT, LEVEL = "left", "level"


class Row(NamedTuple):
    """What was owed: the day that tells its period, until when, by whom, and how it ended."""

    rule: str
    about: str
    period: str
    due: str
    actor: str
    ended: str = "open"


OFFICE = "discipline_office"
BY_HAND = [
    # chen, head of a high post until 2026-10-31; the talk was held
    Row("talk_before_high", "chen", "2024-01-01", "2026-07-31", "zhou", "done"),
    Row("talk_regular_high", "chen", "2026-07-01", "2027-01-01", "zhou", LEFT),
    Row("check_high", "chen", "2026-07-01", "2027-01-01", OFFICE, LEFT),
    Row("statement_high", "chen", "2026-07-01", "2027-07-01", "chen", LEFT),
    Row("disclosure_high", "chen", "2026-07-01", "2027-01-01", "chen", LEFT),
    Row("learning", "chen", "2026-12-31", "2026-12-31", "chen", LEFT),
    # he, clerk of a medium post until the breach; the first report was given
    Row("talk_before_medium", "he", "2024-01-01", "2026-07-31", "tang", LEVEL),
    Row("report_medium", "he", "2026-12-31", "2026-12-31", "he", "done"),
    Row("report_medium", "he", "2027-06-30", "2027-06-30", "he", LEVEL),
    # and of a high one until the move
    Row("talk_before_high", "he", "2024-01-01", "2027-04-09", "tang", LEFT),
    Row("talk_regular_high", "he", "2027-03-10", "2027-09-10", "tang", LEFT),
    Row("talk_regular_high", "he", "2027-09-10", "2028-03-10", "tang", LEFT),
    Row("check_high", "he", "2027-03-10", "2027-09-10", OFFICE, LEFT),
    Row("check_high", "he", "2027-09-10", "2028-03-10", OFFICE, LEFT),
    Row("statement_high", "he", "2027-03-10", "2028-03-10", "he", LEFT),
    Row("disclosure_high", "he", "2027-03-10", "2027-09-10", "he", LEFT),
    Row("disclosure_high", "he", "2027-09-10", "2028-03-10", "he", LEFT),
    Row("learning", "he", "2026-12-31", "2026-12-31", "he"),
    Row("learning", "he", "2027-12-31", "2027-12-31", "he"),
    Row("learning", "he", "2028-12-31", "2028-12-31", "he"),
    # tang, head of a high post until the second edition, of a medium one then
    Row("talk_before_high", "tang", "2027-01-15", "2027-01-14", "zhou", LEVEL),
    Row("talk_regular_high", "tang", "2027-01-15", "2027-07-15", "zhou", LEVEL),
    Row("check_high", "tang", "2027-01-15", "2027-07-15", OFFICE, LEVEL),
    Row("statement_high", "tang", "2027-01-15", "2028-01-15", "tang", LEVEL),
    Row("disclosure_high", "tang", "2027-01-15", "2027-07-15", "tang", LEVEL),
    Row("talk_before_medium", "tang", "2027-01-15", "2027-07-31", "zhou"),
    Row("report_medium", "tang", "2027-12-31", "2027-12-31", "tang"),
    Row("report_medium", "tang", "2028-06-30", "2028-06-30", "tang"),
    Row("learning", "tang", "2027-12-31", "2027-12-31", "tang"),
    Row("learning", "tang", "2028-12-31", "2028-12-31", "tang"),
    # gao, cashier of a low post
    Row("learning", "gao", "2026-12-31", "2026-12-31", "gao", LEFT),
    Row("learning", "gao", "2027-12-31", "2027-12-31", "gao", LEFT),
    # the leadership, which nobody has rated
    *(
        Row("learning", who, f"{year}-12-31", f"{year}-12-31", who)
        for who in ("shen", "zhou")
        for year in (2026, 2027, 2028)
    ),
    # the department
    Row("supervision_visit", "CW", "2026-07-01", "2027-01-01", "zhou"),
    Row("supervision_visit", "CW", "2027-01-01", "2027-07-01", "zhou"),
    Row("supervision_visit", "CW", "2027-07-01", "2028-01-01", "zhou"),
    Row("supervision_visit", "CW", "2028-01-01", "2028-07-01", "zhou"),
    Row("unit_report", "CW", "2026-12-31", "2026-12-31", "tang"),
    Row("unit_report", "CW", "2027-06-30", "2027-06-30", "tang"),
    Row("unit_report", "CW", "2027-12-31", "2027-12-31", "tang"),
    Row("unit_report", "CW", "2028-06-30", "2028-06-30", "tang"),
]


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def department() -> Cast:
    """Return an organisation with a leadership and a department, in which everybody sits."""
    cast = organisation("two-years")
    for code, kind in (("LD", Unit.Kind.LEADERSHIP), ("CW", Unit.Kind.DEPARTMENT)):
        cast.units[code] = org.create_unit(
            organisation=cast.organisation,
            code=code,
            name=code,
            kind=kind,
            parent=cast.units["root"],
            by=None,
            at=AT,
        )
    posts: dict[str, tuple[str, dict[str, object]]] = {
        "SJ": ("LD", {"is_leadership": True, "is_leadership_head": True}),
        "FZR": ("LD", {"is_leadership": True}),
        "CWC": ("CW", {"is_unit_head": True}),
        "CWG": ("CW", {}),
        "CN": ("CW", {}),
    }
    for code, (within, values) in posts.items():
        cast.posts[code] = org.create_post(
            unit=cast.units[within], code=code, name=code, values=values, by=None, at=AT
        )
    for number, who in enumerate(("shen", "zhou", "chen", "he", "gao", "tang")):
        cast.people[who] = org.create_person(
            organisation=cast.organisation,
            code=f"{number}",
            name=who,
            is_party_member=who != "tang",
            by=None,
            at=AT,
        )
    for who, post in (("shen", "SJ"), ("zhou", "FZR"), ("chen", "CWC"), ("he", "CWG")):
        org.appoint(person=cast.people[who], post=cast.posts[post], from_on=SINCE, by=None, at=AT)
    org.give_portfolio(
        leader=cast.people["zhou"], unit=cast.units["CW"], from_on=SINCE, by=None, at=AT
    )
    cast.logins |= {"office": None, "officer": None}  # type: ignore[dict-item]
    return cast


def ends(cast: Cast, who: str, post: str, on: date) -> None:
    seat = Appointment.objects.get(person=cast.people[who], post=cast.posts[post])
    org.end_appointment(appointment=seat, on=on, by=None, at=moment(on))


def begins(cast: Cast, who: str, post: str, from_on: date, on: date) -> None:
    confirm_appointment(
        person=cast.people[who],
        post=cast.posts[post],
        from_on=from_on,
        on=on,
        by=None,
        at=moment(on),
    )


def done(cast: Cast, rule: str, who: str, on: date) -> None:
    rows = Duty.objects.filter(rule=rule, person=cast.people[who], state="open")
    assert rows.update(state="done", closed_on=on) == 1


def move(cast: Cast, on: date) -> None:
    """Put on record that he takes the cashier's post from gao."""
    ends(cast, "he", "CWG", HE_MOVES - timedelta(days=1))
    ends(cast, "gao", "CN", HE_MOVES - timedelta(days=1))
    begins(cast, "he", "CN", HE_MOVES, on)


def story(cast: Cast) -> dict[date, Callable[[], object]]:
    """Return what is put on record on which day."""
    return {
        FIRST: lambda: publish(cast, "2026-1", FIRST, CWC="high", CWG="medium", CN="low"),
        date(2026, 7, 20): lambda: done(cast, "talk_before_high", "chen", date(2026, 7, 20)),
        date(2026, 9, 14): lambda: begins(cast, "gao", "CN", date(2026, 10, 1), date(2026, 9, 14)),
        date(2026, 10, 20): lambda: ends(cast, "chen", "CWC", CHEN_GOES),
        date(2026, 12, 28): lambda: done(cast, "report_medium", "he", date(2026, 12, 28)),
        date(2027, 1, 4): lambda: begins(cast, "tang", "CWC", TANG_COMES, date(2027, 1, 4)),
        BREACH: lambda: breach(cast, "CWG", on=BREACH, found_on=BREACH),
        SECOND: lambda: publish(cast, "2027-1", SECOND, CWC="medium", CWG="high", CN="low"),
        date(2027, 11, 20): lambda: move(cast, date(2027, 11, 20)),
    }


def nights(extra: set[date]) -> list[date]:
    """Return the first of every month of the two years, and days on which something happens."""
    firsts = {date(year, month, 1) for year in (2026, 2027, 2028) for month in range(1, 13)}
    return sorted(day for day in firsts | extra if FIRST <= day <= LAST)


def lived(cast: Cast, until: date = LAST) -> None:
    """Let the two years go by, up to a day."""
    told = story(cast)
    for day in nights({*told, TANG_COMES, LAST, until}):
        if day > until:
            break
        told.get(day, lambda: None)()
        night(cast.organisation, day)


def night(of: Organisation, day: date) -> Reconciled:
    return reconcile(organisation=of, on=day, by=None, at=moment(day))


def rows_of(duties: list[Duty]) -> list[Row]:
    return [
        Row(
            duty.rule,
            duty.person.name if duty.person else duty.unit.code,
            duty.period.isoformat(),
            duty.due_on.isoformat(),
            duty.actor.name if duty.actor else duty.actor_role,
            duty.lapse or duty.state,
        )
        for duty in duties
    ]


def kept(cast: Cast) -> list[Row]:
    rows = Duty.objects.filter(organisation=cast.organisation)
    return rows_of(list(rows.select_related("person", "unit", "actor")))


def test_two_years_leave_exactly_the_duties_written_by_hand() -> None:
    cast = department()
    lived(cast)
    assert sorted(kept(cast)) == sorted(BY_HAND)


def test_what_is_open_at_the_end_is_what_the_oracle_wants() -> None:
    cast = department()
    lived(cast)
    owed = [
        Row(
            each.rule,
            {person.pk: who for who, person in cast.people.items()}.get(each.person or 0, "CW"),
            each.period.isoformat(),
            each.due_on.isoformat(),
            {person.pk: who for who, person in cast.people.items()}.get(
                each.actor or 0, each.actor_role
            ),
        )
        for each in wanted(facts_of(cast.organisation, LAST))
    ]
    long_ago = "2027-06-30"
    by_hand = [row for row in BY_HAND if row.ended == "open" and row.due >= long_ago]
    assert sorted(owed) == sorted(by_hand)


@pytest.mark.parametrize(
    ("on", "actor"),
    [
        (date(2026, 10, 31), "chen"),
        (date(2026, 11, 1), "zhou"),
        (date(2027, 1, 14), "zhou"),
        (date(2027, 1, 15), "tang"),
    ],
)
def test_the_talk_with_the_clerk_lies_with_whoever_heads_the_department(
    on: date, actor: str
) -> None:
    cast = department()
    lived(cast, on)
    (talk,) = [row for row in kept(cast) if row[:2] == ("talk_before_medium", "he")]
    assert talk == Row("talk_before_medium", "he", "2024-01-01", "2026-07-31", actor)


def test_one_run_makes_up_for_a_whole_missed_half_year() -> None:
    cast, on = department(), date(2026, 12, 30)
    lived(cast, on)
    every_night = kept(cast)
    Duty.objects.filter(state__in=["open", "lapsed"]).delete()
    night(cast.organisation, on)
    assert sorted(kept(cast)) == sorted(row for row in every_night if row.ended != LEFT)


def test_hours_and_forms_are_those_of_the_day() -> None:
    cast = department()
    lived(cast)
    learning = Duty.objects.filter(rule="learning", person=cast.people["he"]).order_by("due_on")
    assert list(learning.values_list("hours", "level")) == [
        (8, "medium"),
        (6, "low"),
        (6, "low"),
    ]
    forms = Duty.objects.filter(rule="statement_high").values_list("person__name", "form")
    assert set(forms) == {
        ("chen", "organisation_life"),
        ("he", "organisation_life"),
        ("tang", "unit_meeting"),
    }
