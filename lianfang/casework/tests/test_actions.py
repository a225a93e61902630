"""Reports moved on, read, answered, kept and destroyed: what follows, and what is refused."""

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from lianfang.audit.models import Detail, Event
from lianfang.casework.actions import caring, identity, keeping, moving, recusing
from lianfang.casework.actions.answering import About, Answer, NotCompleted, send_answers
from lianfang.casework.actions.cases import NotNow
from lianfang.casework.models import CaseStep, IdentityAsk, Look, Recusal, ReportCase
from lianfang.casework.tests.making import (
    Office,
    asked,
    completed,
    consented,
    half_of,
    looked_at,
    office,
    signed,
    studied,
    taken_up,
    who,
)
from lianfang.files.models import OutgoingDocument
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, ON
from lianfang.portal.models import Envelope, SealedFile, SealedMessage, SealedReport
from lianfang.portal.tests.making import IDENTITY, Sent, answer, key_of, opened, sent
from lianfang.sealing import envelopes, filing, parts
from lianfang.sealing.parts import CannotOpen

FILE = filing.PlainFile(name="照片.png", kind="image/png", content=b"\x89PNG")


@pytest.fixture
def there(db: None) -> Office:
    del db
    return office()


def case(one: Sent) -> ReportCase:
    return ReportCase.objects.get(pk=one.report.pk)


def status(one: Sent) -> str:
    return SealedReport.objects.get(pk=one.report.pk).status


def events(action: str) -> int:
    return Event.objects.filter(action=f"casework.case.{action}").count()


# reading ------------------------------------------------------------------------------------------


def test_the_first_look_begins_to_study_a_report_and_the_sender_sees_that(there: Office) -> None:
    one = sent(there.cast)
    looked_at(there.cast, one.report)
    assert (case(one).state, status(one)) == ("in_study", "looked_at")


def test_every_look_is_kept_and_logged_with_nothing_of_what_was_read(there: Office) -> None:
    one = sent(there.cast)
    for part in ("officer", "colleague", "officer"):
        looked_at(there.cast, one.report, part)
    assert Look.objects.filter(report=one.report).count() == 3
    assert events("read") == 3
    told = "".join(Detail.objects.values_list("text", flat=True))
    assert "土特产" not in told


# moving -------------------------------------------------------------------------------------------


def test_a_report_is_taken_up_and_completed_and_its_time_of_keeping_follows(
    there: Office,
) -> None:
    one = completed(there.cast, "substantiated")
    found = case(one)
    assert (found.state, found.route, found.outcome) == ("completed", "other", "substantiated")
    assert (found.completed_on, found.kept_until) == (ON, date(2036, 5, 14))
    assert status(one) == "closed"


def test_a_report_that_nobody_read_is_not_taken_up(there: Office) -> None:
    one = sent(there.cast)
    with pytest.raises(NotNow):
        moving.take_up(report=one.report, reason="问题清楚", **who(there.cast))
    assert not ReportCase.objects.filter(pk=one.report.pk).exists()


def test_a_reason_enters_the_log_as_a_part_of_its_own(there: Office) -> None:
    taken_up(there.cast)
    event = Event.objects.get(action="casework.case.accepted")
    assert "reason" in event.parts
    assert "作风" not in Detail.objects.get(event=event, name="changes").text


def test_a_declined_report_is_completed_for_a_reason(there: Office) -> None:
    one = studied(there.cast)
    moving.decline(report=one.report, reason="没有具体内容", **who(there.cast))
    found = case(one)
    assert (found.state, found.outcome, found.reason) == ("completed", "not_taken", "没有具体内容")
    assert found.kept_until == date(2026, 11, 14)
    assert status(one) == "closed"


def test_a_repeat_goes_along_and_is_completed_with_the_first(there: Office) -> None:
    first, again = taken_up(there.cast), studied(there.cast)
    moving.join_to(report=again.report, same_as=case(first), **who(there.cast))
    assert (case(again).state, case(again).route) == ("accepted", "repeat")
    moving.complete(report=first.report, outcome="substantiated", **who(there.cast))
    assert (case(again).state, case(again).outcome) == ("completed", "substantiated")


