"""A filing's way by the people whose steps these are: what each does, and what it refuses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from msgspec.structs import replace as replaced

from lianfang.audit.models import Detail, Event
from lianfang.cycles.actions import checking, cycle, deciding, publishing, remarks
from lianfang.cycles.actions.checking import (
    NotConcluded,
    Recused,
    RemarksOpen,
    Verdict,
)
from lianfang.cycles.actions.cycle import CycleThere, ReasonNeeded, StageNotSo
from lianfang.cycles.actions.deciding import MeetingInFuture, NoQuorum, NotAMember, Vote
from lianfang.cycles.actions.filing import HasErrors, withdraw_filing
from lianfang.cycles.actions.moving import NotNow
from lianfang.cycles.models import (
    Conclusion,
    Cycle,
    CycleStage,
    Decision,
    Edition,
    Filing,
    Meeting,
    Remark,
)
from lianfang.cycles.tests.year import (
    SCHEME,
    approve,
    brought_to,
    conclude,
    filing_of,
    joined,
    opened,
    powered,
    publish,
    resume,
    send_back,
    start,
    submit,
    take_up,
)
from lianfang.org import actions as org
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.actions.locks import RegisterLocked
from lianfang.powers.models import EditLock, Power
from lianfang.register.edition import digest_of, read_frozen
from lianfang.register.model import Register
from lianfang.risks.actions.apply import apply_register
from lianfang.risks.models import PostLevel, RiskPoint
from lianfang.risks.queries.load import load

pytestmark = pytest.mark.django_db
Outcome = Decision.Outcome


@pytest.fixture
def cast() -> Cast:
    made = full_cast()
    powered(made)
    return made


def actions_logged() -> list[str]:
    return list(
        Event.objects.filter(action__startswith="cycles.")
        .order_by("position")
        .values_list("action", flat=True)
    )


# the year


def test_a_year_opens_with_its_stages_and_a_filing_for_every_unit(cast: Cast) -> None:
    made = opened(cast)
    assert (made.year, made.is_first, made.scheme_version) == (2026, True, SCHEME.version)
    stages = list(made.stages.order_by("order").values_list("code", "begins_on", "ends_on"))
    assert stages[0] == ("fill", date(2026, 2, 1), date(2026, 4, 30))
    assert [code for code, *_ in stages] == [stage.code for stage in SCHEME.stages]
    units = set(made.filings.values_list("unit__code", flat=True))
    # the root itself files nothing
    assert units == {"LD", "CW", "PS", "BG"}
    assert set(made.filings.values_list("state", flat=True)) == {"not_started"}
    assert actions_logged() == ["cycles.cycle.opened"]
    with pytest.raises(CycleThere):
        opened(cast)
    assert Cycle.objects.count() == 1


def stage_of(cast: Cast, code: str) -> CycleStage:
    return CycleStage.objects.get(cycle__organisation=cast.organisation, code=code)


def test_a_stage_that_is_opened_late_may_end_later_too(cast: Cast) -> None:
    opened(cast)
    by, later = cast.logins["office"], date(2026, 6, 15)
    collect = stage_of(cast, "collect")
    with pytest.raises(StageNotSo, match="早于今天"):
        cycle.open_stage(stage=collect, reason="晚", ends_on=date(2026, 5, 13), on=ON, by=by, at=AT)
    with pytest.raises(ReasonNeeded):
        cycle.open_stage(stage=collect, reason="", ends_on=later, on=ON, by=by, at=AT)
    cycle.open_stage(stage=collect, reason="延期", ends_on=later, on=ON, by=by, at=AT)
    assert stage_of(cast, "collect").ends_on == later
    event = Event.objects.get(action="cycles.stage.opened")
    changes = Detail.objects.get(event=event, name="changes").text
    assert "2026-05-31" in changes
    assert "2026-06-15" in changes


def test_a_stage_off_the_plan_is_opened_and_closed_with_a_reason(cast: Cast) -> None:
    opened(cast)
    by = cast.logins["office"]
    fill, collect = stage_of(cast, "fill"), stage_of(cast, "collect")
    with pytest.raises(ReasonNeeded):
        cycle.open_stage(stage=fill, reason=" ", on=ON, by=by, at=AT)
    with pytest.raises(StageNotSo):
        cycle.close_stage(stage=fill, reason="早", on=ON, by=by, at=AT)
    cycle.open_stage(stage=fill, reason="首年晚启动", on=ON, by=by, at=AT)
    cycle.open_stage(stage=collect, reason="", on=ON, by=by, at=AT)
    with pytest.raises(StageNotSo):
        cycle.open_stage(stage=collect, reason="", on=ON, by=by, at=AT)
    with pytest.raises(ReasonNeeded):
        cycle.close_stage(stage=collect, reason="", on=ON, by=by, at=AT)
    cycle.close_stage(stage=collect, reason="", on=date(2026, 5, 31), by=by, at=AT)
    collect.refresh_from_db()
    assert (collect.opened_on, collect.closed_on) == (ON, date(2026, 5, 31))
    assert stage_of(cast, "fill").opening_reason == "首年晚启动"


# the unit's side


def test_a_filing_is_begun_submitted_and_closes_the_register(cast: Cast) -> None:
    found = brought_to(cast, "submitted")
    assert (found.round, found.statement, found.submitted_by) == (
        1,
        "梳理职权一项",
        cast.logins["head"],
    )
    assert EditLock.objects.get(released_at=None).unit == cast.units["CW"]
    register = load(cast.organisation, ON, [cast.units["CW"].pk])
    changed = replace_title(register)
    with pytest.raises(RegisterLocked):
        apply_register(
            organisation=cast.organisation, register=changed, scheme=SCHEME, on=ON, by=None, at=AT
        )
    withdraw_filing(filing=found, by=cast.logins["head"], at=AT)
    assert not EditLock.objects.filter(released_at=None).exists()
    apply_register(
        organisation=cast.organisation, register=changed, scheme=SCHEME, on=ON, by=None, at=AT
    )
    assert filing_of(cast).state == "drafting"


def replace_title(register: Register) -> Register:
    risks = tuple(replaced(risk, title="虚增差旅天数") for risk in register.risks)
    return replaced(register, risks=risks)


def test_a_filing_with_errors_is_not_submitted(cast: Cast) -> None:
    opened(cast)
    Power.objects.update(category="")
    start(cast)
    with pytest.raises(HasErrors) as refused:
        submit(cast)
    assert "须改" in refused.value.text.zh
    found = filing_of(cast)
    assert (found.state, found.round, found.lock) == ("drafting", 0, None)


@pytest.mark.parametrize(
    "state", ["not_started", "drafting", "submitted", "in_check", "checked", "approved"]
)
def test_a_step_that_does_not_begin_there_is_refused_and_writes_nothing(
    cast: Cast, state: str
) -> None:
    found = brought_to(cast, state)
    before = actions_logged()
    refused: dict[str, tuple[Callable[[Cast], object], ...]] = {
        "not_started": (submit, take_up, conclude, approve, publish),
        "drafting": (start, take_up, conclude, approve, publish),
        "submitted": (start, submit, conclude, approve, publish),
        "in_check": (start, submit, take_up, approve, publish),
        "checked": (start, submit, take_up, conclude, publish),
        "approved": (start, submit, take_up, conclude, approve),
    }
    for step in refused[state]:
        with pytest.raises(NotNow):
            step(cast)
    with pytest.raises(NotNow):
        resume(cast, "head")
    assert filing_of(cast).version == found.version
    assert actions_logged() == before


# the office's side


def test_nobody_checks_a_unit_in_which_they_hold_a_post(cast: Cast) -> None:
    brought_to(cast, "submitted")
    with pytest.raises(Recused):
        take_up(cast, "clerk")
    take_up(cast)
    found = filing_of(cast)
    assert (found.state, found.checker) == ("in_check", cast.people["office"])


def test_a_returned_filing_opens_the_register_until_it_is_sent_again(cast: Cast) -> None:
    brought_to(cast, "in_check")
    send_back(cast)
    found = filing_of(cast)
    assert (found.state, found.returned_for) == ("returned", "补写责任岗位")
    # five working days from Thursday 14 May
    assert found.due_on == date(2026, 5, 21)
    assert found.lock is None
    resume(cast)
    submit(cast)
    found = filing_of(cast)
    assert (found.state, found.round, found.due_on) == ("submitted", 2, None)


def remark(cast: Cast) -> Remark:
    return remarks.raise_remark(
        filing=filing_of(cast),
        check_code="C5",
        text="谁来核对？",
        about="R-CW-01",
        by=cast.logins["office"],
        at=AT,
    )


def test_remarks_are_asked_answered_and_closed_before_the_conclusion(cast: Cast) -> None:
    brought_to(cast, "in_check")
    by = cast.logins["office"]
    first, second = remark(cast), remark(cast)
    answered = remarks.answer_remark(remark=first, answer="处长", by=cast.logins["head"], at=AT)
    assert answered.state == "answered"
    with pytest.raises(RemarksOpen):
        conclude(cast)
    remarks.resolve_remark(remark=first, by=by, at=AT)
    remarks.waive_remark(remark=second, reason="同一意见", by=by, at=AT)
    with pytest.raises(remarks.RemarkClosed):
        remarks.answer_remark(remark=first, answer="再答", by=by, at=AT)
    conclude(cast)
    assert Conclusion.objects.filter(filing=filing_of(cast), round=1).count() == 5
    second.refresh_from_db()
    assert (second.state, second.closing_reason) == ("waived", "同一意见")
    with pytest.raises(NotNow):
        remark(cast)


@pytest.mark.parametrize("left", ["one is missing", "one is not met"])
def test_all_five_checks_have_to_be_met(cast: Cast, left: str) -> None:
    brought_to(cast, "in_check")
    verdicts = {check.code: Verdict(is_met=True) for check in SCHEME.checks.five}
    if left == "one is missing":
        verdicts.pop("C3")
    else:
        verdicts["C3"] = replace(verdicts["C3"], is_met=False, text="还有岗位没有查找")
    with pytest.raises(NotConcluded):
        checking.conclude(
            filing=filing_of(cast),
            verdicts=verdicts,
            scheme=SCHEME,
            by=cast.logins["office"],
            at=AT,
        )
    assert not Conclusion.objects.exists()


# the leading group


def test_a_meeting_approves_and_says_who_was_there(cast: Cast) -> None:
    brought_to(cast, "checked")
    meeting = approve(cast)
    assert list(meeting.present.all()) == [cast.people["secretary"]]
    decision = meeting.decisions.get()
    assert (decision.outcome, decision.filing.state) == ("approve", "approved")
    assert not decision.recused.exists()
    assert filing_of(cast).lock is not None


def record(cast: Cast, present: list[str], approving: list[str], on: date = ON) -> Meeting:
    people = {part: cast.people[part] for part in (*present, *approving)}
    return deciding.record_meeting(
        cycle=filing_of(cast).cycle,
        held_on=on,
        place="会议室",
        present=[people[part] for part in present],
        votes=[
            Vote(
                filing=filing_of(cast),
                outcome=Outcome.APPROVED,
                approving=[people[part] for part in approving],
            )
        ],
        scheme=SCHEME,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def test_a_member_with_a_post_in_the_unit_stays_out_of_it(cast: Cast) -> None:
    joined(cast, "head", "deputy", "officer")
    brought_to(cast, "checked")
    # of secretary, deputy and officer, who are entitled, two are not enough in number
    with pytest.raises(NoQuorum):
        record(cast, ["secretary", "head"], ["secretary", "head"])
    assert not Meeting.objects.exists()
    decision = record(cast, ["secretary", "deputy", "head"], ["secretary", "deputy", "head"])
    found = decision.decisions.get()
    assert list(found.recused.all()) == [cast.people["head"]]
    assert set(found.approving.all()) == {cast.people["secretary"], cast.people["deputy"]}


def test_no_more_than_half_in_favour_does_not_approve(cast: Cast) -> None:
    joined(cast, "deputy")
    brought_to(cast, "checked")
    with pytest.raises(NoQuorum) as refused:
        record(cast, ["secretary", "deputy"], ["secretary"])
    assert "赞成" in refused.value.text.zh
    assert filing_of(cast).state == "checked"


def test_who_was_no_member_does_not_decide_and_no_meeting_is_to_come(cast: Cast) -> None:
    brought_to(cast, "checked")
    with pytest.raises(NotAMember):
        record(cast, ["secretary", "colleague"], ["secretary"])
    with pytest.raises(MeetingInFuture):
        record(cast, ["secretary"], ["secretary"], ON + timedelta(days=1))
    assert not Meeting.objects.exists()


def confirm(cast: Cast, checker: str) -> Filing:
    return deciding.confirm_changes(
        filing=filing_of(cast),
        checker=cast.people[checker],
        on=ON,
        by=cast.logins[checker],
        at=AT,
    )


def test_changes_that_were_asked_for_are_confirmed_without_a_new_meeting(cast: Cast) -> None:
    brought_to(cast, "checked")
    approve(cast, Outcome.WITH_CHANGES, changes="写明抽查份数")
    found = filing_of(cast)
    assert (found.state, found.has_changes_listed, found.lock) == ("returned", True, None)
    resume(cast, "head")
    for step in (submit, take_up, conclude):
        step(cast)
    with pytest.raises(Recused):
        confirm(cast, "clerk")
    confirm(cast, "office")
    assert filing_of(cast).state == "approved"


def test_what_was_not_asked_to_change_is_not_confirmed_without_a_meeting(cast: Cast) -> None:
    brought_to(cast, "checked")
    with pytest.raises(NotNow):
        confirm(cast, "office")
    approve(cast, Outcome.SENT_BACK, changes="重新查找")
    assert filing_of(cast).state == "returned"
    assert not filing_of(cast).has_changes_listed


# the edition


def test_a_published_edition_is_frozen_numbered_and_its_digest_logged(cast: Cast) -> None:
    brought_to(cast, "approved")
    made = publish(cast)
    assert (made.number, made.effective_from, made.superseded_on) == ("2026-1", ON, None)
    content = made.content.encode()
    assert made.digest == digest_of(content)
    frozen = read_frozen(content)
    assert [power.id for power in frozen.register.powers] == ["CW-01"]
    assert [risk.confirmed for risk in frozen.register.risks] == ["medium"]
    assert frozen.register.holders is None or not frozen.register.holders
    assert (frozen.resolution, frozen.supersedes) == (ON.isoformat(), "")
    event = Event.objects.get(action="cycles.edition.published")
    assert made.digest in event.details.get(name="changes").text
    assert RiskPoint.objects.get(code="R-CW-01").confirmed == "medium"
    level = PostLevel.objects.get(post=cast.posts["CWG"])
    assert (level.level, level.edition, level.until_on) == ("medium", "2026-1", None)
    found = filing_of(cast)
    assert (found.state, found.lock) == ("published", None)
    with pytest.raises(NotNow):
        publish(cast)
    assert Edition.objects.count() == 1


def test_the_next_years_edition_takes_the_place_of_the_one_before(cast: Cast) -> None:
    brought_to(cast, "approved")
    first = publish(cast)
    stored = first.content
    Cycle.objects.update(year=2025)
    Edition.objects.update(year=2025)
    following = opened(cast)
    assert not following.is_first
    later = Filing.objects.get(cycle=following, unit=cast.units["CW"])
    Filing.objects.filter(pk=later.pk).update(state="approved")
    second = publishing.publish(
        filing=later,
        effective_from=ON + timedelta(days=10),
        scheme=SCHEME,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )
    first.refresh_from_db()
    assert second.number == "2026-1"
    assert read_frozen(second.content.encode()).supersedes == "2025-1"
    assert first.superseded_on == ON + timedelta(days=10)
    assert first.content == stored
    assert first.filing.state == "superseded"


def test_the_whole_way_stands_in_the_log_in_order(cast: Cast) -> None:
    brought_to(cast, "published")
    assert actions_logged() == [
        "cycles.cycle.opened",
        "cycles.filing.started",
        "cycles.filing.submitted",
        "cycles.filing.taken_up",
        "cycles.filing.checked",
        "cycles.meeting.recorded",
        "cycles.filing.approved",
        "cycles.edition.published",
        "cycles.filing.published",
    ]


def test_a_holder_of_a_post_of_another_unit_may_check_after_they_left_it(cast: Cast) -> None:
    brought_to(cast, "submitted")
    seat = cast.people["clerk"].appointments.get()
    org.end_appointment(appointment=seat, on=ON - timedelta(days=1), by=None, at=AT)
    take_up(cast, "clerk")
    assert filing_of(cast).checker == cast.people["clerk"]
