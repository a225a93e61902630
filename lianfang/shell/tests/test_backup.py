"""A backup holds everything, opens with its passphrase, and comes back the same or not at all."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import time
from pathlib import Path

import msgspec
import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from pytest_django import Settings

from lianfang.audit.models import Event, Head
from lianfang.audit.verify import verify
from lianfang.files import actions as files
from lianfang.files import store
from lianfang.files.models import Attachment
from lianfang.notices.models import Channel
from lianfang.org import actions
from lianfang.org.actions.roster import apply_roster
from lianfang.org.exchange.roster import roster_from_rows
from lianfang.org.models import Person, Unit
from lianfang.org.queries.roster import books_of
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.shell.backup import writing
from lianfang.shell.backup.cipher import SealRefused, WeakPassphrase
from lianfang.shell.backup.manifest import Manifest
from lianfang.shell.backup.packing import packing, unpacking
from lianfang.shell.backup.reading import (
    NotEmpty,
    NotRestored,
    OlderBackup,
    check_backup,
    restore_backup,
)
from lianfang.shell.backup.tables import rows_of, stored_models
from lianfang.shell.backup.writing import FileExists, Written, write_backup
from lianfang.surveys.tests.making import opened, published

pytestmark = pytest.mark.django_db
PASSPHRASE = "a passphrase of some length"
Rows = dict[str, list[list[object]]]


@pytest.fixture(autouse=True)
def _a_place_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


class _Gone(Exception):
    """Ends what was only there to be backed up."""


@contextmanager
def once_there() -> Iterator[None]:
    """Let what is written inside vanish again, so that the database is as empty as before."""
    with suppress(_Gone), transaction.atomic():
        yield
        raise _Gone


def institution() -> Cast:
    """Return an institution with something in every corner: references ahead, files, odd texts."""
    cast = full_cast()
    Channel.objects.create(organisation=cast.organisation.pk, kind="wecom", daily_at=time(9, 15))
    low = actions.create_unit(
        organisation=cast.organisation,
        code="LOW",
        name="晚建的上级",
        parent=cast.units["root"],
        by=cast.logins["system"],
        at=AT,
    )
    # a row that refers to one with a higher key
    actions.change_unit(unit=cast.units["CW"], values={"parent": low}, by=None, at=AT)
    actions.record_kinship(
        person=cast.people["clerk"],
        relation="配偶",
        relative_name="“引号” 与 \\ 和 \t 与 🙂",
        on=AT.date(),
        by=None,
        at=AT,
    )
    files.keep(chunks=[b"%PDF-1.7 first"], name="一.pdf", organisation=1, by=None, at=AT)
    files.keep(chunks=[b"%PDF-1.7 first"], name="又一.pdf", organisation=1, by=None, at=AT)
    Authenticator.objects.create(
        user=cast.logins["clerk"], type="totp", data={"secret": "x", "n": [1, 2.5, None]}
    )
    # a box that stays shut wherever it is restored, and words under numbers by chance
    published(cast)
    opened(cast)
    rows = [["工号", "姓名"], *([f"7{n:03}", f"人{n}"] for n in range(700))]
    apply_roster(
        organisation=cast.organisation, roster=roster_from_rows({"人员": rows}), by=None, at=AT
    )
    return cast


def everything() -> Rows:
    return {model._meta.label_lower: list(rows_of(model)) for model in stored_models()}


@dataclass(frozen=True)
class Sealed:
    """A backup of an institution that is gone: its bytes, and what went in."""

    content: bytes
    written: Written
    rows: Rows


@pytest.fixture(scope="module")
def kept() -> dict[str, Sealed]:
    """Return where the backup is kept, so that it is made once for all tests here."""
    return {}


@pytest.fixture
def sealed(kept: dict[str, Sealed], tmp_path: Path) -> Sealed:
    """Return a backup of an institution; the database and the folder of files are empty."""
    if not kept:
        path = tmp_path / "first.backup"
        with once_there():
            institution()
            written = write_backup(path, passphrase=PASSPHRASE, at=AT)
            kept["it"] = Sealed(path.read_bytes(), written, everything())
        path.unlink()
        shutil.rmtree(store.root())
    return kept["it"]


@pytest.fixture
def path(sealed: Sealed, tmp_path: Path) -> Path:
    """Return the file of the backup."""
    path = tmp_path / "a.backup"
    path.write_bytes(sealed.content)
    return path


def restore(path: Path, passphrase: str = PASSPHRASE) -> Manifest:
    return restore_backup(path, passphrase=passphrase, at=AT)


def test_everything_comes_back_and_the_log_has_the_same_root(sealed: Sealed, path: Path) -> None:
    manifest = restore(path)
    assert manifest == sealed.written.manifest
    assert everything() == sealed.rows
    verdict = verify()
    assert (verdict.is_whole, verdict.root) == (True, manifest.log.root)
    digest = Attachment.objects.get(name="一.pdf").digest
    assert store.content_of(digest) == b"%PDF-1.7 first"
    assert (manifest.files.count, len(sealed.rows["files.attachment"])) == (1, 2)
    assert manifest.rows == sum(map(len, sealed.rows.values()))


def test_after_a_restore_people_go_on_where_they_were(tmp_path: Path) -> None:
    path = tmp_path / "a.backup"
    with once_there():
        cast = institution()
        last = actions.create_person(
            organisation=cast.organisation, code="zz", name="短暂", by=None, at=AT
        )
        given = last.pk
        last.delete()
        write_backup(path, passphrase=PASSPHRASE, at=AT)
    restore(path)
    root = Unit.objects.get(parent=None)
    person = actions.create_person(
        organisation=root.organisation, code="new", name="新人", by=None, at=AT
    )
    # a number that the log has named is never given again
    assert person.pk > given
    assert verify().is_whole
    assert Head.objects.get().size == Event.objects.count()


def test_every_table_is_kept_or_left_out_on_purpose() -> None:
    kept = {model._meta.label_lower for model in stored_models()}
    assert {"audit.event", "org.person", "accounts.user", "mfa.authenticator"} <= kept
    assert not {label for label in kept if label.startswith(("sessions", "usersessions"))}


def test_a_backup_can_be_checked_without_writing(sealed: Sealed, path: Path) -> None:
    assert check_backup(path, passphrase=PASSPHRASE) == sealed.written.manifest
    assert not Person.objects.exists()


def test_nothing_readable_stands_in_the_file(sealed: Sealed, tmp_path: Path) -> None:
    content = sealed.content
    for secret in ("示范评价中心".encode(), b"secretary", b"org.person", b"manifest"):
        assert secret not in content
    write_backup(tmp_path / "a", passphrase=PASSPHRASE, at=AT)
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_the_same_data_never_makes_the_same_file(tmp_path: Path) -> None:
    with once_there():
        institution()
        for name in ("a", "b"):
            write_backup(tmp_path / name, passphrase=PASSPHRASE, at=AT)
    assert (tmp_path / "a").read_bytes()[200:] != (tmp_path / "b").read_bytes()[200:]


def test_the_wrong_passphrase_opens_nothing(path: Path) -> None:
    with pytest.raises(SealRefused, match="口令不对"):
        restore(path, "another passphrase")
    assert not Person.objects.exists()


def test_a_short_passphrase_seals_nothing(tmp_path: Path) -> None:
    with pytest.raises(WeakPassphrase, match="12"):
        write_backup(tmp_path / "a", passphrase="short", at=AT)
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"kept")
    with pytest.raises(FileExists):
        write_backup(tmp_path / "a", passphrase=PASSPHRASE, at=AT)
    assert (tmp_path / "a").read_bytes() == b"kept"


@pytest.mark.parametrize("percent", [1, 50, 100])
def test_a_damaged_file_restores_nothing(path: Path, percent: int) -> None:
    content = bytearray(path.read_bytes())
    content[(len(content) - 1) * percent // 100] ^= 1
    path.write_bytes(content)
    with pytest.raises(SealRefused):
        check_backup(path, passphrase=PASSPHRASE)
    with pytest.raises(SealRefused):
        restore(path)
    assert not Person.objects.exists()
    assert not Event.objects.exists()


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SealRefused, match="打不开"):
        restore(tmp_path / "nothing")


def test_nothing_is_restored_over_something(path: Path) -> None:
    full_cast("other")
    before = books_of(Unit.objects.filter(parent=None)[0].organisation_id)
    with pytest.raises(NotEmpty):
        restore(path)
    assert books_of(Unit.objects.filter(parent=None)[0].organisation_id) == before


def _remade(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Write a backup anew, with its passphrase, with members changed or left out."""
    with path.open("rb") as source, unpacking(source, PASSPHRASE) as members:
        kept = [(name, content.read()) for name, content in members]
    out = io.BytesIO()
    with packing(out, PASSPHRASE) as packer:
        for name, content in kept:
            changed = change(name, content)
            if changed is not None:
                packer.add(name, changed)
    path.write_bytes(out.getvalue())


