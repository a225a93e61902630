"""The audit administrator's log: what it shows, to whom, and what it never shows."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.audit.queries import PAGE, current_root
from lianfang.audit.tests.triggers import undone
from lianfang.audit.verify import verify
from lianfang.jobs.actions.running import work
from lianfang.jobs.models import Job
from lianfang.org import actions
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.shell.tests.entering import Entered, browsers_of, shown
from lianfang.shell.words import ACTIONS

pytestmark = pytest.mark.django_db
EVERYBODY_ELSE = ["clerk", "head", "deputy", "secretary", "office", "officer", "system", "security"]


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def entered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


def last() -> Event:
    return Event.objects.order_by("-position")[0]


def rows_in(page: str) -> int:
    return page.count('<th scope="row"')


def test_it_shows_events_newest_first_with_digests(entered: Entered) -> None:
    auditor = entered("audit")
    page = shown(auditor, "/log/")
    event = last()
    assert event.leaf in page
    assert page.index(f">{event.position}<") < page.index(f">{event.position - 1}<")
    assert current_root()[1] in page
    assert "任命管理员" in page


def test_no_value_and_no_name_is_shown(entered: Entered, cast: Cast) -> None:
    actions.change_unit(
        unit=cast.units["CW"], values={"name": "机密名称"}, by=cast.logins["system"], at=AT
    )
    auditor = entered("audit")
    page = shown(auditor, "/log/") + shown(auditor, f"/log/{last().position}/")
    assert "机密名称" not in page
    assert "财务处" not in page
    assert f"user:{cast.logins['system'].pk}" in page


@pytest.mark.parametrize("part", EVERYBODY_ELSE)
def test_nobody_else_may_look(entered: Entered, part: str) -> None:
    client = entered(part)
    for name, arguments in (("log", []), ("event", [0])):
        assert client.get(reverse(f"shell:{name}", args=arguments)).status_code == 403
    for name in ("log-export", "log-verify"):
        assert client.post(reverse(f"shell:{name}")).status_code == 403
    assert not Job.objects.exists()


def test_another_organisations_events_are_not_found(entered: Entered) -> None:
    other = full_cast("other")
    position = last().position
    auditor = entered("audit")
    assert f'/log/{position}/"' not in shown(auditor, "/log/")
    shown(auditor, f"/log/{position}/", 404)
    shown(auditor, f"/log/{10**30}/", 404)
    assert other.organisation.pk == last().organisation


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"action": "org.unit.created"}, lambda event: event.action == "org.unit.created"),
        ({"subject": "org.unit:1"}, lambda event: event.subject == "org.unit:1"),
        ({"actor": "system"}, lambda event: event.actor == "system"),
        ({"begin": "2026-05-14", "end": "2026-05-14"}, lambda event: True),
        ({"begin": "2026-05-15"}, lambda event: event.action.startswith("accounts.")),
        ({"end": "2026-05-13"}, lambda event: False),
    ],
)
def test_the_address_narrows_what_is_shown(
    entered: Entered, asked: dict[str, str], holds: object
) -> None:
    assert callable(holds)
    auditor = entered("audit")
    wanted = sum(1 for event in Event.objects.all() if holds(event))
    response = auditor.get("/log/", asked)
    assert response.status_code == 200
    page = response.content.decode()
    assert rows_in(page) == min(wanted, PAGE)
    assert ("没有符合条件的记录" in page) is (wanted == 0)


def test_days_in_the_wrong_order_are_refused_with_a_sentence(entered: Entered) -> None:
    page = shown(entered("audit"), "/log/?begin=2026-05-14&end=2026-05-01", 422)
    assert "止日早于起日" in page
    assert rows_in(page) == 0


def test_an_action_of_an_older_release_can_still_be_asked_for(entered: Entered) -> None:
    assert "没有符合条件的记录" in shown(entered("audit"), "/log/?action=old.thing.done")


def test_pages_are_linked_and_keep_the_narrowing(entered: Entered, cast: Cast) -> None:
    for number in range(PAGE + 2):
        actions.change_unit(unit=cast.units["CW"], values={"order": number + 1}, by=None, at=AT)
    auditor = entered("audit")
    page = shown(auditor, "/log/?action=org.unit.changed")
    assert rows_in(page) == PAGE
    older = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "action=org.unit.changed" in older
    page = shown(auditor, f"/log/{older}")
    assert rows_in(page) == 2
    assert 'rel="prev"' in page


@pytest.mark.parametrize("count", [1, 20])
def test_what_a_page_of_the_log_costs(
    entered: Entered,
    cast: Cast,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        actions.change_unit(unit=cast.units["CW"], values={"order": number + 1}, by=None, at=AT)
    auditor = entered("audit")
    auditor.get("/log/")
    events = "log of the organisation, of none; head; last verification"
    # session, session seen, user; person, administrator; nights; and the four of the log
    with django_assert_num_queries(_frame(auditor) + 4, info=events):
        auditor.get("/log/")


def _frame(auditor: object) -> int:
    """Return what any page costs that asks for nothing of its own."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    assert isinstance(auditor, Client)
    with CaptureQueriesContext(connection) as asked:
        auditor.get("/rules/")
    return len(asked)