def test_a_repeat_of_what_is_completed_is_completed_at_once(there: Office) -> None:
    first, again = completed(there.cast), studied(there.cast)
    moving.join_to(report=again.report, same_as=case(first), **who(there.cast))
    assert (case(again).state, case(again).outcome) == ("completed", "unfounded")


def test_a_report_joins_neither_itself_nor_a_repeat(there: Office) -> None:
    first, again, third = taken_up(there.cast), studied(there.cast), studied(there.cast)
    moving.join_to(report=again.report, same_as=case(first), **who(there.cast))
    for other in (case(third), case(again)):
        with pytest.raises(moving.NotTheSame):
            moving.join_to(report=third.report, same_as=other, **who(there.cast))


def test_a_reopened_report_forgets_its_outcome_and_is_studied_anew(there: Office) -> None:
    one = completed(there.cast)
    moving.reopen(report=one.report, reason="有新的线索", **who(there.cast))
    found = case(one)
    assert (found.state, found.outcome, found.kept_until) == ("in_study", "", None)
    assert status(one) == "looked_at"


# sent out -----------------------------------------------------------------------------------------


def sent_out(there: Office, one: Sent, *parts_: str) -> ReportCase:
    return moving.send_out(
        report=one.report,
        concern="office",
        sent_to="示范主管机关",
        concerned=[there.cast.people[part] for part in parts_],
        officer=there.cast.people["officer"],
        **who(there.cast),
    )


def test_an_officer_who_is_concerned_loses_the_report_at_once_and_another_keeps_it(
    there: Office,
) -> None:
    one = studied(there.cast)
    assert opened(one.report, there.colleague)
    sent_out(there, one, "colleague")
    with pytest.raises(CannotOpen):
        opened(one.report, there.colleague)
    assert opened(one.report, there.officer)
    assert Recusal.objects.get().person == there.cast.people["colleague"]
    assert case(one).state == "going_out"


def test_handing_over_completes_a_report_and_tells_the_sender(there: Office) -> None:
    one = studied(there.cast)
    sent_out(there, one)
    moving.hand_over(
        report=one.report, handed_on=ON, handed_how="密封面交，已签收", **who(there.cast)
    )
    found = case(one)
    assert (found.state, found.outcome, found.handed_on) == ("completed", "transferred", ON)
    assert status(one) == "transferred"


@pytest.mark.parametrize("days", [-1, 1])
def test_a_report_is_handed_over_between_arrival_and_today(there: Office, days: int) -> None:
    one = studied(there.cast)
    sent_out(there, one)
    with pytest.raises(moving.NotBefore):
        moving.hand_over(
            report=one.report,
            handed_on=ON + timedelta(days=days),
            handed_how="面交",
            **who(there.cast),
        )


def test_a_recused_person_gets_no_envelope_again(there: Office) -> None:
    one = studied(there.cast)
    for _again in range(2):
        recusing.recuse(
            report=one.report,
            person=there.cast.people["colleague"],
            reason="亲属关系",
            officer=there.cast.people["officer"],
            **who(there.cast),
        )
    assert Recusal.objects.count() == events("recused") == 1
    theirs = Envelope.objects.filter(report=one.report, key=there.colleague.key)
    assert [bytes(envelope.sealed) for envelope in theirs] == [b""]


# answers ------------------------------------------------------------------------------------------


def answered(there: Office, about: About, *sent_: Sent) -> None:
    send_answers(
        answers=[Answer(report=each.report, letter=answer(each.report)) for each in sent_],
        about=about,
        **who(there.cast),
    )


def test_an_answer_stops_the_clock_it_is_about(there: Office) -> None:
    one = taken_up(there.cast)
    answered(there, About.OTHER, one)
    assert case(one).acceptance_told_on is None
    answered(there, About.ACCEPTANCE, one)
    assert case(one).acceptance_told_on == ON
    moving.complete(report=one.report, outcome="unfounded", **who(there.cast))
    answered(there, About.RESULT, one)
    assert case(one).result_told_on == ON