def _in_manifest(**values: object) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        return msgspec.json.encode(msgspec.json.decode(content) | values)

    return change


def test_a_backup_of_a_newer_release_says_so(sealed: Sealed, path: Path) -> None:
    steps = sealed.written.manifest.migrations | {"org": "0099_from_tomorrow"}
    _remade(path, _in_manifest(migrations=steps, release="99.1"))
    with pytest.raises(SealRefused, match=r"更新的版本 99\.1"):
        restore(path)


def test_a_backup_of_an_older_release_asks_for_an_empty_database(
    sealed: Sealed, path: Path
) -> None:
    steps = sealed.written.manifest.migrations | {"audit": "0001_initial"}
    _remade(path, _in_manifest(migrations=steps))
    with pytest.raises(OlderBackup, match="--into-empty"):
        restore(path)


def test_a_row_that_is_missing_undoes_all_of_it(path: Path) -> None:
    _remade(
        path,
        lambda name, content: content.split(b"\n", 1)[1] if "org.kinship" in name else content,
    )
    with pytest.raises(NotRestored, match=r"org\.kinship 应有 1 行，读到 0 行"):
        restore(path)
    assert not Person.objects.exists()
    assert Head.objects.get().size == 0


def test_a_log_that_differs_undoes_all_of_it(path: Path) -> None:
    _remade(
        path,
        lambda name, content: (
            content.replace("财务处".encode(), "审计处".encode()) if "audit." in name else content
        ),
    )
    with pytest.raises(NotRestored, match="日志根"):
        restore(path)
    assert not Event.objects.exists()