def test_the_file_holds_exactly_what_is_narrowed_and_taking_it_is_logged(
    entered: Entered, cast: Cast
) -> None:
    full_cast("other")
    auditor = entered("audit")
    response = auditor.post("/log/export/", {"action": "org.unit.created"})
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    content = b"".join(iter_of(response)).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content))
    assert head[0] == "序号"
    wanted = Event.objects.filter(action="org.unit.created", organisation=cast.organisation.pk)
    positions = wanted.order_by("-position").values_list("position", flat=True)
    assert [int(row[0]) for row in rows] == list(positions)
    assert rows[0][4] == "设立单位"
    taken = last()
    assert (taken.action, taken.actor) == ("audit.log.exported", f"user:{cast.logins['audit'].pk}")
    assert taken.organisation == cast.organisation.pk


def iter_of(response: object) -> Iterator[bytes]:
    content = getattr(response, "streaming_content", ())
    return iter(content)


def test_a_file_of_a_wrong_narrowing_is_not_given(entered: Entered) -> None:
    response = entered("audit").post("/log/export/", {"begin": "x"})
    assert response.status_code == 302
    assert last().action != "audit.log.exported"


def test_an_event_is_shown_with_its_leaf_and_proof(entered: Entered) -> None:
    auditor = entered("audit")
    event = Event.objects.get(position=7)
    page = shown(auditor, "/log/7/")
    for digest in (event.leaf, *event.parts.values(), current_root()[1]):
        assert digest in page
    assert "成立" in page
    assert "&quot;position&quot;:7" in page


def test_an_event_that_was_changed_is_shown_as_such(entered: Entered) -> None:
    auditor = entered("audit")
    with undone():
        Event.objects.filter(position=7).update(rule="三")
        assert "从这一条出发得不到根摘要" in shown(auditor, "/log/7/")


def test_verifying_runs_beside_the_pages_and_says_what_it_found(
    entered: Entered, cast: Cast
) -> None:
    auditor = entered("audit")
    response = auditor.post("/log/verify/")
    job = Job.objects.get()
    assert response.headers["Location"] == f"/jobs/{job.pk}/"
    assert (job.kind, job.organisation) == ("audit.verify", cast.organisation.pk)
    assert "正在排队" in shown(auditor, f"/jobs/{job.pk}/")
    size = verify().size
    work.call(job.pk)
    page = shown(auditor, f"/jobs/{job.pk}/")
    assert f"日志完整：{size} 条" in page
    assert "查看结果" in page
    assert "已完成" in shown(auditor, "/log/")


def test_a_log_that_was_changed_is_told_as_bad_news_with_the_first_bad_event(
    entered: Entered,
) -> None:
    auditor = entered("audit")
    auditor.post("/log/verify/")
    job = Job.objects.get()
    with undone():
        Event.objects.filter(position=7).update(rule="三")
        work.call(job.pk)
        page = shown(auditor, f"/jobs/{job.pk}/")
        assert "日志不完整。第 7 条：内容与摘要不符" in page
        assert 'href="/log/7/"' in page
        assert "发现问题" in shown(auditor, "/jobs/")


def test_every_action_has_a_word_and_every_word_is_said_in_the_select(entered: Entered) -> None:
    page = shown(entered("audit"), "/log/")
    assert all(f'value="{code}"' in page for code in ACTIONS)
    assert set(Event.objects.values_list("action", flat=True)) <= set(ACTIONS)
