"""The pages of surveys: what they ask, what they show to whom, and how often they ask."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from lianfang.duties.models import Duty
from lianfang.org.models import Appointment
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.surveys import box as boxes
from lianfang.surveys.actions.moving import close_survey
from lianfang.surveys.models import Remark, SealedBox, Survey
from lianfang.surveys.tests.making import (
    COLLEAGUES,
    LAST,
    QUESTIONS,
    answered,
    closed,
    opened,
    planned,
    published,
)
from lianfang.surveys.tests.test_actions import survey_owed
from lianfang.surveys.tests.test_anonymity import dump


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    del db
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    return full_cast()


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"surveys:{name}", args=arguments)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def filled(survey: Survey, step: int = 4) -> dict[str, str]:
    keys = survey.subjects.values_list("pk", flat=True)
    return {f"q{key}_{place}": str(step) for key in keys for place in range(QUESTIONS)}


# answering ----------------------------------------------------------------------------------------


def test_the_page_asks_every_question_about_everybody_and_says_what_is_promised(
    cast: Cast,
) -> None:
    survey = opened(cast, about=("clerk", "colleague"))
    shown = client_of(cast, "head").get(url("answer", survey.pk))
    assert shown.content.decode().count('type="radio"') == 2 * QUESTIONS * 6
    assert "checked" not in shown.content.decode()
    assert "这是匿名的" in words(shown)
    assert "做不到的" in words(shown)


def test_an_answer_goes_into_the_box_and_nowhere_else(cast: Cast) -> None:
    survey = opened(cast)
    client = client_of(cast, "head")
    client.get(url("answer", survey.pk))
    subject = survey.subjects.get()
    before = dump()
    sent = client.post(
        url("answer", survey.pk), {**filled(survey), f"w{subject.pk}": "按规矩办事。"}
    )
    after = dump()
    assert (sent.status_code, sent.headers["Location"]) == (302, url("thanks", survey.pk))
    changed = {table for table in after if before[table] != after[table]}
    assert changed == {"surveys_sealedbox"}
    (paper,) = boxes.papers_in(SealedBox.objects.get())
    assert paper.remarks == {subject.pk: "按规矩办事。"}
    assert "答卷已密封入箱" in words(client.get(url("thanks", survey.pk)))


def test_whoever_answered_is_thanked_and_asked_no_more(cast: Cast) -> None:
    survey = opened(cast)
    answered(cast, survey, "head")
    client = client_of(cast, "head")
    for again in (client.get(url("answer", survey.pk)), client.post(url("answer", survey.pk))):
        assert again.headers["Location"] == url("thanks", survey.pk)
    assert url("answer", survey.pk) not in client.get(url("surveys")).content.decode()


def test_a_question_without_an_answer_is_named_and_the_others_are_kept(cast: Cast) -> None:
    survey = opened(cast)
    given = filled(survey, 2)
    given.popitem()
    refused = client_of(cast, "head").post(url("answer", survey.pk), given)
    assert refused.status_code == 422
    assert "还有 1 题没有选" in words(refused)
    assert refused.content.decode().count("checked") == QUESTIONS - 1
    assert boxes.people_in(SealedBox.objects.get()) == frozenset()


def test_thanks_before_answering_lead_to_the_questions(cast: Cast) -> None:
    survey = opened(cast)
    led = client_of(cast, "head").get(url("thanks", survey.pk))
    assert led.headers["Location"] == url("answer", survey.pk)


def test_a_survey_that_is_over_says_so(cast: Cast) -> None:
    survey = closed(cast)
    shown = client_of(cast, "head").get(url("answer", survey.pk))
    assert "本次测评已经结束" in words(shown)
    assert 'type="radio"' not in shown.content.decode()


# holding ------------------------------------------------------------------------------------------


def test_planning_ticks_those_who_are_to_be_surveyed(cast: Cast) -> None:
    survey_owed(cast)
    client = client_of(cast, "officer")
    shown = client.get(url("plan")).content.decode()
    seat = Appointment.objects.get(person=cast.people["clerk"])
    assert re.findall(r'value="(\d+)" checked', shown) == [str(seat.pk)]
    sent = {"title": "第一批测评", "held_by": "discipline_office", "chosen": [str(seat.pk)]}
    client.post(url("plan"), sent)
    assert Survey.objects.get().subjects.get().person == cast.people["clerk"]


def names(page: str) -> set[str]:
    return set(re.findall(r'name="chosen" value="\d+"[^>]*> <span>(\w+)', page))


@pytest.mark.parametrize(
    ("part", "offered"),
    [("officer", {*COLLEAGUES, "clerk"}), ("overseer", {"officer"})],
)
def test_each_body_is_offered_those_whom_it_may_survey(
    cast: Cast, part: str, offered: set[str]
) -> None:
    assert names(client_of(cast, part).get(url("plan")).content.decode()) == offered


def test_who_holds_it_and_whom_it_is_about_are_not_offered_as_invited(cast: Cast) -> None:
    survey = planned(cast)
    page = client_of(cast, "officer").get(url("invite", survey.pk, survey.subjects.get().pk))
    assert names(page.content.decode()) == set(COLLEAGUES)


def test_planning_about_nobody_is_refused_on_the_page(cast: Cast) -> None:
    sent = {"title": "测评", "held_by": "discipline_office"}
    refused = client_of(cast, "officer").post(url("plan"), sent)
    assert refused.status_code == 422
    assert "请选择至少一位测评对象" in words(refused)


def test_from_a_draft_to_a_published_result(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    survey, client = planned(cast, invited=()), client_of(cast, "officer")
    subject = survey.subjects.get()
    chosen = [str(cast.people[part].pk) for part in COLLEAGUES]
    client.post(url("invite", survey.pk, subject.pk), {"chosen": chosen})
    client.post(url("open", survey.pk), {"closes_on": LAST.isoformat()})
    for part in COLLEAGUES:
        client_of(cast, part).post(url("answer", survey.pk), filled(survey))
    shown = client.get(url("survey", survey.pk))
    assert "6 / 6 人受邀" in words(shown)
    client.post(url("close", survey.pk))
    client.post(url("publish", survey.pk))
    survey.refresh_from_db()
    assert (survey.state, survey.answered) == (Survey.State.PUBLISHED, 6)


def test_a_draft_with_too_few_asked_is_not_opened(cast: Cast) -> None:
    survey = planned(cast, invited=("head",))
    refused = client_of(cast, "officer").post(
        url("open", survey.pk), {"closes_on": LAST.isoformat()}
    )
    assert refused.status_code == 422
    assert "只邀请了 1 人" in words(refused)


# results ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "reads"), [("officer", True), ("clerk", False), ("head", False)])
def test_words_are_for_those_who_hold_the_survey_alone(cast: Cast, part: str, reads: bool) -> None:
    subject = published(cast).subjects.get()
    shown = words(client_of(cast, part).get(url("subject", subject.pk)))
    assert "4.00" in shown
    assert ("有话说" in shown) is reads


def test_the_subject_and_the_owner_find_it_in_their_list_once_it_is_published(cast: Cast) -> None:
    before = closed(cast).subjects.get()
    after = published(cast).subjects.get()
    for part in ("clerk", "head"):
        shown = client_of(cast, part).get(url("surveys")).content.decode()
        assert url("subject", after.pk) in shown
        assert url("subject", before.pk) not in shown
    for part in ("colleague", "office", "secretary"):
        assert (
            url("subject", after.pk)
            not in client_of(cast, part).get(url("surveys")).content.decode()
        )


def test_those_who_hold_surveys_narrow_sort_and_leaf_through_them(cast: Cast) -> None:
    for number in range(31):
        survey = planned(cast)
        Survey.objects.filter(pk=survey.pk).update(title=f"测评{number:02}")
    opened(cast)
    client = client_of(cast, "officer")

    def titles(**asked: str) -> list[str]:
        page = client.get(url("surveys"), asked).content.decode()
        return re.findall(r'translate="no">(测评\d\d|2026 年廉洁履责测评)</a>', page)

    assert titles()[:2] == ["2026 年廉洁履责测评", "测评30"]
    assert titles(page="2") == ["测评01", "测评00"]
    assert titles(state="open") == ["2026 年廉洁履责测评"]
    assert titles(sort="title")[1:3] == ["测评00", "测评01"]
    assert titles(sort="opened")[0] == "2026 年廉洁履责测评"
    assert "没有符合条件的测评" in words(client.get(url("surveys"), {"state": "dropped"}))


def test_too_few_answers_show_no_number_anywhere(cast: Cast) -> None:
    survey = opened(cast)
    for part in COLLEAGUES[:4]:
        answered(cast, survey, part, 1, remark="有话说")
    survey = close_survey(survey=survey, on=ON, by=cast.logins["officer"], at=AT)
    client, subject = client_of(cast, "officer"), survey.subjects.get()
    assert "没有一组达到 5 人作答" in words(client.get(url("survey", survey.pk)))
    assert "作答不足 5 人" in words(client.get(url("subject", subject.pk)))
    assert not Remark.objects.exists()
    assert client.get(url("subject-print", subject.pk)).status_code == 404
    rows = cells(client.get(url("export", survey.pk)))
    assert {row[3] for row in rows[-3:]} == {"人数不足，不公布"}


def cells(response: Any) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_workbook_has_a_row_for_each_subject_each_unit_and_all(cast: Cast) -> None:
    survey = closed(cast)
    rows = cells(client_of(cast, "officer").get(url("export", survey.pk)))
    told = [row[:5] for row in rows[-3:]]
    assert told == [
        ["财务处", "出纳岗", "clerk", "6", "4.00"],
        ["财务处", "单位合计", None, "6", "4.00"],
        ["全部", None, None, "6", "4.00"],
    ]


@pytest.mark.usefixtures("fonts_folder")
def test_the_papers_have_the_figures_and_no_words(cast: Cast) -> None:
    survey = published(cast)
    client, subject = client_of(cast, "officer"), survey.subjects.get()
    for page in (url("print", survey.pk), url("subject-print", subject.pk)):
        paper = PdfReader(io.BytesIO(client.get(page).content))
        text = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in paper.pages))
        assert "4.00分" in text
        assert "有话说" not in text


# how often they ask -------------------------------------------------------------------------------


# who asks and the frame: session, login, person, posts, bodies, the last night, the stages
FRAME = 7
# of whoever may answer for units: head posts, units, seats, portfolios
ABOVE = FRAME + 4


def asked(client: Client, page: str, assert_num: DjangoAssertNumQueries, number: int) -> None:
    client.get(page)
    with assert_num(number):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("many", [False, True])
def test_the_pages_ask_as_often_for_one_as_for_several(
    cast: Cast, many: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    about = ("clerk", "colleague", "head", "office") if many else ("clerk",)
    running = opened(cast, about=about)
    answered(cast, running, "deputy")
    officer, secretary = client_of(cast, "officer"), client_of(cast, "secretary")
    # to answer, to read, held
    asked(officer, url("surveys"), django_assert_num_queries, FRAME + 4)
    # organisation, seats, duties that are owed
    asked(officer, url("plan"), django_assert_num_queries, FRAME + 3)
    # survey, whether it is held, subjects, invited, turnout; history: rows, events, details
    asked(officer, url("survey", running.pk), django_assert_num_queries, FRAME + 8)
    # to answer, their turnout, to read
    asked(secretary, url("surveys"), django_assert_num_queries, ABOVE + 3)
    # survey, whether invited, turnout, about whom
    asked(secretary, url("answer", running.pk), django_assert_num_queries, ABOVE + 4)


@pytest.mark.parametrize("many", [False, True])
def test_results_ask_as_often_for_one_as_for_several(
    cast: Cast, many: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    about = ("clerk", "colleague", "office") if many else ("clerk",)
    done = published(cast, about=about)
    subject = done.subjects.get(person=cast.people["clerk"])
    officer = client_of(cast, "officer")
    # survey, whether it is held, figures, subjects, invited; history: rows, events, details
    asked(officer, url("survey", done.pk), django_assert_num_queries, FRAME + 8)
    # subject, whether the survey is held, again for words, figures, words
    asked(officer, url("subject", subject.pk), django_assert_num_queries, FRAME + 5)
    # subject, figures: nobody but the offices holds surveys
    asked(
        client_of(cast, "clerk"), url("subject", subject.pk), django_assert_num_queries, FRAME + 2
    )
    # to answer, to read; the chain above: units, posts, seats, portfolios, bodies
    asked(client_of(cast, "head"), url("surveys"), django_assert_num_queries, ABOVE + 7)


def test_the_duty_of_the_office_is_done_by_the_page(cast: Cast) -> None:
    duty = survey_owed(cast)
    survey = opened(cast)
    for part in COLLEAGUES:
        answered(cast, survey, part)
    client_of(cast, "officer").post(url("close", survey.pk))
    duty.refresh_from_db()
    assert (duty.state, duty.closed_by) == (Duty.State.DONE, cast.logins["officer"])
