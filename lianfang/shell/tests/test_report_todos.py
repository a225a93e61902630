"""What the desk asks of whoever writes and reads reports."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lianfang.duties.models import Duty
from lianfang.duties.tests.writing import send_back, sent
from lianfang.org.tests.cast import ON, Cast, full_cast
from lianfang.shell.todos import reports_to_mend_and_read


@pytest.fixture
def cast(db: None) -> Cast:
    del db
    return full_cast()


def url(name: str, *arguments: object) -> str:
    return reverse(f"duties:{name}", args=arguments)


def test_the_desk_asks_to_mend_what_was_returned_and_to_read_what_was_sent(cast: Cast) -> None:
    returned, waits = send_back(sent(cast), cast), sent(cast, "unit_report")

    def told(part: str) -> list[tuple[str, str]]:
        return [(todo.title, todo.url) for todo in reports_to_mend_and_read(cast.standing(part))]

    assert told("clerk") == [("财务处 clerk：已退回", url("report-write", returned.pk))]
    assert told("officer") == [("财务处 head：待审阅", url("report", waits.pk))]
    for part in ("head", "colleague", "office", "system", "audit"):
        assert told(part) == []
    Duty.objects.filter(pk=returned.duty_id).update(state="lapsed", lapse="left", closed_on=ON)
    assert told("clerk") == []


def test_a_reader_is_never_late_for_a_report_that_was(cast: Cast) -> None:
    late = sent(cast, due_on=ON - timedelta(days=3))
    (todo,) = reports_to_mend_and_read(cast.standing("head"))
    assert todo.due == ON
    send_back(late, cast)
    (again,) = reports_to_mend_and_read(cast.standing("clerk"))
    assert again.due == ON - timedelta(days=3)
