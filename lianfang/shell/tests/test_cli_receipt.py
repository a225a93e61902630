"""Slips as somebody verifies them who has only the file and the program."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from lianfang.common.text import Language
from lianfang.shell.cli.main import execute
from lianfang.shell.cli.terminal import Exit, Terminal

TODAY = {
    "format": "lianfang-filing-1",
    "organisation": "centre",
    "on": "2026-05-14",
    "digest": "0" * 64,
}


def typed(*words: str | Path, language: Language = Language.ZH) -> tuple[Exit, str, str]:
    """Run a command line; return its exit code, output and errors."""
    out, err = io.StringIO(), io.StringIO()
    code = execute([str(word) for word in words], Terminal(language, out, err, {}))
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def today(tmp_path: Path) -> Path:
    path = tmp_path / "filing.json"
    path.write_text(json.dumps(TODAY), encoding="utf-8")
    return path


def test_a_slip_of_today_says_to_come_back(today: Path) -> None:
    code, out, err = typed("receipt", "verify", today)
    assert (code, err) == (Exit.DONE, "")
    assert "次日" in out
    assert "2026-05-14" in out
    assert "the day after" in typed("receipt", "verify", today, language=Language.EN)[1]


@pytest.mark.parametrize("words", [("--root", "0" * 64), ("--root", "short")])
def test_what_does_not_hold_is_refused(today: Path, words: tuple[str, ...]) -> None:
    code, out, err = typed("receipt", "verify", today, *words)
    assert (code, out) == (Exit.REFUSED, "")
    assert err


def test_what_is_no_slip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}", encoding="utf-8")
    assert typed("receipt", "verify", path)[0] == Exit.REFUSED
    assert typed("receipt", "verify", tmp_path / "missing.json")[0] == Exit.REFUSED


def test_verifying_loads_no_web_framework(today: Path) -> None:
    program = (
        "import sys; from lianfang.shell.cli.main import run\n"
        "try: run(['receipt', 'verify', sys.argv[1]])\n"
        "except SystemExit as left: print(left.code, 'django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(today)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "0 False"
