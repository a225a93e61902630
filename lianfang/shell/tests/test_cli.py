"""The commands as somebody types them."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from lianfang.common.text import Language
from lianfang.register.canonical import from_json
from lianfang.shell.cli.main import execute, run
from lianfang.shell.cli.terminal import Exit, Terminal, language_of, padded

TABLES = Path(__file__).parents[3] / "tests" / "tables"
MARKET = TABLES / "03-market-supervision.xlsx"
COMPANY = TABLES / "04-engineering-company.csv"

Typed = Callable[..., tuple[Exit, str, str]]


@pytest.fixture
def typed() -> Typed:
    """Return a function that runs a command line and gives its exit code, output and errors."""

    def type_in(*words: str | Path, language: Language = Language.ZH) -> tuple[Exit, str, str]:
        out, err = io.StringIO(), io.StringIO()
        code = execute([str(word) for word in words], Terminal(language, out, err, {}))
        return code, out.getvalue(), err.getvalue()

    return type_in


def test_read_shows_each_column_with_its_meaning_and_confidence(typed: Typed) -> None:
    code, out, _ = typed("read", MARKET)
    assert code == Exit.DONE
    assert "某市场监督管理局廉政风险防控责任清单" in out
    assert any(
        "职权内容" in line and "power" in line and "100%" in line for line in out.splitlines()
    )


def test_read_gives_json_for_programs(typed: Typed) -> None:
    code, out, _ = typed("read", MARKET, "--json")
    assert code == Exit.DONE
    assert json.loads(out)["tables"][0]["rows"][0]["power"] == "公务车维修业务"


def test_read_gives_the_register(typed: Typed) -> None:
    _, out, _ = typed("read", MARKET, "--register")
    register = from_json(out.strip().encode())
    assert [unit.name for unit in register.units] == ["办公室", "人事教育科"]
    assert len(register.risks) == 19


def test_numbered_levels_turn_round_on_demand(typed: Typed) -> None:
    _, out, _ = typed("read", COMPANY, "--json", "--levels", "low-first")
    assert json.loads(out)["tables"][0]["rows"][0]["level"] == "low"


def test_a_column_can_be_corrected(typed: Typed) -> None:
    _, out, _ = typed("read", MARKET, "--json", "--column", "责任人=leader")
    assert json.loads(out)["tables"][0]["rows"][0]["leader"] == "科室主要负责人"
    code, _, err = typed("read", MARKET, "--column", "责任人=boss")
    assert code == Exit.REFUSED
    assert "没有字段“boss”" in err


def test_check_prints_findings_like_a_linter(typed: Typed) -> None:
    code, out, _ = typed("check", COMPANY)
    assert code == Exit.FOUND
    line = next(line for line in out.splitlines() if "C501" in line)
    assert line.startswith("04-engineering-company.csv:15:E: C501 错误 ")
    assert line.endswith("[五（四）]")
    assert "错误 1" in out.splitlines()[-1]


def test_check_speaks_english(typed: Typed) -> None:
    _, out, _ = typed("check", COMPANY, language=Language.EN)
    assert "C501 error" in out
    assert "1 error, 3 warnings" in out


def test_check_says_once_what_the_file_has_no_column_for(typed: Typed) -> None:
    _, out, _ = typed("check", COMPANY)
    assert sum("表中没有这些栏" in line for line in out.splitlines()) == 1


def test_check_can_be_narrowed_and_widened(typed: Typed) -> None:
    code, out, _ = typed("check", COMPANY, "--select", "C501")
    assert [line for line in out.splitlines() if ": C" in line and "C501" not in line] == []
    assert code == Exit.FOUND
    code, out, _ = typed("check", COMPANY, "--ignore", "C3,C4,C5")
    assert code == Exit.DONE


def test_check_gives_json_with_the_cell_of_each_finding(typed: Typed) -> None:
    _, out, _ = typed("check", COMPANY, "--format", "json", "--select", "C501")
    found = [entry for entry in json.loads(out) if entry["code"] == "C501"]
    assert [(entry["row"], entry["column"], entry["severity"]) for entry in found] == [
        (15, "E", "error")
    ]


def test_check_writes_a_workbook(typed: Typed, tmp_path: Path) -> None:
    target = tmp_path / "问题.xlsx"
    code, out, _ = typed("check", COMPANY, "--format", "xlsx", "-o", target)
    assert (code, out) == (Exit.FOUND, "")
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][4:6] == ["代码", "级别"]
    assert "C501" in {row[4].value for row in sheet.iter_rows(min_row=2)}


def test_check_explains_a_check(typed: Typed) -> None:
    code, out, _ = typed("check", "--explain", "C501")
    assert code == Exit.DONE
    assert "五（四）" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check"], "请给出要检查的文件"),
        (["check", str(COMPANY), "--format", "xlsx"], "-o"),
        (["check", "没有.xlsx"], "打不开"),
        (["check", str(COMPANY), "--select", "C999"], "C999"),
        (["check", "--explain", "C999"], "C999"),
        (["read"], "缺少参数"),
        (["frobnicate"], "不能是"),
        (["read", str(COMPANY), "--levels", "sideways"], "不能是"),
        (["diff", str(COMPANY)], "缺少参数"),
        (["diff", "没有.json", str(COMPANY)], "打不开"),
        (["scheme", "check", "没有"], "没有"),
        (["scheme", "show", "--part", "nothing"], "不能是"),
    ],
)
def test_wrong_words_get_a_sentence_and_the_code_of_refusals(
    typed: Typed, words: list[str], says: str
) -> None:
    code, _, err = typed(*words)
    assert code == Exit.REFUSED
    assert says in err


def test_diff_of_a_file_with_itself_is_nothing(typed: Typed) -> None:
    assert typed("diff", MARKET, MARKET) == (Exit.DONE, "没有变化。\n", "")


def test_diff_tells_what_changed_between_two_years(typed: Typed, tmp_path: Path) -> None:
    later = tmp_path / "later.xlsx"
    book = openpyxl.load_workbook(MARKET)
    sheet = book.active
    assert sheet is not None
    sheet["F7"] = "高"
    sheet["E10"] = "考核结果不公开，凭个人好恶定等次。"
    book.save(later)
    code, out, _ = typed("diff", MARKET, later)
    assert code == Exit.FOUND
    assert "~ 风险点 违规加油,虚列油耗" in out
    assert "等级: medium → high" in out
    assert "名称: 考核不公开,凭个人好恶定等次 → 考核结果不公开，凭个人好恶定等次" in out
    assert out.splitlines()[-1] == "增加 0，删除 0，修改 2，移动 0。"


def test_diff_takes_a_register_for_a_file(typed: Typed, tmp_path: Path) -> None:
    _, out, _ = typed("read", MARKET, "--register")
    stored = tmp_path / "register.json"
    stored.write_text(out, encoding="utf-8")
    assert typed("diff", stored, MARKET)[0] == Exit.DONE
    assert json.loads(typed("diff", stored, MARKET, "--json")[1]) == []


def test_scheme_is_shown_and_checked(typed: Typed) -> None:
    code, out, _ = typed("scheme", "show")
    assert code == Exit.DONE
    assert "cnas-2012" in out
    assert typed("scheme", "check")[0] == Exit.DONE
    assert "五（三）" in typed("scheme", "show", "--part", "levels")[1]


def test_a_broken_scheme_is_told_by_file_and_line(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_text("name: 3\n", encoding="utf-8")
    code, out, _ = typed("scheme", "check", tmp_path)
    assert code == Exit.FOUND
    assert "scheme.yaml:1" in out


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "command", ["", "read", "check", "diff", "rate", "draw", "print", "scheme"]
)
def test_every_help_is_worded_in_its_language(
    command: str, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        run([*([command] if command else []), "--help", "--lang", language])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert ("用法：" if language is Language.ZH else "usage: ") in text
    assert ("显示这份说明" if language is Language.ZH else "show this help") in text


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.ZH),
        ({"LANG": "en_GB.UTF-8"}, Language.EN),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, Language.ZH),
        ({"LANG": "C.UTF-8"}, Language.ZH),
    ],
)
def test_the_locale_chooses_the_language(
    environment: dict[str, str], language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert language_of(environment) is language


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_colour_respects_no_color() -> None:
    plain = Terminal(Language.ZH, Screen(), Screen(), {"NO_COLOR": "1"})
    assert plain.style.error == ""
    assert Terminal(Language.ZH, Screen(), Screen(), {}).style.error != ""
    assert Terminal(Language.ZH, io.StringIO(), Screen(), {}).style.error == ""


def test_progress_is_drawn_on_a_terminal_and_taken_away_again() -> None:
    screen = Screen()
    terminal = Terminal(Language.ZH, Screen(), screen, {})
    terminal.progress(5_000, 100_000)
    assert "5,000/100,000" in screen.getvalue()
    terminal.clear_progress()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_chinese_is_padded_by_what_it_takes() -> None:
    assert padded("风险", 6) == "风险  "


def test_the_pure_commands_load_no_web_framework() -> None:
    code = (
        "import sys; sys.argv = ['lianfang', 'check', sys.argv[1]]\n"
        "from lianfang.shell.cli.main import run\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        "assert 'django' not in sys.modules, 'django'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(COMPANY)], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_draw_makes_a_file_for_each_power(typed: Typed, tmp_path: Path) -> None:
    offices = TABLES.parent / "offices"
    source = offices / "02-university-power-catalogue.xlsx"
    code, out, _ = typed("draw", source, "-o", tmp_path / "charts")
    assert (code, out) == (Exit.DONE, "画了 6 项职权，写入 6 个文件。\n")
    names = sorted(path.name for path in (tmp_path / "charts").iterdir())
    assert names[0] == "001-学籍管理.svg"
    assert (tmp_path / "charts" / names[0]).read_text(encoding="utf-8").startswith("<svg")


def test_draw_takes_the_format_from_the_name(typed: Typed, tmp_path: Path) -> None:
    source = TABLES.parent / "offices" / "02-university-power-catalogue.xlsx"
    target = tmp_path / "one.bpmn"
    assert typed("draw", source, "-o", target, "--power", "学籍管理")[0] == Exit.DONE
    assert "bpmn:definitions" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("target", "says"), [("charts.docx", "--format"), ("charts", "没有可画的流程")]
)
def test_draw_says_what_it_cannot_do(typed: Typed, tmp_path: Path, target: str, says: str) -> None:
    source = TABLES.parent / "offices" / "02-university-power-catalogue.xlsx"
    words = ["--power", "没有这项"] if target == "charts" else []
    code, _, err = typed("draw", source, "-o", tmp_path / target, *words)
    assert code == Exit.REFUSED
    assert says in err


def test_print_writes_each_form_in_each_format(typed: Typed, tmp_path: Path) -> None:
    for form in ("measures", "catalogue", "matrix", "findings"):
        for suffix in ("xlsx", "docx", "csv"):
            target = tmp_path / f"{form}.{suffix}"
            code, out, err = typed("print", MARKET, "--form", form, "-o", target)
            assert (code, err) == (Exit.DONE, "")
            assert out == f"已写入 {target}。\n"
            assert target.stat().st_size > 30


def test_a_printed_table_of_one_unit_is_read_back_as_it_was(typed: Typed, tmp_path: Path) -> None:
    _, stored, _ = typed("read", MARKET, "--register")
    whole = tmp_path / "register.json"
    whole.write_text(stored, encoding="utf-8")
    filled = tmp_path / "office.xlsx"
    assert typed("print", whole, "--form", "measures", "-o", filled)[0] == Exit.DONE
    assert typed("diff", whole, filled) == (Exit.DONE, "没有变化。\n", "")
    book = openpyxl.load_workbook(filled)
    sheet = next(sheet for sheet in book if sheet.sheet_state == "visible")
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "不如实申请维修")
    cell.value = "虚构维修事项"
    book.save(filled)
    code, out, _ = typed("diff", whole, filled)
    assert code == Exit.FOUND
    assert "名称: 不如实申请维修 → 虚构维修事项" in out


def test_several_files_are_printed_as_one_register(typed: Typed, tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    assert typed("print", MARKET, COMPANY, "--form", "measures", "-o", target)[0] == Exit.DONE
    text = target.read_text(encoding="utf-8-sig")
    assert "公务车维修业务" in text
    assert "民工工资发放" in text


@pytest.mark.parametrize("kind", ["notice", "letter", "minutes", "record"])
def test_the_examples_of_official_papers_print(typed: Typed, tmp_path: Path, kind: str) -> None:
    source = TABLES.parents[1] / "docs" / "papers" / f"{kind}.yaml"
    code, _, err = typed("print", source, "--form", kind, "-o", tmp_path / "paper.docx")
    assert (code, err) == (Exit.DONE, "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--form", "measures", "-o", "x.txt"], "不能写成"),
        (["--form", "measures", "-o", "x.csv", "--of", "没有这个处"], "没有叫"),
        (["--form", "notice", "-o", "x.pdf"], "公文内容读不成"),
        (["--form", "notice", "-o", "x.csv"], "不能写成"),
        (["--form", "comparison", "-o", "x.csv"], "对照"),
    ],
)
def test_print_says_what_it_cannot_do(
    typed: Typed, tmp_path: Path, words: list[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = typed("print", MARKET, *words)
    assert code == Exit.REFUSED
    assert says in err
    assert list(tmp_path.iterdir()) == []


def test_files_checked_together_show_what_units_copied(typed: Typed, tmp_path: Path) -> None:
    measure = "每月由两名不同科室人员到现场清点库存并逐笔核对领用单，结果报纪检监察室备案"
    for name, office in (("a", "设备处"), ("b", "后勤处")):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["科室", "职权名称", "风险点", "风险等级", "防控措施", "责任人"])
        sheet.append([office, f"{office}物资管理", f"{office}账实不符", "中", measure, "处长"])
        book.save(tmp_path / f"{name}.xlsx")
    both = (tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert "C509" not in typed("check", *both)[1]
    code, out, _ = typed("check", *both, "--together")
    assert code == Exit.FOUND
    assert any("C509" in line and ".xlsx:2:E:" in line for line in out.splitlines())


def test_a_file_that_cannot_be_read_does_not_stop_the_others(typed: Typed) -> None:
    code, out, err = typed("check", "没有.xlsx", COMPANY)
    assert code == Exit.REFUSED
    assert "没有.xlsx" in err
    assert "C501" in out
