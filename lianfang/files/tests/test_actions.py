"""Files are kept whole, once, looked at, and found again as they were."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.http import Http404
from pytest_django import Settings

from lianfang.accounts.models import User
from lianfang.audit.models import Event
from lianfang.common.errors import Refused
from lianfang.files import actions, store
from lianfang.files.access import get_attachment_for
from lianfang.files.jobs import clean
from lianfang.files.models import Attachment, Import
from lianfang.files.sending import as_download, download
from lianfang.files.store import Damaged, EmptyFile, TooLarge

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    return User.objects.create(username="somebody", created_at=AT)


def kept(content: bytes = b"%PDF-1.7 text", name: str = "文件.pdf", **kw: object) -> Attachment:
    return actions.keep(
        chunks=[content[:5], content[5:]],
        name=name,
        **{"organisation": 1, "by": None, "at": AT, **kw},  # type: ignore[arg-type]
    )


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_lies_under_its_digest_and_the_log_names_it(files_folder: Path, user: User) -> None:
    attachment = kept(by=user)
    digest = attachment.digest
    assert stored(files_folder) == [files_folder / digest[:2] / digest[2:4] / digest]
    assert store.content_of(digest) == b"%PDF-1.7 text"
    assert (attachment.size, attachment.kind, attachment.stored_by) == (13, "pdf", user)
    event = Event.objects.latest("position")
    assert (event.action, event.actor) == ("files.attachment.kept", f"user:{user.pk}")


def test_the_same_content_is_stored_once(files_folder: Path) -> None:
    first, second = kept(), kept(name="另一个名字.pdf")
    assert first.digest == second.digest
    assert len(stored(files_folder)) == 1


def test_storing_again_mends_what_was_damaged(files_folder: Path) -> None:
    digest = kept().digest
    stored(files_folder)[0].write_bytes(b"")
    kept()
    assert store.content_of(digest) == b"%PDF-1.7 text"


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.pdf", EmptyFile),
        (b"%PDF-" + b"x" * 100, "a.pdf", TooLarge),
        (b"MZ", "a.exe", Refused),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    files_folder: Path,
    settings: Settings,
    content: bytes,
    name: str,
    refusal: type[Refused],
) -> None:
    settings.FILE_BYTES = 50
    with pytest.raises(refusal):
        kept(content, name)
    assert stored(files_folder) == []
    assert not Attachment.objects.exists()


def test_an_upload_that_breaks_off_leaves_nothing_behind(files_folder: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield b"%PDF-"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        actions.keep(chunks=breaking(), name="a.pdf", organisation=1, by=None, at=AT)
    assert stored(files_folder) == []


def test_a_file_that_was_changed_or_lost_is_not_sent(files_folder: Path) -> None:
    attachment = kept()
    path = stored(files_folder)[0]
    path.write_bytes(b"%PDF-1.7 tex!")
    with pytest.raises(Damaged, match="已损坏"):
        download(attachment)
    path.unlink()
    with pytest.raises(Damaged):
        store.content_of(attachment.digest)


def test_no_digest_leads_out_of_the_folder() -> None:
    for odd in ("../" * 21 + "x", "A" * 64, "", "ab/" * 21 + "a"):
        with pytest.raises(ValueError, match="64 hex"):
            store.content_of(odd)


def test_a_download_is_saved_never_shown() -> None:
    answer = download(kept())
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%96%87%E4%BB%B6.pdf"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 text"  # type: ignore[attr-defined]
    answer.close()
    made = as_download(b"x", "a.xlsx")
    assert made.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_a_file_is_found_in_its_organisation_and_by_whoever_stored_it(user: User) -> None:
    attachment = kept(by=user)
    assert get_attachment_for(organisation=1, attachment_id=attachment.pk) == attachment
    for asked in ({"organisation": 2}, {"organisation": 1, "stored_by": user.pk + 1}):
        with pytest.raises(Http404):
            get_attachment_for(attachment_id=attachment.pk, **asked)


def test_the_sweep_removes_what_nothing_refers_to_after_a_day(files_folder: Path) -> None:
    attachment = kept()
    orphan = kept(b"%PDF- orphan")
    Attachment.objects.filter(pk=orphan.pk).delete()
    left = files_folder / "incoming" / "half"
    left.write_bytes(b"half")
    os.utime(left, (AT.timestamp(), AT.timestamp()))
    assert clean(AT + timedelta(hours=23)) == 0
    assert clean(AT + timedelta(hours=25)) == 2
    assert clean(AT + timedelta(hours=25)) == 0
    assert [path.name for path in stored(files_folder)] == [attachment.digest]


def test_an_import_is_opened_then_given_up_once(user: User) -> None:
    opened = actions.open_import(attachment=kept(), kind="test", by=user, at=AT)
    assert actions.discard(opened=opened, by=user, at=AT).state == Import.State.DISCARDED
    with pytest.raises(actions.ImportClosed):
        actions.discard(opened=opened, by=user, at=AT)
    with pytest.raises(actions.ImportClosed):
        actions.close_undone(opened=opened, by=user, at=AT)
    with pytest.raises(actions.ImportClosed):
        actions.close_applied(opened=opened, applied={}, deeds=[], event=1, by=user, at=AT)
