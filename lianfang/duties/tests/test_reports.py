"""Reports are begun from the records, sent once, returned and sent again; every step is logged."""

from datetime import timedelta

import pytest

from lianfang.audit.models import Event
from lianfang.common.errors import Stale
from lianfang.duties.actions import judging, writing
from lianfang.duties.actions.closing import NotOpen, NotYetDone
from lianfang.duties.actions.report_parts import (
    NotOpenToComments,
    OwnReport,
    ReportNotSo,
    Unfinished,
)
from lianfang.duties.jobs import run
from lianfang.duties.models import Duty, Report
from lianfang.duties.tests.making import owed
from lianfang.duties.tests.writing import (
    SCHEME,
    UNTIL,
    asked,
    begun,
    send,
    send_back,
    sent,
    written,
)
from lianfang.org import actions as org
from lianfang.org.actions.changing import WrongDates
from lianfang.org.models import Appointment
from lianfang.org.tests.cast import AT, ON, Cast, appointment_of, full_cast
from lianfang.risks.tests.leveling import publish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def texts(report: Report) -> dict[str, tuple[str, str]]:
    rows = report.sections.order_by("order").values_list("code", "facts", "text")
    return {code: (facts, text) for code, facts, text in rows}


def actions_of(report: Report) -> list[str]:
    rows = Event.objects.filter(subject=f"duties.report:{report.pk}").order_by("position")
    return [
        action.removeprefix("duties.report.") for action in rows.values_list("action", flat=True)
    ]


def comment(report: Report, cast: Cast, part: str = "head", on: int = 0) -> None:
    judging.comment_on(
        report=report,
        text="请补充招标过程",
        person=cast.people[part],
        on=ON + on * DAY,
        by=cast.logins[part],
        at=AT,
    )


def test_a_report_begins_with_what_is_on_record_once(cast: Cast) -> None:
    publish(cast, CWG="medium")
    owed(cast, state=Duty.State.DONE, closed_on=ON)
    duty = asked(cast)
    report = writing.start_report(duty=duty, scheme=SCHEME, on=ON, by=cast.logins["clerk"], at=AT)
    assert (report.author, report.state) == (cast.people["clerk"], "draft")
    facts = texts(report)
    assert list(facts) == ["powers", "risks", "measures", "duties", "problems", "plans"]
    assert "自2026年5月14日起为中（版本2026-1）" in facts["risks"][0]
    assert facts["duties"][0] == ("截至2026年5月14日，廉政谈话1项：已完成1项，未完成0项。")
    again = writing.start_report(duty=duty, scheme=SCHEME, on=ON, by=cast.logins["clerk"], at=AT)
    assert again == report
    assert actions_of(report) == ["started"]


def test_the_records_of_a_unit_count_its_risks_measures_and_duties(cast: Cast) -> None:
    publish(cast, CWG="medium")
    owed(cast, due_on=ON - DAY, opens_on=ON - 9 * DAY)
    report = begun(cast, "unit_report")
    facts = texts(report)
    assert facts["register"][0].startswith("截至2026年5月14日，现行版本2026-1；职权0项")
    assert "廉政谈话1项：已完成0项，未完成1项（逾期1项）。" in facts["duties"][0]


def test_reading_the_records_anew_leaves_what_was_written(cast: Cast) -> None:
    report = written(cast)
    publish(cast, CWG="medium")
    renewed = writing.renew_facts(
        report=report, scheme=SCHEME, on=ON + DAY, by=cast.logins["clerk"], at=AT
    )
    facts, text = texts(renewed)["risks"]
    assert "版本2026-1" in facts
    assert text == "岗位风险点和等级已查"
    assert renewed.facts_on == ON + DAY


def test_a_stale_form_is_refused_and_nothing_is_written(cast: Cast) -> None:
    report = begun(cast)
    clerk = cast.logins["clerk"]
    writing.write_report(report=report, texts={"problems": "一"}, version=1, by=clerk, at=AT)
    with pytest.raises(Stale):
        writing.write_report(report=report, texts={"problems": "二"}, version=1, by=clerk, at=AT)
    assert texts(report)["problems"] == ("", "一")


