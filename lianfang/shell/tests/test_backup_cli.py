"""Backup and restore as they are typed: from one database to the other and back, and killed."""

import os
import re
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from lianfang.shell.backup.packing import unpacking

PASSPHRASE = "a passphrase of some length"
# What an institution is, written by a process of its own.
_FILL = """
import django
django.setup()
from lianfang.org.tests.cast import AT, full_cast
from lianfang.org.actions.roster import apply_roster
from lianfang.org.exchange.roster import roster_from_rows
from lianfang.files.actions import keep
cast = full_cast()
people = [["工号", "姓名"], *([f"7{n:05}", f"人{n}"] for n in range(4000))]
roster = roster_from_rows({"人员": people})
apply_roster(organisation=cast.organisation, roster=roster, by=None, at=AT)
keep(chunks=[b"%PDF-1.7 file"], name="a.pdf", organisation=1, by=None, at=AT)
"""


@dataclass(frozen=True)
class Installation:
    """A folder and a database, reached only through the command line."""

    home: Path
    url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ
        }
        return {
            **kept,
            "LANG": "en_GB.UTF-8",
            "DJANGO_SETTINGS_MODULE": "lianfang.config.settings",
            "LIANFANG_HOME": str(self.home),
            "DATABASE_URL": self.url,
            "LIANFANG_BACKUP_PASSPHRASE": PASSPHRASE,
        }

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "lianfang", *map(str, arguments)]

    def run(self, *arguments: object, code: int = 0) -> str:
        """Return what a command says; require its exit code."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Return an installation on SQLite with an institution, and its backup beside it."""
    home = tmp_path_factory.mktemp("full")
    full = Installation(home)
    full.run("migrate")
    subprocess.run([sys.executable, "-c", _FILL], env=full.environment, check=True)
    full.run("backup", home / "a.backup")
    return full


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Installation]:
    """Return an empty installation: on PostgreSQL where the tests run with one, else on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgresql"):
        yield Installation(tmp_path / "other")
        return
    name = f"restored_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
    yield Installation(tmp_path / "other", urlsplit(url)._replace(path=f"/{name}").geturl())
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def root(said: str) -> str:
    found = re.search(r"root ([0-9a-f]{64})", said)
    assert found is not None, said
    return found[1]


def inside(path: Path) -> dict[str, bytes]:
    """Return the members of a backup but for what it says of itself."""
    with path.open("rb") as source, unpacking(source, PASSPHRASE) as members:
        return {name: content.read() for name, content in members if name != "manifest.json"}


def test_to_the_other_database_and_back_the_log_has_the_same_root(
    full: Installation, other: Installation, tmp_path: Path
) -> None:
    first = full.run("restore", "--check", full.home / "a.backup")
    there = other.run("restore", "--into-empty", full.home / "a.backup")
    again = other.run("backup", tmp_path / "b.backup")
    back = Installation(tmp_path / "back")
    assert "the log's root is the same" in back.run(
        "restore", "--into-empty", tmp_path / "b.backup"
    )
    final = back.run("backup", tmp_path / "c.backup")
    assert {root(first), root(there), root(again), root(final)} == {root(first)}
    assert inside(full.home / "a.backup") == inside(tmp_path / "b.backup")
    assert inside(full.home / "a.backup") == inside(tmp_path / "c.backup")
    back.run("audit", "verify")


def test_a_restore_that_is_killed_leaves_an_empty_database(
    full: Installation, other: Installation, tmp_path: Path
) -> None:
    other.run("migrate")
    content = (full.home / "a.backup").read_bytes()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (
        subprocess.Popen(
            other.command("restore", pipe), env=other.environment, stdin=subprocess.DEVNULL
        ) as restoring,
        pipe.open("wb", buffering=0) as feeding,
    ):
        # Writing returns only when it was read, but for what a pipe holds: it is in the middle.
        feeding.write(content[: len(content) * 9 // 10])
        assert restoring.poll() is None
        restoring.kill()
    assert restoring.returncode == -9
    assert rows_in(other) == 0
    said = other.run("restore", full.home / "a.backup")
    assert rows_in(other) > 4000
    assert root(said) == root(full.run("restore", "--check", full.home / "a.backup"))


def rows_in(installation: Installation) -> int:
    """Return how many people and events a database holds, asked without our program."""
    question = "SELECT (SELECT count(*) FROM org_person) + (SELECT count(*) FROM audit_event)"
    if installation.url:
        with psycopg.connect(installation.url) as database:
            found = database.execute(question.encode()).fetchone()
    else:
        database_file = sqlite3.connect(installation.home / "lianfang.sqlite3")
        found = database_file.execute(question).fetchone()
        database_file.close()
    assert found is not None
    return int(found[0])


def test_what_goes_wrong_is_a_sentence(full: Installation, tmp_path: Path) -> None:
    backup = full.home / "a.backup"
    assert "exists already" in full.run("backup", backup, code=2)
    assert "holds something already" in full.run("restore", backup, code=2)
    assert "no backup of Lianfang" in full.run("restore", __file__, code=2)
    assert "can't be opened" in full.run("restore", tmp_path / "none", code=2)
    assert "--into-empty" in full.run("restore", "--help")
    empty = Installation(tmp_path / "new")
    assert "--into-empty" in empty.run("restore", backup, code=2)


def test_without_a_passphrase_and_a_terminal_nothing_is_written(
    full: Installation, tmp_path: Path
) -> None:
    environment = {**full.environment, "LIANFANG_BACKUP_PASSPHRASE": ""}
    done = subprocess.run(
        full.command("backup", tmp_path / "a"),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert "LIANFANG_BACKUP_PASSPHRASE_FILE" in done.stderr
    assert not (tmp_path / "a").exists()


def test_others_write_while_a_backup_is_made(full: Installation, tmp_path: Path) -> None:
    database = sqlite3.connect(full.home / "lianfang.sqlite3", timeout=0, isolation_level=None)
    with subprocess.Popen(
        full.command("backup", tmp_path / "a"), env=full.environment, stdin=subprocess.DEVNULL
    ) as backing_up:
        # Never refused, whatever the moment at which the backup stands.
        while backing_up.poll() is None:
            database.execute("UPDATE accounts_user SET language = '' WHERE id = 1")
    database.close()
    assert backing_up.returncode == 0