def test_a_file_that_differs_undoes_all_of_it(path: Path) -> None:
    _remade(
        path,
        lambda name, content: b"%PDF-1.7 other" if name.startswith("files/") else content,
    )
    with pytest.raises(NotRestored, match="附件"):
        restore(path)
    assert not Person.objects.exists()


def test_a_reference_to_nothing_undoes_all_of_it(sealed: Sealed, path: Path) -> None:
    tables = {table.model: table.columns for table in sealed.written.manifest.tables}
    place = tables["org.unit"].index("parent_id")

    def orphaned(name: str, content: bytes) -> bytes:
        if "org.unit/" not in name:
            return content
        lines = [msgspec.json.decode(line) for line in content.splitlines()]
        lines[-1][place] = 999_999
        return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)

    _remade(path, orphaned)
    with pytest.raises(NotRestored):
        restore(path)
    assert not Person.objects.exists()


def test_an_end_that_was_left_out_is_found(path: Path) -> None:
    _remade(path, lambda name, content: None if name == "end" else content)
    with pytest.raises(SealRefused, match="末尾缺失"):
        restore(path)
    assert not Person.objects.exists()


def test_a_log_that_was_not_whole_is_kept_as_it_was_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.backup"
    with once_there():
        institution()
        _without_triggers("UPDATE audit_event SET actor = 'user:0' WHERE position = 3")
        written = write_backup(path, passphrase=PASSPHRASE, at=AT)
    assert written.manifest.log.fault is not None
    assert "第 3 条" in written.manifest.log.fault.zh
    assert restore(path).log.fault == written.manifest.log.fault


def _without_triggers(statement: str) -> None:
    """Change the log as somebody does who owns the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_event_update")
        cursor.execute(statement)


def test_an_attachment_that_is_gone_is_named_and_the_rest_is_backed_up(tmp_path: Path) -> None:
    path = tmp_path / "a.backup"
    with once_there():
        institution()
        for file in store.root().rglob("*"):
            if file.is_file():
                file.unlink()
        written = write_backup(path, passphrase=PASSPHRASE, at=AT)
    assert written.missing == ("一.pdf",)
    assert restore(path).rows == written.manifest.rows


def test_a_backup_of_an_empty_installation_is_restored(tmp_path: Path) -> None:
    path = tmp_path / "a.backup"
    write_backup(path, passphrase=PASSPHRASE, at=AT)
    assert restore(path).log.size == 0
    assert Head.objects.get().size == 0


def test_what_breaks_off_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write_rows", broken)
    with pytest.raises(OSError, match="No space"):
        write_backup(tmp_path / "a", passphrase=PASSPHRASE, at=AT)
    assert list(tmp_path.iterdir()) == []


def test_the_inside_is_a_tar_that_needs_no_program_of_ours(path: Path) -> None:
    with path.open("rb") as source, unpacking(source, PASSPHRASE) as members:
        names = [name for name, _ in members]
    assert names[0] == "manifest.json"
    assert names[-1] == "end"
    assert "rows/org.unit/000000.jsonl" in names
