"""Several arrive at the same moment: nothing is lost, and what is one stays one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections

from lianfang.audit.verify import verify
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.portal.actions.days import seal_day
from lianfang.portal.models import DayRoot, Envelope, SealedMessage, SealedReport
from lianfang.portal.tests.making import Sent, added, holder, sent

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one write at a time"
)
MANY = 6


def at_once(cast: Cast, receipts: list[str]) -> list[Sent]:
    """Let reports with these receipts arrive together."""
    start = Barrier(len(receipts))

    def send(receipt: str) -> Sent:
        try:
            start.wait(10)
            return sent(cast, receipt=receipt)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(receipts)) as pool:
        return list(pool.map(send, receipts))


@pytest.mark.django_db(transaction=True)
def test_no_report_is_lost() -> None:
    cast = full_cast()
    holder(cast)
    found = at_once(cast, [f"{number:016}" for number in range(MANY)])
    assert len({one.report.pk for one in found}) == SealedReport.objects.count() == MANY


@pytest.mark.django_db(transaction=True)
def test_one_receipt_sent_by_several_at_once_is_one_report_with_one_answer() -> None:
    cast = full_cast()
    holder(cast)
    found = at_once(cast, ["1" * 16] * MANY)
    assert {one.report.digest for one in found} == {SealedReport.objects.get().digest}
    assert Envelope.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_letters_at_once_get_numbers_of_their_own() -> None:
    cast = full_cast()
    holder(cast)
    one = sent(cast)
    start = Barrier(MANY)

    def add(_: int) -> None:
        try:
            start.wait(10)
            added(one)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(add, range(MANY)))
    numbers = SealedMessage.objects.values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, MANY + 1))


@pytest.mark.django_db(transaction=True)
def test_a_day_is_sealed_once() -> None:
    cast = full_cast()
    holder(cast)
    sent(cast)
    start = Barrier(2)

    def seal(_: int) -> None:
        try:
            start.wait(10)
            seal_day(organisation=cast.organisation, on=ON, by=None, at=AT + timedelta(days=1))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(seal, range(2)))
    assert DayRoot.objects.count() == 1
    assert verify().is_whole
