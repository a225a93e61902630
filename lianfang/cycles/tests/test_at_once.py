"""Two people at the same filing at the same moment: one of them does it, the other is told.

PostgreSQL alone: SQLite lets one write at a time.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from lianfang.audit.models import Event
from lianfang.common.errors import Refused
from lianfang.cycles.actions.cycle import open_cycle
from lianfang.cycles.actions.filing import start_filing, withdraw_filing
from lianfang.cycles.actions.naming import name_checker
from lianfang.cycles.actions.remarks import raise_remark, resolve_remark, waive_remark
from lianfang.cycles.actions.revising import open_revision
from lianfang.cycles.models import Edition, Filing, Meeting, Remark, Revision
from lianfang.cycles.tests.year import (
    SCHEME,
    approve,
    brought_to,
    conclude,
    filing_of,
    powered,
    publish,
    send_back,
    submit,
    take_up,
)
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import EditLock, Power

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]
Step = Callable[[Cast], object]


def withdraw(cast: Cast) -> object:
    return withdraw_filing(filing=filing_of(cast), by=cast.logins["head"], at=AT)


def at_once(cast: Cast, *steps: Step) -> list[str]:
    """Do steps in threads that start together; return done or refused for each, in order."""
    gate = Barrier(len(steps))

    def run(step: Step) -> str:
        gate.wait(10)
        try:
            step(cast)
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def revise(cast: Cast) -> object:
    return open_revision(
        unit=cast.units["CW"],
        trigger="process_changed",
        reason="改为线上",
        powers=list(Power.objects.filter(code="CW-01")),
        covers_rest=False,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )


def logged(action: str) -> int:
    return Event.objects.filter(action=action).count()


def test_a_filing_is_submitted_once() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "drafting")
    assert sorted(at_once(cast, submit, submit)) == ["done", "refused"]
    found = filing_of(cast)
    assert (found.state, found.round) == ("submitted", 1)
    assert EditLock.objects.filter(released_at=None).count() == 1
    assert logged("cycles.filing.submitted") == 1


def test_a_filing_is_withdrawn_or_taken_up_not_both() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "submitted")
    assert sorted(at_once(cast, withdraw, take_up)) == ["done", "refused"]
    is_open = filing_of(cast).state == "drafting"
    assert EditLock.objects.filter(released_at=None).exists() is not is_open


def test_what_is_returned_meanwhile_is_not_submitted() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "in_check")
    assert at_once(cast, send_back, submit) == ["done", "refused"]
    assert filing_of(cast).state == "returned"


def test_two_meetings_do_not_approve_the_same_filing() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "checked")
    assert sorted(at_once(cast, approve, approve)) == ["done", "refused"]
    assert Meeting.objects.count() == 1
    assert logged("cycles.filing.approved") == 1


def test_an_edition_is_published_once() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "approved")
    assert sorted(at_once(cast, publish, publish)) == ["done", "refused"]
    assert Edition.objects.count() == 1


def asked(cast: Cast) -> Remark:
    return raise_remark(
        filing=filing_of(cast), check_code="C5", text="谁核对？", by=cast.logins["office"], at=AT
    )


def test_what_two_checkers_ask_at_once_is_kept_both() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "in_check")
    assert at_once(cast, asked, asked) == ["done", "done"]
    assert Remark.objects.count() == 2
    assert logged("cycles.remark.raised") == 2


def test_a_filing_is_not_concluded_past_what_is_asked_at_that_moment() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "in_check")
    assert sorted(at_once(cast, asked, conclude)) == ["done", "refused"]
    is_concluded = filing_of(cast).state == "checked"
    assert Remark.objects.exists() is not is_concluded


def test_a_remark_is_resolved_or_waived_not_both() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "in_check")
    made, by = asked(cast), cast.logins["office"]
    steps = (
        lambda _: resolve_remark(remark=made, by=by, at=AT),
        lambda _: waive_remark(remark=made, reason="同一意见", by=by, at=AT),
    )
    assert sorted(at_once(cast, *steps)) == ["done", "refused"]
    made.refresh_from_db()
    assert (made.state == "waived") is bool(made.closing_reason)
    assert logged("cycles.remark.resolved") + logged("cycles.remark.waived") == 1


def test_a_checker_is_named_before_somebody_else_takes_the_filing_up_or_not_at_all() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "submitted")

    def name(cast: Cast) -> Filing:
        return name_checker(
            filing=filing_of(cast),
            person=cast.people["colleague"],
            reason="",
            on=ON,
            by=cast.logins["office"],
            at=AT,
        )

    assert sorted(at_once(cast, name, take_up)) == ["done", "refused"]
    found = filing_of(cast)
    taken = found.state == "in_check"
    assert found.checker == cast.people["office" if taken else "colleague"]
    assert (found.checker_named_at is None) is taken


def test_a_power_is_in_one_revision_at_a_time() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "published")
    assert sorted(at_once(cast, revise, revise)) == ["done", "refused"]
    assert Revision.objects.count() == 1


def test_the_years_filing_begins_or_a_revision_does_not_both() -> None:
    cast = full_cast()
    powered(cast)
    brought_to(cast, "published")
    open_cycle(organisation=cast.organisation, year=2027, scheme=SCHEME, on=ON, by=None, at=AT)
    coming = Filing.objects.get(unit=cast.units["CW"], cycle__year=2027)

    def begin(_cast: Cast) -> object:
        return start_filing(filing=coming, by=None, at=AT)

    assert sorted(at_once(cast, begin, revise)) == ["done", "refused"]
    coming.refresh_from_db()
    assert (coming.state == "drafting") is not Revision.objects.exists()
