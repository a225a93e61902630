"""What the actions do, what they record, and what they refuse."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from lianfang.audit.models import Detail, Event, Row
from lianfang.common.errors import Refused, Stale
from lianfang.org import actions
from lianfang.org.actions.bodies import NotTheirOwnOverseer
from lianfang.org.actions.changing import NotHere, Taken, WrongDates
from lianfang.org.actions.people import AlreadyGone, LoginRefused
from lianfang.org.actions.setup import AdministratorRefused
from lianfang.org.actions.units import InARing, StillInUse
from lianfang.org.models import Administrator, Appointment, Body, Membership, Portfolio, Unit
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, appointment_of, full_cast, login

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def last_event() -> Event:
    return Event.objects.order_by("-position")[0]


def told(event: Event) -> str:
    return " ".join(Detail.objects.filter(event=event).values_list("text", flat=True))


def test_every_action_leaves_one_event_that_says_what_changed(cast: Cast) -> None:
    before = Event.objects.count()
    actions.change_unit(unit=cast.units["CW"], values={"name": "计财处"}, by=None, at=AT)
    event = last_event()
    assert Event.objects.count() == before + 1
    assert (event.action, event.rule) == ("org.unit.changed", "四")
    assert event.subject == f"org.unit:{cast.units['CW'].pk}"
    assert "财务处" in told(event)
    assert "计财处" in told(event)


def test_a_change_of_nothing_writes_nothing(cast: Cast) -> None:
    before = Event.objects.count()
    unit = actions.change_unit(
        unit=cast.units["CW"], values={"name": "财务处"}, by=None, at=AT, version=1
    )
    assert (Event.objects.count(), unit.version) == (before, 1)


def test_renaming_the_root_renames_the_organisation(cast: Cast) -> None:
    actions.change_unit(unit=cast.units["root"], values={"name": "新名称"}, by=None, at=AT)
    cast.organisation.refresh_from_db()
    assert cast.organisation.name == "新名称"


def test_a_stale_form_is_refused_and_changes_nothing(cast: Cast) -> None:
    actions.change_post(post=cast.posts["CWG"], values={"name": "收付岗"}, by=None, at=AT)
    with pytest.raises(Stale):
        actions.change_post(
            post=cast.posts["CWG"], values={"name": "出纳"}, by=None, at=AT, version=1
        )
    cast.posts["CWG"].refresh_from_db()
    assert cast.posts["CWG"].name == "收付岗"


def test_an_appointment_ends_and_history_stays(cast: Cast) -> None:
    held = appointment_of(cast, "clerk")
    actions.end_appointment(appointment=held, on=ON, by=None, at=AT)
    held.refresh_from_db()
    assert held.to_on == ON
    with pytest.raises(WrongDates):
        actions.end_appointment(appointment=held, on=ON, by=None, at=AT)


def test_a_wrong_appointment_is_withdrawn_and_marked(cast: Cast) -> None:
    held = appointment_of(cast, "clerk")
    actions.withdraw_appointment(appointment=held, reason="登错了人", by=None, at=AT)
    held.refresh_from_db()
    assert not held.holds(ON)
    assert Appointment.objects.filter(pk=held.pk).exists()
    with pytest.raises(WrongDates):
        actions.withdraw_appointment(appointment=held, reason="再撤", by=None, at=AT)


def test_a_new_portfolio_ends_the_one_before(cast: Cast) -> None:
    actions.give_portfolio(
        leader=cast.people["secretary"], unit=cast.units["CW"], from_on=ON, by=None, at=AT
    )
    spans = list(Portfolio.objects.order_by("from_on").values_list("from_on", "to_on"))
    assert spans == [(SINCE, ON - timedelta(days=1)), (ON, None)]


def test_leaving_ends_everything_the_day_before(cast: Cast) -> None:
    actions.record_departure(person=cast.people["deputy"], on=ON, by=None, at=AT)
    last = ON - timedelta(days=1)
    assert appointment_of(cast, "deputy").to_on == last
    assert Portfolio.objects.get(leader=cast.people["deputy"]).to_on == last
    actions.record_departure(person=cast.people["officer"], on=ON, by=None, at=AT)
    assert Membership.objects.get(person=cast.people["officer"]).to_on == last


def test_kinship_and_party_membership_stand_in_commitments_of_their_own(cast: Cast) -> None:
    actions.record_kinship(
        person=cast.people["clerk"],
        relation="配偶",
        relative_name="王某",
        on=ON,
        by=None,
        at=AT,
    )
    event = last_event()
    assert set(event.parts) == {"actor", "subject", "kinship"}
    assert "王某" in told(event)
    assert "王某" not in str(event.parts)
    actions.change_person(
        person=cast.people["clerk"],
        values={"is_party_member": False, "name_en": "Clerk"},
        by=None,
        at=AT,
    )
    assert set(last_event().parts) == {"actor", "subject", "changes", "is_party_member"}


def refusals(cast: Cast) -> dict[str, tuple[type[Refused], Callable[[], object]]]:
    return {
        "a unit code in use": (
            Taken,
            lambda: actions.create_unit(
                organisation=cast.organisation,
                code="CW",
                name="另一个",
                parent=cast.units["root"],
                by=None,
                at=AT,
            ),
        ),
        "a second head post": (
            Taken,
            lambda: actions.create_post(
                unit=cast.units["CW"],
                code="CW2",
                name="第二处长",
                values={"is_unit_head": True},
                by=None,
                at=AT,
            ),
        ),
        "a unit below itself": (
            InARing,
            lambda: actions.change_unit(
                unit=cast.units["CW"], values={"parent": cast.units["CW"]}, by=None, at=AT
            ),
        ),
        "a unit with posts retired": (
            StillInUse,
            lambda: actions.retire_unit(
                unit=cast.units["CW"], on=ON, reason="撤并", by=None, at=AT
            ),
        ),
        "a post with a holder retired": (
            StillInUse,
            lambda: actions.retire_post(
                post=cast.posts["CWG"], on=ON, reason="撤并", by=None, at=AT
            ),
        ),
        "the same appointment twice": (
            Taken,
            lambda: actions.appoint(
                person=cast.people["clerk"], post=cast.posts["CWG"], from_on=ON, by=None, at=AT
            ),
        ),
        "an end before its beginning": (
            WrongDates,
            lambda: actions.appoint(
                person=cast.people["head"],
                post=cast.posts["CWG"],
                from_on=ON,
                to_on=SINCE,
                by=None,
                at=AT,
            ),
        ),
        "a portfolio outside the leadership": (
            NotHere,
            lambda: actions.give_portfolio(
                leader=cast.people["head"], unit=cast.units["PS"], from_on=ON, by=None, at=AT
            ),
        ),
        "an officer among those who oversee the office": (
            NotTheirOwnOverseer,
            lambda: actions.join_body(
                body=cast.bodies[Body.Kind.DISCIPLINE_OVERSIGHT],
                person=cast.people["officer"],
                from_on=ON,
                by=None,
                at=AT,
            ),
        ),
        "an overseer in the discipline office": (
            NotTheirOwnOverseer,
            lambda: actions.join_body(
                body=cast.bodies[Body.Kind.DISCIPLINE_OFFICE],
                person=cast.people["overseer"],
                from_on=ON,
                by=None,
                at=AT,
            ),
        ),
        "a second body of a kind": (
            Taken,
            lambda: actions.create_body(
                organisation=cast.organisation,
                kind=Body.Kind.DISCIPLINE_OFFICE,
                name="又一个",
                by=None,
                at=AT,
            ),
        ),
        "an administrator's login for staff": (
            LoginRefused,
            lambda: actions.attach_login(
                person=actions.create_person(
                    organisation=cast.organisation, code="900", name="新人", by=None, at=AT
                ),
                login=cast.logins["audit"],
                by=None,
                at=AT,
            ),
        ),
        "a staff login for an administrator": (
            AdministratorRefused,
            lambda: actions.appoint_administrator(
                organisation=cast.organisation,
                login=cast.logins["clerk"],
                kind=Administrator.Kind.AUDIT,
                by=None,
                at=AT,
            ),
        ),
        "one login as two administrators": (
            Taken,
            lambda: actions.appoint_administrator(
                organisation=cast.organisation,
                login=cast.logins["audit"],
                kind=Administrator.Kind.SYSTEM,
                by=None,
                at=AT,
            ),
        ),
        "a relative who is oneself": (
            LoginRefused,
            lambda: actions.record_kinship(
                person=cast.people["clerk"],
                relation="本人",
                relative=cast.people["clerk"],
                on=ON,
                by=None,
                at=AT,
            ),
        ),
    }


@pytest.mark.parametrize(
    "what",
    [
        "a unit code in use",
        "a second head post",
        "a unit below itself",
        "a unit with posts retired",
        "a post with a holder retired",
        "the same appointment twice",
        "an end before its beginning",
        "a portfolio outside the leadership",
        "an officer among those who oversee the office",
        "an overseer in the discipline office",
        "a second body of a kind",
        "an administrator's login for staff",
        "a staff login for an administrator",
        "one login as two administrators",
        "a relative who is oneself",
    ],
)
def test_refused_with_a_sentence_in_both_languages(cast: Cast, what: str) -> None:
    refusal, deed = refusals(cast)[what]
    with pytest.raises(refusal) as refused, transaction.atomic():
        deed()
    assert refused.value.text.zh.endswith(("。", "！"))
    assert refused.value.text.en.endswith(".")


def test_one_person_is_not_two_administrators(cast: Cast) -> None:
    kinds = [Administrator.Kind.SYSTEM, Administrator.Kind.AUDIT]
    deeds = [
        lambda kind=kind, name=name: actions.appoint_administrator(
            organisation=cast.organisation,
            login=login(name),
            kind=kind,
            person=cast.people["colleague"],
            by=None,
            at=AT,
        )
        for kind, name in zip(kinds, ["sys2", "aud2"], strict=True)
    ]
    deeds[0]()
    with pytest.raises(Taken):
        deeds[1]()


def test_leaving_twice_is_refused(cast: Cast) -> None:
    actions.record_departure(person=cast.people["clerk"], on=ON, by=None, at=AT)
    with pytest.raises(AlreadyGone):
        actions.record_departure(person=cast.people["clerk"], on=ON, by=None, at=AT)


def test_somebody_who_left_is_not_appointed(cast: Cast) -> None:
    actions.record_departure(person=cast.people["clerk"], on=ON, by=None, at=AT)
    with pytest.raises(NotHere):
        actions.appoint(
            person=cast.people["clerk"],
            post=cast.posts["PSG"],
            from_on=ON + timedelta(days=1),
            by=None,
            at=AT,
        )


def test_nothing_crosses_organisations(cast: Cast) -> None:
    other = full_cast("other")
    with pytest.raises(NotHere):
        actions.appoint(
            person=other.people["clerk"], post=cast.posts["CWG"], from_on=ON, by=None, at=AT
        )
    with pytest.raises(NotHere):
        actions.change_unit(
            unit=cast.units["CW"], values={"parent": other.units["root"]}, by=None, at=AT
        )


def test_a_retired_unit_no_longer_takes_part(cast: Cast) -> None:
    unit: Unit = actions.create_unit(
        organisation=cast.organisation,
        code="TMP",
        name="临时处",
        parent=cast.units["root"],
        by=None,
        at=AT,
    )
    retired = actions.retire_unit(unit=unit, on=ON, reason="并入办公室", by=None, at=AT)
    assert not retired.in_use(ON)
    assert retired.in_use(ON - timedelta(days=1))


def test_the_log_is_part_of_the_same_transaction(cast: Cast) -> None:
    before = Event.objects.count(), Unit.objects.count(), Row.objects.count()
    with pytest.raises(ZeroDivisionError):
        _fail_after_a_unit(cast)
    assert (Event.objects.count(), Unit.objects.count(), Row.objects.count()) == before
    assert connection.in_atomic_block


@transaction.atomic
def _fail_after_a_unit(cast: Cast) -> None:
    actions.create_unit(
        organisation=cast.organisation,
        code="X",
        name="某处",
        parent=cast.units["root"],
        by=None,
        at=AT,
    )
    raise ZeroDivisionError


def test_an_open_end_reaches_into_the_future(cast: Cast) -> None:
    held = appointment_of(cast, "clerk")
    assert held.holds(date(2099, 12, 31))
    assert not held.holds(SINCE - timedelta(days=1))
