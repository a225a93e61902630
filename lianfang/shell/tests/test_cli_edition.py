"""Edition files as somebody verifies and compares them."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from lianfang.common.text import Language
from lianfang.register.edition import Frozen, digest_of, frozen_register, to_bytes
from lianfang.register.model import (
    Measure,
    Power,
    Register,
    RiskPoint,
    Step,
    Subject,
    SubjectKind,
    Unit,
)
from lianfang.shell.cli.main import execute, run
from lianfang.shell.cli.terminal import Exit, Terminal

Typed = Callable[..., tuple[Exit, str, str]]
POWER = Power(
    id="BGS-Q1",
    unit="BGS",
    name="公务用车管理",
    steps=(Step(id="BGS-Q1-1", name="申请"), Step(id="BGS-Q1-2", name="派车", days=1)),
)
RISK = RiskPoint(
    id="BGS-F1",
    unit="BGS",
    about=Subject(kind=SubjectKind.POWER, id="BGS-Q1"),
    title="公车私用",
    level="medium",
    confirmed="medium",
    reason="车辆少，派车单齐全",
    measures=(
        Measure(id="BGS-F1-1", text="每月由两人核对派车单"),
        Measure(id="BGS-F1-2", text="节假日封存车辆并登记里程"),
    ),
)
ADDED = replace(
    RISK, id="BGS-F2", title="虚报维修费", confirmed="high", reason="去年查出两起", measures=()
)
STEPS = (POWER.steps[0], replace(POWER.steps[1], days=2))


def edition(*risks: RiskPoint, power: Power = POWER, serial: int = 1) -> Frozen:
    """Return an edition of one office with these risk points."""
    register = Register(
        scheme="cnas-2012",
        organisation="某评价中心",
        units=(Unit(id="BGS", name="办公室", code="BGS"),),
        powers=(power,),
        risks=risks,
    )
    return Frozen(
        organisation="某评价中心",
        unit="BGS",
        unit_name="办公室",
        number=f"2026-{serial}",
        year=2026,
        serial=serial,
        effective_from=date(2026, 2 + serial, 1),
        scheme="cnas-2012",
        scheme_version="1",
        register=frozen_register(register, "BGS"),
        supersedes="2026-1" if serial > 1 else "",
    )


FIRST = edition(RISK)
SECOND = edition(
    replace(RISK, confirmed="high"), ADDED, power=replace(POWER, steps=STEPS), serial=2
)
DIGEST = digest_of(to_bytes(FIRST))


@pytest.fixture
def typed() -> Typed:
    """Return a function that runs a command line and gives its exit code, output and errors."""

    def type_in(*words: str | Path, language: Language = Language.ZH) -> tuple[Exit, str, str]:
        out, err = io.StringIO(), io.StringIO()
        code = execute([str(word) for word in words], Terminal(language, out, err, {}))
        return code, out.getvalue(), err.getvalue()

    return type_in


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "BGS-2026-1.json"
    path.write_bytes(to_bytes(FIRST))
    return path


@pytest.fixture
def second(tmp_path: Path) -> Path:
    path = tmp_path / "BGS-2026-2.json"
    path.write_bytes(to_bytes(SECOND))
    return path


@pytest.fixture
def torn(first: Path) -> Path:
    path = first.with_name("torn.json")
    path.write_bytes(first.read_bytes().replace(b'"power"', b'"step"'))
    return path


def test_verify_says_whose_edition_it_is_and_that_it_is_intact(typed: Typed, first: Path) -> None:
    assert typed("edition", "verify", first) == (
        Exit.DONE,
        "BGS-2026-1.json：完好\n"
        "  单位 办公室（BGS）\n"
        "  版本 2026-1，自 2026-03-01 起施行\n"
        f"  摘要 sha-256 {DIGEST}\n"
        "  数量 职权 1，风险点 1，防控措施 2\n",
        "",
    )


def test_verify_speaks_english(typed: Typed, first: Path, torn: Path) -> None:
    code, out, _ = typed("edition", "verify", first, torn, language=Language.EN)
    assert code == Exit.FOUND
    assert out.splitlines() == [
        "BGS-2026-1.json: intact",
        "  unit     办公室 (BGS)",
        "  edition  2026-1, in effect from 2026-03-01",
        f"  digest   sha-256 {DIGEST}",
        "  counts   powers 1, risk points 1, measures 2",
        "torn.json: not intact. Risk point BGS-F1 mentions in about the step BGS-Q1, which is not "
        "there. Add it, or mend the mention.",
    ]


def test_verify_gives_json_for_programs(typed: Typed, first: Path, torn: Path) -> None:
    code, out, _ = typed("edition", "verify", first, torn, "--format", "json")
    assert code == Exit.FOUND
    intact, broken = json.loads(out)
    assert intact == {
        "file": "BGS-2026-1.json",
        "intact": True,
        "algorithm": "sha-256",
        "digest": DIGEST,
        "fault": None,
        "organisation": "某评价中心",
        "unit": "BGS",
        "unit_name": "办公室",
        "number": "2026-1",
        "effective_from": "2026-03-01",
        "scheme": "cnas-2012",
        "scheme_version": "1",
        "powers": 1,
        "risks": 1,
        "measures": 2,
    }
    assert (broken["file"], broken["intact"], broken["number"]) == ("torn.json", False, None)
    assert broken["digest"] == digest_of(torn.read_bytes())
    assert "指向环节 BGS-Q1" in broken["fault"]


def test_verify_compares_with_the_digest_that_was_published(typed: Typed, first: Path) -> None:
    assert typed("edition", "verify", first, "--digest", DIGEST.upper())[0] == Exit.DONE
    code, out, err = typed("edition", "verify", first, "--digest", "0" * 64)
    assert (code, err) == (Exit.FOUND, "")
    assert out.startswith("BGS-2026-1.json：不完好。版本 2026-1 的摘要是 ")


def test_a_file_that_cannot_be_opened_does_not_stop_the_others(typed: Typed, first: Path) -> None:
    code, out, err = typed("edition", "verify", "没有.json", first)
    assert code == Exit.REFUSED
    assert "没有.json：打不开" in err
    assert "完好" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["edition"], "缺少参数：任务"),
        (["edition", "mend"], "不能是"),
        (["edition", "verify"], "缺少参数"),
        (["edition", "verify", "a.json", "b.json", "--digest", "0" * 64], "一份文件"),
        (["edition", "verify", "a.json", "--digest", "xyz"], "64 个"),
        (["edition", "verify", "a.json", "--format", "xml"], "不能是"),
        (["edition", "diff", "a.json"], "缺少参数"),
        (["edition", "diff", "a.json", "b.json"], "打不开"),
        (["edition", "diff", "a.json", "b.json", "-o", "c.pdf"], ".xlsx"),
    ],
)
def test_wrong_words_get_a_sentence_and_the_code_of_refusals(
    typed: Typed, words: list[str], says: str
) -> None:
    code, out, err = typed(*words)
    assert (code, out) == (Exit.REFUSED, "")
    assert says in err


def test_an_edition_does_not_differ_from_itself(typed: Typed, first: Path) -> None:
    assert typed("edition", "diff", first, first) == (
        Exit.DONE,
        "办公室 2026-1（2026-03-01） → 办公室 2026-1（2026-03-01）\n没有变化。\n",
        "",
    )


def test_diff_tells_fields_levels_with_their_reasons_and_steps(
    typed: Typed, first: Path, second: Path
) -> None:
    assert typed("edition", "diff", first, second) == (
        Exit.FOUND,
        "办公室 2026-1（2026-03-01） → 办公室 2026-2（2026-04-01）\n"
        "~ 环节 派车  （公务用车管理）\n"
        "    时限（工作日）: 1 → 2\n"
        "~ 风险点 公车私用  （公务用车管理）\n"
        "    确认等级: medium → high\n"
        "    理由: 车辆少，派车单齐全\n"
        "+ 风险点 虚报维修费  （公务用车管理）\n"
        "    确认等级: high\n"
        "    理由: 去年查出两起\n"
        "增加 1，删除 0，修改 2，移动 0。\n",
        "",
    )
    _, out, _ = typed("edition", "diff", second, first, language=Language.EN)
    assert "- risk point 虚报维修费  （公务用车管理）\n    confirmed level: high\n" in out


def test_diff_gives_json_for_programs(typed: Typed, first: Path, second: Path) -> None:
    code, out, _ = typed("edition", "diff", first, second, "--format", "json")
    assert code == Exit.FOUND
    told = json.loads(out)
    assert (told["old"]["number"], told["new"]["number"]) == ("2026-1", "2026-2")
    assert told["new"]["digest"] == digest_of(second.read_bytes())
    step, changed, added = told["changes"]
    assert step["fields"] == [{"field": "days", "before": "1", "after": "2"}]
    assert "levels_after" not in step
    assert (changed["kind"], changed["id"]) == ("changed", "BGS-F1")
    assert changed["levels_before"]["confirmed"] == "medium"
    assert changed["levels_after"]["confirmed"] == "high"
    assert (added["levels_before"], added["levels_after"]["reason"]) == (None, "去年查出两起")


def test_another_order_of_measures_is_told(typed: Typed, first: Path, tmp_path: Path) -> None:
    turned = tmp_path / "turned.json"
    measures = tuple(reversed(RISK.measures))
    turned.write_bytes(to_bytes(edition(replace(RISK, measures=measures), serial=2)))
    code, out, _ = typed("edition", "diff", first, turned)
    assert code == Exit.FOUND
    assert out.splitlines()[-1] == "内容没有变化，只有环节或措施的先后次序不同。"
    told = json.loads(typed("edition", "diff", first, turned, "--format", "json")[1])
    assert (told["changes"], told["reordered"]) == ([], True)


def test_diff_writes_the_comparison_as_a_workbook(
    typed: Typed, first: Path, second: Path, tmp_path: Path
) -> None:
    target = tmp_path / "对照.xlsx"
    code, out, _ = typed("edition", "diff", first, second, "-o", target)
    assert code == Exit.FOUND
    assert out.endswith(f"已写入 {target}。\n")
    sheet = openpyxl.load_workbook(target).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("2026-1 → 2026-2" in cell for cell in cells)
    assert any("虚报维修费" in cell for cell in cells)
    code, out, _ = typed("edition", "diff", first, second, "-o", target, "--format", "json")
    assert json.loads(out)["changes"] != []


def test_a_workbook_that_cannot_be_written_is_told(
    typed: Typed, first: Path, second: Path, tmp_path: Path
) -> None:
    code, out, err = typed("edition", "diff", first, second, "-o", tmp_path / "none" / "a.xlsx")
    assert (code, out) == (Exit.REFUSED, "")
    assert "写不成" in err


def test_an_unknown_scheme_is_asked_for_only_where_it_is_needed(
    typed: Typed, first: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    register = replace(FIRST.register, scheme="own")
    other.write_bytes(to_bytes(replace(FIRST, scheme="own", register=register)))
    code, out, _ = typed("edition", "diff", first, other)
    assert code == Exit.DONE
    assert "方案: cnas-2012 1 → own 1" in out
    target = tmp_path / "a.xlsx"
    code, _, err = typed("edition", "diff", first, other, "-o", target)
    assert code == Exit.REFUSED
    assert "--scheme" in err
    words = ("-o", target, "--scheme", "cnas-2012")
    assert typed("edition", "diff", first, other, *words)[0] == Exit.DONE


def test_diff_refuses_an_edition_that_is_not_intact_by_name(
    typed: Typed, first: Path, torn: Path
) -> None:
    code, out, err = typed("edition", "diff", first, torn)
    assert (code, out) == (Exit.REFUSED, "")
    assert "torn.json：风险点 BGS-F1" in err


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("words", [[], ["verify"], ["diff"]], ids=str)
def test_every_help_is_worded_in_its_language(
    words: list[str], language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        run(["edition", *words, "--help", "--lang", language])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert ("用法：" if language is Language.ZH else "usage: ") in text
    assert ("显示这份说明" if language is Language.ZH else "show this help") in text


@pytest.mark.parametrize("task", ["verify", "diff"])
def test_it_needs_no_installation_and_loads_nothing_that_reads_tables(
    first: Path, task: str
) -> None:
    code = (
        "import sys; sys.argv = ['lianfang', 'edition', *sys.argv[1:]]\n"
        "from lianfang.shell.cli.main import run\n"
        "try:\n    run()\nexcept SystemExit as left:\n    assert left.code == 0\n"
        "heavy = {'django', 'yaml', 'lxml', 'xlsxwriter', 'typst', 'python_calamine'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, task, first, first],
        capture_output=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert (done.returncode, done.stderr) == (0, b"")
