"""Talks are planned, recorded, confirmed and then only added to; they satisfy duties."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.audit.models import Detail, Event
from lianfang.common.errors import Stale
from lianfang.duties.actions.closing import NotOpen
from lianfang.duties.actions.planning import (
    NothingToPlan,
    NotOfThisTalk,
    NotTheirTalk,
    TalkMovedOn,
    cancel_talk,
    plan_talks,
)
from lianfang.duties.actions.talking import (
    FollowUpTooEarly,
    LateReasonMissing,
    NothingSigned,
    NotYetHeld,
    SecondTalkerMissing,
    add_to_talk,
    confirm_talk,
    record_talk,
    record_unplanned,
)
from lianfang.duties.models import TalkDuty, TalkSupplement
from lianfang.duties.tests.making import owed
from lianfang.duties.tests.talking import (
    BEFORE,
    SCHEME,
    confirmed,
    held,
    partners,
    planned,
    said,
    signed,
)
from lianfang.files.rules import KindRefused
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db
YESTERDAY = ON - timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def cast() -> Cast:
    return full_cast()


# planning -----------------------------------------------------------------------------------------


def test_a_planned_talk_keeps_what_it_is_under(cast: Cast) -> None:
    duty = owed(cast)
    talk = planned(cast, duty)
    assert (talk.state, talk.clause, talk.is_routine, talk.mark) == (
        "planned",
        "五（五）3",
        True,
        "",
    )
    assert list(talk.duties.all()) == [duty]
    event = Event.objects.get(action="duties.talk.planned")
    assert (event.organisation, event.rule) == (cast.organisation.pk, "五（五）3")


def test_a_talk_stands_under_the_clause_of_what_it_is_held_for(cast: Cast) -> None:
    duty = owed(cast, rule="talk_before_high")
    assert planned(cast, duty, kind="before_appointment").clause == "五（五）3"
    assert planned(cast, kind="before_appointment").clause == "五（五）2"


@pytest.mark.parametrize(
    ("by", "person", "post", "kind", "may"),
    [
        ("head", "clerk", "CWG", "regular", True),
        ("deputy", "clerk", "CWG", "regular", True),
        ("secretary", "clerk", "CWG", "caution", True),
        ("deputy", "head", "CWC", "regular", True),
        ("officer", "clerk", "CWG", "inquiry", True),
        ("officer", "clerk", "CWG", "regular", False),
        ("head", "clerk", "CWG", "admonition", False),
        ("head", "colleague", "PSG", "regular", False),
        ("clerk", "head", "CWC", "regular", False),
        ("office", "clerk", "CWG", "regular", False),
        ("officer", "officer", "JJG", "inquiry", False),
    ],
)
def test_a_kind_of_talk_is_held_by_those_the_scheme_names(
    cast: Cast, by: str, person: str, post: str, kind: str, may: bool
) -> None:
    if may:
        assert planned(cast, by=by, person=person, post=post, kind=kind).pk
    else:
        with pytest.raises(NotTheirTalk):
            planned(cast, by=by, person=person, post=post, kind=kind)


def test_whoever_owes_a_talk_may_hold_it_without_standing_in_the_chain(cast: Cast) -> None:
    duty = owed(cast, person=cast.people["colleague"], post=cast.posts["PSG"])
    assert planned(cast, duty, person="colleague", post="PSG").talker == cast.people["head"]


@pytest.mark.parametrize("second", ["clerk", "head"])
def test_the_second_talker_is_a_third_person(cast: Cast, second: str) -> None:
    with pytest.raises(NotTheirTalk):
        planned(cast, second=second)
    with pytest.raises(NotTheirTalk):
        held(cast, planned(cast), second=cast.people[second])


def test_a_talk_is_not_planned_for_what_somebody_else_owes(cast: Cast) -> None:
    for duty in (
        owed(cast, actor=cast.people["deputy"]),
        owed(cast, person=cast.people["colleague"]),
        owed(cast, kind="report"),
    ):
        with pytest.raises(NotOfThisTalk):
            planned(cast, duty)


def test_several_talks_follow_one_another_one_for_each_person_and_post(cast: Cast) -> None:
    duties = [
        owed(cast),
        owed(cast, rule="talk_before_high"),
        owed(cast, person=cast.people["colleague"], post=cast.posts["PSG"]),
    ]
    talks = plan_talks(
        duties=duties,
        talker=cast.people["head"],
        starts_at=AT,
        minutes=30,
        place="",
        second=cast.people["office"],
        scheme=SCHEME,
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )
    assert [(talk.person.name, talk.starts_at) for talk in talks] == [
        ("clerk", AT),
        ("colleague", AT + timedelta(minutes=30)),
    ]
    assert TalkDuty.objects.filter(talk=talks[0]).count() == 2
    assert [talk.second for talk in talks] == [cast.people["office"]] * 2
    assert Event.objects.filter(action="duties.talk.planned").count() == 2


def test_the_second_talker_of_several_sits_in_all_but_the_one_with_themself(cast: Cast) -> None:
    clerk = cast.people["clerk"]
    duties = [owed(cast), owed(cast, person=cast.people["colleague"], post=cast.posts["PSG"])]
    talks = plan_talks(
        duties=duties,
        talker=cast.people["head"],
        starts_at=AT,
        minutes=30,
        place="",
        second=clerk,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )
    assert [(talk.person.name, talk.second) for talk in talks] == [
        ("clerk", None),
        ("colleague", clerk),
    ]


def test_nothing_is_planned_for_nobody(cast: Cast) -> None:
    with pytest.raises(NothingToPlan):
        plan_talks(
            duties=[],
            talker=cast.people["head"],
            starts_at=AT,
            minutes=30,
            place="",
            scheme=SCHEME,
            on=ON,
            by=cast.logins["head"],
            at=AT,
        )


def test_a_cancelled_talk_keeps_its_reason_and_leaves_the_duty_open(cast: Cast) -> None:
    duty = owed(cast)
    talk = cancel_talk(talk=planned(cast, duty), reason="出差", by=cast.logins["head"], at=AT)
    assert (talk.state, talk.cancelled_reason) == ("cancelled", "出差")
    duty.refresh_from_db()
    assert duty.state == "open"
    with pytest.raises(TalkMovedOn):
        held(cast, talk)


# recording ----------------------------------------------------------------------------------------


def test_a_recorded_talk_satisfies_several_duties_and_names_itself_as_evidence(cast: Cast) -> None:
    duties = [owed(cast), owed(cast, rule="talk_before_high")]
    left_out = owed(cast)
    talk = held(cast, planned(cast, left_out), *duties)
    assert (talk.state, talk.mark) == ("held", "谈〔2026〕0001")
    for duty in duties:
        duty.refresh_from_db()
        assert (duty.state, duty.evidence, duty.closed_on) == ("done", "谈〔2026〕0001", ON)
    left_out.refresh_from_db()
    assert left_out.state == "open"
    assert set(talk.duties.all()) == set(duties)


def test_numbers_follow_one_another_within_a_year_and_an_organisation(cast: Cast) -> None:
    other = full_cast("other")
    marks = [held(cast, planned(cast)).mark, held(cast, planned(cast)).mark]
    last_year = datetime(2025, 12, 31, 15, 30, tzinfo=UTC)
    new_year = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    marks += [held(cast, planned(cast), starts_at=at).mark for at in (last_year, new_year)]
    marks.append(held(other, planned(other)).mark)
    assert marks == [
        "谈〔2026〕0001",
        "谈〔2026〕0002",
        "谈〔2025〕0001",
        "谈〔2026〕0003",
        "谈〔2026〕0001",
    ]


def test_what_was_said_goes_into_the_log_sealed(cast: Cast) -> None:
    held(cast, planned(cast))
    event = Event.objects.get(action="duties.talk.recorded")
    told = dict(Detail.objects.filter(event=event).values_list("name", "text"))
    assert {"points", "notes", "commitments"} <= told.keys()
    assert "提醒当日报备" in told["notes"]
    assert "提醒当日报备" not in told["changes"]


def test_a_talk_is_not_recorded_before_it_was_held(cast: Cast) -> None:
    talk = planned(cast)
    with pytest.raises(NotYetHeld):
        held(cast, talk, starts_at=AT + timedelta(minutes=1))
    assert held(cast, talk, starts_at=AT).state == "held"


def test_a_talk_does_not_satisfy_a_duty_that_begins_after_it(cast: Cast) -> None:
    duty = owed(cast)
    with pytest.raises(NotYetHeld):
        held(cast, planned(cast), duty, starts_at=BEFORE - timedelta(days=1))


def test_a_late_talk_is_recorded_with_the_reason(cast: Cast) -> None:
    duty = owed(cast, opens_on=YESTERDAY, due_on=YESTERDAY)
    talk = planned(cast, duty)
    with pytest.raises(LateReasonMissing):
        held(cast, talk, duty)
    assert held(cast, talk, duty, late_reason="外出评审").late_reason == "外出评审"


def test_two_people_hold_a_talk_of_caution(cast: Cast) -> None:
    talk = planned(cast, kind="caution")
    with pytest.raises(SecondTalkerMissing):
        held(cast, talk)
    assert held(cast, talk, second=cast.people["office"]).talkers == (
        cast.people["head"].pk,
        cast.people["office"].pk,
    )


def test_a_follow_up_comes_after_the_talk(cast: Cast) -> None:
    talk = planned(cast)
    with pytest.raises(FollowUpTooEarly):
        held(cast, talk, follow_up_on=ON)
    assert held(cast, talk, follow_up_on=ON + timedelta(days=1)).follow_up_on is not None


def test_a_duty_that_was_closed_meanwhile_refuses_the_record_whole(cast: Cast) -> None:
    duty = owed(cast)
    held(cast, planned(cast), duty)
    talk = planned(cast)
    with pytest.raises(NotOpen):
        held(cast, talk, duty)
    talk.refresh_from_db()
    assert (talk.state, talk.number) == ("planned", None)


def test_a_talk_that_was_not_planned_here_is_recorded_at_once(cast: Cast) -> None:
    duty = owed(cast)
    talk = record_unplanned(
        partners=partners(cast),
        kind="regular",
        said=said(),
        duties=[duty],
        scheme=SCHEME,
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )
    duty.refresh_from_db()
    assert (talk.state, talk.version, duty.state) == ("held", 1, "done")
    assert not Event.objects.filter(action="duties.talk.planned").exists()


def test_a_record_is_put_right_until_it_is_confirmed(cast: Cast) -> None:
    duty = owed(cast)
    talk = held(cast, planned(cast, duty), duty)
    again = held(cast, talk, notes="改正后的内容。")
    assert (again.mark, again.notes) == (talk.mark, "改正后的内容。")
    assert list(again.duties.all()) == [duty]
    assert Event.objects.filter(action="duties.talk.corrected").count() == 1
    confirm_talk(talk=again, remark="", by=cast.logins["clerk"], at=AT)
    with pytest.raises(TalkMovedOn):
        held(cast, again)


def test_a_correction_that_makes_a_talk_late_asks_for_the_reason(cast: Cast) -> None:
    duty = owed(cast, opens_on=ON - timedelta(days=9), due_on=YESTERDAY)
    talk = held(cast, planned(cast), duty, starts_at=BEFORE - timedelta(days=2))
    with pytest.raises(LateReasonMissing):
        held(cast, talk)


def test_a_stale_record_is_told_so(cast: Cast) -> None:
    talk = held(cast, planned(cast))
    with pytest.raises(Stale):
        record_talk(
            talk=talk,
            said=said(),
            duties=[],
            version=1,
            scheme=SCHEME,
            on=ON,
            by=cast.logins["head"],
            at=AT,
        )


# confirming ---------------------------------------------------------------------------------------


def test_only_the_person_talked_to_confirms(cast: Cast) -> None:
    talk = held(cast, planned(cast))
    with pytest.raises(NotTheirTalk):
        confirm_talk(talk=talk, remark="", by=cast.logins["head"], at=AT)
    done = confirm_talk(talk=talk, remark="第二条我有不同看法。", by=cast.logins["clerk"], at=AT)
    assert (done.state, done.confirmed_by) == ("confirmed", cast.logins["clerk"])
    assert TalkSupplement.objects.get().text == "第二条我有不同看法。"
    with pytest.raises(TalkMovedOn):
        confirm_talk(talk=talk, remark="", by=cast.logins["clerk"], at=AT)


def test_a_planned_talk_is_not_confirmed(cast: Cast) -> None:
    with pytest.raises(TalkMovedOn):
        confirm_talk(talk=planned(cast), remark="", by=cast.logins["clerk"], at=AT)


def test_a_signed_scan_confirms_a_record(cast: Cast) -> None:
    done = signed(cast, held(cast, planned(cast)))
    assert done.state == "confirmed"
    assert done.scan is not None


def test_a_scan_is_a_picture_or_a_pdf(cast: Cast) -> None:
    talk = held(cast, planned(cast))
    with pytest.raises(KindRefused):
        signed(cast, talk, "签字.txt", "已签".encode())
    talk.refresh_from_db()
    assert talk.state == "held"


def test_a_talk_that_nobody_signs_is_confirmed_at_once(cast: Cast) -> None:
    talk = held(cast, planned(cast, kind="counselling"))
    assert (talk.state, talk.confirmed_by) == ("confirmed", cast.logins["head"])
    with pytest.raises(NothingSigned):
        signed(cast, talk)


def test_a_confirmed_record_is_only_added_to(cast: Cast) -> None:
    talk = confirmed(cast)
    add_to_talk(talk=talk, text="补充一点。", by=cast.logins["head"], at=AT)
    assert [one.text for one in talk.supplements.all()] == ["补充一点。"]
    with pytest.raises(TalkMovedOn):
        held(cast, talk)
    with pytest.raises(TalkMovedOn):
        signed(cast, talk)
    with pytest.raises(TalkMovedOn):
        cancel_talk(talk=talk, reason="误记", by=cast.logins["head"], at=AT)


def test_a_record_is_not_added_to_before_it_is_confirmed(cast: Cast) -> None:
    with pytest.raises(TalkMovedOn):
        add_to_talk(talk=held(cast, planned(cast)), text="补充", by=cast.logins["head"], at=AT)
