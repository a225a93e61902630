"""The files of a delivery are written together, by the workers, or none of them is."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings as ProjectSettings

from lianfang.common import clock
from lianfang.documents import limits
from lianfang.files.actions import discard
from lianfang.files.models import Import
from lianfang.intake.actions.applying import RegisterMoved
from lianfang.intake.actions.deciding import settle
from lianfang.intake.actions.planning import PaperMoved
from lianfang.intake.actions.receiving import Sent, ask_to_read, receive
from lianfang.intake.exchange.applying import (
    apply_all,
    is_up_to_date,
    make_preview,
    waiting_of,
)
from lianfang.intake.models import Delivery, Paper
from lianfang.intake.rules.settings import NEW, Settings
from lianfang.intake.rules.work import APPLYING
from lianfang.intake.tests.actions_world import (
    HOARDING,
    MARKETING,
    PAYING,
    REVIEWING,
    chosen,
    edited,
    fresh,
    line_of,
    log,
    row,
    stored,
    with_settings,
)
from lianfang.intake.tests.importing import applied, asking, sent, table
from lianfang.jobs.actions import start
from lianfang.jobs.actions.running import work
from lianfang.jobs.models import Job
from lianfang.org import actions as org
from lianfang.org.models import Membership, Post, Unit
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.actions.locks import RegisterLocked, lock, release
from lianfang.risks.models import RiskPoint

pytestmark = pytest.mark.django_db
SELLING = row(
    unit="市场部",
    power="拓展客户",
    basis="《合同管理办法》",
    post="业务岗",
    risk="虚报差旅",
    shows="行程不实",
    measures="行程报备",
    who="业务岗",
)
GUARDING = row(
    unit="后勤部",
    power="保管物资",
    basis="",
    post="库管岗",
    risk="私拿物资",
    measures="盘点",
    who="",
)


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: ProjectSettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    settings.JOBS_ROOT = tmp_path / "jobs"


@pytest.fixture(autouse=True)
def _the_day_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def delivered(cast: Cast, *rows: str, settings: Settings | None = None) -> Delivery:
    """Return files that came in together and were read, one for each row."""
    delivery = unread(cast, *(table(one).encode() for one in rows), settings=settings)
    for paper in papers_of(delivery):
        make_preview(paper, asking(cast), by=cast.logins["office"], at=AT)
    return delivery


def unread(cast: Cast, *contents: bytes, settings: Settings | None = None) -> Delivery:
    return receive(
        organisation=cast.organisation,
        sent=[Sent(name=f"{n}.csv", chunks=[one]) for n, one in enumerate(contents, 1)],
        settings=settings or Settings(),
        by=cast.logins["office"],
        at=AT,
    )


def papers_of(delivery: Delivery) -> list[Paper]:
    rows = delivery.papers.select_related("opened__attachment", "delivery__organisation")
    return list(rows.order_by("pk"))


def written(cast: Cast, delivery: Delivery) -> list[Import]:
    return apply_all(
        waiting_of(delivery), asking(cast), by=cast.logins["office"], at=AT, report=None
    )


def states(delivery: Delivery) -> list[str]:
    return [paper.opened.state for paper in papers_of(delivery)]


# written together


def test_files_that_rest_on_each_other_are_written_in_their_order(cast: Cast) -> None:
    settings = Settings(units={"市场部": NEW, "后勤部": NEW})
    delivery = delivered(cast, MARKETING, SELLING, GUARDING, settings=settings)
    first, second, third = papers_of(delivery)
    # each preview sets up what it names, under the code that was free
    assert [paper.touched for paper in (first, second, third)] == [["DW-01"]] * 3
    before = len(log())
    done = written(cast, delivery)
    assert [one.applied for one in done] == [{"added": 5}, {"added": 2}, {"added": 4}]
    assert states(delivery) == ["applied"] * 3
    assert dict(Unit.objects.filter(code__startswith="DW").values_list("code", "name")) == {
        "DW-01": "市场部",
        "DW-02": "后勤部",
    }
    assert list(Post.objects.filter(unit__code="DW-01").values_list("name", flat=True)) == [
        "业务岗"
    ]
    risks = RiskPoint.objects.order_by("code").values_list("code", "title", "posts__name")
    assert list(risks) == [
        ("R-DW-01-01", "串通定价", "业务岗"),
        ("R-DW-01-02", "虚报差旅", "业务岗"),
        ("R-DW-02-01", "私拿物资", "库管岗"),
    ]
    assert log()[before:].count("files.import.applied") == 3
    assert log()[before:].count("intake.paper.read") == 2


def test_lines_that_were_left_stay_left_when_a_preview_is_made_anew(cast: Cast) -> None:
    delivery = delivered(cast, PAYING, HOARDING)
    second = papers_of(delivery)[1]
    chosen(cast, second, "私设小金库", taken=False)
    done = written(cast, delivery)
    assert [risk.title for risk in RiskPoint.objects.all()] == ["重复付款"]
    # all that is left of the second file stands in the register already
    assert len(done) == 1
    assert states(delivery) == ["applied", "previewed"]
    assert not line_of(fresh(second), "私设小金库").taken


def test_a_file_that_nothing_touched_is_written_as_it_was_seen(cast: Cast) -> None:
    other = row(unit="评审处", power="评审", basis="", post="评审岗", risk="泄密", who="")
    delivery = delivered(cast, row(basis=""), other)
    versions = [paper.version for paper in papers_of(delivery)]
    assert len(written(cast, delivery)) == 2
    assert [paper.version for paper in papers_of(delivery)] == versions


def test_only_files_that_wait_are_written(cast: Cast) -> None:
    delivery = delivered(cast, PAYING, REVIEWING, HOARDING)
    first, second, _ = papers_of(delivery)
    applied(cast, first)
    discard(opened=second.opened, by=None, at=AT)
    third = waiting_of(delivery)
    assert len(third) == 1
    assert not is_up_to_date(third[0], asking(cast))
    with pytest.raises(RegisterMoved):
        written(cast, delivery)
    make_preview(third[0], asking(cast), by=None, at=AT)
    assert len(written(cast, delivery)) == 1
    assert states(delivery) == ["applied", "discarded", "applied"]
    assert written(cast, delivery) == []


def test_of_files_with_one_that_is_refused_none_is_written(cast: Cast) -> None:
    delivery = delivered(cast, PAYING, HOARDING, REVIEWING)
    locked = lock(unit=cast.units["PS"], reason="审核中", by=None, at=AT)
    before = (stored(cast), log(), [paper.version for paper in papers_of(delivery)])
    with pytest.raises(RegisterLocked):
        written(cast, delivery)
    now = (stored(cast), log(), [paper.version for paper in papers_of(delivery)])
    assert now == before
    assert states(delivery) == ["previewed"] * 3
    release(lock=locked, by=None, at=AT)
    assert len(written(cast, delivery)) == 3


def test_a_file_whose_reading_was_changed_meanwhile_stops_all_of_them(cast: Cast) -> None:
    delivery = delivered(cast, PAYING, HOARDING)
    waiting = waiting_of(delivery)
    settings = with_settings(waiting[1], unit="CW")
    settle(paper=waiting[1], settings=settings, by=cast.logins["office"], at=AT)
    with pytest.raises(PaperMoved):
        apply_all(waiting, asking(cast), by=None, at=AT)
    assert states(delivery) == ["previewed"] * 2
    assert not RiskPoint.objects.exists()


def test_how_far_it_is_is_reported_file_by_file(cast: Cast) -> None:
    delivery = delivered(cast, PAYING, REVIEWING)
    told: list[tuple[int, int]] = []
    apply_all(
        waiting_of(delivery),
        asking(cast),
        by=None,
        at=AT,
        report=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 2), (2, 2)]


# by the workers


def worked(job: Job) -> Job:
    work.call(job.pk)
    job.refresh_from_db()
    return job


def asked(cast: Cast, about: Paper | Delivery) -> Job:
    """Ask for a file, or a whole delivery, to be written."""
    is_paper = isinstance(about, Paper)
    key = about.opened_id if isinstance(about, Paper) else about.pk
    return start(
        kind=APPLYING,
        by=cast.logins["office"],
        organisation=cast.organisation.pk,
        at=AT,
        arguments={"import" if is_paper else "delivery": key},
    )


def test_a_file_is_read_by_the_workers(cast: Cast) -> None:
    (paper,) = papers_of(unread(cast, table(PAYING).encode()))
    ask_to_read(paper=paper, by=cast.logins["office"], at=AT)
    job = worked(Job.objects.get())
    assert job.state == Job.State.DONE
    assert job.outcome == {
        "code": "intake.read",
        "values": {"name": "1.csv"},
        "url": reverse("intake:paper", args=[paper.opened_id]),
        "is_bad": False,
    }
    assert fresh(paper).counts == {"added": 3, "unchanged": 2}
    assert log()[-2:] == ["intake.paper.read", "jobs.job.finished"]


def test_a_file_that_can_not_be_read_ends_with_the_sentence_that_says_why(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    (paper,) = papers_of(unread(cast, table(PAYING).encode()))
    ask_to_read(paper=paper, by=cast.logins["office"], at=AT)
    job = worked(Job.objects.get())
    refusal = fresh(paper).refusal
    assert (job.state, job.outcome["is_bad"], fresh(paper).state) == ("done", True, "unreadable")
    assert [job.outcome["values"]["zh"], job.outcome["values"]["en"]] == refusal


def test_a_file_that_was_decided_is_not_read_by_the_workers(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    ask_to_read(paper=paper, by=cast.logins["office"], at=AT)
    discard(opened=paper.opened, by=None, at=AT)
    job = worked(Job.objects.get())
    assert job.state == Job.State.FAILED
    assert "已经处理过" in job.outcome["values"]["zh"]


def test_an_import_is_written_by_the_workers(cast: Cast) -> None:
    paper = sent(cast, table(PAYING, HOARDING))
    job = worked(asked(cast, paper))
    assert job.state == Job.State.DONE
    assert job.outcome["code"] == "intake.applied"
    assert job.outcome["values"] == {"files": 1, "added": 4, "changed": 0}
    assert job.outcome["url"] == reverse("intake:paper", args=[paper.opened_id])
    opened = fresh(paper).opened
    assert (opened.state, opened.closed_by) == (Import.State.APPLIED, cast.logins["office"])


def test_a_delivery_is_written_by_the_workers(cast: Cast) -> None:
    delivery = delivered(cast, PAYING, HOARDING, REVIEWING)
    job = worked(asked(cast, delivery))
    assert job.outcome["values"] == {"files": 3, "added": 7, "changed": 0}
    assert job.outcome["url"] == reverse("intake:delivery", args=[delivery.pk])
    assert states(delivery) == ["applied"] * 3


def test_a_refusal_ends_the_work_with_its_sentence_and_nothing_is_written(cast: Cast) -> None:
    applied(cast, sent(cast, table(PAYING)))
    paper = sent(cast, table(row(level="低")))
    edited("R-CW-01", title="改过的名称")
    before = stored(cast)
    job = worked(asked(cast, paper))
    assert job.state == Job.State.FAILED
    assert "登记册有了变化" in job.outcome["values"]["zh"]
    assert stored(cast) == before


def test_the_work_may_do_what_its_asker_may_now(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    job = asked(cast, paper)
    membership = Membership.objects.get(person=cast.people["office"])
    org.end_membership(membership=membership, on=date(2026, 5, 13), by=None, at=AT)
    worked(job)
    assert job.state == Job.State.FAILED
    assert "不由您填报" in job.outcome["values"]["zh"]
    assert fresh(paper).opened.state == Import.State.PREVIEWED


@pytest.mark.parametrize("kind", ["read", "apply"])
def test_work_of_somebody_who_left_ends_with_a_sentence(cast: Cast, kind: str) -> None:
    paper = sent(cast, table(PAYING))
    if kind == "read":
        ask_to_read(paper=paper, by=cast.logins["office"], at=AT)
    else:
        asked(cast, paper)
    org.record_departure(person=cast.people["office"], on=ON, by=None, at=AT)
    job = worked(Job.objects.get())
    assert job.state == Job.State.FAILED
    assert "已不在机构中" in job.outcome["values"]["zh"]
    assert job.outcome["values"]["en"].endswith(".")
    assert fresh(paper).version == paper.version
    assert fresh(paper).opened.state == Import.State.PREVIEWED


def test_work_that_was_asked_for_twice_writes_once(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    first, second = (asked(cast, paper) for _ in range(2))
    assert worked(first).state == Job.State.DONE
    assert worked(second).state == Job.State.FAILED
    assert "已经处理过" in second.outcome["values"]["zh"]
    assert RiskPoint.objects.count() == 1
