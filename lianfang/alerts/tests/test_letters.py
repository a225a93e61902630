"""Letters go to whom their kind allows, and are no open documents (五（六）)."""

from typing import Any

import pytest

from lianfang.alerts.actions.letters import (
    NoMeasureYet,
    NoticeMovedOn,
    WrongAddressee,
    accept_answer,
    answer_notice,
    return_answer,
    send_letter,
)
from lianfang.alerts.actions.moving import LettersOpen, ReasonMissing
from lianfang.alerts.actions.steps import KeptOut
from lianfang.alerts.models import Alert, AlertLetter
from lianfang.alerts.tests.making import DAY, SCHEME, begun, closed, kin, measured, noticed, triaged
from lianfang.files.access import documents_visible_to
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def sent(cast: Cast, alert: Alert, kind: str, **values: Any) -> AlertLetter:
    given: dict[str, Any] = {
        "body": "请对照检查。",
        "scheme": SCHEME,
        "on": ON,
        "by": cast.logins["head"],
        "at": AT,
    }
    return send_letter(alert=alert, kind=kind, **{**given, **values})


def notice(cast: Cast, alert: Alert | None = None, unit: str = "BG") -> AlertLetter:
    return sent(cast, alert or begun(cast), "notice", unit=cast.units[unit])


def test_a_letter_to_a_person_goes_with_its_measure(cast: Cast) -> None:
    clerk = cast.people["clerk"]
    alert = measured(cast)
    with pytest.raises(NoMeasureYet):
        sent(cast, alert, "caution", person=clerk)
    letter = sent(cast, alert, "reminder", person=clerk)
    assert letter.document.mark == "廉警〔2026〕1号"
    assert letter.state == ""


def test_a_letter_goes_to_nobody_else(cast: Cast) -> None:
    with pytest.raises(WrongAddressee):
        sent(cast, measured(cast), "reminder", person=cast.people["colleague"])


def test_a_letter_has_words(cast: Cast) -> None:
    with pytest.raises(ReasonMissing):
        sent(cast, measured(cast), "reminder", person=cast.people["clerk"], body=" ")


def test_no_letter_stands_among_the_documents_of_all_staff(cast: Cast) -> None:
    sent(cast, measured(cast), "reminder", person=cast.people["clerk"])
    assert not documents_visible_to(cast.standing("officer")).exists()


def test_a_notice_goes_to_no_unit_whose_head_is_concerned_or_kin(cast: Cast) -> None:
    kin(cast.people["clerk"], cast.people["overseer"])
    with pytest.raises(WrongAddressee):
        notice(cast)
    about_head = triaged(cast, noticed(cast, "head", by="deputy"), way="owner", by="deputy")
    with pytest.raises(WrongAddressee):
        sent(cast, about_head, "notice", unit=cast.units["CW"], by=cast.logins["deputy"])


def test_while_a_unit_has_to_answer_the_alert_stays_open(cast: Cast) -> None:
    alert = begun(cast)
    letter = notice(cast, alert)
    with pytest.raises(LettersOpen):
        closed(cast, alert, "corrected")
    answered(cast, letter)
    accept_answer(letter=letter, on=ON, by=cast.logins["head"], at=AT)
    assert closed(cast, alert, "corrected").outcome == "corrected"


def answered(cast: Cast, letter: AlertLetter) -> AlertLetter:
    return answer_notice(letter=letter, text="已整改。", on=ON, by=cast.logins["overseer"], at=AT)


def test_a_returned_answer_has_a_new_day_that_is_not_past(cast: Cast) -> None:
    letter = answered(cast, notice(cast))
    given: dict[str, Any] = {"letter": letter, "comment": "凭证不全。", "on": ON, "at": AT}
    with pytest.raises(NoticeMovedOn):
        return_answer(**given, due_on=ON - DAY, by=cast.logins["head"])
    returned = return_answer(**given, due_on=ON + DAY, by=cast.logins["head"])
    assert (returned.state, returned.due_on) == ("open", ON + DAY)


def test_whom_the_alert_is_about_answers_no_notice(cast: Cast) -> None:
    with pytest.raises(KeptOut):
        answer_notice(letter=notice(cast), text="已整改。", on=ON, by=cast.logins["clerk"], at=AT)


def test_what_was_not_answered_is_not_judged(cast: Cast) -> None:
    with pytest.raises(NoticeMovedOn):
        accept_answer(letter=notice(cast), on=ON, by=cast.logins["head"], at=AT)