def test_saving_what_is_the_same_writes_nothing(cast: Cast) -> None:
    report = begun(cast)
    writing.write_report(report=report, texts={}, version=1, by=cast.logins["clerk"], at=AT)
    assert actions_of(report) == ["started"]


def test_what_is_sent_goes_to_the_control_owner_and_does_the_duty(cast: Cast) -> None:
    report = sent(cast)
    assert (report.state, report.recipient) == ("submitted", cast.people["head"])
    duty = Duty.objects.get(pk=report.duty_id)
    assert (duty.state, duty.closed_on) == ("done", ON)
    assert duty.evidence == "书面报告，期间2026-01-01至2026-06-30"
    sending = report.sendings.get()
    assert (sending.round, len(sending.digest), len(sending.content)) == (1, 64, 6)
    with pytest.raises(ReportNotSo):
        send(report, cast)
    with pytest.raises(ReportNotSo):
        writing.write_report(report=report, texts={}, by=cast.logins["clerk"], at=AT)


@pytest.mark.parametrize(
    ("kind", "part", "role"),
    [("report", "head", "control_owner"), ("unit_report", None, "discipline_office")],
)
def test_who_reads_follows_the_chain(cast: Cast, kind: str, part: str | None, role: str) -> None:
    report = sent(cast, kind)
    assert report.recipient == (cast.people[part] if part else None)
    assert report.recipient_role == role


def test_the_office_never_reads_the_report_of_one_of_its_own(cast: Cast) -> None:
    report = begun(cast, "unit_report", actor=cast.people["officer"])
    report.sections.update(text="有")
    report = writing.send_report(report=report, on=ON, by=cast.logins["officer"], at=AT)
    assert report.recipient_role == "discipline_oversight"


def test_the_head_of_a_unit_reports_to_the_portfolio_leader(cast: Cast) -> None:
    head = cast.people["head"]
    report = begun(cast, actor=head, person=head, post=cast.posts["CWC"])
    report.sections.update(text="有")
    report = writing.send_report(report=report, on=ON, by=cast.logins["head"], at=AT)
    assert report.recipient == cast.people["deputy"]


def test_a_report_with_an_empty_section_is_not_sent(cast: Cast) -> None:
    report = written(cast)
    report.sections.filter(code="plans").update(text=" ")
    with pytest.raises(Unfinished, match="下一步打算"):
        send(report, cast)
    assert Report.objects.get().state == "draft"
    assert Duty.objects.get().state == "open"


def test_a_returned_report_opens_its_duty_until_it_is_sent_again(cast: Cast) -> None:
    report = send_back(sent(cast), cast)
    assert report.state == "returned"
    duty = Duty.objects.get()
    assert (duty.state, duty.closed_on, duty.evidence) == ("open", None, "")
    writing.write_report(
        report=report, texts={"plans": "六月底前完成"}, by=cast.logins["clerk"], at=AT
    )
    again = send(report, cast, on=ON + DAY)
    assert again.state == "submitted"
    assert Duty.objects.get().closed_on == ON + DAY
    first, second = again.sendings.order_by("round")
    assert (first.outcome, first.comment, second.outcome) == ("returned", "请补写时限", "")
    assert first.content[-1]["text"] == "下一步打算已查"
    assert second.content[-1]["text"] == "六月底前完成"
    assert first.digest != second.digest
    assert Event.objects.filter(action="duties.duty.reopened").count() == 1


def test_a_report_is_accepted_once_and_by_somebody_else(cast: Cast) -> None:
    report = sent(cast)
    with pytest.raises(OwnReport):
        judging.accept_report(report=report, by=cast.logins["clerk"], at=AT)
    accepted = judging.accept_report(report=report, comment="同意", by=cast.logins["head"], at=AT)
    assert accepted.state == "accepted"
    assert accepted.sendings.get().comment == "同意"
    with pytest.raises(ReportNotSo):
        send_back(report, cast)
    assert actions_of(report) == ["started", "written", "sent", "accepted"]


