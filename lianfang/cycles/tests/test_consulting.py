"""Opinions on checked filings: when they are taken, from whom, and what closes the matter."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lianfang.audit.models import Event
from lianfang.cycles.actions import consulting
from lianfang.cycles.actions.consulting import (
    AnsweredAlready,
    AnswersMissing,
    ConsultationOpen,
    NotConsulted,
    NothingToConsult,
)
from lianfang.cycles.models import Comment, Consultation
from lianfang.cycles.tests.year import SCHEME, brought_to, filing_of, powered
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

UNTIL = ON + timedelta(days=14)
Scope = Consultation.Scope


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    del db
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    return made


def asked(cast: Cast, scope: Scope = Scope.STAFF, until_on: date = UNTIL) -> Consultation:
    return consulting.open_consultation(
        cycle=filing_of(cast).cycle,
        scope=scope,
        until_on=until_on,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def said(cast: Cast, on: date = ON, unit: str = "CW") -> Comment:
    return consulting.comment(
        consultation=Consultation.objects.get(),
        filing=filing_of(cast, unit),
        person=cast.people["colleague"],
        about="R-CW-01",
        text="核对时限太短",
        on=on,
        by=cast.logins["colleague"],
        at=AT,
    )


def answer(cast: Cast, made: Comment) -> Comment:
    return consulting.answer_comment(
        made=made, answer="改为三个工作日", is_taken=True, by=cast.logins["office"], at=AT
    )


def close(cast: Cast) -> Consultation:
    return consulting.close_consultation(
        consultation=Consultation.objects.get(),
        summary="收到一条，已采纳",
        on=UNTIL,
        by=cast.logins["office"],
        at=AT,
    )


def test_the_period_is_the_schemes_in_working_days(cast: Cast) -> None:
    brought_to(cast, "checked")
    assert consulting.usual_end(filing_of(cast).cycle, SCHEME, ON) == date(2026, 5, 28)


def test_nothing_is_asked_before_a_filing_was_checked_and_once_at_a_time(cast: Cast) -> None:
    brought_to(cast, "in_check")
    with pytest.raises(NothingToConsult):
        asked(cast)
    brought_to(cast, "checked")
    with pytest.raises(NotConsulted):
        asked(cast, until_on=ON - timedelta(days=1))
    asked(cast)
    with pytest.raises(ConsultationOpen):
        asked(cast)


def test_opinions_are_taken_within_the_period_and_sealed_in_the_log(cast: Cast) -> None:
    brought_to(cast, "checked")
    asked(cast)
    said(cast, UNTIL)
    with pytest.raises(NotConsulted):
        said(cast, UNTIL + timedelta(days=1))
    with pytest.raises(NotConsulted):
        said(cast, unit="PS")
    event = Event.objects.get(action="cycles.comment.made")
    assert set(event.parts) == {"actor", "subject", "changes", "text"}
    assert "核对时限太短" not in event.details.get(name="changes").text


def test_it_is_closed_when_every_opinion_has_its_answer(cast: Cast) -> None:
    brought_to(cast, "checked")
    asked(cast)
    made = said(cast)
    with pytest.raises(AnswersMissing):
        close(cast)
    answer(cast, made)
    with pytest.raises(AnsweredAlready):
        answer(cast, made)
    closed = close(cast)
    assert (closed.closed_on, closed.summary) == (UNTIL, "收到一条，已采纳")
    with pytest.raises(NotConsulted):
        said(cast)
    with pytest.raises(NotConsulted):
        close(cast)
    asked(cast)


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def test_people_give_opinions_and_the_office_answers_on_the_pages(cast: Cast) -> None:
    found = brought_to(cast, "checked")
    office, clerk = client_of(cast, "office"), client_of(cast, "colleague")
    page = reverse("cycles:consultations")
    assert "还没有征求过意见" in clerk.get(page).content.decode()
    sent = {"scope": "staff", "until_on": UNTIL.isoformat()}
    office.post(reverse("cycles:consultation-open", args=[ON.year]), sent)
    add = reverse("cycles:comment-add", args=[found.pk])
    assert add in clerk.get(page).content.decode()
    assert clerk.post(add, {"text": ""}).status_code == 422
    clerk.post(add, {"text": "时限太短", "about": "R-CW-01"})
    made = Comment.objects.get()
    answered = reverse("cycles:comment-answer", args=[made.pk])
    assert answered in office.get(page).content.decode()
    office.post(answered, {"is_taken": "no", "answer": "与制度一致"})
    shown = clerk.get(page).content.decode()
    assert "未采纳" in shown
    assert "与制度一致" in shown
    office.post(
        reverse("cycles:consultation-close", args=[made.consultation_id]), {"summary": "一条"}
    )
    assert "已结束" in clerk.get(page).content.decode()
    assert clerk.get(add).status_code == 404


def test_heads_alone_are_asked_where_the_scope_says_so(cast: Cast) -> None:
    found = brought_to(cast, "checked")
    asked(cast, Scope.HEADS)
    add = reverse("cycles:comment-add", args=[found.pk])
    statuses = {
        part: client_of(cast, part).get(add).status_code
        for part in ("clerk", "colleague", "head", "secretary")
    }
    assert statuses == {"clerk": 403, "colleague": 403, "head": 200, "secretary": 200}


def test_staff_give_an_opinion_from_the_item_it_is_about(cast: Cast) -> None:
    found = brought_to(cast, "checked")
    client = Client()
    client.force_login(cast.logins["colleague"])
    page, link = reverse("cycles:review", args=[found.pk]), "?about=CW-01"
    address = reverse("cycles:comment-add", args=[found.pk]) + link
    assert address not in client.get(page).content.decode()
    asked(cast)
    assert address in client.get(page).content.decode()
    assert 'value="CW-01"' in client.get(address).content.decode()
