"""Official documents: numbered without a gap, kept by digest, voided and never deleted."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import ProtectedError
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from lianfang.accounts.models import User
from lianfang.audit.models import Event
from lianfang.audit.verify import verify
from lianfang.common.clock import day_in
from lianfang.files import actions, store
from lianfang.files.access import documents_visible_to, get_document_for
from lianfang.files.models import Attachment, OutgoingDocument
from lianfang.files.queries import documents_about
from lianfang.files.rules import KindRefused

AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)
ON = date(2026, 5, 14)
many_at_once = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one write at a time"
)


def paper(mark: str) -> tuple[str, bytes]:
    return f"{mark}会议纪要.txt", f"会议纪要 {mark}".encode()


def issued(about: User, *, on: date = ON, at: datetime = AT, **more: object) -> OutgoingDocument:
    return actions.issue_document(
        **{  # type: ignore[arg-type]
            "organisation": 1,
            "series": "廉防办",
            "kind": "minutes",
            "title": "关于风险排查的会议纪要",
            "about": about,
            "make": paper,
            "on": on,
            "by": None,
            "at": at,
            **more,
        }
    )


def voided(document: OutgoingDocument, reason: str = "印错了日期") -> OutgoingDocument:
    return actions.void_document(document=document, reason=reason, by=None, at=AT)


def told(event: Event) -> dict[str, object]:
    return {detail.name: json.loads(detail.text) for detail in event.details.all()}


@pytest.fixture
def somebody(db: None) -> User:
    """Return a row that documents are about."""
    del db
    return User.objects.create(username="somebody", created_at=AT)


# numbers


def test_numbers_run_on_from_one(somebody: User) -> None:
    assert [issued(somebody).number for _ in range(3)] == [1, 2, 3]


def test_numbers_begin_anew_each_year_in_each_series_and_organisation(somebody: User) -> None:
    issued(somebody)
    issued(somebody)
    assert issued(somebody, on=date(2027, 1, 4)).mark == "廉防办〔2027〕1号"
    assert issued(somebody, series="纪检").mark == "纪检〔2026〕1号"
    assert issued(somebody, organisation=2).mark == "廉防办〔2026〕1号"
    assert issued(somebody).mark == "廉防办〔2026〕3号"


def test_the_year_is_that_of_the_day_it_is_dated_not_of_the_moment_in_utc(somebody: User) -> None:
    at = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    issued(somebody)
    document = issued(somebody, on=day_in("Asia/Shanghai", at), at=at)
    assert (document.mark, document.issued_on) == ("廉防办〔2027〕1号", date(2027, 1, 1))
    assert document.issued_at == at


def test_a_document_of_last_year_issued_late_runs_on_in_its_own_year(somebody: User) -> None:
    issued(somebody, on=date(2025, 12, 30))
    issued(somebody)
    assert issued(somebody, on=date(2025, 12, 31)).mark == "廉防办〔2025〕2号"


def test_what_is_rolled_back_leaves_no_gap(somebody: User) -> None:
    issued(somebody)
    with transaction.atomic():
        assert issued(somebody).number == 2
        transaction.set_rollback(True)
    assert issued(somebody).number == 2


def test_a_paper_that_can_not_be_made_uses_no_number_up(somebody: User) -> None:
    def broken(mark: str) -> tuple[str, bytes]:
        raise ArithmeticError(mark)

    with pytest.raises(ArithmeticError, match="1号"):
        issued(somebody, make=broken)
    with pytest.raises(KindRefused):
        issued(somebody, make=lambda mark: (f"{mark}.exe", b"MZ"))
    assert not OutgoingDocument.objects.exists()
    assert not Attachment.objects.exists()
    assert not Event.objects.exists()
    assert issued(somebody).number == 1


def test_a_voided_document_keeps_its_number(somebody: User) -> None:
    voided(issued(somebody))
    assert issued(somebody).number == 2


def test_the_database_holds_each_number_once_and_none_below_one(somebody: User) -> None:
    document = issued(somebody)
    issued(somebody)
    rows = OutgoingDocument.objects.filter(pk=document.pk)
    for number in (2, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(number=number)


# the paper


def test_the_paper_bears_its_own_number_and_is_kept_by_digest(somebody: User) -> None:
    issued(somebody)
    document = issued(somebody, by=somebody)
    assert document.attachment.name == "廉防办〔2026〕2号会议纪要.txt"
    content = store.content_of(document.attachment.digest)
    assert content.decode() == "会议纪要 廉防办〔2026〕2号"
    assert (document.issued_by, document.attachment.stored_by) == (somebody, somebody)


def test_the_file_of_a_document_can_not_be_deleted(somebody: User) -> None:
    with pytest.raises(ProtectedError):
        issued(somebody).attachment.delete()


def test_the_log_tells_of_it_and_its_title_can_be_erased_alone(somebody: User) -> None:
    document = issued(somebody, by=somebody)
    event = Event.objects.latest("position")
    assert (event.action, event.actor, event.subject, event.organisation) == (
        "files.document.issued",
        f"user:{somebody.pk}",
        f"files.outgoingdocument:{document.pk}",
        1,
    )
    assert told(event) == {
        "actor": "somebody",
        "subject": "廉防办〔2026〕1号",
        "title": [None, "关于风险排查的会议纪要"],
        "changes": {
            "mark": [None, "廉防办〔2026〕1号"],
            "kind": [None, "minutes"],
            "issued_on": [None, "2026-05-14"],
            "about": [None, f"accounts.user:{somebody.pk}"],
            "digest": [None, document.attachment.digest],
        },
    }
    assert verify().is_whole


def test_documents_about_a_row_come_with_their_files_in_one_statement(
    somebody: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = User.objects.create(username="other", created_at=AT)
    mine = [issued(somebody), voided(issued(somebody)), issued(somebody, series="纪检")]
    issued(other)
    with django_assert_num_queries(1):
        found = documents_about(somebody)
        assert [document.attachment.name for document in found] == [
            "廉防办〔2026〕1号会议纪要.txt",
            "廉防办〔2026〕2号会议纪要.txt",
            "纪检〔2026〕1号会议纪要.txt",
        ]
    assert found == mine


# voiding


def test_voiding_keeps_the_file_and_says_why_in_the_log(somebody: User) -> None:
    at = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    document = actions.void_document(
        document=issued(somebody), reason=" 印错了日期 ", by=somebody, at=at
    )
    document.refresh_from_db()
    assert (document.void_on, document.void_reason) == (date(2027, 1, 1), "印错了日期")
    assert store.content_of(document.attachment.digest)
    event = Event.objects.latest("position")
    assert (event.action, event.actor) == ("files.document.voided", f"user:{somebody.pk}")
    assert told(event) == {
        "actor": "somebody",
        "subject": "廉防办〔2026〕1号",
        "changes": {"void_on": [None, "2027-01-01"]},
        "void_reason": ["", "印错了日期"],
    }


def test_a_document_is_voided_once(somebody: User) -> None:
    document = issued(somebody)
    voided(document)
    events = Event.objects.count()
    with pytest.raises(actions.DocumentVoid, match=r"2026-05-14 作废.*请另发") as refused:
        voided(document, "再作废一次")
    assert refused.value.text.en.endswith("issue another document.")
    assert OutgoingDocument.objects.get().void_reason == "印错了日期"
    assert Event.objects.count() == events


@pytest.mark.parametrize("reason", ["", " \n\u3000"])
def test_a_document_is_not_voided_without_a_reason(somebody: User, reason: str) -> None:
    document = issued(somebody)
    with pytest.raises(actions.NoVoidReason, match="请写明") as refused:
        voided(document, reason)
    assert "Say why" in refused.value.text.en
    assert OutgoingDocument.objects.get().void_on is None


def test_the_database_holds_no_void_document_without_a_reason(somebody: User) -> None:
    rows = OutgoingDocument.objects.filter(pk=issued(somebody).pk)
    for half in ({"void_on": ON}, {"void_reason": "印错了日期"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**half)


# who reads them


@dataclass(frozen=True)
class Standing:
    organisation_id: int
    is_staff: bool = True


def test_all_staff_see_the_documents_of_their_organisation_only(somebody: User) -> None:
    document, strange = issued(somebody), issued(somebody, organisation=2)
    standing = Standing(organisation_id=1)
    assert list(documents_visible_to(standing)) == [document]
    assert get_document_for(standing, document.pk) == document
    with pytest.raises(Http404):
        get_document_for(standing, strange.pk)


def test_administrators_see_no_documents(somebody: User) -> None:
    document, standing = issued(somebody), Standing(organisation_id=1, is_staff=False)
    assert not documents_visible_to(standing).exists()
    with pytest.raises(Http404):
        get_document_for(standing, document.pk)


def test_a_confined_document_is_found_by_its_room_alone(somebody: User) -> None:
    document, standing = issued(somebody, is_confined=True), Standing(organisation_id=1)
    assert documents_about(somebody) == [document]
    assert not documents_visible_to(standing).exists()
    with pytest.raises(Http404):
        get_document_for(standing, document.pk)


# at the same moment


def at_once(*deeds: Callable[[], OutgoingDocument]) -> list[str]:
    """Do all of it at the same moment; return the numbers given."""
    begin = Barrier(len(deeds))

    def done(deed: Callable[[], OutgoingDocument]) -> str:
        try:
            begin.wait(timeout=60)
            return deed().mark
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(done, deeds))


@many_at_once
@pytest.mark.django_db(transaction=True)
def test_documents_issued_at_once_get_each_number_once() -> None:
    somebody = User.objects.create(username="somebody", created_at=AT)
    marks = at_once(*[lambda: issued(somebody)] * 8)
    assert sorted(marks) == [f"廉防办〔2026〕{number}号" for number in range(1, 9)]
    for document in documents_about(somebody):
        assert document.mark in store.content_of(document.attachment.digest).decode()
    assert verify().is_whole


@many_at_once
@pytest.mark.django_db(transaction=True)
def test_one_rolled_back_while_others_wait_leaves_no_gap() -> None:
    somebody = User.objects.create(username="somebody", created_at=AT)

    def given_up() -> OutgoingDocument:
        with transaction.atomic():
            document = issued(somebody)
            transaction.set_rollback(True)
        return document

    at_once(*[lambda: issued(somebody), given_up] * 3)
    found = documents_about(somebody)
    assert [document.number for document in found] == [1, 2, 3]


@many_at_once
@pytest.mark.django_db(transaction=True)
def test_whoever_wrote_to_the_log_before_issuing_does_not_block_the_others() -> None:
    somebody = User.objects.create(username="somebody", created_at=AT)

    @transaction.atomic
    def after_another(first: str, second: str) -> OutgoingDocument:
        issued(somebody, series=first)
        return issued(somebody, series=second)

    marks = at_once(
        *[lambda: after_another("甲", "乙"), lambda: after_another("乙", "甲")] * 3,
        lambda: issued(somebody, series="乙"),
    )
    assert len(set(marks)) == 7
    assert OutgoingDocument.objects.count() == 13
