"""Files that come in: each is kept as it is, or none of them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings as ProjectSettings

from lianfang.audit.models import Event
from lianfang.common.errors import Refused
from lianfang.files.models import Attachment, Import
from lianfang.files.rules import KindRefused
from lianfang.files.store import EmptyFile, TooLarge, content_of
from lianfang.intake.actions.receiving import NothingSent, Sent, ask_to_read, receive
from lianfang.intake.models import Delivery, Paper, Row
from lianfang.intake.rules.settings import Settings, from_json
from lianfang.intake.tests.actions_world import HOARDING, PAYING, log, told
from lianfang.intake.tests.importing import TABLES, sent_unread, table
from lianfang.jobs.models import Job
from lianfang.org.tests.cast import AT, Cast, full_cast

pytestmark = pytest.mark.django_db
CSV = table(PAYING).encode()


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: ProjectSettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def received(cast: Cast, *files: tuple[str, bytes], settings: Settings | None = None) -> Delivery:
    return receive(
        organisation=cast.organisation,
        sent=[Sent(name=name, chunks=[content]) for name, content in files],
        settings=settings or Settings(),
        by=cast.logins["clerk"],
        at=AT,
    )


def test_files_that_came_together_are_one_delivery_and_nothing_is_read(cast: Cast) -> None:
    workbook = next(TABLES.glob("01-*.xlsx")).read_bytes()
    delivery = received(cast, ("财务处.csv", CSV), ("各处.xlsx", workbook), ("又一份.csv", CSV))
    assert (delivery.opened_by, delivery.opened_at) == (cast.logins["clerk"], AT)
    papers = list(delivery.papers.select_related("opened__attachment").order_by("pk"))
    assert [paper.opened.attachment.name for paper in papers] == [
        "财务处.csv",
        "各处.xlsx",
        "又一份.csv",
    ]
    assert {paper.state for paper in papers} == {Paper.State.WAITING}
    assert {paper.opened.state for paper in papers} == {Import.State.PREVIEWED}
    assert not Row.objects.exists()


def test_a_file_is_kept_under_its_digest_and_an_equal_one_once(cast: Cast, tmp_path: Path) -> None:
    received(cast, ("甲.csv", CSV), ("乙.csv", CSV))
    digest = hashlib.sha256(CSV).hexdigest()
    assert set(Attachment.objects.values_list("digest", flat=True)) == {digest}
    assert content_of(digest) == CSV
    assert len([path for path in tmp_path.glob("??/??/*") if path.is_file()]) == 1


def test_the_log_tells_every_file_and_the_delivery(cast: Cast) -> None:
    before = len(log())
    delivery = received(cast, ("甲.csv", CSV), ("乙.csv", table(HOARDING).encode()))
    each = ["files.attachment.kept", "files.import.opened"]
    assert log()[before:] == [*each, *each, "intake.delivery.opened"]
    event = Event.objects.latest("position")
    assert event.subject == f"intake.delivery:{delivery.pk}"
    assert event.actor == f"user:{cast.logins['clerk'].pk}"
    assert (event.organisation, event.rule) == (cast.organisation.pk, "六（一）")
    assert told("intake.delivery.opened") == {"files": [None, 2]}


def test_every_file_is_read_as_was_said_on_receiving(cast: Cast) -> None:
    said = Settings(unit="CW", suggested=True)
    delivery = received(cast, ("甲.csv", CSV), ("乙.csv", CSV), settings=said)
    assert [from_json(paper.settings) for paper in delivery.papers.all()] == [said, said]


def test_a_file_may_come_piece_by_piece_and_from_nobody(cast: Cast) -> None:
    def pieces() -> Iterator[bytes]:
        for start in range(0, len(CSV), 7):
            yield CSV[start : start + 7]

    delivery = receive(
        organisation=cast.organisation,
        sent=[Sent(name="../目录/财务处.csv", chunks=pieces())],
        settings=Settings(),
        by=None,
        at=AT,
    )
    attachment = delivery.papers.get().opened.attachment
    assert (attachment.name, content_of(attachment.digest)) == ("财务处.csv", CSV)
    assert delivery.opened_by is None
    assert Event.objects.latest("position").actor == "system"


REFUSED = {
    "a picture": ("图.png", b"\x89PNG\r\n\x1a\n", KindRefused, "“图.png”不是可以存的类型"),
    "a pdf called a workbook": ("措施.xlsx", b"%PDF-1.7", KindRefused, "内容不是 .xlsx 文件"),
    "a zip that is no workbook": ("措施.xlsx", b"PK\x03\x04", KindRefused, "内容不是 .xlsx 文件"),
    "an empty file": ("空.csv", b"", EmptyFile, "空.csv：文件是空的"),
    "a large file": ("大.csv", b"x" * 2_000_000, TooLarge, "大.csv：文件超过 1 MB"),
}


@pytest.mark.parametrize(("name", "content", "kind", "sentence"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("is_first", [True, False])
def test_of_files_with_one_that_is_refused_none_is_kept(
    cast: Cast,
    settings: ProjectSettings,
    name: str,
    content: bytes,
    kind: type[Refused],
    sentence: str,
    is_first: bool,
) -> None:
    settings.FILE_BYTES = 1024 * 1024
    before = log()
    files = [("好.csv", CSV), (name, content)]
    with pytest.raises(kind) as refused:
        received(cast, *(files[::-1] if is_first else files))
    assert sentence in refused.value.text.zh
    assert name in refused.value.text.en
    for table_of in (Delivery, Paper, Import, Attachment):
        assert not table_of._default_manager.exists()
    assert log() == before


def test_a_delivery_without_a_file_is_refused(cast: Cast) -> None:
    with pytest.raises(NothingSent) as refused:
        received(cast)
    assert (refused.value.text.zh[-1], refused.value.text.en[-1]) == ("。", ".")
    assert not Delivery.objects.exists()


def test_reading_is_left_to_the_workers(cast: Cast) -> None:
    paper = sent_unread(cast, CSV, "财务处.csv")
    ask_to_read(paper=paper, by=cast.logins["office"], at=AT)
    job = Job.objects.get()
    assert (job.kind, job.arguments) == ("intake.read", {"import": paper.opened_id})
    assert (job.organisation, job.asked_by) == (cast.organisation.pk, cast.logins["office"])
    assert log()[-1] == "jobs.job.asked"
