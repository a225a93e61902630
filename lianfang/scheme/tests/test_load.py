"""A scheme loads whole or is refused with file, line and path."""

import shutil
from pathlib import Path

import pytest
import yaml

from lianfang.common.text import Language
from lianfang.scheme.faults import SchemeRefused
from lianfang.scheme.home import available, home
from lianfang.scheme.load import examine, load_scheme
from lianfang.scheme.model import Clause, Count, Scheme
from lianfang.scheme.tests.conftest import TINY, Break

DEEP = "name" + "[0]" * 12
Case = tuple[str, str, str, str, int, str, str]


def _cases() -> list[Case]:
    """Return the rows of faults.txt, each a way to break the small scheme."""
    lines = (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if not line.startswith("#")]
    return [(a, b, c, where, int(line), path, word) for a, b, c, where, line, path, word in rows]


LARGE: list[Case] = [
    ("scheme.yaml", "name: tiny", "? [a]\n: b", "scheme.yaml", 1, "", "word"),
    ("scheme.yaml", "name: tiny", "---\na: 1\n---\nb: 1", "scheme.yaml", 1, "-", "one document"),
    ("scheme.yaml", "name: tiny", f"name: {'[' * 100_000}", "scheme.yaml", 1, DEEP, "nested"),
    ("scheme.yaml", "name: tiny", f"name: {'9' * 10_000}\nx: 1", "scheme.yaml", 2, "x", "known"),
    ("scheme.yaml", "name: tiny", f"name: {'x' * 400_000}", "scheme.yaml", 0, "-", "larger"),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "line", "path", "word"), _cases() + LARGE)
def test_a_broken_scheme_is_refused_at_file_line_and_path(
    broken: Break, file: str, old: str, new: str, where: str, line: int, path: str, word: str
) -> None:
    with pytest.raises(SchemeRefused) as refused:
        load_scheme(broken(file, old, new))
    faults = [f for f in refused.value.faults if (f.file, f.line, f.path) == (where, line, path)]
    assert faults, refused.value.text.en
    assert any(word in fault.text.en for fault in faults), faults
    assert all(fault.text.zh != fault.text.en for fault in refused.value.faults)


def test_several_faults_are_told_at_once(broken: Break) -> None:
    folder = broken("words.yaml", "rank: 2", "rank: two")
    text = (folder / "alerts.yaml").read_text(encoding="utf-8")
    changed = text.replace("register_only: true", "register_only: 1").replace("about: other, ", "")
    (folder / "alerts.yaml").write_text(changed, encoding="utf-8")
    with pytest.raises(SchemeRefused) as refused:
        load_scheme(folder)
    assert [fault.path for fault in refused.value.faults] == [
        "routes[0].about",
        "leads.register_only",
        "levels[0].rank",
    ]
    assert refused.value.sentence(Language.EN).splitlines()[2] == (
        "words.yaml:2: levels[0].rank: Expected `int`, got `str`."
    )
    assert "words.yaml:2: levels[0].rank：应为整数，实为文字。" in str(refused.value)


def test_a_file_that_is_not_utf8_is_refused(broken: Break) -> None:
    folder = broken("scheme.yaml", "tiny", "tiny")
    (folder / "scheme.yaml").write_bytes("name: 中文".encode("gb18030"))
    with pytest.raises(SchemeRefused, match="UTF-8"):
        load_scheme(folder)


def test_a_folder_named_like_a_file_is_refused(broken: Break) -> None:
    folder = broken("scheme.yaml", "tiny", "tiny")
    (folder / "x.yaml").mkdir()
    with pytest.raises(SchemeRefused, match=r"x\.yaml"):
        load_scheme(folder)


def test_too_many_files_are_refused(broken: Break) -> None:
    folder = broken("scheme.yaml", "tiny", "tiny")
    for number in range(50):
        (folder / f"{number}.yaml").write_text("a: 1\n", encoding="utf-8")
    with pytest.raises(SchemeRefused, match="40"):
        load_scheme(folder)


@pytest.mark.parametrize("name", ["nothing", "../..", "", "tests", "/"])
def test_an_unknown_scheme_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(SchemeRefused, match="cnas-2012"):
        load_scheme(name)


def test_the_plan_of_the_centre_comes_with_the_program() -> None:
    assert "cnas-2012" in available()


def test_a_second_scheme_of_another_kind_loads(tiny: Scheme) -> None:
    assert [level.code for level in tiny.levels] == ["red", "green"]
    assert isinstance(tiny.rating, Count)
    assert tiny.rank("red") == 2
    assert tiny.rank(None) == 0
    assert tiny.level("green").clause == Clause("内规〔2020〕3号", "第一条")
    assert tiny.matters[0].clause == Clause("外部规定", "9")


def test_files_may_be_cut_in_any_way(tiny: Scheme, tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    files = sorted(set(TINY.glob("*.yaml")) - {TINY / "checks.yaml"})
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    (folder / "scheme.yaml").write_text(text, encoding="utf-8")
    shutil.copy(TINY / "checks.yaml", folder)
    assert load_scheme(folder) == tiny


def test_what_a_scheme_does_not_have_is_refused_by_name(tiny: Scheme) -> None:
    with pytest.raises(SchemeRefused, match="purple"):
        tiny.level("purple")
    for ask in (tiny.checks.limit, tiny.checks.words, tiny.checks.pairs):
        with pytest.raises(SchemeRefused, match=r"checks\.yaml.*nothing"):
            ask("nothing")
    assert tiny.checks.limit("short") == 10
    assert tiny.checks.words("slogans") == ("加强学习",)
    assert tiny.checks.pairs("clashes") == (("采购", "验收"),)


def test_a_matrix_without_impacts_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "scheme"
    shutil.copytree(home() / "cnas-2012", folder)
    factors = folder / "factors.yaml"
    content = yaml.load(factors.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    factors.write_text(
        yaml.safe_dump({**content, "impacts": []}, allow_unicode=True), encoding="utf-8"
    )
    _, faults = examine(folder)
    assert {fault.path for fault in faults} == {"impacts"}