def test_no_result_is_told_before_there_is_one_and_then_nothing_is_sent(there: Office) -> None:
    one = taken_up(there.cast)
    with pytest.raises(NotCompleted):
        answered(there, About.RESULT, one)
    assert not SealedMessage.objects.exists()


def test_one_answer_goes_to_every_sender_of_the_matter(there: Office) -> None:
    first, again = taken_up(there.cast), studied(there.cast)
    moving.join_to(report=again.report, same_as=case(first), **who(there.cast))
    answered(there, About.ACCEPTANCE, first, again)
    assert {message.report_id for message in SealedMessage.objects.all()} == {
        first.report.pk,
        again.report.pk,
    }
    assert case(again).acceptance_told_on == ON


# identities ---------------------------------------------------------------------------------------


def identity_of(there: Office, one: Sent, ask: IdentityAsk) -> dict[str, object]:
    half = key_of(one.report, there.officer, filing.IDENTITY_A)
    other = envelopes.open_key(bytes(ask.half), there.officer.pair)
    sealed = bytes(SealedReport.objects.get(pk=one.report.pk).identity)
    key = envelopes.joined(half, other)
    return parts.read(parts.open_part(sealed, key=key, report=one.report.pk, name=parts.IDENTITY))


def test_with_a_witness_s_half_the_asker_opens_who_sent_it(there: Office) -> None:
    one = signed(there.cast)
    ask = consented(there, one)
    assert identity_of(there, one, ask) == IDENTITY
    assert ask.witness == there.cast.people["overseer"]


def test_neither_the_asker_nor_the_witness_opens_an_identity_alone(there: Office) -> None:
    one = signed(there.cast)
    ask = asked(there, one)
    with pytest.raises(CannotOpen):
        identity_of(there, one, ask)
    with pytest.raises(CannotOpen):
        envelopes.open_key(half_of(there, one, ask), there.overseer.pair)
    with pytest.raises(Envelope.DoesNotExist):
        key_of(one.report, there.overseer)


def test_a_witness_is_told_only_that_there_is_something(there: Office) -> None:
    one = signed(there.cast)
    asked(there, one)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (there.cast.logins["overseer"], "casework.item")


def test_nobody_consents_to_what_they_asked_themselves(there: Office) -> None:
    one = signed(there.cast)
    ask = asked(there, one)
    with pytest.raises(identity.NotWitnessed):
        identity.consent_identity(
            ask=ask,
            half=half_of(there, one, ask),
            witness=there.cast.people["officer"],
            by=there.cast.logins["officer"],
            at=AT,
        )


def test_what_was_refused_is_not_opened_and_may_be_asked_anew(there: Office) -> None:
    one = signed(there.cast)
    ask = asked(there, one)
    identity.refuse_identity(
        ask=ask,
        reason="凭内容就能核实",
        witness=there.cast.people["overseer"],
        by=there.cast.logins["overseer"],
        at=AT,
    )
    with pytest.raises(identity.NotWitnessed):
        identity.open_identity(
            ask=ask,
            officer=there.cast.people["officer"],
            by=there.cast.logins["officer"],
            at=AT,
        )
    assert asked(there, one).state == "asked"


def test_one_asks_once_at_a_time_and_never_about_an_anonymous_report(there: Office) -> None:
    one, anonymous = signed(there.cast), sent(there.cast)
    asked(there, one)
    for each in (one, anonymous):
        with pytest.raises(identity.NotAsked):
            asked(there, each)


def test_opening_an_identity_is_kept_and_logged_each_time(there: Office) -> None:
    one = signed(there.cast)
    ask = consented(there, one)
    for _again in range(2):
        identity.open_identity(
            ask=ask,
            officer=there.cast.people["officer"],
            by=there.cast.logins["officer"],
            at=AT,
        )
    assert Look.objects.filter(what=Look.What.IDENTITY).count() == 2
    assert events("identity_opened") == 2
    told = "".join(Detail.objects.values_list("text", flat=True))
    assert IDENTITY["name"] not in told


