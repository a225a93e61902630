"""Who came, quizzes, and what hours do to the duty to learn."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.audit.models import Event
from lianfang.duties.models import Duty
from lianfang.files.models import OutgoingDocument
from lianfang.learning import jobs
from lianfang.learning.actions.activities import close_activity
from lianfang.learning.actions.attending import (
    NobodyChosen,
    NotHereYet,
    OwnAttendance,
    UndoneAlready,
    WrongCode,
    note_attendance,
    sign_in,
    undo_attendance,
)
from lianfang.learning.actions.certifying import (
    CertifiedAlready,
    OwnCertificate,
    TooFewHours,
    issue_certificate,
)
from lianfang.learning.actions.counting import catch_up
from lianfang.learning.actions.parts import ActivityMovedOn
from lianfang.learning.actions.quizzes import NotYourTurn, QuizTaken, take_quiz, write_quiz
from lianfang.learning.models import (
    Activity,
    Attendance,
    Certificate,
    HoursReached,
    Quiz,
    QuizTry,
)
from lianfang.learning.queries.hours import hours_of
from lianfang.learning.queries.undoing import opens_again
from lianfang.learning.tests.making import (
    ALL_RIGHT,
    ALL_WRONG,
    QUIZ,
    code_of,
    noted,
    opened,
    planned,
    to_learn,
)
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def sign(cast: Cast, code: str, part: str = "clerk", minutes: int = 0) -> Attendance:
    return sign_in(
        person=cast.people[part],
        typed=code,
        on=ON,
        by=cast.logins[part],
        at=AT + timedelta(minutes=minutes),
    )


def answer(
    cast: Cast, activity: Activity, answers: list[list[int]], part: str = "clerk"
) -> QuizTry:
    return take_quiz(
        activity=activity,
        person=cast.people[part],
        answers=answers,
        on=ON,
        by=cast.logins[part],
        at=AT,
    )


def undo(cast: Cast, attendance: Attendance, part: str = "office") -> Attendance:
    return undo_attendance(
        attendance=attendance, reason="本人没有到场", by=cast.logins[part], at=AT
    )


def hours(cast: Cast, part: str = "clerk", year: int = 2026) -> float:
    return hours_of(cast.organisation.pk, cast.people[part].pk, year)


# coming -------------------------------------------------------------------------------------------


def test_the_code_on_the_screen_says_which_activity_somebody_came_to(cast: Cast) -> None:
    first, second = opened(cast), opened(cast, title="另一场")
    assert sign(cast, code_of(second)).activity_id == second.pk
    assert sign(cast, code_of(first)).activity_id == first.pk
    assert hours(cast) == 4.0


def test_signing_in_twice_writes_one_entry(cast: Cast) -> None:
    activity = opened(cast)
    assert sign(cast, code_of(activity)).pk == sign(cast, code_of(activity)).pk
    assert Event.objects.filter(action="learning.attendance.noted").count() == 1


@pytest.mark.parametrize("minutes", [3, 60, -1])
def test_a_code_of_another_minute_is_refused(cast: Cast, minutes: int) -> None:
    activity = opened(cast)
    with pytest.raises(WrongCode):
        sign(cast, code_of(activity), minutes=minutes)


def test_a_code_ends_with_its_activity_and_never_fits_another_organisation(cast: Cast) -> None:
    activity = opened(cast)
    code = code_of(activity)
    other = full_cast("other")
    with pytest.raises(WrongCode):
        sign(other, code)
    close_activity(activity=activity, by=cast.logins["office"], at=AT)
    with pytest.raises(WrongCode):
        sign(cast, code)


def test_reading_is_not_signed_into_by_a_code(cast: Cast) -> None:
    activity = opened(cast, kind="reading", quiz=True)
    with pytest.raises(WrongCode):
        sign(cast, code_of(activity))


def test_the_organiser_notes_others_but_never_themself(cast: Cast) -> None:
    activity = opened(cast)
    assert [one.way for one in noted(cast, activity, "clerk", "head")] == ["list", "list"]
    with pytest.raises(OwnAttendance):
        noted(cast, activity, "colleague", "office")
    assert hours(cast, "colleague") == 0
    # by the code they come like everybody
    assert sign(cast, code_of(activity), "office").way == "code"


def test_the_organiser_notes_somebody_afterwards_but_nobody_before(cast: Cast) -> None:
    activity = close_activity(activity=opened(cast), by=cast.logins["office"], at=AT)
    assert noted(cast, activity, "clerk")
    early = opened(cast, starts_at=AT + timedelta(hours=1), ends_at=AT + timedelta(hours=2))
    with pytest.raises(NotHereYet):
        noted(cast, early, "clerk")
    with pytest.raises(ActivityMovedOn):
        noted(cast, planned(cast), "clerk")
    with pytest.raises(NobodyChosen):
        note_attendance(activity=activity, people=[], on=ON, by=None, at=AT)


def test_the_database_takes_one_entry_a_person(cast: Cast) -> None:
    activity = opened(cast)
    noted(cast, activity, "clerk")
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            activity=activity, person=cast.people["clerk"], way="list", noted_at=AT
        )


# quizzes ------------------------------------------------------------------------------------------


def test_hours_wait_for_the_quiz_of_an_activity(cast: Cast) -> None:
    activity = opened(cast, quiz=True)
    with pytest.raises(NotYourTurn):
        answer(cast, activity, ALL_RIGHT)
    sign(cast, code_of(activity))
    assert hours(cast) == 0
    assert not answer(cast, activity, ALL_WRONG).passed
    assert hours(cast) == 0
    assert answer(cast, activity, ALL_RIGHT).score == 100
    assert hours(cast) == 2.0


def test_a_quiz_is_taken_as_often_as_it_says_and_not_again_once_passed(cast: Cast) -> None:
    activity = opened(cast, quiz=True)
    for part in ("clerk", "head"):
        sign(cast, code_of(activity), part)
    answer(cast, activity, ALL_RIGHT)
    with pytest.raises(NotYourTurn):
        answer(cast, activity, ALL_RIGHT)
    for _ in range(2):
        answer(cast, activity, ALL_WRONG, "head")
    with pytest.raises(NotYourTurn):
        answer(cast, activity, ALL_RIGHT, "head")
    assert hours(cast, "head") == 0


def test_passing_shows_that_somebody_read(cast: Cast) -> None:
    activity = opened(cast, kind="reading", quiz=True)
    answer(cast, activity, ALL_RIGHT)
    assert Attendance.objects.get().way == "quiz"
    assert hours(cast) == 2.0


def test_the_log_tells_the_score_and_not_the_answers(cast: Cast) -> None:
    activity = opened(cast, kind="reading", quiz=True)
    answer(cast, activity, [[0], [2]])
    event = Event.objects.get(action="learning.quiz.taken")
    told = dict(event.details.values_list("name", "text"))
    # sealed by itself, so that it can be erased alone
    assert told["score"] == "[null,50]"
    assert "answers" not in "".join(told.values())


def test_a_quiz_stays_once_somebody_came_or_tried(cast: Cast) -> None:
    activity = opened(cast, quiz=True)
    sign(cast, code_of(activity))
    with pytest.raises(QuizTaken):
        write_quiz(activity=activity, text=QUIZ, pass_mark=60, tries=1, by=None, at=AT)
    assert Quiz.objects.get().pass_mark == 100


def test_a_quiz_does_not_take_hours_from_those_who_came_without_one(cast: Cast) -> None:
    activity = opened(cast)
    sign(cast, code_of(activity))
    with pytest.raises(QuizTaken):
        write_quiz(activity=activity, text=QUIZ, pass_mark=60, tries=1, by=None, at=AT)
    assert hours(cast) == 2.0


# the duty -----------------------------------------------------------------------------------------


def test_the_hours_of_a_year_do_its_duty_when_they_are_reached(cast: Cast) -> None:
    duty = to_learn(cast)
    noted(cast, opened(cast), "clerk")
    duty.refresh_from_db()
    assert duty.state == "open"
    sign(cast, code_of(opened(cast, title="第二场")))
    duty.refresh_from_db()
    assert (duty.state, duty.closed_on) == ("done", ON)
    assert duty.evidence == "学习记录：2026 年完成 4 学时，应完成 4 学时。"
    assert HoursReached.objects.get().hours == 4.0


def test_what_is_noted_later_counts_for_the_day_it_was_held(cast: Cast) -> None:
    duty = to_learn(cast)
    day = AT - timedelta(days=20)
    noted(cast, opened(cast, hours=4.0, starts_at=day, ends_at=day), "clerk")
    duty.refresh_from_db()
    assert duty.closed_on == date(2026, 4, 24)


def test_passing_the_quiz_does_the_duty(cast: Cast) -> None:
    duty = to_learn(cast, hours=2.0)
    activity = opened(cast, quiz=True)
    sign(cast, code_of(activity))
    duty.refresh_from_db()
    assert duty.state == "open"
    answer(cast, activity, ALL_RIGHT)
    duty.refresh_from_db()
    assert duty.state == "done"


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"hours": None}, "open"),
        ({"due_on": date(2027, 12, 31)}, "open"),
        ({"state": "waived", "waived_reason": "长期病假", "closed_on": ON}, "waived"),
    ],
)
def test_a_duty_of_another_year_or_without_hours_or_that_is_closed_stays(
    cast: Cast, values: dict[str, object], state: str
) -> None:
    duty = to_learn(cast, **values)  # type: ignore[arg-type]
    noted(cast, opened(cast, hours=10.0), "clerk")
    duty.refresh_from_db()
    assert duty.state == state
    assert not HoursReached.objects.exists()


def test_somebody_elses_hours_do_nobodys_duty(cast: Cast) -> None:
    duty = to_learn(cast, "head")
    noted(cast, opened(cast, hours=10.0), "clerk")
    duty.refresh_from_db()
    assert duty.state == "open"


def test_hours_that_are_too_few_again_open_the_duty_openly(cast: Cast) -> None:
    duty = to_learn(cast)
    first = noted(cast, opened(cast), "clerk")[0]
    noted(cast, opened(cast, title="第二场"), "clerk")
    progress = opens_again(first)
    assert progress is not None
    assert (progress.done, progress.asked) == (2.0, 4.0)
    undo(cast, first)
    duty.refresh_from_db()
    assert (duty.state, duty.evidence, duty.closed_on) == ("open", "", None)
    assert not HoursReached.objects.exists()
    told = list(Event.objects.order_by("-position").values_list("action", flat=True)[:3])
    assert told == ["notices.notice.told", "duties.duty.reopened", "learning.attendance.undone"]
    assert Notice.objects.get().recipient == cast.logins["clerk"]
    # coming once more does it again
    noted(cast, first.activity, "clerk")
    duty.refresh_from_db()
    assert duty.state == "done"


def test_hours_that_are_still_enough_leave_the_duty_done(cast: Cast) -> None:
    duty = to_learn(cast)
    extra = noted(cast, opened(cast), "clerk")[0]
    noted(cast, opened(cast, title="第二场", hours=4.0), "clerk")
    assert opens_again(extra) is None
    undo(cast, extra)
    duty.refresh_from_db()
    assert duty.state == "done"
    assert HoursReached.objects.get().hours == 4.0


def test_a_duty_that_was_noted_otherwise_is_not_opened_by_undoing(cast: Cast) -> None:
    duty = to_learn(cast, state="done", closed_on=ON)
    undo(cast, noted(cast, opened(cast, hours=4.0), "clerk")[0])
    duty.refresh_from_db()
    assert duty.state == "done"


def test_an_entry_is_undone_once_and_never_ones_own(cast: Cast) -> None:
    activity = opened(cast)
    entry = sign(cast, code_of(activity), "office")
    with pytest.raises(OwnAttendance):
        undo(cast, entry)
    undo(cast, entry, "officer")
    with pytest.raises(UndoneAlready):
        undo(cast, entry, "officer")
    assert hours(cast, "office") == 0


def test_the_night_does_duties_that_were_opened_after_the_hours(cast: Cast) -> None:
    noted(cast, opened(cast, hours=4.0), "clerk", "head")
    duty, other = to_learn(cast), to_learn(cast, "head", hours=6.0)
    assert jobs.run(ON - timedelta(days=1), AT) == 0
    assert jobs.run(ON, AT) == 1
    assert jobs.run(ON, AT) == 0
    duty.refresh_from_db()
    other.refresh_from_db()
    assert (duty.state, other.state) == ("done", "open")


@pytest.mark.parametrize("people", [1, 8])
def test_a_night_with_nothing_to_do_asks_the_same_of_few_and_many(
    cast: Cast, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    parts = list(cast.people)[:people]
    noted(cast, opened(cast), *(part for part in parts if part != "office"))
    for part in parts:
        to_learn(cast, part)
    # savepoint and its release, the organisation, what was taken, the open duties
    with django_assert_num_queries(5):
        assert catch_up(organisation=cast.organisation, on=ON, by=None, at=AT) == 0


# certificates -------------------------------------------------------------------------------------


@pytest.fixture
def printing(fonts_folder: object) -> None:
    """Let what is issued be printed."""
    del fonts_folder


def certify(cast: Cast, part: str = "clerk", by: str = "office") -> Certificate:
    return issue_certificate(person=cast.people[part], year=2026, on=ON, by=cast.logins[by], at=AT)


@pytest.mark.usefixtures("printing")
def test_a_certificate_is_issued_once_under_a_number_to_whoever_reached_the_hours(
    cast: Cast,
) -> None:
    to_learn(cast)
    with pytest.raises(TooFewHours):
        certify(cast)
    noted(cast, opened(cast, hours=4.0), "clerk")
    made = certify(cast)
    assert made.document is not None
    assert made.document.mark == "廉学〔2026〕1号"
    assert made.document.attachment.name.endswith(".pdf")
    with pytest.raises(CertifiedAlready):
        certify(cast)


def test_nobody_certifies_themself_and_nobody_without_a_duty_is_certified(cast: Cast) -> None:
    noted(cast, opened(cast, hours=4.0), "clerk")
    with pytest.raises(TooFewHours):
        certify(cast)
    with pytest.raises(OwnCertificate):
        certify(cast, "office")
    assert not OutgoingDocument.objects.exists()


@pytest.mark.usefixtures("printing")
def test_undoing_voids_the_certificate_that_rests_on_it(cast: Cast) -> None:
    to_learn(cast)
    entry = noted(cast, opened(cast, hours=4.0), "clerk")[0]
    made = certify(cast)
    undo(cast, entry)
    document = OutgoingDocument.objects.get()
    assert (document.void_on, document.void_reason) == (ON, "本人没有到场")
    assert not Certificate.objects.get(pk=made.pk).is_in_force
    noted(cast, entry.activity, "clerk")
    again = certify(cast)
    assert again.document is not None
    assert again.document.mark == "廉学〔2026〕2号"
    assert Duty.objects.get().state == "done"