@pytest.mark.parametrize("kind", ["statement", "visit"])
def test_what_is_put_on_record_was_done_on_its_day(cast: Cast, kind: str) -> None:
    report = written(cast, kind)
    Report.objects.update(held_on=None)
    with pytest.raises(Unfinished, match="哪一天"):
        send(report, cast)
    Report.objects.update(held_on=ON + DAY)
    with pytest.raises(NotYetDone):
        send(report, cast)
    Report.objects.update(held_on=ON - DAY)
    assert send(report, cast).state == "filed"
    assert Duty.objects.get().closed_on == ON - DAY


def test_a_disclosure_takes_comments_of_others_while_it_runs(cast: Cast) -> None:
    report = written(cast, "disclosure")
    with pytest.raises(NotOpenToComments):
        comment(report, cast)
    report = send(report, cast)
    assert (report.state, report.public_from, report.public_until) == ("published", ON, UNTIL)
    comment(report, cast)
    with pytest.raises(OwnReport):
        comment(report, cast, "clerk")
    comment(report, cast, on=10)
    with pytest.raises(NotOpenToComments):
        comment(report, cast, on=11)
    assert report.comments.count() == 2


def test_a_disclosure_says_until_when_and_ends_after_it_begins(cast: Cast) -> None:
    report, clerk = written(cast, "disclosure"), cast.logins["clerk"]
    with pytest.raises(Unfinished):
        writing.send_report(report=report, on=ON, by=clerk, at=AT)
    with pytest.raises(WrongDates):
        writing.send_report(report=report, public_until=ON - DAY, on=ON, by=clerk, at=AT)


def test_a_duty_that_lapsed_keeps_its_draft_but_takes_no_report(cast: Cast) -> None:
    report = written(cast)
    Duty.objects.update(state="lapsed", lapse="left", closed_on=ON)
    with pytest.raises(NotOpen):
        send(report, cast)
    with pytest.raises(NotOpen):
        writing.start_report(
            duty=asked(cast, state="lapsed", lapse="left", closed_on=ON),
            scheme=SCHEME,
            on=ON,
            by=None,
            at=AT,
        )


def test_a_duty_that_asks_for_no_words_begins_no_report(cast: Cast) -> None:
    with pytest.raises(ReportNotSo):
        writing.start_report(duty=owed(cast), scheme=SCHEME, on=ON, by=None, at=AT)


def follow(cast: Cast, on: int = 0) -> int:
    return judging.follow_reports(organisation=cast.organisation, on=ON + on * DAY, by=None, at=AT)


def test_what_waits_goes_to_the_new_head_and_what_is_over_on_file(cast: Cast) -> None:
    waiting, open_to = sent(cast), sent(cast, "disclosure")
    assert follow(cast) == 0
    org.end_appointment(appointment=appointment_of(cast, "head"), on=ON, by=None, at=AT)
    org.appoint(
        person=cast.people["colleague"],
        post=cast.posts["CWC"],
        from_on=ON + DAY,
        kind=Appointment.Kind.CONCURRENT,
        by=None,
        at=AT,
    )
    # on its last day the disclosure still runs
    assert follow(cast, on=10) == 1
    assert follow(cast, on=11) == 1
    assert follow(cast, on=11) == 0
    waiting.refresh_from_db()
    open_to.refresh_from_db()
    assert waiting.recipient == cast.people["colleague"]
    assert open_to.state == "filed"
    assert actions_of(waiting)[-1] == "passed_on"
    assert actions_of(open_to)[-1] == "filed"


def test_the_night_moves_reports_on(cast: Cast) -> None:
    report = sent(cast, "disclosure")
    Report.objects.update(public_from=ON - 2 * DAY, public_until=ON - DAY)
    assert run(ON, AT) == 1
    report.refresh_from_db()
    assert report.state == "filed"
