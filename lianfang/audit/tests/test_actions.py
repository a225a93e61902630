"""Appending, and erasing by law."""

import json
from datetime import timedelta, timezone
from types import SimpleNamespace

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from lianfang.audit import actions
from lianfang.audit.models import Detail, Event, Head, Row
from lianfang.audit.rules import leaves, tree
from lianfang.audit.tests.events import AT, NEW_YEAR, login, recorded, recorded_bulk, thing
from lianfang.audit.verify import verify

pytestmark = pytest.mark.django_db


def texts(event: Event) -> dict[str, object]:
    """Return what an event told, read."""
    return {detail.name: json.loads(detail.text) for detail in event.details.all()}


def test_an_event_says_who_when_what_and_under_which_rule() -> None:
    event = recorded(7, changes={"name": ("旧", "新")}, sealed={"kinship": (None, "配偶")})
    event.refresh_from_db()
    assert (event.actor, event.action, event.subject) == (
        "user:12",
        "org.unit.changed",
        "auth.group:7",
    )
    assert (event.at, event.rule, event.organisation) == (AT + timedelta(seconds=7), "四", 1)
    assert (event.format, event.algorithm) == (1, "sha-256")
    assert texts(event) == {
        "actor": "chen",
        "subject": "财务处",
        "changes": {"name": ["旧", "新"]},
        "kinship": [None, "配偶"],
    }
    assert set(event.parts) == {"actor", "subject", "changes", "kinship"}


def test_a_leaf_tells_no_name_and_no_value() -> None:
    event = recorded(changes={"name": ("旧名", "新名")}, sealed={"kinship": (None, "配偶")})
    body = leaves.canonical(event.body).decode()
    for secret in ("chen", "财务处", "旧名", "新名", "配偶"):
        assert secret not in body
    assert tree.leaf_hash(body.encode()).hex() == event.leaf


def test_the_same_text_commits_to_something_else_each_time() -> None:
    assert recorded(1).parts["subject"] != recorded(2).parts["subject"]


def test_moments_are_hashed_in_utc_wherever_they_come_from() -> None:
    shanghai = NEW_YEAR.astimezone(timezone(timedelta(hours=8)))
    event = recorded(0, at=shanghai)
    assert event.body.at == "2026-12-31T16:00:00.000000+00:00"
    event.refresh_from_db()
    assert event.body.at == "2026-12-31T16:00:00.000000+00:00"


def test_what_the_system_does_by_itself_has_no_name() -> None:
    with transaction.atomic():
        event = actions.record(
            at=AT, by=None, action="jobs.sweep.finished", subject=thing(), organisation=None
        )
    assert event.actor == "system"
    assert texts(event)["actor"] == ""


def test_a_login_known_by_the_name_of_its_person_is_told_by_it() -> None:
    by = login()
    actions.known_as(by, "陈砚秋")
    with transaction.atomic():
        event = actions.record(
            at=AT, by=by, action="org.unit.changed", subject=thing(), organisation=1
        )
    assert texts(event)["actor"] == "陈砚秋"
    assert event.actor == "user:12"


def test_outside_a_transaction_nothing_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError, match="inside transaction"):
        actions.record(at=AT, by=None, action="x.y.z", subject=thing(), organisation=None)
    with pytest.raises(RuntimeError, match="inside transaction"):
        actions.take_turn()


def test_a_sealed_field_takes_no_name_that_every_event_uses() -> None:
    with pytest.raises(ValueError, match="actor"):
        recorded(sealed={"actor": (None, "x")})


def test_what_is_rolled_back_leaves_no_trace() -> None:
    recorded(1)
    with transaction.atomic():
        recorded(2)
        transaction.set_rollback(True)
    assert Head.objects.get().size == Event.objects.count() == 1
    recorded(3)
    assert verify().is_whole


@pytest.mark.parametrize("count", [1, 20])
def test_an_append_costs_four_statements(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        recorded(number)
    with transaction.atomic(), django_assert_num_queries(4):
        # head locked; event, details, head written
        actions.record(
            at=AT,
            by=login(),
            action="org.unit.changed",
            subject=thing(),
            organisation=1,
            changes={str(number): (None, number) for number in range(count)},
            sealed={f"s{number}": (None, number) for number in range(count)},
        )


def test_a_bulk_event_costs_one_statement_more(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # savepoint, head locked; event, details, rows, head written; savepoint released
    with django_assert_num_queries(7):
        event = recorded_bulk({number: f"处{number}" for number in range(40)})
    assert event.rows == 40
    assert Row.objects.filter(event=event).count() == 40


def test_a_bulk_event_covers_its_rows_by_their_root() -> None:
    event = recorded_bulk({1: "甲", 2: "乙", 3: "丙"})
    found = [
        leaves.leaf_of(
            leaves.RowBody(
                committed=leaves.commitment(row.salt, row.text),
                place=row.place,
                subject=row.subject,
            )
        )
        for row in event.bulk_rows.order_by("place")
    ]
    assert tree.root_of_leaves(found).hex() == event.rows_root
    assert json.loads(event.bulk_rows.get(place=1).text) == ["乙", {"name": [None, "乙"]}]


def test_a_bulk_event_of_no_rows_is_whole() -> None:
    event = recorded_bulk({})
    assert (event.rows, event.rows_root) == (0, tree.EMPTY_ROOT.hex())
    assert verify().is_whole


def test_erasing_empties_one_part_and_says_so() -> None:
    event = recorded(1, changes={"name": ("旧", "新")}, sealed={"kinship": (None, "配偶")})
    reason = "本人要求，个人信息保护法第四十七条"
    erasure = actions.erase_detail(
        event=event,
        name="kinship",
        by=login(3, "wu"),
        at=AT,
        reason=reason,
    )
    emptied = Detail.objects.get(event=event, name="kinship")
    assert (emptied.text, emptied.salt) == ("", "")
    assert texts(erasure)["changes"] == {"reason": [None, reason]}
    assert (erasure.action, erasure.subject) == ("audit.part.erased", "audit.event:0/kinship")
    assert erasure.organisation == event.organisation
    others = Detail.objects.filter(event=event).exclude(pk=emptied.pk)
    assert all(detail.text and detail.salt for detail in others)
    verdict = verify()
    assert verdict.is_whole
    assert verdict.erased == 1


def test_erasing_a_row_of_a_bulk_event_keeps_its_root() -> None:
    event = recorded_bulk({1: "甲", 2: "乙"})
    actions.erase_row(event=event, place=1, by=None, at=AT, reason="法院判决")
    row = Row.objects.get(event=event, place=1)
    assert (row.text, row.salt) == ("", "")
    verdict = verify()
    assert verdict.is_whole
    assert verdict.erased == 1


def test_what_an_event_has_not_is_not_erased() -> None:
    event = recorded()
    with pytest.raises(Detail.DoesNotExist):
        actions.erase_detail(event=event, name="kinship", by=None, at=AT, reason="x")
    with pytest.raises(Row.DoesNotExist):
        actions.erase_row(event=event, place=0, by=None, at=AT, reason="x")
    assert Event.objects.count() == 1
