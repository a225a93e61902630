"""Draw sheets as somebody verifies them who has only the file and the program."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lianfang.common.text import Language
from lianfang.inspections.rules.sheet import to_bytes
from lianfang.inspections.tests.plans import sheet
from lianfang.shell.cli.main import execute
from lianfang.shell.cli.terminal import Exit, Terminal

Typed = Callable[..., tuple[Exit, str, str]]
WHOLE = sheet()
CONTENT = to_bytes(WHOLE)
FIRST = WHOLE.drawn[0]
SPARED = next(
    one
    for one in WHOLE.plan.entries
    if one.level == FIRST.level and one.line not in {drawn.line for drawn in WHOLE.drawn}
)


@pytest.fixture
def typed() -> Typed:
    """Return a function that runs a command line and gives its exit code, output and errors."""

    def type_in(*words: str | Path, language: Language = Language.ZH) -> tuple[Exit, str, str]:
        out, err = io.StringIO(), io.StringIO()
        code = execute([str(word) for word in words], Terminal(language, out, err, {}))
        return code, out.getvalue(), err.getvalue()

    return type_in


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "draw.json"
    path.write_bytes(CONTENT)
    return path


def changed(whole: Path, old: str, new: str, many: int = 1) -> Path:
    """Return a copy of the file in which a text is another one, as in an editor."""
    content = whole.read_text(encoding="utf-8")
    assert content.count(old) >= many
    path = whole.with_name("changed.json")
    path.write_text(content.replace(old, new, many), encoding="utf-8")
    return path


def test_a_sheet_is_verified_with_what_to_compare(typed: Typed, whole: Path) -> None:
    announced = ("--digest", WHOLE.plan_digest, "--commitment", WHOLE.commitment)
    code, out, err = typed("draw-sheet", "verify", whole, *announced)
    assert (code, err) == (Exit.DONE, "")
    assert out.splitlines()[0] == "draw.json：完好"
    assert WHOLE.plan_digest in out
    assert WHOLE.value in out
    code, out, _ = typed("draw-sheet", "verify", whole, language=Language.EN)
    assert (code, out.splitlines()[0]) == (Exit.DONE, "draw.json: intact")


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        (
            '"person_name":"某人3","post":"CW-03","post_name"',
            '"person_name":"某人叁","post":"CW-03","post_name"',
            "entry",
            "某人叁",
        ),
        ('"medium","line":2,"person"', '"low","line":2,"person"', "entry", "第 2 行"),
        (WHOLE.seed, "5b" * 32, "seed", "种子"),
        (f'"value":"{WHOLE.value}"', '"value":"3245.68"', "value", "3245.68"),
        (
            f'"order":1,"person":"{FIRST.person}","person_name":"{FIRST.person_name}",'
            f'"post":"{FIRST.post}"',
            f'"order":1,"person":"{SPARED.person}","person_name":"{SPARED.person_name}",'
            f'"post":"{SPARED.post}"',
            "drawn",
            f"应为 {FIRST.level} {FIRST.unit} {FIRST.post} {FIRST.person}",
        ),
    ],
)
def test_one_change_fails_and_is_named(
    typed: Typed, whole: Path, old: str, new: str, place: str, told: str
) -> None:
    path = changed(whole, old, new)
    code, out, _ = typed("draw-sheet", "verify", path)
    assert code == Exit.FOUND
    assert "不完好" in out
    assert told in out
    code, out, _ = typed("draw-sheet", "verify", path, "--format", "json")
    (one,) = json.loads(out)
    assert (code, one["intact"]) == (Exit.FOUND, False)
    assert [fault["place"] for fault in one["faults"]] == [place]


def test_another_list_than_the_one_announced_fails(typed: Typed, whole: Path) -> None:
    code, out, _ = typed("draw-sheet", "verify", whole, "--digest", "0" * 64)
    assert (code, "事先公布" in out) == (Exit.FOUND, True)


def test_what_is_no_sheet_is_not_intact(typed: Typed, whole: Path) -> None:
    other = whole.with_name("other.json")
    other.write_bytes(b"{}")
    code, out, _ = typed("draw-sheet", "verify", whole, other)
    assert code == Exit.FOUND
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        "draw.json：完好",
        "other.json：不完好",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("draw-sheet",),
        ("draw-sheet", "verify"),
        ("draw-sheet", "verify", "nowhere.json"),
        ("draw-sheet", "verify", "a.json", "--digest", "short"),
        ("draw-sheet", "verify", "a.json", "b.json", "--commitment", "0" * 64),
    ],
)
def test_wrong_usage_is_refused_in_words(typed: Typed, words: tuple[str, ...]) -> None:
    code, _out, err = typed(*words)
    assert code == Exit.REFUSED
    assert err


def test_verifying_loads_no_web_framework(whole: Path) -> None:
    code = (
        "import sys\n"
        "from lianfang.shell.cli.main import execute\n"
        "from lianfang.shell.cli.terminal import terminal_for\n"
        "assert execute(['draw-sheet', 'verify', sys.argv[1]], terminal_for(None)) == 0\n"
        "heavy = {'django', 'yaml', 'lxml', 'xlsxwriter', 'typst', 'python_calamine'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, whole],
        capture_output=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert (done.returncode, done.stderr) == (0, b"")
