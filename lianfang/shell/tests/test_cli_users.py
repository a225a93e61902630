"""`lianfang user` and `lianfang init`, as whoever runs the machine types them."""

import fcntl
import io
import os
import pty
import select
import sqlite3
import subprocess
import sys
import termios
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.usersessions.models import UserSession

from lianfang.accounts import actions
from lianfang.accounts.models import User
from lianfang.audit.models import Event
from lianfang.common import clock
from lianfang.common.text import Language
from lianfang.org.tests.cast import Cast, full_cast
from lianfang.shell.cli import asking
from lianfang.shell.cli.main import execute
from lianfang.shell.cli.terminal import Exit, Terminal

AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)
GOOD = "correct horse battery"
Typed = Callable[..., tuple[Exit, str, str]]


@pytest.fixture
def cast(db: None) -> Cast:
    del db
    return full_cast()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Return a function that runs a command line and gives its exit code, output and errors."""
    monkeypatch.setattr(clock, "now", lambda: AT)

    def type_in(*words: str, language: Language = Language.ZH) -> tuple[Exit, str, str]:
        out, err = io.StringIO(), io.StringIO()
        code = execute(list(words), Terminal(language, out, err, {}))
        return code, out.getvalue(), err.getvalue()

    return type_in


def signed_in(user: User) -> None:
    actions.record_sign_in(
        user=user,
        session_key="k1",
        address="10.0.0.1",
        user_agent="",
        how="password",
        by=user,
        at=AT,
    )


def test_logins_are_listed_with_whose_they_are(cast: Cast, typed: Typed) -> None:
    signed_in(cast.logins["clerk"])
    code, out, _ = typed("user", "list")
    assert code == Exit.DONE
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert "clerk 004" in lines["centre-clerk"]
    assert "2026-05-14 10:00" in lines["centre-clerk"]
    assert "（系统管理员）" in lines["centre-system"]
    _, out, _ = typed("user", "list", language=Language.EN)
    assert "(system)" in out


def test_a_password_is_made_up_and_shown(cast: Cast, typed: Typed) -> None:
    code, out, _ = typed("user", "reset-password", "CENTRE-audit", "--generate")
    assert code == Exit.DONE
    user = cast.logins["audit"]
    user.refresh_from_db()
    assert user.check_password(out.splitlines()[-1])
    assert user.must_change_password
    event = Event.objects.order_by("-position")[0]
    assert (event.actor, event.action) == ("system", "accounts.login.password_reset")


def test_a_password_is_asked_for_on_a_terminal_alone(
    cast: Cast, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = typed("user", "reset-password", "centre-clerk")
    assert code == Exit.REFUSED
    assert "终端" in err
    answers = iter(["short", GOOD, "something else", GOOD, GOOD])
    monkeypatch.setattr(asking, "require_terminal", lambda command: None)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    code, _, err = typed("user", "reset-password", "centre-clerk")
    assert code == Exit.DONE
    assert "至少 12 个字符" in err
    assert "两次输入的密码不同" in err
    user = cast.logins["clerk"]
    user.refresh_from_db()
    assert user.check_password(GOOD)


def test_a_login_is_closed_and_opened_again(cast: Cast, typed: Typed) -> None:
    signed_in(cast.logins["clerk"])
    assert typed("user", "close", "centre-clerk", "--reason", "调离")[0] == Exit.DONE
    assert not UserSession.objects.exists()
    code, _, err = typed("user", "close", "centre-clerk")
    assert code == Exit.REFUSED
    assert "已经关闭" in err
    assert "已关闭" in typed("user", "list")[1]
    assert typed("user", "reopen", "centre-clerk")[0] == Exit.DONE
    assert User.objects.get(username="centre-clerk").is_active


def test_sessions_are_shown_and_ended(cast: Cast, typed: Typed) -> None:
    signed_in(cast.logins["system"])
    assert "10.0.0.1" in typed("user", "sessions", "centre-system")[1]
    assert "已结束 1 个会话" in typed("user", "sessions", "centre-system", "--end")[1]
    assert not UserSession.objects.exists()


def test_the_second_factor_of_an_administrator_is_removed(cast: Cast, typed: Typed) -> None:
    user = cast.logins["security"]
    actions.add_authenticator(user=user, secret=generate_totp_secret(), by=user, at=AT)
    assert typed("user", "remove-factor", "centre-security")[0] == Exit.DONE
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("words", [("close", "nobody"), ("reopen",)])
def test_a_name_that_no_login_has_is_refused(
    cast: Cast, typed: Typed, words: tuple[str, ...]
) -> None:
    del cast
    code, _, err = typed("user", *words)
    assert code == Exit.REFUSED
    assert err


# at a terminal ------------------------------------------------------------------------------


class AtTerminal:
    """A program before which somebody sits: it asks, they answer."""

    def __init__(self, *words: str, home: Path) -> None:
        self.leader, follower = pty.openpty()
        self.said = ""
        environment = {**os.environ, "LIANFANG_HOME": str(home), "LIANFANG_TESTING": "0"}
        environment.pop("DATABASE_URL", None)
        environment["DJANGO_SETTINGS_MODULE"] = "lianfang.config.settings"
        self.program = subprocess.Popen(
            [sys.executable, "-c", "from lianfang.shell.cli.main import run; run()", *words],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(follower)

    def hears(self, words: str) -> None:
        """Wait until the program has said the words, since it was last answered."""
        while words not in self.said:
            ready, _, _ = select.select([self.leader], [], [], 60)
            assert ready, f"waits for {words!r} after {self.said!r}"
            try:
                self.said += os.read(self.leader, 4096).decode(errors="replace")
            except OSError:
                break
        assert words in self.said

    def answers(self, question: str, answer: str) -> None:
        """Answer a question of the program."""
        self.hears(question)
        self.said = ""
        os.write(self.leader, f"{answer}\n".encode())

    def ends(self) -> int:
        """Return the exit code."""
        code = self.program.wait(60)
        os.close(self.leader)
        return code


def test_init_asks_for_three_administrators_at_a_terminal_and_shows_no_password(
    tmp_path: Path,
) -> None:
    program = AtTerminal(
        "init", "--lang", "en", "--code", "mec", "--name", "示范评价中心", home=tmp_path
    )
    everything = ""
    for number, kind in enumerate(("system", "security", "audit")):
        program.answers("name: ", f"{kind} person")
        program.answers("login: ", f"{kind}1")
        if number == 0:
            program.answers("first password: ", "short")
            program.hears("at least 12 characters")
        program.answers("first password: ", f"{GOOD} {number}")
        everything += program.said
        program.answers("once more: ", f"{GOOD} {number}")
        everything += program.said
    program.hears("administrators exist")
    assert GOOD not in everything + program.said
    assert program.ends() == Exit.DONE
    with sqlite3.connect(tmp_path / "lianfang.sqlite3") as database:
        rows = database.execute(
            "SELECT kind, name, username, must_change_password, organisation FROM"
            " org_administrator JOIN accounts_user ON login_id = accounts_user.id ORDER BY 1"
        ).fetchall()
        (organisation,) = database.execute("SELECT id FROM org_organisation").fetchone()
    database.close()
    assert rows == [
        (kind, f"{kind} person", f"{kind}1", 1, organisation)
        for kind in ("audit", "security", "system")
    ]


def test_init_asks_nothing_where_nobody_sits(tmp_path: Path) -> None:
    environment = {**os.environ, "LIANFANG_HOME": str(tmp_path), "LIANFANG_TESTING": "0"}
    environment["DJANGO_SETTINGS_MODULE"] = "lianfang.config.settings"
    environment.pop("DATABASE_URL", None)
    words = ["init", "--lang", "en", "--code", "mec", "--name", "甲"]
    done = subprocess.run(
        [sys.executable, "-c", "from lianfang.shell.cli.main import run; run()", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == Exit.REFUSED
    assert "terminal" in done.stderr
    assert not (tmp_path / "lianfang.sqlite3").exists()