# care ---------------------------------------------------------------------------------------------


def noted(there: Office, one: Sent, kind: CaseStep.Kind, done_on: date = ON) -> CaseStep:
    return caring.note_step(
        report=one.report,
        kind=kind,
        text="已办",
        done_on=done_on,
        officer=there.cast.people["officer"],
        **who(there.cast),
    )


@pytest.mark.parametrize("kind", [kind for kind in CaseStep.Kind if kind != CaseStep.Kind.CLEARED])
def test_what_is_done_leaves_a_step(there: Office, kind: CaseStep.Kind) -> None:
    one = studied(there.cast)
    assert noted(there, one, kind).kind == kind
    assert events("step_noted") == 1


def test_somebody_is_cleared_only_once_nothing_was_found(there: Office) -> None:
    for one in (taken_up(there.cast), completed(there.cast, "substantiated")):
        with pytest.raises(caring.NotCleared):
            noted(there, one, CaseStep.Kind.CLEARED)
    assert noted(there, completed(there.cast), CaseStep.Kind.CLEARED).kind == "cleared"


@pytest.mark.parametrize("days", [-1, 1])
def test_a_step_lies_between_arrival_and_today(there: Office, days: int) -> None:
    one = studied(there.cast)
    with pytest.raises(caring.WrongDay):
        noted(there, one, CaseStep.Kind.HEARD, ON + timedelta(days=days))


# keeping ------------------------------------------------------------------------------------------


def destroyed(there: Office, one: Sent, on: date) -> ReportCase:
    return keeping.destroy(
        report=SealedReport.objects.get(pk=one.report.pk),
        officer=there.cast.people["officer"],
        **who(there.cast, on=on),
    )


def test_a_report_is_destroyed_after_its_time_with_a_certificate_and_nothing_is_left_of_it(
    there: Office, settings: Settings, tmp_path: object
) -> None:
    settings.FILES_ROOT = tmp_path
    one = completed(there.cast, "unfounded", files=[FILE])
    answered(there, About.RESULT, one)
    found = destroyed(there, one, date(2029, 5, 15))
    left = SealedReport.objects.get(pk=one.report.pk)
    assert (bytes(left.body), bytes(left.identity), left.destroyed_on) == (
        b"",
        b"",
        date(2029, 5, 15),
    )
    assert not Envelope.objects.filter(report=left).exists()
    assert not SealedFile.objects.filter(report=left).exists()
    assert not SealedMessage.objects.filter(report=left).exists()
    assert (found.state, found.certificate) == ("destroyed", OutgoingDocument.objects.get())
    assert OutgoingDocument.objects.get().is_confined
    assert events("destroyed") == 1


@pytest.mark.parametrize("on", [date(2029, 5, 14), ON])
def test_a_report_is_not_destroyed_before_its_time_is_over(there: Office, on: date) -> None:
    one = completed(there.cast, "unfounded")
    with pytest.raises(keeping.StillKept):
        destroyed(there, one, on)


def test_a_legal_hold_keeps_a_report_past_its_time(
    there: Office, settings: Settings, tmp_path: object
) -> None:
    settings.FILES_ROOT = tmp_path
    one = completed(there.cast, "unfounded")
    keeping.hold(
        report=one.report,
        held_until=date(2030, 1, 1),
        held_reason="审计调阅",
        **who(there.cast),
    )
    with pytest.raises(keeping.StillKept):
        destroyed(there, one, date(2030, 1, 1))
    assert destroyed(there, one, date(2030, 1, 2)).state == "destroyed"


def test_a_hold_ends_after_today(there: Office) -> None:
    one = completed(there.cast)
    with pytest.raises(keeping.WrongHold):
        keeping.hold(report=one.report, held_until=ON, held_reason="审计调阅", **who(there.cast))


def test_what_is_not_completed_is_never_destroyed(there: Office) -> None:
    one = taken_up(there.cast)
    with pytest.raises(NotNow):
        destroyed(there, one, date(2040, 1, 1))
