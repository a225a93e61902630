"""What pages read of the log: an object's history, pages of events, proofs, the file."""

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lianfang.audit import actions
from lianfang.audit.access import events_of, get_event_of
from lianfang.audit.exchange import csv_of
from lianfang.audit.models import Event
from lianfang.audit.queries import (
    PAGE,
    Change,
    Narrowing,
    current_root,
    history_of,
    page_of_events,
    parts_of,
    proof_of,
)
from lianfang.audit.rules import tree
from lianfang.audit.tests.events import AT, login, recorded, recorded_bulk, thing
from lianfang.audit.tests.triggers import undone

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.django_db
class TestHistory:
    """What was done to one object."""

    def test_it_tells_who_did_what_when_under_which_rule_newest_first(self) -> None:
        recorded(1, changes={"name": ("旧", "新")})
        recorded(2)
        recorded(1, at=AT + timedelta(days=1), changes={"order": (1, None)})
        newest, oldest = history_of(thing(1))
        assert (oldest.who, oldest.action, oldest.rule) == ("chen", "org.unit.changed", "四")
        assert oldest.at == AT + timedelta(seconds=1)
        assert oldest.changes == (
            Change(
                field="name", label=oldest.changes[0].label, room="auth", before="旧", after="新"
            ),
        )
        assert newest.changes[0].field == "order"
        assert newest.at > oldest.at

    def test_the_model_has_the_word_for_its_own_fields(self) -> None:
        recorded(1, changes={"name": ("旧", "新"), "elsewhere": (None, 1)})
        (line,) = history_of(thing(1))
        labels = {change.field: str(change.label) for change in line.changes}
        assert labels == {"name": str(Group._meta.get_field("name").verbose_name), "elsewhere": ""}

    def test_bulk_events_stand_in_the_history_of_what_they_touched(self) -> None:
        recorded_bulk({1: "甲", 2: "乙"})
        (line,) = history_of(thing(2))
        assert line.action == "org.roster.applied"
        assert [(change.field, change.after) for change in line.changes] == [("name", "乙")]
        assert history_of(thing(3)) == []

    def test_sealed_fields_are_told_or_withheld(self) -> None:
        recorded(1, sealed={"kinship": (None, ["配偶", "王某"])})
        (told,) = history_of(thing(1))[0].changes
        assert (told.kind, told.after) == ("told", ["配偶", "王某"])
        (withheld,) = history_of(thing(1), withheld=["kinship"])[0].changes
        assert (withheld.kind, withheld.field, withheld.after) == ("withheld", "kinship", None)

    def test_what_was_erased_is_said_to_be(self) -> None:
        event = recorded(1, changes={"name": ("旧", "新")}, sealed={"kinship": (None, "配偶")})
        for name in ("actor", "changes", "kinship"):
            actions.erase_detail(event=event, name=name, by=None, at=AT, reason="本人要求")
        (line,) = history_of(thing(1))
        assert line.who == ""
        assert [(change.field, change.kind) for change in line.changes] == [
            ("changes", "erased"),
            ("kinship", "erased"),
        ]

    def test_an_erased_row_is_said_to_be(self) -> None:
        event = recorded_bulk({1: "甲"})
        actions.erase_row(event=event, place=0, by=None, at=AT, reason="本人要求")
        (line,) = history_of(thing(1))
        assert [change.kind for change in line.changes] == ["erased"]

    def test_codes_of_choices_are_told_by_their_labels(self) -> None:
        with transaction.atomic():
            actions.record(
                at=AT,
                by=None,
                action="x.y.z",
                subject=Authenticator(pk=1, user=None),
                organisation=None,
                changes={"type": ("totp", "unknown")},
            )
        (line,) = history_of(Authenticator(pk=1))
        assert line.changes[0].before == Authenticator.Type.TOTP.label
        assert line.changes[0].after == "unknown"

    @pytest.mark.parametrize("count", [1, 20])
    def test_it_costs_three_statements(
        self, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(count):
            recorded(1, at=AT + timedelta(days=number), changes={"name": ("旧", "新")})
            recorded_bulk({1: "甲"})
        # rows with their events; own events; texts
        with django_assert_num_queries(3):
            lines = history_of(thing(1))
        assert len(lines) == 2 * count

    def test_only_the_newest_fifty_are_told(self) -> None:
        for number in range(60):
            recorded(1, at=AT + timedelta(days=number))
        lines = history_of(thing(1))
        assert len(lines) == 50
        assert lines[0].at == AT + timedelta(days=59, seconds=1)


@pytest.mark.django_db
class TestPages:
    """Pages of events."""

    def test_an_auditor_sees_their_organisation_and_what_belongs_to_none(self) -> None:
        own, other, none = (recorded(n, organisation=of) for n, of in enumerate((1, 2, None)))
        page = page_of_events(events_of(1))
        assert [event.position for event in page.events] == [none.position, own.position]
        assert get_event_of(1, own.position) == own
        assert get_event_of(1, none.position) == none
        for position in (other.position, 99):
            with pytest.raises(Http404):
                get_event_of(1, position)

    @pytest.mark.parametrize("count", [1, 20])
    def test_a_page_costs_two_statements(
        self, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(count):
            recorded(number, organisation=number % 2 or None)
        # events of the organisation; events of none
        with django_assert_num_queries(2):
            assert len(page_of_events(events_of(1)).events) == count

    def test_pages_follow_each_other_in_both_directions_without_gap(self) -> None:
        for number in range(2 * PAGE + 7):
            recorded(number, organisation=1 if number % 3 else None)
        pages = [page_of_events(events_of(1))]
        while pages[-1].older is not None:
            pages.append(page_of_events(events_of(1), before=pages[-1].older))
        found = [event.position for page in pages for event in page.events]
        assert found == list(range(2 * PAGE + 6, -1, -1))
        assert [page.newer for page in pages] == [None, PAGE + 6, 6]
        back = page_of_events(events_of(1), after=pages[-1].newer)
        assert [e.position for e in back.events] == [e.position for e in pages[1].events]
        assert (back.older, back.newer) == (pages[1].older, pages[1].newer)
        first = page_of_events(events_of(1), after=back.newer)
        assert [e.position for e in first.events] == [e.position for e in pages[0].events]
        assert first.newer is None

    def test_nothing_found_is_an_empty_page(self) -> None:
        page = page_of_events(events_of(1))
        assert (page.events, page.older, page.newer) == ([], None, None)

    def test_what_is_asked_for_narrows_and_what_is_not_does_not(self) -> None:
        wanted = recorded(5, action="org.post.changed")
        recorded(5)
        recorded(6, action="org.post.changed", at=AT + timedelta(days=2))
        asked = Narrowing(
            action="org.post.changed",
            actor="user:12",
            subject="auth.group:5",
            begin=AT,
            end=AT + timedelta(days=1),
        )
        assert list(Event.objects.filter(**asked.conditions())) == [wanted]
        assert Narrowing().conditions() == {}


@pytest.mark.django_db
class TestProofs:
    """The way from one event to the root."""

    @pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13])
    def test_every_event_is_proved_against_the_current_root(self, size: int) -> None:
        events = [recorded(number) for number in range(size)]
        for event in events:
            proof = proof_of(event)
            assert proof.holds
            assert (proof.size, proof.root) == current_root()
            assert tree.includes(
                leaf=tree.leaf_hash(proof.body.encode()),
                index=event.position,
                size=size,
                proof=[*map(bytes.fromhex, proof.path)],
                root=bytes.fromhex(proof.root),
            )

    @pytest.mark.parametrize("count", [2, 20])
    def test_a_proof_costs_two_statements(
        self, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        event = recorded(0)
        for number in range(1, count):
            recorded(number)
        # head; subtrees
        with django_assert_num_queries(2):
            proof_of(event)

    def test_no_proof_holds_for_an_event_that_was_changed_or_lies_beyond_the_head(self) -> None:
        for number in range(6):
            recorded(number)
        with undone():
            Event.objects.filter(position=2).update(actor="user:1")
            assert not proof_of(Event.objects.get(position=2)).holds
            assert proof_of(Event.objects.get(position=3)).holds
        with undone():
            Event.objects.filter(position=5).update(position=9)
            assert not proof_of(Event.objects.get(position=9)).holds

    def test_the_parts_are_shown_by_their_commitments(self) -> None:
        event = recorded(1, changes={"name": ("旧", "新")}, sealed={"kinship": (None, "配偶")})
        actions.erase_detail(event=event, name="kinship", by=None, at=AT, reason="本人要求")
        parts = parts_of(event)
        assert [(part.name, part.is_erased) for part in parts] == [
            ("actor", False),
            ("changes", False),
            ("kinship", True),
            ("subject", False),
        ]
        assert all(part.committed == event.parts[part.name] for part in parts)


def lines_of(*events: Event) -> list[list[str]]:
    """Return the file of these events, read as a spreadsheet reads it."""
    written = b"".join(csv_of(events, head=["position"], words={"x.y.z": "动作"}, zone=SHANGHAI))
    assert written.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))


def test_the_file_tells_what_the_viewer_shows() -> None:
    event = Event(position=7, at=AT, actor="user:1", action="x.y.z", subject="a.b:1", leaf="ab")
    assert lines_of(event) == [
        ["position"],
        ["7", "2026-05-14T10:00:00+08:00", "user:1", "x.y.z", "动作", "a.b:1", "", "sha-256", "ab"],
    ]


@given(st.sampled_from("=+-@"), st.text(max_size=5))
def test_no_cell_of_the_file_is_a_formula(first: str, rest: str) -> None:
    text = f"{first}x{rest}".replace("\r", "").replace("\n", "")
    event = Event(position=7, at=AT, actor=text, action=text, subject=text, rule=text, leaf="ab")
    (_, cells) = lines_of(event)
    assert [cell for cell in cells if cell[:1] in "=+-@"] == []


def test_what_a_login_is_called_in_the_log() -> None:
    assert actions.actor_reference(login(3)) == "user:3"
    assert actions.actor_reference(None) == "system"
