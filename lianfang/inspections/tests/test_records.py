"""Visits: who may write their record, when it is whole, what confirming does, what is put right."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from lianfang.audit.models import Detail, Event
from lianfang.common.errors import Refused, Stale
from lianfang.duties.actions.closing import NotOpen, waive_duty
from lianfang.duties.models import Duty
from lianfang.duties.tests.making import owed
from lianfang.inspections.actions.correcting import (
    FindingMovedOn,
    Shown,
    accept_correction,
    correct_finding,
    return_correction,
)
from lianfang.inspections.actions.records import (
    Answered,
    ChangedWithoutReason,
    FindingUnclear,
    NotAnInspection,
    NotYetVisited,
    RecordConfirmed,
    RecordIncomplete,
    confirm_record,
    write_record,
)
from lianfang.inspections.actions.recusing import NobodyInspects, NotOfTheBody, Recused
from lianfang.inspections.models import DrawnPost, Finding, Record
from lianfang.inspections.rules.records import are_others, is_overdue, mark_of, unanswered
from lianfang.inspections.rules.states import (
    NEXT_FINDING,
    FindingAct,
    FindingState,
    RecordState,
    finding_after,
)
from lianfang.inspections.tests.making import (
    DAY,
    PUBLIC,
    confirmed,
    corrected,
    drawn,
    finding,
    found,
    measure,
    recorded,
    visit,
    written,
)
from lianfang.org import actions as org
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, full_cast

pytestmark = pytest.mark.django_db
YES = {"answer": "yes", "seen": "四月核对单"}


@pytest.fixture
def cast(settings: Settings, tmp_path: Path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return full_cast()


def join(cast: Cast, part: str, body: str = "discipline_office") -> None:
    org.join_body(body=cast.bodies[body], person=cast.people[part], from_on=SINCE, by=None, at=AT)


# rules --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", FindingState)
@pytest.mark.parametrize("act", FindingAct)
def test_every_step_of_a_finding_is_in_the_table_or_not_possible(
    state: FindingState, act: FindingAct
) -> None:
    assert finding_after(state, act) == NEXT_FINDING.get((state, act))


def test_states_are_those_of_the_models() -> None:
    assert set(Finding.State.values) == {state.value for state in FindingState}
    assert set(Record.State.values) == {state.value for state in RecordState}


def test_what_the_rules_of_records_say() -> None:
    assert mark_of(2026, 3) == "检〔2026〕0003"
    assert unanswered(["yes", "", "no", ""]) == 2
    assert not are_others([1], ())
    assert not are_others([2, 1], (1, 2))
    assert are_others([1], (1, 2))
    assert not is_overdue("open", ON, ON)
    assert is_overdue("open", ON - DAY, ON)
    assert not is_overdue("corrected", ON - DAY, ON)


# written ------------------------------------------------------------------------------------------


def test_a_record_is_written_and_written_anew_until_it_is_confirmed(cast: Cast) -> None:
    duty, one = visit(cast), measure(cast)
    record = recorded(cast, duty, Answered(measure=one, answer=""), findings=[found()])
    assert (record.person, record.post, record.unit) == (duty.person, duty.post, duty.unit)
    assert (record.state, record.mark) == ("draft", "")
    again = write_record(
        duty=duty,
        written=written(cast, Answered(measure=one, **YES), remark="好"),
        version=1,
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )
    assert (again.pk, again.version, again.remark) == (record.pk, 2, "好")
    assert [line.answer for line in again.lines.all()] == ["yes"]
    assert not again.findings.exists()
    with pytest.raises(Stale):
        write_record(
            duty=duty,
            written=written(cast),
            version=1,
            on=ON,
            by=cast.logins["officer"],
            at=AT,
        )


def test_what_was_found_is_sealed_in_the_log(cast: Cast) -> None:
    recorded(cast, None, findings=[found()])
    event = Event.objects.get(action="inspections.record.started")
    told = {detail.name: detail.text for detail in Detail.objects.filter(event=event)}
    assert "缺一人签字" in told["findings"]
    assert "缺一人签字" not in told["changes"]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"held_on": ON + DAY}, NotYetVisited),
        ({"held_on": ON - 2 * DAY}, NotYetVisited),
        ({"inspectors": []}, NobodyInspects),
        ({"findings": [found(due_on=ON - DAY)]}, FindingUnclear),
    ],
)
def test_a_record_that_can_not_be_is_refused(
    cast: Cast, values: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        recorded(cast, None, **values)


def test_a_finding_is_for_a_post_of_the_unit(cast: Cast) -> None:
    with pytest.raises(FindingUnclear):
        recorded(cast, None, findings=[found(post=cast.posts["PSG"])])


def test_only_an_inspection_has_a_record(cast: Cast) -> None:
    with pytest.raises(NotAnInspection):
        recorded(cast, owed(cast))


def test_a_duty_that_is_closed_takes_no_record(cast: Cast) -> None:
    duty = visit(cast)
    waive_duty(duty=duty, reason="停职", on=ON, by=cast.logins["secretary"], at=AT)
    with pytest.raises(NotOpen):
        recorded(cast, duty)


# who may inspect ----------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["clerk", "colleague", "secretary", "overseer"])
def test_nobody_inspects_who_is_not_of_the_body(cast: Cast, part: str) -> None:
    with pytest.raises(NotOfTheBody):
        recorded(cast, None, inspectors=[cast.people[part]])


def test_nobody_inspects_themself(cast: Cast) -> None:
    join(cast, "clerk")
    with pytest.raises(Recused):
        recorded(cast, None, inspectors=[cast.people["clerk"]])


def test_nobody_inspects_their_own_unit(cast: Cast) -> None:
    join(cast, "head")
    with pytest.raises(Recused):
        recorded(cast, None, inspectors=[cast.people["officer"], cast.people["head"]])


def test_nobody_writes_the_record_of_their_own_unit_for_others(cast: Cast) -> None:
    join(cast, "head")
    with pytest.raises(Recused):
        write_record(duty=visit(cast), written=written(cast), on=ON, by=cast.logins["head"], at=AT)


def test_kin_do_not_inspect_each_other_whoever_had_it_recorded(cast: Cast) -> None:
    org.record_kinship(
        person=cast.people["officer"],
        relation="兄妹",
        relative=cast.people["clerk"],
        relative_name="clerk",
        note="",
        on=ON,
        by=None,
        at=AT,
    )
    with pytest.raises(Recused):
        recorded(cast)


def test_who_has_a_unit_in_portfolio_does_not_inspect_it(cast: Cast) -> None:
    join(cast, "deputy")
    with pytest.raises(Recused):
        recorded(cast, None, inspectors=[cast.people["deputy"]])


def test_nobody_inspects_whoever_is_over_them(cast: Cast) -> None:
    join(cast, "clerk")
    other = visit(cast, person=cast.people["head"], post=cast.posts["CWC"], unit=cast.units["PS"])
    with pytest.raises(Recused):
        recorded(cast, other, inspectors=[cast.people["clerk"]])


def test_the_head_of_the_leadership_is_inspected_by_the_office(cast: Cast) -> None:
    top = visit(cast, person=cast.people["secretary"], post=cast.posts["SJ"], unit=cast.units["LD"])
    assert recorded(cast, top).state == "draft"


def test_the_discipline_office_is_inspected_by_the_body_named_for_it(cast: Cast) -> None:
    join(cast, "colleague", "discipline_oversight")
    duty = visit(
        cast,
        person=cast.people["officer"],
        post=cast.posts["JJG"],
        unit=cast.units["BG"],
        actor_role=Duty.ActorRole.DISCIPLINE_OVERSIGHT,
    )
    with pytest.raises(NotOfTheBody):
        recorded(cast, duty)
    record = write_record(
        duty=duty,
        written=written(cast, inspectors=[cast.people["colleague"]]),
        on=ON,
        by=cast.logins["colleague"],
        at=AT,
    )
    assert [one.name for one in record.inspectors.all()] == ["colleague"]


def test_others_than_those_drawn_inspect_only_for_a_reason(cast: Cast) -> None:
    drawn(cast, {"CWG": "medium"})
    join(cast, "colleague")
    duty = DrawnPost.objects.get().duty
    assert duty is not None
    values: dict[str, Any] = {"held_on": PUBLIC, "inspectors": [cast.people["colleague"]]}
    act: dict[str, Any] = {"on": PUBLIC, "by": cast.logins["officer"], "at": AT + DAY}
    with pytest.raises(ChangedWithoutReason):
        write_record(duty=duty, written=written(cast, **values), **act)
    values["changed_reason"] = "officer 外出学习"
    record = write_record(duty=duty, written=written(cast, **values), **act)
    assert record.changed_reason == "officer 外出学习"


# confirmed ----------------------------------------------------------------------------------------


def test_confirming_gives_a_number_and_does_the_duty_for_good(cast: Cast) -> None:
    duty = visit(cast)
    record = confirmed(cast, duty, Answered(measure=measure(cast), **YES))
    duty.refresh_from_db()
    assert (record.mark, record.state) == ("检〔2026〕0001", "confirmed")
    assert (duty.state, duty.closed_on, duty.evidence) == ("done", ON, record.mark)
    assert confirmed(cast).mark == "检〔2026〕0002"
    with pytest.raises(RecordConfirmed):
        confirm_record(record=record, on=ON, by=cast.logins["officer"], at=AT)
    with pytest.raises(NotOpen):
        recorded(cast, duty)


@pytest.mark.parametrize(
    ("answer", "remark", "whole"),
    [
        ("", "", False),
        ("no", "", False),
        ("partly", "", False),
        ("partly", "三月缺一次", True),
        ("no", "没有登记簿", True),
        ("not_applicable", "", True),
        ("yes", "", True),
    ],
)
def test_every_measure_is_answered_and_what_is_not_in_place_is_told(
    cast: Cast, answer: str, remark: str, whole: bool
) -> None:
    record = recorded(cast, None, Answered(measure=measure(cast), answer=answer, remark=remark))
    act: dict[str, Any] = {"record": record, "on": ON, "by": cast.logins["officer"], "at": AT}
    if whole:
        assert confirm_record(**act).state == "confirmed"
        return
    with pytest.raises(RecordIncomplete):
        confirm_record(**act)


def test_somebody_who_came_into_the_unit_meanwhile_does_not_confirm(cast: Cast) -> None:
    record = recorded(cast)
    org.appoint(person=cast.people["officer"], post=cast.posts["CWG"], from_on=ON, by=None, at=AT)
    with pytest.raises(Recused):
        confirm_record(record=record, on=ON, by=cast.logins["officer"], at=AT)


# put right ----------------------------------------------------------------------------------------


def test_what_was_put_right_is_accepted_and_closed(cast: Cast) -> None:
    one = corrected(cast)
    assert one.state == "corrected"
    closed = accept_correction(
        finding=one, comment="看过补签", on=ON + DAY, by=cast.logins["officer"], at=AT + DAY
    )
    assert (closed.state, closed.closed_on) == ("closed", ON + DAY)
    (said,) = closed.corrections.all()
    assert (said.outcome, said.comment) == ("accepted", "看过补签")
    with pytest.raises(FindingMovedOn):
        corrected(cast, closed)


def test_what_is_returned_is_open_again_with_another_day_and_what_was_said_stays(
    cast: Cast,
) -> None:
    one = corrected(cast)
    act: dict[str, Any] = {"on": ON, "by": cast.logins["officer"], "at": AT}
    with pytest.raises(FindingMovedOn):
        return_correction(finding=one, comment="不够", due_on=ON - DAY, **act)
    back = return_correction(
        finding=one, comment="没有附签字单", due_on=ON + timedelta(days=40), **act
    )
    assert (back.state, back.due_on) == ("open", ON + timedelta(days=40))
    again = corrected(cast, back)
    assert [one.outcome for one in again.corrections.order_by("pk")] == ["returned", "waiting"]


def test_a_file_shows_what_was_put_right(cast: Cast) -> None:
    correct_finding(
        finding=finding(cast),
        text="已补签。",
        file=Shown(name="签字单.pdf", chunks=[b"%PDF-1.4\n"]),
        by=cast.logins["head"],
        at=AT,
    )
    kept = Finding.objects.get().corrections.get().evidence
    assert kept is not None
    assert kept.name == "签字单.pdf"


def test_nothing_of_a_draft_is_put_right(cast: Cast) -> None:
    draft = recorded(cast, None, findings=[found()])
    with pytest.raises(FindingMovedOn):
        corrected(cast, draft.findings.get())


def test_nobody_judges_what_their_own_unit_put_right(cast: Cast) -> None:
    one = corrected(cast)
    join(cast, "head")
    act: dict[str, Any] = {"on": ON, "by": cast.logins["head"], "at": AT}
    with pytest.raises(Recused):
        accept_correction(finding=one, **act)
    with pytest.raises(Recused):
        return_correction(finding=one, comment="不够", due_on=ON, **act)
